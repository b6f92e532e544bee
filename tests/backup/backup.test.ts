import { copyFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import Database from "better-sqlite3";
import { sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { backupStore, restoreStore } from "../../src/backup/index.ts";
import { AppError } from "../../src/errors.ts";
import { importFile, ledgerHash, revertExtract, verifyStore } from "../../src/ledger/index.ts";
import { ensureReferences } from "../../src/references/index.ts";
import { storeTables } from "../../src/store/copy-tables.ts";
import { type Db, migrationsOf, openStore, readBackup, sealBackup, unsealBackup } from "../../src/store/index.ts";
import { bytesOf, victim } from "../fuzz/damage.ts";
import { code, contentOf, importText, post, realization, tags } from "../ledger/world.ts";
import { fixture, PLAIN_IMPORT } from "../support/import.ts";
import { patience, rounds } from "../support/rounds.ts";
import { ENGINES, type Engine, newStorePlace, withStore } from "../support/stores.ts";

const AT = "2026-01-02T03:04:05.000Z";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tandai-backup-test-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A store with all kinds of rows: the sample world, a second statement, a revert, rejects and tags. */
async function fill(db: Db): Promise<void> {
  await ensureReferences(db);
  for (const name of ["satkers", "budget", "realization"]) {
    expect((await importFile(db, fixture("world-1", `${name}.csv`), PLAIN_IMPORT)).status).toBe("posted");
  }
  await importFile(db, fixture("world-1", "tags.csv"), { ...PLAIN_IMPORT, agreement: "BA-1" });
  const again = await post(db, realization([[code(), "2019-04-30", 7]]));
  await post(db, realization([[code(), "2019-04-30", 9_007_199_254_740_993n]]));
  await revertExtract(db, again, AT);
  expect((await importText(db, realization([[code(), "2019-13-01", 1]]))).status).toBe("blocked");
}

/** A backup of a small store, written once. */
async function smallBackup(name: string): Promise<string> {
  const file = join(folder, name);
  await withStore("sqlite", async (db) => {
    await post(db, realization([[code(), "2019-04-30", 5]]));
    await backupStore(db, file, AT, "1.2.3");
  });
  return file;
}

/** Engines may keep the columns of a table in different orders. */
async function rowsOf(db: Db): Promise<Record<string, string[]>> {
  const inOrder = (text: string) => Object.entries(JSON.parse(text) as object).sort(([a], [b]) => (a < b ? -1 : 1));
  const tables = Object.entries(await contentOf(db)).map(([table, rows]) => {
    return [table, rows.map((row) => JSON.stringify(inOrder(row))).sort()] as const;
  });
  return Object.fromEntries(tables);
}

async function errorOf(work: () => Promise<unknown>): Promise<AppError> {
  const error = await work().then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof AppError)) throw new Error(`no error for a person: ${String(error)}`);
  return error;
}

/** Runs with a closed store of one payment line, and expects it to be the same afterwards. */
async function untouched(engine: Engine, work: (location: string) => Promise<void>): Promise<void> {
  const place = await newStorePlace(engine);
  const read = async () => {
    const db = await openStore(place.location);
    try {
      return await contentOf(db);
    } finally {
      await db.close();
    }
  };
  const db = await openStore(place.location);
  await post(db, realization([[code(), "2020-01-31", 11]]));
  await db.close();
  const before = await read();
  await work(place.location);
  expect(await read()).toEqual(before);
  if (engine === "sqlite") expect(await leftovers(place.location)).toEqual([]);
  await place.dispose();
}

const leftovers = async (path: string) => (await readdir(dirname(path))).filter((name) => name.includes(".work-"));

describe.each(ENGINES)("a backup of %s", (from) => {
  it("holds everything, and restores into either engine", async () => {
    const file = join(folder, `${from}.tandai`);
    const original = await withStore(from, async (db) => {
      await fill(db);
      const backup = await backupStore(db, file, AT, "1.2.3");
      expect(backup).toMatchObject({
        file: `${from}.tandai`,
        format: "tandai-backup-1",
        created_at: AT,
        program: "1.2.3",
        engine: from,
      });
      expect(backup.bytes).toBe((await stat(file)).size);
      const content = await rowsOf(db);
      for (const [table, rows] of Object.entries(content)) expect(backup.tables[table], table).toBe(rows.length);
      const { hash } = await ledgerHash(db.read);
      expect(backup.ledger).toBe(hash);
      return { content, hash };
    });
    expect(await leftovers(file)).toEqual([]);
    for (const to of ENGINES) {
      const place = await newStorePlace(to);
      const restored = await restoreStore(place.location, file, false);
      expect(restored).toMatchObject({ file: `${from}.tandai`, engine: from, replaced: false, ledger: original.hash });
      const db = await openStore(place.location);
      expect(await rowsOf(db)).toEqual(original.content);
      const { findings, ledger } = await verifyStore(db);
      expect(findings).toEqual([]);
      expect(ledger.hash).toBe(original.hash);
      // Names are found, and the store goes on living: next numbers, next extract.
      const names = await db.read.rows(
        sql`SELECT code FROM reference_search WHERE ${db.read.matchesWords(["kesehatan"])}`,
      );
      expect(names.length).toBeGreaterThan(0);
      await post(db, realization([[code(), "2019-05-31", 3]]));
      expect((await verifyStore(db)).findings).toEqual([]);
      await db.close();
      await place.dispose();
    }
  });

  it("leaves the store as it is, and replaces an earlier backup but no other file", async () => {
    await withStore(from, async (db) => {
      await post(db, realization([[code(), "2019-04-30", 5]]));
      const before = await contentOf(db);
      const file = join(folder, `again-${from}.tandai`);
      await writeFile(file, "");
      const first = await backupStore(db, file, AT, "1");
      await post(db, realization([[code(), "2019-05-31", 6]]));
      const second = await backupStore(db, file, AT, "1");
      expect(second.tables.ledger_lines).toBe((first.tables.ledger_lines ?? 0) + 1);
      await revertExtract(db, 2, AT);
      expect((await contentOf(db)).month_balances).toEqual(before.month_balances);
      const other = join(folder, `other-${from}.csv`);
      await writeFile(other, "tandai-backup-seal: not really");
      expect(await errorOf(() => backupStore(db, other, AT, "1"))).toMatchObject({
        code: "BACKUP-EXISTS",
        status: 409,
      });
      expect(await readFile(other, "utf8")).toBe("tandai-backup-seal: not really");
      const nowhere = join(folder, "no", "such", "folder.tandai");
      expect((await errorOf(() => backupStore(db, nowhere, AT, "1"))).status).toBe(400);
    });
  });
});

describe.each(ENGINES)("a restore into %s", (engine) => {
  it("replaces a store with content only by force, an empty one without", async () => {
    const file = await smallBackup(`force-${engine}.tandai`);
    await untouched(engine, async (location) => {
      const error = await errorOf(() => restoreStore(location, file, false));
      expect(error).toMatchObject({ code: "STORE-NOT-EMPTY", status: 409 });
    });
    const place = await newStorePlace(engine);
    const fresh = await openStore(place.location);
    await ensureReferences(fresh);
    await fresh.close();
    expect((await restoreStore(place.location, file, false)).replaced).toBe(false);
    const filled = await openStore(place.location);
    await post(filled, tags([{ code: "2080", intervention: "vitamin-a" }]));
    await filled.close();
    expect((await restoreStore(place.location, file, true)).replaced).toBe(true);
    const db = await openStore(place.location);
    const [line] = await db.read.rows<{ amount: bigint }>(sql`SELECT amount FROM ledger_lines`);
    expect(line?.amount).toBe(5n);
    expect((await verifyStore(db)).findings).toEqual([]);
    await db.close();
    await place.dispose();
  });

  test(
    "of anything but a whole backup leaves the store alone",
    async () => {
      const file = await smallBackup(`bad-${engine}.tandai`);
      const bytes = await readFile(file);
      const bad = join(folder, `damaged-${engine}.tandai`);
      const { times, seconds } = engine === "sqlite" ? { times: 150, seconds: 20 } : { times: 20, seconds: 10 };
      await untouched(engine, async (location) => {
        expect((await errorOf(() => restoreStore(location, join(folder, "missing"), true))).code).toBe(
          "BACKUP-MISSING",
        );
        expect((await errorOf(() => restoreStore(location, folder, true))).code).toBe("BACKUP-MISSING");
        await fc.assert(
          fc.asyncProperty(victim, async (chosen) => {
            const damaged = bytesOf(chosen, [bytes]);
            fc.pre(!damaged.equals(bytes));
            await writeFile(bad, damaged);
            expect((await errorOf(() => restoreStore(location, bad, true))).code).toMatch(/^BACKUP-(NONE|DAMAGED)$/);
          }),
          rounds(`damaged backups, ${engine}`, times, seconds),
        );
      });
    },
    patience(20),
  );

  it("of a newer program's backup is refused", async () => {
    const file = await smallBackup(`newer-${engine}.tandai`);
    const found = await readBackup(file);
    if (typeof found !== "object") throw new Error(found);
    unsealBackup(file);
    const store = new Database(file);
    store.exec("INSERT INTO schema_migrations (tag, sha256) VALUES ('9999_future', 'x')");
    store.close();
    await sealBackup(file, found.document);
    await untouched(engine, async (location) => {
      expect((await errorOf(() => restoreStore(location, file, true))).code).toBe("STORE-VERSION");
    });
  });

  it("of an older program's backup brings it up to date", async () => {
    const file = join(folder, `older-${engine}.tandai`);
    const [first] = migrationsOf("sqlite");
    const older = new Database(file);
    for (const statement of first?.statements ?? []) older.exec(statement);
    older.exec(
      "CREATE TABLE schema_migrations (tag text PRIMARY KEY NOT NULL, sha256 text NOT NULL, applied_at text) STRICT",
    );
    older.prepare("INSERT INTO schema_migrations (tag, sha256) VALUES (?, ?)").run(first?.tag, first?.sha256);
    older.exec("INSERT INTO themes VALUES ('kept', NULL, 'Tetap', 'Kept')");
    older.close();
    const document = { format: "tandai-backup-1", created_at: AT, migrations: [first?.tag], tables: { gone: 3 } };
    await sealBackup(file, JSON.stringify(document));
    const place = await newStorePlace(engine);
    await restoreStore(place.location, file, false);
    const db = await openStore(place.location);
    expect(await db.read.rows(sql`SELECT code, name_en FROM themes`)).toEqual([{ code: "kept", name_en: "Kept" }]);
    await post(db, realization([[code(), "2019-04-30", 5]]));
    expect((await verifyStore(db)).findings).toEqual([]);
    await db.close();
    if (engine === "sqlite") expect((await readdir(dirname(place.location))).sort()).toEqual(["tandai.db"]);
    await place.dispose();
  });
});

describe("a restore of an SQLite store", () => {
  it("is refused while another connection has the store open", async () => {
    const file = await smallBackup("in-use.tandai");
    await untouched("sqlite", async (location) => {
      const user = await openStore(location);
      expect(await errorOf(() => restoreStore(location, file, true))).toMatchObject({
        code: "STORE-IN-USE",
        status: 409,
      });
      await user.close();
    });
  });

  it("replaces a store that is damaged beyond reading, by force", async () => {
    const file = await smallBackup("beyond.tandai");
    const place = await newStorePlace("sqlite");
    await writeFile(place.location, "no store at all, whatever it was before".repeat(100));
    expect(await errorOf(() => restoreStore(place.location, file, false))).toMatchObject({ code: "STORE-NOT-EMPTY" });
    expect((await restoreStore(place.location, file, true)).replaced).toBe(true);
    const db = await openStore(place.location);
    expect((await verifyStore(db)).findings).toEqual([]);
    await db.close();
    await place.dispose();
  });

  it("clears away what a program that died has left, and nothing of one that lives", async () => {
    const file = join(folder, "left.tandai");
    const dead = join(folder, "left.tandai.work-999999999");
    const alive = join(folder, `left.tandai.work-${process.ppid}`);
    const unrelated = join(folder, "left.tandai.work-x");
    await Promise.all([dead, alive, unrelated].map((path) => writeFile(path, "x")));
    await copyFile(await smallBackup("left.tandai"), join(folder, "kept"));
    expect((await stat(file)).size).toBeGreaterThan(0);
    await expect(stat(dead)).rejects.toThrow("ENOENT");
    await stat(alive);
    await stat(unrelated);
    await Promise.all([alive, unrelated].map((path) => rm(path)));
  });
});

describe("what a backup covers", () => {
  it("is every table of both engines but their bookkeeping and the job queue", async () => {
    const bookkeeping = new Set(["schema_migrations", "job_migrations", "jobs"]);
    await withStore("postgres", async (db) => {
      const rows = await db.read.rows<{ name: string }>(
        sql`SELECT table_name::text AS name FROM information_schema.tables
            WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1`,
      );
      const names = rows.map(({ name }) => name).filter((name) => !bookkeeping.has(name));
      expect(names).toEqual(storeTables().sort());
    });
    await withStore("sqlite", async (db) => {
      const rows = await db.read.rows<{ name: string }>(
        sql`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY 1`,
      );
      const names = rows.map(({ name }) => name).filter((name) => !bookkeeping.has(name));
      expect(names.filter((name) => !/^reference_search_/.test(name))).toEqual(storeTables().sort());
    });
  });
});
