import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import Database from "better-sqlite3";
import { sql } from "drizzle-orm";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, inject, it } from "vitest";
import { ensureReferences } from "../../src/references/index.ts";
import { openStore } from "../../src/store/index.ts";
import { migrationsOf, pendingMigrations } from "../../src/store/migrations.ts";
import { ENGINES, newStorePlace, type StorePlace } from "../support/stores.ts";

const NEWER = expect.objectContaining({ code: "STORE-VERSION", hint: expect.any(String) });

describe("pendingMigrations", () => {
  const all = ["0000_a", "0001_b", "0002_c"].map((tag) => ({ tag, sha256: `hash of ${tag}`, statements: [] }));
  const applied = (count: number) => all.slice(0, count).map(({ tag, sha256 }) => ({ tag, sha256 }));

  it("are those after the applied ones", () => {
    expect(pendingMigrations(all, []).map(({ tag }) => tag)).toEqual(["0000_a", "0001_b", "0002_c"]);
    expect(pendingMigrations(all, applied(1)).map(({ tag }) => tag)).toEqual(["0001_b", "0002_c"]);
    expect(pendingMigrations(all, applied(3))).toEqual([]);
  });

  it("refuse a store that is newer, edited, or has a gap", () => {
    for (const broken of [
      [...applied(3), { tag: "0003_d", sha256: "x" }],
      [{ tag: "0000_a", sha256: "edited" }, ...applied(3).slice(1)],
      applied(3).slice(1),
    ]) {
      expect(() => pendingMigrations(all, broken)).toThrow(NEWER);
    }
  });
});

describe.each(ENGINES)("a store of another version on %s", (engine) => {
  let place: StorePlace;
  beforeEach(async () => {
    place = await newStorePlace(engine);
    await (await openStore(place.location)).close();
  });
  afterEach(() => place.dispose());

  /** Changes the store behind the back of the program. */
  async function tamper(statement: string): Promise<void> {
    if (engine === "sqlite") {
      const file = new Database(place.location);
      file.exec(statement);
      file.close();
      return;
    }
    const client = new pg.Client({ connectionString: place.location });
    await client.connect();
    await client.query(statement);
    await client.end();
  }

  it("is refused when it is newer than the program", async () => {
    await tamper("INSERT INTO schema_migrations (tag, sha256) VALUES ('9999_future', 'x')");
    await expect(openStore(place.location)).rejects.toEqual(NEWER);
    await expect(openStore(place.location)).rejects.toThrow("9999_future");
  });

  it("is refused when a migration was edited after it had been applied", async () => {
    const [first] = migrationsOf(engine);
    await tamper(`UPDATE schema_migrations SET sha256 = 'edited' WHERE tag = '${first?.tag}'`);
    await expect(openStore(place.location)).rejects.toEqual(NEWER);
  });

  it("opens again as often as one likes, and remembers its migrations once", async () => {
    for (let time = 0; time < 3; time++) await (await openStore(place.location)).close();
    const db = await openStore(place.location);
    const rows = await db.read.rows<{ tag: string; sha256: string }>(
      sql`SELECT tag, sha256 FROM schema_migrations ORDER BY tag`,
    );
    await db.close();
    expect(rows).toEqual(migrationsOf(engine).map(({ tag, sha256 }) => ({ tag, sha256 })));
  });

  it("two programs that open a new place at once both get the store", async () => {
    const fresh = await newStorePlace(engine);
    try {
      const stores = await Promise.all([openStore(fresh.location), openStore(fresh.location)]);
      for (const store of stores) {
        expect(await store.read.rows(sql`SELECT count(*) AS n FROM extracts`)).toEqual([{ n: 0n }]);
        await store.close();
      }
    } finally {
      await fresh.dispose();
    }
  });
});

describe("an SQLite store that another process is just creating", () => {
  it("is waited for", async () => {
    const place = await newStorePlace("sqlite");
    const other = new Database(place.location);
    other.exec("BEGIN IMMEDIATE");
    const opening = openStore(place.location);
    await setTimeout(100);
    other.exec("ROLLBACK");
    other.close();
    const db = await opening;
    expect(await db.read.rows(sql`SELECT count(*) AS n FROM extracts`)).toEqual([{ n: 0n }]);
    await db.close();
    await place.dispose();
  });
});

describe("an older SQLite store", () => {
  let folder: string;
  let path: string;
  const [first, second] = migrationsOf("sqlite");
  const backup = () => `${path}.before-${second?.tag}`;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "tandai-older-"));
    path = join(folder, "tandai.db");
    const older = new Database(path);
    older.pragma("journal_mode = WAL");
    for (const statement of first?.statements ?? []) older.exec(statement);
    older.exec(
      "CREATE TABLE schema_migrations (tag text PRIMARY KEY NOT NULL, sha256 text NOT NULL, applied_at text) STRICT",
    );
    older.prepare("INSERT INTO schema_migrations (tag, sha256) VALUES (?, ?)").run(first?.tag, first?.sha256);
    older.exec("INSERT INTO themes VALUES ('kept', NULL, 'Tetap', 'Kept')");
    older.close();
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const tablesOf = (file: string) => {
    const store = new Database(file, { readonly: true });
    const names = store.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all();
    const themes = store.prepare("SELECT code FROM themes").pluck().all();
    store.close();
    return { names, themes };
  };

  it("is backed up and then upgraded, its rows kept", async () => {
    const db = await openStore(path);
    expect(await db.read.rows(sql`SELECT code FROM themes`)).toEqual([{ code: "kept" }]);
    expect(await ensureReferences(db)).toBe(true);
    await db.close();
    expect(tablesOf(path).names).toContain("reference_search");
    expect(tablesOf(backup())).toMatchObject({ themes: ["kept"] });
    expect(tablesOf(backup()).names).not.toContain("reference_search");
    // The backup is a store by itself.
    const copy = await openStore(backup());
    expect(await copy.checkIntegrity()).toEqual([]);
    await copy.close();
  });

  it("a backup of an earlier attempt does not stand in the way", async () => {
    await writeFile(backup(), "left over");
    await (await openStore(path)).close();
    expect(tablesOf(backup()).themes).toEqual(["kept"]);
  });

  it("is as it was when an upgrade fails", async () => {
    const blocking = new Database(path);
    blocking.exec("CREATE TABLE reference_search (mine text) STRICT");
    blocking.close();
    await expect(openStore(path)).rejects.toThrow();
    expect(tablesOf(path).themes).toEqual(["kept"]);
    const after = new Database(path);
    expect(after.prepare("SELECT tag FROM schema_migrations").pluck().all()).toEqual([first?.tag]);
    after.exec("DROP TABLE reference_search");
    after.close();
    await (await openStore(path)).close();
    expect(tablesOf(path).names).toContain("reference_search");
  });

  it("a new store and one that is up to date are not backed up", async () => {
    const fresh = join(folder, "deep", "er", "fresh.db");
    await (await openStore(fresh)).close();
    await (await openStore(fresh)).close();
    for (const { tag } of migrationsOf("sqlite")) expect(existsSync(`${fresh}.before-${tag}`)).toBe(false);
  });
});

describe("a place that is no store", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "tandai-place-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it("a file of something else is left alone and named", async () => {
    const path = join(folder, "notes.db");
    await writeFile(path, "these are notes, not a database, and nobody may write into them ".repeat(50));
    await expect(openStore(path)).rejects.toMatchObject({
      code: "STORE-DAMAGED",
      message: expect.stringContaining(path),
    });
    expect(existsSync(path)).toBe(true);
  });

  it("a folder, a path through a file, a place that cannot be made: each is said with its path", async () => {
    await writeFile(join(folder, "file"), "x");
    for (const path of [folder, join(folder, "file", "tandai.db"), join(folder, "x".repeat(300), "tandai.db")]) {
      await expect(openStore(path), path).rejects.toMatchObject({
        code: "STORE-OPEN",
        message: expect.stringContaining(path),
        hint: expect.stringContaining("--db"),
      });
    }
  });

  it("a damaged store is refused or found out, never believed", async () => {
    const path = join(folder, "tandai.db");
    const db = await openStore(path);
    await ensureReferences(db);
    await db.close();
    const { readFile } = await import("node:fs/promises");
    const bytes = await readFile(path);
    for (let at = 4096; at < bytes.length; at += 4096) bytes.fill(0xa5, at, at + 200);
    await writeFile(path, bytes);
    const outcome = await openStore(path)
      .then(async (damaged) => {
        try {
          return await damaged.checkIntegrity();
        } finally {
          await damaged.close();
        }
      })
      .catch((error: unknown) => error);
    if (Array.isArray(outcome)) expect(outcome.length).toBeGreaterThan(0);
    else expect(outcome).toMatchObject({ code: "STORE-DAMAGED" });
  });

  it("a server that is not there is named without its password", async () => {
    for (const url of [
      "postgres://tandai:s3cret@127.0.0.1:1/tandai",
      "postgresql://127.0.0.1:1/tandai?user=tandai&password=s3cret",
      inject("postgresUrl")
        .replace("postgres:postgres@", "postgres:s3cret@")
        .replace(/\/postgres$/, "/no_such_database"),
    ]) {
      const error: unknown = await openStore(url).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: "STORE-OPEN", status: 503 });
      expect(String(error)).not.toContain("s3cret");
    }
  });

  it("a store says where it is without its password", async () => {
    const place = await newStorePlace("postgres");
    const db = await openStore(place.location);
    expect(db.describe()).toMatch(/^postgres:\/\/\w+@.*tandai_/);
    expect(db.describe()).not.toContain("postgres:postgres");
    await db.close();
    await place.dispose();
  });
});
