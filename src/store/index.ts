import type { Db } from "./db.ts";

export type { Db, IntegrityFinding, Reader, Tables, Transaction, Value } from "./db.ts";
export { outOfRange } from "./range.ts";

/** Where the store is when neither `--db` nor TANDAI_DB says so. */
export const DEFAULT_STORE = "data/tandai.db";

/**
 * Opens the store, creating and migrating it when needed: a `postgres://` URL, or the path of an SQLite file.
 * The engine that is not used is not loaded.
 */
export async function openStore(location: string): Promise<Db> {
  if (/^postgres(ql)?:\/\//.test(location)) return (await import("./postgres.ts")).openPostgres(location);
  return (await import("./sqlite.ts")).openSqlite(location.replace(/^(sqlite|file):(\/\/)?/, ""));
}
