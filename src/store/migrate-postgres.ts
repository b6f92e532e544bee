import type pg from "pg";
import { type Migration, migrationsOf, pendingMigrations } from "./migrations.ts";

/** Where a track remembers what was applied. */
const BOOKKEEPING = { postgres: "schema_migrations", "postgres-jobs": "job_migrations" } as const;

export type PostgresTrack = keyof typeof BOOKKEEPING;

/** Brings a PostgreSQL store up to date in one transaction (its DDL is transactional, so a failure changes nothing). */
export async function migratePostgres(pool: pg.Pool, lock: number, track: PostgresTrack): Promise<void> {
  const table = BOOKKEEPING[track];
  const client = await pool.connect();
  try {
    // Without a lock: a store that is up to date can be opened while another process writes.
    if ((await readPending(client, track)).length === 0) return;
    await client.query("BEGIN");
    await client.query("SELECT pg_advisory_xact_lock($1)", [lock]);
    await client.query(
      `CREATE TABLE IF NOT EXISTS ${table} (tag text PRIMARY KEY, sha256 text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())`,
    );
    for (const migration of await readPending(client, track)) {
      for (const statement of migration.statements) await client.query(statement);
      await client.query(`INSERT INTO ${table} (tag, sha256) VALUES ($1, $2)`, [migration.tag, migration.sha256]);
    }
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

async function readPending(client: pg.PoolClient, track: PostgresTrack): Promise<Migration[]> {
  const table = BOOKKEEPING[track];
  const known = await client.query<{ name: string | null }>("SELECT to_regclass($1)::text AS name", [table]);
  if (known.rows[0]?.name == null) return migrationsOf(track);
  const { rows } = await client.query<{ tag: string; sha256: string }>(`SELECT tag, sha256 FROM ${table} ORDER BY tag`);
  return pendingMigrations(migrationsOf(track), rows);
}
