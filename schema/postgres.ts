/** The tables, PostgreSQL twin of `sqlite.ts`, where the comments are. */
export * from "./postgres/balances.ts";
export * from "./postgres/extracts.ts";
export * from "./postgres/ledger.ts";
export * from "./postgres/lists.ts";
export * from "./postgres/references.ts";
export * from "./postgres/suggestions.ts";
export * from "./postgres/tagging.ts";
