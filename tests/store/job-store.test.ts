import { setTimeout } from "node:timers/promises";
import { eq, getTableColumns, sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as postgresTables from "../../schema/jobs.postgres.ts";
import * as sqliteTables from "../../schema/jobs.sqlite.ts";
import { type Db, type JobTables, openJobStore, openStore, type Transaction } from "../../src/store/index.ts";
import { migrationsOf } from "../../src/store/migrations.ts";
import { ENGINES, newStorePlace, type StorePlace } from "../support/stores.ts";

const JOB = {
  kind: "import",
  status: "queued",
  name: "a.csv",
  folder: "here",
  input: "{}",
  attempts: 0,
  beat: 0,
  createdAt: "2026-01-01T00:00:00.000Z",
  program: "0",
};

describe("the twins of the job queue", () => {
  it("have the same columns, and migrations of the same names", () => {
    const columns = (tables: Record<string, object>) =>
      Object.entries(tables).map(([name, table]) => [
        name,
        Object.values(getTableColumns(table as typeof sqliteTables.jobs)).map((column) => [
          column.name,
          column.notNull,
        ]),
      ]);
    expect(columns(postgresTables)).toEqual(columns(sqliteTables));
    expect(migrationsOf("postgres-jobs").map(({ tag }) => tag)).toEqual(
      migrationsOf("sqlite-jobs").map(({ tag }) => tag),
    );
  });
});

describe.each(ENGINES)("the job queue of a store on %s", (engine) => {
  let place: StorePlace;
  let db: Db;
  let queue: Db<JobTables>;
  beforeEach(async () => {
    place = await newStorePlace(engine);
    db = await openStore(place.location);
    queue = await openJobStore(place.location);
  });
  afterEach(async () => {
    await queue.close();
    await db.close();
    await place.dispose();
  });

  it("is written while a transaction of the ledger is open", async () => {
    const { jobs } = queue.tables;
    const begun = performance.now();
    await db.tx(async (tx) => {
      await tx.run(sql`DELETE FROM themes`);
      await queue.tx(async (inner) => inner.insert(jobs).values({ ...JOB, id: "one", position: 1 }));
      const [row] = await queue.read.select().from(jobs).where(eq(jobs.id, "one"));
      expect(row).toMatchObject({ ...JOB, id: "one", position: 1, owner: null, result: null });
    });
    expect(performance.now() - begun).toBeLessThan(5_000);
  });

  it("survives its connection, and has one place for each job", async () => {
    const { jobs } = queue.tables;
    await queue.tx(async (tx) => tx.insert(jobs).values({ ...JOB, id: "one", position: 1 }));
    const other = await openJobStore(place.location);
    expect(await other.read.select({ id: jobs.id }).from(jobs)).toEqual([{ id: "one" }]);
    const twice = other.tx(async (tx) => tx.insert(jobs).values({ ...JOB, id: "two", position: 1 }));
    await expect(twice).rejects.toThrow();
    await other.close();
  });

  it("is not part of the ledger's store on SQLite, and knows where both are", async () => {
    expect(queue.location).toBe(db.location);
    if (engine === "sqlite") {
      await expect(db.read.rows(sql`SELECT * FROM jobs`)).rejects.toThrow("no such table");
      expect(queue.describe()).toBe(`${db.describe()}.jobs`);
      const tables = await queue.read.rows(sql`SELECT name, strict FROM pragma_table_list WHERE name = 'jobs'`);
      expect(tables).toEqual([{ name: "jobs", strict: 1n }]);
    } else expect(queue.describe()).toBe(db.describe());
  });
});

describe.each(ENGINES)("a transaction with a signal on %s", (engine) => {
  it("stops waiting for its turn, and its connection goes on working", async () => {
    const place = await newStorePlace(engine);
    const [first, second] = [await openStore(place.location), await openStore(place.location)];
    const stopping = new AbortController();
    const reason = new Error("enough");
    const insert = (tx: Transaction) => tx.run(sql`INSERT INTO themes (code, name_id, name_en) VALUES ('a', 'a', 'a')`);
    await first.tx(async (tx) => {
      await insert(tx);
      const waiting = second.tx(insert, { signal: stopping.signal });
      const early = await Promise.race([waiting, setTimeout(300, "waits")]);
      expect(early).toBe("waits");
      stopping.abort(reason);
      const begun = performance.now();
      await expect(waiting).rejects.toBe(reason);
      expect(performance.now() - begun).toBeLessThan(1_000);
    });
    await expect(second.tx(insert, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    await second.tx((tx) => tx.run(sql`DELETE FROM themes`), { signal: new AbortController().signal });
    expect(await first.read.rows(sql`SELECT code FROM themes`)).toEqual([]);
    await Promise.all([first.close(), second.close()]);
    await place.dispose();
  });

  it("stops between its statements and keeps nothing", async () => {
    const place = await newStorePlace(engine);
    const db = await openStore(place.location);
    const stopping = new AbortController();
    const work = db.tx(
      async (tx) => {
        for (let code = 0; code < 1_000; code++) {
          await tx.run(sql`INSERT INTO themes (code, name_id, name_en) VALUES (${String(code)}, 'a', 'a')`);
          if (code === 5) setImmediate(() => stopping.abort(new Error("enough")));
        }
      },
      { signal: stopping.signal },
    );
    await expect(work).rejects.toThrow("enough");
    expect(await db.read.rows(sql`SELECT code FROM themes`)).toEqual([]);
    await db.close();
    await place.dispose();
  });
});
