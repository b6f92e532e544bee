import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { translator } from "../../src/i18n/index.ts";
import { type ImportResult, LISTED_REJECTS, verifyStore } from "../../src/ledger/index.ts";
import type { Db } from "../../src/store/index.ts";
import { rejectTable } from "../support/rejects.ts";
import { ENGINES, withStore } from "../support/stores.ts";
import { code, codeOf, contentOf, importText, realization } from "./world.ts";

const HEADER = "code,date,document,amount";

/** A row of a file, and what an import must count it as; `rupiah` is null where nobody can read them. */
interface Row {
  text: string;
  sort: "good" | "bad" | "skipped";
  rupiah: bigint | null;
}

const amounts = fc.oneof(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), fc.constant(0n));
const satkers = fc.constantFrom("100001", "100002", "100003");
const dates = fc.constantFrom("2019-01-31", "30-04-2019", "22-Mei-2019", "2020-12-01");

const goodRow = fc.record({ satker: satkers, date: dates, amount: amounts }).map(({ satker, date, amount }): Row => {
  return { text: `${codeOf(satker)},${date},191330000000001,${amount}`, sort: "good", rupiah: amount };
});
const badCode = amounts.map(
  (amount): Row => ({ text: `${code({ kppn: "13" })},2019-01-31,1,${amount}`, sort: "bad", rupiah: amount }),
);
const badDate = amounts.map(
  (amount): Row => ({ text: `${code()},31-02-2019,1,${amount}`, sort: "bad", rupiah: amount }),
);
const badAmount = fc.constantFrom("", "6.776.00000", "1.5", "seribu").map((amount): Row => {
  return { text: `${code()},2019-01-31,1,"${amount}"`, sort: "bad", rupiah: null };
});
const badShape = fc
  .constantFrom(`${code()},2019-01-31,1`, `${code()},2019-01-31,1,2,3`, `"x"y,2019-01-31,1,5`)
  .map((text): Row => ({ text, sort: "bad", rupiah: null }));
const skipped = fc
  .constantFrom("", ",,,", HEADER, "Code, DATE ,document,amount", "*) sementara", "Sub Total,,,999", "subjumlah,,,1")
  .map((text): Row => ({ text, sort: "skipped", rupiah: 0n }));

const mixture = fc.array(fc.oneof({ weight: 6, arbitrary: goodRow }, badCode, badDate, badAmount, badShape, skipped), {
  minLength: 1,
  maxLength: 40,
});

function count(rows: readonly Row[], sort: Row["sort"]): number {
  return rows.filter((row) => row.sort === sort).length;
}

function sum(rows: readonly Row[], sort: Row["sort"]): bigint {
  return rows.filter((row) => row.sort === sort).reduce((total, { rupiah }) => total + (rupiah ?? 0n), 0n);
}

const fileOf = (rows: readonly Row[]) => `${[HEADER, ...rows.map(({ text }) => text)].join("\n")}\n`;

function expectCounts(result: ImportResult, rows: readonly Row[]): void {
  expect(result.rows).toEqual({
    read: rows.length,
    posted: count(rows, "good"),
    rejected: count(rows, "bad"),
    skipped: count(rows, "skipped"),
  });
  expect(result.amount).toEqual({
    read: sum(rows, "good") + sum(rows, "bad"),
    posted: sum(rows, "good"),
    rejected: sum(rows, "bad"),
  });
  expect(result.rows.read).toBe(result.rows.posted + result.rows.rejected + result.rows.skipped);
}

describe.each(ENGINES)("what comes in is accounted for on %s", (engine) => {
  it("rows and rupiah of any mixture: posted + rejected + skipped = read", async () => {
    await withStore(engine, async (db) => {
      let seen = 0;
      await fc.assert(
        fc.asyncProperty(mixture, async (mixed) => {
          // A note of its own makes every file a new one.
          const rows: Row[] = [...mixed, { text: `* ${seen++}`, sort: "skipped", rupiah: 0n }];
          const file = fileOf(rows);
          const blocks = rows.some(({ sort, rupiah }) => sort === "bad" && rupiah !== 0n);

          const dry = await importText(db, file, { dryRun: true });
          expect(dry.status).toBe(blocks ? "blocked" : "dry-run");
          const forced = await importText(db, file, { force: true });
          expect(forced.status).toBe("posted");
          expectCounts(forced, rows);
          expectCounts(dry, rows);

          const rejects = await rejectTable(db, forced.extract ?? 0, translator("en"));
          const bad = rows.flatMap(({ sort }, index) => (sort === "bad" ? [String(index + 2)] : []));
          expect(rejects.rows.map((row) => row[row.length - 6])).toEqual(bad);
        }),
        { numRuns: engine === "sqlite" ? 60 : 25 },
      );
      expect((await verifyStore(db)).findings).toEqual([]);
    });
  });

  it("--max-rejects: as many rejects with rupiah as allowed are let through, one more blocks", async () => {
    await withStore(engine, async (db) => {
      const bad = (amount: string): string => `${code({ kppn: "13" })},2019-01-31,1,${amount}`;
      const good = realization([[code(), "2019-01-31", 5]]);
      // A reject without rupiah does not count.
      const file = `${good}${bad("1")}\n${bad("2")}\n${bad("0")}\n`;
      expect((await importText(db, file, { maxRejects: 1 })).status).toBe("blocked");
      const let2 = await importText(db, file, { maxRejects: 2 });
      expect(let2).toMatchObject({ status: "posted", rows: { read: 4, posted: 1, rejected: 3, skipped: 0 } });
      expect((await importText(db, `${realization([[code(), "2019-02-28", 5]])}${bad("0")}\n`)).status).toBe("posted");
      expect((await importText(db, `${realization([[code(), "2019-03-31", 5]])}${bad("1,234")}\n`)).status).toBe(
        "blocked",
      );
    });
  });

  it("lists the first 50 rejects and keeps all of them", async () => {
    await withStore(engine, async (db) => {
      const lines = Array.from({ length: 6000 }, (_, index) => `${code()},2019-02-30,${index},7`);
      const result = await importText(db, `${HEADER}\n${lines.join("\n")}\n`);
      expect(result).toMatchObject({ status: "blocked", rows: { read: 6000, rejected: 6000, posted: 0 } });
      expect(result.amount).toEqual({ read: 42_000n, posted: 0n, rejected: 42_000n });
      expect(result.rejects.map(({ row }) => row)).toEqual(Array.from({ length: LISTED_REJECTS }, (_, at) => at + 2));
      const table = await rejectTable(db, result.extract ?? 0, translator("id"));
      expect(table.rows).toHaveLength(6000);
      expect(table.rows.map((row) => row[2])).toEqual(lines.map((_, index) => String(index)));
    });
  });
});

describe.each(ENGINES)("totals the file states on %s", (engine) => {
  const withTotal = (total: string, rows = 2) =>
    realization(Array.from({ length: rows }, (_, index) => [code(), `2019-0${index + 1}-28`, 1_000_000])) + total;
  const stated = (result: ImportResult) =>
    result.controlTotals.filter(({ name }) => name === "stated total").map(({ difference }) => difference);

  it.each([
    ["JUMLAH,,,2000000", [0n]],
    ["Jumlah Seluruhnya,,,2.000.000", [0n]],
    ["TOTAL,,,2000000\nGrand Total,,,2000000", [0n, 0n]],
    [" total :,,,2000000", [0n]],
    ["JUMLAH,,,", []],
    ["JUMLAH", []],
    ["Sub Total,,,5", []],
  ])("%s agrees", async (row, differences) => {
    await withStore(engine, async (db) => {
      const result = await importText(db, withTotal(`${row}\n`));
      expect(result.status).toBe("posted");
      expect(result.amount.read).toBe(2_000_000n);
      expect(stated(result)).toEqual(differences);
      expect(result.controlTotals[0]).toEqual({
        name: "file total",
        file: 2_000_000n,
        read: 2_000_000n,
        difference: 0n,
      });
    });
  });

  it("a total that differs by one rupiah blocks; --force posts and keeps the difference", async () => {
    await withStore(engine, async (db) => {
      const file = withTotal("JUMLAH,,,2000001\n");
      const before = await contentOf(db);
      const blocked = await importText(db, file);
      expect(blocked).toMatchObject({ status: "blocked", rows: { read: 3, posted: 2, rejected: 0, skipped: 1 } });
      expect(stated(blocked)).toEqual([1n]);
      const { extracts: _, ...after } = await contentOf(db);
      const { extracts: __, ...rest } = before;
      expect(after).toEqual(rest);
      const forced = await importText(db, file, { force: true });
      expect(forced).toMatchObject({ status: "posted", rows: { posted: 2 } });
      expect(stated(forced)).toEqual([1n]);
    });
  });

  it("a total that cannot be read, or stands in no column, is rejected and not passed over", async () => {
    await withStore(engine, async (db) => {
      for (const [row, rule] of [
        ["JUMLAH,,,6.776.00000", "AMT-003"],
        ['JUMLAH,,,"1,234"', "AMT-006"],
        ["JUMLAH,2000000", "FILE-008"],
      ] as const) {
        const result = await importText(db, withTotal(`${row}\n`));
        expect(result.status, row).toBe("blocked");
        expect(result.rejects.map(({ problems }) => problems[0]?.rule)).toEqual([rule]);
      }
    });
  });

  it("a payment whose description begins like a total or a footnote is a payment", async () => {
    await withStore(engine, async (db) => {
      const rows = ["Total pembayaran Mei", "Jumlah lunas", "* mendesak", "Sub total termin 2"];
      const lines = rows.map((text, index) => `${text},${code()},2019-05-0${index + 1},19133000000000${index},250`);
      const file = `description,code,date,document,amount\n${lines.join("\n")}\nJUMLAH,,,,1000\n`;
      const result = await importText(db, file);
      expect(result).toMatchObject({ status: "posted", rows: { read: 5, posted: 4, skipped: 1 } });
      expect(result.amount.posted).toBe(1000n);
    });
  });

  it("totals of lists are not read as rows of the list", async () => {
    await withStore(engine, async (db) => {
      const header = "code,name,ministry,unit,location,authority,kppn";
      const named = "name,code,ministry,unit,location,authority,kppn";
      const first = await importText(db, `${header}\n100001,TOTAL SATKER,024,05,0151,1,133\nTOTAL,1 satker,,,,,\n`);
      expect(first.rows).toEqual({ read: 2, posted: 1, rejected: 0, skipped: 1 });
      const second = await importText(db, `${named}\nTOTAL SATKER,100001,024,05,0151,1,133\nTOTAL,,,,,,\n`);
      expect(second.rows).toEqual({ read: 2, posted: 1, rejected: 0, skipped: 1 });
    });
  });
});

describe.each(ENGINES)("runs that change nothing on %s", (engine) => {
  const FILE = realization([
    [codeOf("100001"), "2019-01-31", 10],
    [codeOf("100002"), "2019-02-28", -3],
  ]);
  const NEXT = realization([[codeOf("100001"), "2019-01-31", 11]]);

  async function withBoth(work: (db: Db) => Promise<void>) {
    await withStore(engine, async (db) => {
      expect((await importText(db, FILE)).status).toBe("posted");
      await work(db);
      expect((await verifyStore(db)).findings).toEqual([]);
    });
  }

  it("a dry run does the real work and leaves the store as it was", async () => {
    await withBoth(async (db) => {
      const before = await contentOf(db);
      const dry = await importText(db, NEXT, { dryRun: true, scope: "2019-01..2019-02,satker=100002" });
      expect(await contentOf(db)).toEqual(before);
      const real = await importText(db, NEXT, { scope: "2019-01..2019-02,satker=100002" });
      expect(dry).toMatchObject({ status: "dry-run", dryRun: true, extract: null });
      const { extract: _, status: __, dryRun: ___, ...told } = dry;
      expect(real).toMatchObject(told);
      expect(real.changes).toEqual({ created: 0, updated: 1, unchanged: 0, removed: 1 });
    });
  });

  it("the same file twice is unchanged and leaves the store as it was, under any name", async () => {
    await withBoth(async (db) => {
      const before = await contentOf(db);
      for (const name of ["file.csv", "other.csv"]) {
        const again = await importText(db, FILE, { at: "2026-02-02T00:00:00.000Z" }, name);
        expect(again).toMatchObject({
          status: "unchanged",
          extract: 1,
          changes: { created: 0, updated: 0, unchanged: 2, removed: 0 },
          rows: { read: 2, posted: 2, rejected: 0, skipped: 0 },
        });
      }
      expect(await contentOf(db)).toEqual(before);
    });
  });

  it("another scope, or an extract between, makes the same file a new statement", async () => {
    await withBoth(async (db) => {
      const scoped = await importText(db, FILE, { scope: "2019-01..2019-03" });
      expect(scoped).toMatchObject({ status: "posted", extract: 2 });
      expect((await importText(db, FILE)).status).toBe("posted");
      expect((await importText(db, NEXT)).status).toBe("posted");
      const back = await importText(db, FILE);
      expect(back).toMatchObject({ status: "posted", changes: { created: 0, updated: 1, unchanged: 1, removed: 0 } });
    });
  });
});
