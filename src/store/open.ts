import { join } from "node:path";
import type { Db, JobTables } from "./db.ts";
import { sqlitePath } from "./sqlite-path.ts";

/**
 * Opens the store, creating and migrating it when needed: a `postgres://` URL, or the path of an SQLite file.
 * The engine that is not used is not loaded.
 */
export async function openStore(location: string): Promise<Db> {
  if (isPostgres(location)) return (await import("./postgres.ts")).openPostgres(location);
  return (await import("./sqlite.ts")).openSqlite(location);
}

/**
 * Opens the job queue of a store. Its transactions never wait for an import: on PostgreSQL it is a table beside the others
 * with a lock of its own, on SQLite a file of its own beside the store (`tandai.db.jobs`).
 */
export async function openJobStore(location: string): Promise<Db<JobTables>> {
  if (isPostgres(location)) return (await import("./postgres.ts")).openPostgresJobs(location);
  return (await import("./sqlite.ts")).openSqliteJobs(location);
}

/**
 * Where the service keeps the files it works on when it is not told: beside an SQLite store (`tandai.db.files`), else in
 * `data/files`.
 */
export function filesBeside(location: string): string {
  return isPostgres(location) ? join("data", "files") : `${sqlitePath(location)}.files`;
}

/** Whether a location names a PostgreSQL store; anything else is the path of an SQLite file. */
export function isPostgres(location: string): boolean {
  return /^postgres(ql)?:\/\//.test(location);
}
