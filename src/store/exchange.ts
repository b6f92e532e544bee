import { existsSync } from "node:fs";
import { clearTables, copyTables } from "./copy-tables.ts";
import type { Db, Reader } from "./db.ts";
import { isPostgres, openStore } from "./open.ts";
import { copySqliteFile, replaceSqliteFile, stateOfSqliteFile } from "./sqlite-file.ts";
import { sqlitePath } from "./sqlite-path.ts";

/** What a person has put into a store; code lists are there from the beginning. */
const CONTENT = ["extracts", "tags"] as const;

/** What stands at a location before something is put there. */
export type StoreState = "absent" | "empty" | "filled" | "unreadable";

/** Writes a consistent copy of a store, as an SQLite store, to a path where nothing is. Readers and writers go on. */
export async function copyStore(db: Db, path: string): Promise<void> {
  if (!isPostgres(db.location)) return copySqliteFile(sqlitePath(db.location), path);
  const copy = await openStore(path);
  try {
    await db.snapshot((reader) => copy.tx((tx) => copyTables(reader, tx)));
  } finally {
    await copy.close();
  }
}

/** Whether a store holds anything that somebody would miss. */
export async function stateOfStore(location: string): Promise<StoreState> {
  if (!isPostgres(location)) return stateOfSqliteFile(sqlitePath(location), CONTENT);
  const db = await openStore(location);
  try {
    return (await isFilled(db)) ? "filled" : "empty";
  } finally {
    await db.close();
  }
}

async function isFilled({ read, tables }: Db): Promise<boolean> {
  const rows = await Promise.all([
    read.select({ id: tables.extracts.id }).from(tables.extracts).limit(1),
    read.select({ id: tables.tags.id }).from(tables.tags).limit(1),
  ]);
  return rows.some(({ length }) => length > 0);
}

/**
 * Puts the content of an SQLite store that nobody has open in the place of what a store holds, all of it or nothing. On
 * SQLite the file itself moves there; on PostgreSQL its rows take the place of the old ones in one transaction, if `same`
 * finds that both say the same.
 *
 * @throws AppError STORE-IN-USE when another process has the SQLite store open
 */
export async function replaceStore(
  location: string,
  file: string,
  same: (old: Reader, now: Reader) => Promise<boolean>,
): Promise<void> {
  if (!isPostgres(location)) {
    const path = sqlitePath(location);
    const readable = existsSync(path) && stateOfSqliteFile(path, []) !== "unreadable";
    return replaceSqliteFile(path, file, readable);
  }
  const [from, to] = [await openStore(file), await openStore(location)];
  try {
    await to.tx(async (tx) => {
      await clearTables(tx);
      await copyTables(from.read, tx);
      if (!(await same(from.read, tx))) throw new Error("the restored store differs from the backup");
    });
  } finally {
    await from.close();
    await to.close();
  }
}
