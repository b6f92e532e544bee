import type pg from "pg";
import { type Migration, migrationsOf, pendingMigrations } from "./migrations.ts";

/** Brings a PostgreSQL store up to date in one transaction (its DDL is transactional, so a failure changes nothing). */
export async function migratePostgres(pool: pg.Pool, lock: number): Promise<void> {
  const client = await pool.connect();
  try {
    // Without a lock: a store that is up to date can be opened while another process writes.
    if ((await readPending(client)).length === 0) return;
    await client.query("BEGIN");
    await client.query("SELECT pg_advisory_xact_lock($1)", [lock]);
    await client.query(
      "CREATE TABLE IF NOT EXISTS schema_migrations (tag text PRIMARY KEY, sha256 text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())",
    );
    for (const migration of await readPending(client)) {
      for (const statement of migration.statements) await client.query(statement);
      await client.query("INSERT INTO schema_migrations (tag, sha256) VALUES ($1, $2)", [
        migration.tag,
        migration.sha256,
      ]);
    }
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

async function readPending(client: pg.PoolClient): Promise<Migration[]> {
  const known = await client.query<{ name: string | null }>("SELECT to_regclass('schema_migrations')::text AS name");
  if (known.rows[0]?.name == null) return migrationsOf("postgres");
  const { rows } = await client.query<{ tag: string; sha256: string }>(
    "SELECT tag, sha256 FROM schema_migrations ORDER BY tag",
  );
  return pendingMigrations(migrationsOf("postgres"), rows);
}
