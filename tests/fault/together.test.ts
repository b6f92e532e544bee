import { setTimeout } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { importFile, listExtracts, verifyStore } from "../../src/ledger/index.ts";
import { type Db, openStore } from "../../src/store/index.ts";
import { code, contentOf, importText, realization } from "../ledger/world.ts";
import { PLAIN_IMPORT } from "../support/import.ts";
import { ENGINES, newStorePlace, withStore } from "../support/stores.ts";
import { startImporter } from "./processes.ts";
import { makeFiles } from "./support.ts";

const ROWS = 4000;
const FILES = 4;

/** Every file restates the same cells with other amounts: row r of file f is f + 1 rupiah. */
let files: string[] = [];
let dispose = async () => {};

beforeAll(async () => {
  ({ files, dispose } = await makeFiles(FILES, ROWS));
});
afterAll(() => dispose());

/** The store holds the first so many files whole, and nothing of the next. Gives how many. */
async function wholeFiles(db: Db): Promise<number> {
  expect((await verifyStore(db)).findings).toEqual([]);
  const extracts = await listExtracts(db);
  expect(extracts.map(({ file }) => file)).toEqual(extracts.map((_, index) => `file-${index}.csv`));
  expect(extracts.map(({ state }) => state)).toEqual(
    extracts.map((_, index) => (index === extracts.length - 1 ? "posted" : "superseded")),
  );
  for (const { rows } of extracts) expect(rows).toEqual({ read: ROWS, posted: ROWS, rejected: 0, skipped: 0 });
  const [lines] = await db.read.rows<{ n: bigint }>(sql`SELECT count(*) AS n FROM ledger_lines`);
  expect(lines?.n).toBe(BigInt(ROWS * extracts.length));
  return extracts.length;
}

describe.each(ENGINES)("several programs at work in one store on %s", (engine) => {
  it("writers wait for each other, and all of their files are there", async () => {
    const place = await newStorePlace(engine);
    const importers = [0, 1].map((at) =>
      startImporter(
        place.location,
        files.filter((_, index) => index % 2 === at),
      ),
    );
    const codes = await Promise.all(importers.map(({ ended }) => ended));
    expect(importers.map(({ errors }) => errors.join(""))).toEqual(["", ""]);
    expect(importers.map(({ lines }) => lines)).toEqual(Array(2).fill(["open", "posted", "posted"]));
    expect(codes).toEqual([0, 0]);
    const db = await openStore(place.location);
    expect((await verifyStore(db)).findings).toEqual([]);
    const extracts = await listExtracts(db);
    expect(extracts.map(({ file }) => file).sort()).toEqual(files.map((_, index) => `file-${index}.csv`));
    // Cells belong to the newest, whoever wrote it.
    expect(extracts.map(({ state }) => state)).toEqual(["superseded", "superseded", "superseded", "posted"]);
    await db.close();
    await place.dispose();
  });

  it("two programs that bring the same file at the same moment post it once", async () => {
    const place = await newStorePlace(engine);
    const db = await openStore(place.location);
    const [file = ""] = files;
    // Both find that the file is new, and wait for their turn to write.
    const importers = await db.tx(async () => {
      const started = [startImporter(place.location, [file]), startImporter(place.location, [file])];
      await Promise.all(started.map(({ open }) => open));
      await setTimeout(1500);
      return started;
    });
    expect(await Promise.all(importers.map(({ ended }) => ended))).toEqual([0, 0]);
    expect(importers.map(({ lines }) => lines.at(-1)).sort()).toEqual(["posted", "unchanged"]);
    expect((await listExtracts(db)).map(({ state }) => state)).toEqual(["posted"]);
    expect((await verifyStore(db)).findings).toEqual([]);
    await db.close();
    await place.dispose();
  });

  it("a reader sees all of an import or nothing, and a snapshot stays what it was", async () => {
    await withStore(engine, async (db) => {
      const seen = new Set<string>();
      let importing = true;
      const look = () =>
        db.snapshot(async (reader) => {
          const one = sql`SELECT (SELECT count(*) FROM ledger_lines) AS lines, (SELECT count(*) FROM extracts) AS extracts,
            (SELECT count(*) FROM cells_in_force) AS cells, (SELECT count(*) FROM month_balances) AS balances`;
          const [first] = await reader.rows<Record<string, bigint>>(one);
          await setTimeout(2);
          const [second] = await reader.rows<Record<string, bigint>>(one);
          expect(second).toEqual(first);
          return Object.values(first ?? {}).join(" ");
        });
      const watching = (async () => {
        while (importing) seen.add(await look());
      })();
      for (const file of files.slice(0, 2)) await importFile(db, file, PLAIN_IMPORT);
      importing = false;
      await watching;
      seen.add(await look());
      const [line] = [...seen].slice(-1);
      const balances = line?.split(" ")[3];
      const possible = [0, 1, 2].map((whole) =>
        whole === 0 ? "0 0 0 0" : `${whole * ROWS} ${whole} ${7 * 12} ${balances}`,
      );
      for (const state of seen) expect(possible).toContain(state);
      expect(seen.has(possible[2] ?? "")).toBe(true);
      expect(seen.size).toBeGreaterThan(1);
    });
  });

  it("a store can be opened and read while another program writes", async () => {
    await withStore(engine, async (db) => {
      const place = db;
      await importText(db, realization([[code(), "2019-01-15", 1]]));
      const before = await contentOf(db);
      let release = () => {};
      const held = new Promise<void>((resolve) => {
        release = resolve;
      });
      const writing = place.tx(
        async (tx) => {
          await tx.run(sql`DELETE FROM month_balances`);
          await held;
        },
        { keep: () => false },
      );
      const url = engine === "sqlite" ? db.describe() : db.describe().replace("//postgres@", "//postgres:postgres@");
      const started = performance.now();
      const other = await openStore(url);
      expect(await contentOf(other)).toEqual(before);
      expect(performance.now() - started).toBeLessThan(5000);
      await other.close();
      release();
      await writing;
      expect(await contentOf(db)).toEqual(before);
    });
  });

  it("transactions of one program take turns, and one that fails leaves nothing", async () => {
    await withStore(engine, async (db) => {
      const insert = (name: string, fails = false) =>
        db.tx(async (tx) => {
          const [row] = await tx.rows<{ n: bigint }>(sql`SELECT count(*) AS n FROM themes`);
          await setTimeout(5);
          await tx.run(sql`INSERT INTO themes VALUES (${`${name}-${row?.n}`}, NULL, 'x', 'x')`);
          if (fails) throw new Error("given up");
          return row?.n;
        });
      const results = await Promise.allSettled([insert("a"), insert("b", true), insert("c"), insert("d")]);
      // Who comes first is up to the engine; that nobody sees half of another's work is not.
      const seen = results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
      expect(seen.sort()).toEqual([0n, 1n, 2n]);
      expect(results[1]?.status).toBe("rejected");
      const rows = await db.read.rows<{ code: string }>(sql`SELECT code FROM themes ORDER BY code`);
      expect(rows.map((row) => row.code.slice(0, 1))).toEqual(["a", "c", "d"]);
      expect(rows.map((row) => row.code.slice(2)).sort()).toEqual(["0", "1", "2"]);
    });
  });
});

describe("a disk that is full", () => {
  it("is said in a sentence by a program of its own, and the store stays whole", async () => {
    const place = await newStorePlace("sqlite");
    const importer = startImporter(place.location, files, 600);
    expect(await importer.ended).toBe(3);
    expect(importer.lines[0]).toBe("open");
    expect(importer.lines.at(-1)).toMatch(/^STORE-(FULL|IO) .*tandai\.db: .+ \/ .+/);
    expect(importer.errors.join("")).toBe("");
    const db = await openStore(place.location);
    expect(await wholeFiles(db)).toBe(importer.lines.filter((line) => line === "posted").length);
    await db.close();
    await place.dispose();
  });

  it("is no reason to stop serving: what was there stays readable, and there is room again later", async () => {
    await withStore("sqlite", async (db) => {
      const [first = "", second = ""] = files;
      await importFile(db, first, PLAIN_IMPORT);
      const before = await contentOf(db);
      const limit = (pages: number) => db.tx((tx) => tx.rows(sql.raw(`PRAGMA max_page_count = ${pages}`)));
      // Less than there is already means: no page more.
      await limit(1);
      await expect(importFile(db, second, PLAIN_IMPORT)).rejects.toMatchObject({ code: "STORE-FULL", status: 507 });
      expect(await contentOf(db)).toEqual(before);
      await limit(1_000_000);
      expect((await importFile(db, second, PLAIN_IMPORT)).status).toBe("posted");
      expect(await wholeFiles(db)).toBe(2);
    });
  });
});
