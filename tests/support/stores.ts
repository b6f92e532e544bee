import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { inject } from "vitest";
import { type Db, openStore } from "../../src/store/index.ts";

export const ENGINES = ["sqlite", "postgres"] as const;
export type Engine = (typeof ENGINES)[number];

/** A new, empty place for a store, and how to throw it away. */
export interface StorePlace {
  location: string;
  dispose(): Promise<void>;
}

/** Makes a folder for an SQLite file, or a database on the PostgreSQL server of the run. */
export async function newStorePlace(engine: Engine): Promise<StorePlace> {
  if (engine === "sqlite") {
    const folder = await mkdtemp(join(tmpdir(), "tandai-test-"));
    return { location: join(folder, "tandai.db"), dispose: () => rm(folder, { recursive: true, force: true }) };
  }
  const server = inject("postgresUrl");
  const name = `tandai_${randomUUID().replaceAll("-", "")}`;
  await administer(server, `CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { location: url.href, dispose: () => administer(server, `DROP DATABASE ${name} WITH (FORCE)`) };
}

async function administer(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** Runs a test with an open store of its own. */
export async function withStore<T>(engine: Engine, work: (db: Db) => Promise<T>): Promise<T> {
  const place = await newStorePlace(engine);
  const db = await openStore(place.location);
  try {
    return await work(db);
  } finally {
    await db.close();
    await place.dispose();
  }
}
