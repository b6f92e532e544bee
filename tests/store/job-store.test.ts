import { eq, getTableColumns, sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as postgresTables from "../../schema/jobs.postgres.ts";
import * as sqliteTables from "../../schema/jobs.sqlite.ts";
import { type Db, type JobTables, openJobStore, openStore } from "../../src/store/index.ts";
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
