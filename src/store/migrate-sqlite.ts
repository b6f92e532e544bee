import { existsSync, rmSync } from "node:fs";
import type Database from "better-sqlite3";
import { AppError } from "../errors.ts";
import { type Migration, type MigrationTrack, migrationsOf, pendingMigrations } from "./migrations.ts";
import { openConnection } from "./sqlite-connection.ts";

const BOOKKEEPING = `CREATE TABLE IF NOT EXISTS schema_migrations (
  tag text PRIMARY KEY NOT NULL, sha256 text NOT NULL, applied_at text NOT NULL DEFAULT (datetime('now'))
) STRICT`;

/** Tables that only say in another way what other tables say: a migration may empty them, an import fills them again. */
const DERIVED = new Set(["balance_columns", "balance_totals"]);

/**
 * Brings an SQLite store up to date on a connection of its own: a backup beside the file first (when there is something
 * to lose), foreign keys off while tables are rebuilt, then foreign keys, integrity and row counts are checked before
 * the change is kept.
 */
export async function migrateSqlite(path: string, track: MigrationTrack): Promise<void> {
  const existed = existsSync(path);
  const client = openConnection(path, 30_000);
  try {
    client.pragma("journal_mode = WAL");
    // Without a lock: a store that is up to date can be opened while another process writes.
    const pending = readPending(client, track);
    if (pending.length === 0) return;
    if (existed && countRows(client).size > 0) backUp(client, `${path}.before-${pending[0]?.tag}`);
    client.pragma("foreign_keys = OFF");
    client.transaction(() => apply(client, path, track)).immediate();
  } finally {
    client.close();
  }
}

/** A consistent copy of the store as it is before the upgrade. */
function backUp(client: Database.Database, copy: string): void {
  rmSync(copy, { force: true });
  client.prepare("VACUUM INTO ?").run(copy);
}

function readPending(client: Database.Database, track: MigrationTrack): Migration[] {
  const isNew = client.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'schema_migrations'").all().length === 0;
  const applied = isNew ? [] : client.prepare("SELECT tag, sha256 FROM schema_migrations ORDER BY tag").all();
  return pendingMigrations(migrationsOf(track), applied as { tag: string; sha256: string }[]);
}

function apply(client: Database.Database, path: string, track: MigrationTrack): void {
  client.exec(BOOKKEEPING);
  // Read again inside the transaction: another process may have migrated in the meantime.
  const pending = readPending(client, track);
  const before = countRows(client);
  for (const migration of pending) {
    for (const statement of migration.statements) client.exec(statement);
    client.prepare("INSERT INTO schema_migrations (tag, sha256) VALUES (?, ?)").run(migration.tag, migration.sha256);
  }
  const broken = client.pragma("foreign_key_check") as unknown[];
  const after = countRows(client);
  const lost = [...before].filter(
    ([table, count]) => !DERIVED.has(table) && after.has(table) && after.get(table) !== count,
  );
  if (broken.length > 0 || lost.length > 0) {
    throw new AppError(
      "STORE-MIGRATION",
      500,
      `${path}: pembaruan skema dibatalkan / schema upgrade undone (${lost.map(([table]) => table).join(", ")})`,
      "Basis data tidak berubah / the store is unchanged",
    );
  }
}

/** Rows per table of the program; empty for a new store. */
function countRows(client: Database.Database): Map<string, number> {
  const names = client
    .prepare(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'reference_search%' AND name <> 'schema_migrations'",
    )
    .pluck()
    .all() as string[];
  return new Map(names.map((name) => [name, client.prepare(`SELECT count(*) FROM "${name}"`).pluck().get() as number]));
}
