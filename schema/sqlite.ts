/**
 * The tables, SQLite twin. `postgres.ts` defines the same tables; src/store refuses to compile when they differ.
 * The ministry is part of every key of the ledger, so that it can be the distribution column of a sharded store.
 */
export * from "./sqlite/balances.ts";
export * from "./sqlite/extracts.ts";
export * from "./sqlite/ledger.ts";
export * from "./sqlite/lists.ts";
export * from "./sqlite/references.ts";
export * from "./sqlite/suggestions.ts";
export * from "./sqlite/tagging.ts";
