import { existsSync, renameSync, rmSync } from "node:fs";
import { AppError } from "../errors.ts";
import { openConnection } from "./sqlite-connection.ts";
import { isBusy, sqliteError } from "./sqlite-errors.ts";

/** How long another process may take to let go of a store that is to be replaced, in milliseconds. */
const PATIENCE = 2_000;

/** A consistent copy of a store in a file where nothing is, while others read and write it. */
export function copySqliteFile(path: string, copy: string): void {
  const client = openConnection(path, 30_000);
  try {
    client.prepare("VACUUM INTO ?").run(copy);
  } catch (error) {
    throw sqliteError(error, copy);
  } finally {
    client.close();
  }
}

/** Whether a file holds no store, a store with any of these tables filled, or something that cannot be read as one. */
export function stateOfSqliteFile(
  path: string,
  tables: readonly string[],
): "absent" | "empty" | "filled" | "unreadable" {
  if (!existsSync(path)) return "absent";
  try {
    const client = openConnection(path, PATIENCE);
    try {
      client.pragma("query_only = ON");
      const known = client.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all();
      const filled = tables.some(
        (table) => known.includes(table) && client.prepare(`SELECT 1 FROM "${table}" LIMIT 1`).all().length > 0,
      );
      return filled ? "filled" : "empty";
    } finally {
      client.close();
    }
  } catch (error) {
    const known = sqliteError(error, path);
    if (known instanceof AppError && known.code === "STORE-DAMAGED") return "unreadable";
    throw known;
  }
}

/**
 * Puts a file in the place of a store in one step: whoever opens the store finds the old one or the new one, whole.
 * Nobody may have the old one open, or a part of it would outlive it.
 *
 * @throws AppError STORE-IN-USE
 */
export function replaceSqliteFile(path: string, replacement: string, readable: boolean): void {
  if (!readable) {
    rmSync(`${path}-wal`, { force: true });
    rmSync(`${path}-shm`, { force: true });
    renameSync(replacement, path);
    return;
  }
  const client = openConnection(path, PATIENCE);
  try {
    // Leaving the write-ahead log takes the whole store for this connection, and its side files are gone after it.
    client.pragma("locking_mode = EXCLUSIVE");
    client.pragma("journal_mode = DELETE");
    client.exec("BEGIN EXCLUSIVE");
    renameSync(replacement, path);
    client.exec("ROLLBACK");
  } catch (error) {
    if (!isBusy(error)) throw sqliteError(error, path);
    throw new AppError(
      "STORE-IN-USE",
      409,
      `${path}: sedang dipakai proses lain / another process has it open`,
      "Hentikan layanan dan impor yang berjalan, lalu ulangi / stop the service and running imports, then try again",
    );
  } finally {
    client.close();
  }
}
