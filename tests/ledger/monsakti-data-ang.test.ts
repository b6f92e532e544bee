import { readFile } from "node:fs/promises";
import { sql } from "drizzle-orm";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { parseCsv } from "../../src/extracts/index.ts";
import { revisionOf } from "../../src/extracts/layouts/monsakti/budget-history.ts";
import { itemPrice } from "../../src/extracts/layouts/monsakti/item-price.ts";
import { type ImportResult, importFile, revertExtract, verifyStore } from "../../src/ledger/index.ts";
import { type Dimension, type ReconciliationRow, reconcile } from "../../src/reconciliation/index.ts";
import { ensureReferences } from "../../src/references/index.ts";
import type { Db } from "../../src/store/index.ts";
import { DATA_ANG_COLUMNS, dataAng, itemRow, planOf } from "../extracts/layouts/monsakti.ts";
import { fixture, PLAIN_IMPORT } from "../support/import.ts";
import { ENGINES, withStore } from "../support/stores.ts";
import { importText, post, satkers } from "./world.ts";

const SAMPLE = fixture("world-1", "layouts", "monsakti-data-ang.csv");
const EXPECTED = JSON.parse(await readFile(fixture("world-1", "layouts", "expected.json"), "utf8"))[
  "monsakti-data-ang.csv"
] as { items: number; revised: number; original: number; satkers: string[]; fiscal_year: number };
const YEAR = { year: 2021 };

async function rowsBy(db: Db, by: Dimension): Promise<ReconciliationRow[]> {
  const window = { from: "2021-01", to: "2021-12" };
  const found = await reconcile(db, { by: [by], window, theme: null, basis: "whole", where: {} }, "id");
  expect(found.residual).toBe(0n);
  return found.rows;
}

function refused({ rejects }: ImportResult): [number, string, string | null][] {
  return rejects.flatMap(({ row, problems }) =>
    problems.map(({ rule, column }): [number, string, string | null] => [row, rule, column]),
  );
}

describe.each(ENGINES)("MonSAKTI budgets on %s", (engine) => {
  it("imports the sample with the totals that are known of it", async () => {
    await withStore(engine, async (db) => {
      await ensureReferences(db);
      const options = { ...PLAIN_IMPORT, year: EXPECTED.fiscal_year };
      const result = await importFile(db, SAMPLE, options);
      expect(result).toMatchObject({
        layout: "monsakti-data-ang",
        status: "posted",
        // Half of the rows are headings.
        rows: { read: 110, posted: 55, rejected: 0, skipped: 55 },
        scope: { kind: "budget", fiscal_years: [EXPECTED.fiscal_year], satkers: EXPECTED.satkers.length },
        warnings: { "BUD-007": 7 },
        ignoredColumns: [],
      });
      const rows = await rowsBy(db, "satker");
      expect(rows.map(({ keys }) => keys.satker)).toEqual(EXPECTED.satkers);
      const sum = (measure: "original" | "revised") => rows.reduce((total, row) => total + (row[measure] ?? 0n), 0n);
      expect([sum("original"), sum("revised")]).toEqual([BigInt(EXPECTED.original), BigInt(EXPECTED.revised)]);
      const inForce = await db.read.select().from(db.tables.yearBalances);
      expect(inForce.filter(({ revised }) => revised !== null)).toHaveLength(EXPECTED.items);
      expect((await importFile(db, SAMPLE, options)).status).toBe("unchanged");
      expect((await verifyStore(db)).findings).toEqual([]);
      await revertExtract(db, 1, "2026-03-01T00:00:00.000Z");
      expect(await rowsBy(db, "satker")).toEqual([]);
    });
  });

  it("takes ministry, unit, office, authority and location from the satker list, else from the activity", async () => {
    await withStore(engine, async (db) => {
      await ensureReferences(db);
      await post(db, satkers([["100001", "SATKER", "054", "1403"]]));
      const unlisted = itemRow({ KDSATKER: "100002", TOTAL: "24" });
      const strange = itemRow({ KDSATKER: "100003", KODE_KEGIATAN: "9999", TOTAL: "36" });
      const file = dataAng([itemRow(), unlisted, strange]);
      const result = await importText(db, file, YEAR);
      expect(result).toMatchObject({ status: "posted", warnings: { "REF-003": 2, "REF-004": 1 } });
      const codes = await db.read.rows<{ code: string; fund: string | null }>(
        sql`SELECT code, fund FROM code_combinations ORDER BY code`,
      );
      expect(codes.map(({ code }) => code).sort()).toEqual([
        "100001.133.511138.05401WA.2882QAB.A000000001.?????.1.1403.?.??????.??????.105.001.0C.000120",
        "100002.???.511138.05401WA.2882QAB.A000000001.?????.?.????.?.??????.??????.105.001.0C.000120",
        "100003.???.511138.?????WA.9999QAB.A000000001.?????.?.????.?.??????.??????.105.001.0C.000120",
      ]);
      const revised = async (by: Dimension) =>
        (await rowsBy(db, by)).map((row) => [row.keys[by], row.names[by], row.revised]);
      expect(await revised("ministry")).toEqual([
        ["054", "BADAN PUSAT STATISTIK", 1224n],
        [null, "tidak diketahui", 36n],
      ]);
      expect(await revised("district")).toEqual([
        ["1403", expect.any(String), 1200n],
        [null, "tidak diketahui", 60n],
      ]);
      expect(await revised("fund")).toEqual([["A", "RUPIAH MURNI", 1260n]]);
      expect(await revised("component")).toEqual([
        ["2882QAB105001", null, 1224n],
        ["9999QAB105001", null, 36n],
      ]);
      expect((await verifyStore(db)).findings).toEqual([]);
      // Once the list knows the satker, the same file says more.
      await post(db, satkers([["100003", "BARU", "024", "0151"]]));
      expect((await importText(db, file, YEAR)).status).toBe("posted");
      expect((await revised("ministry")).map(([key]) => key)).toEqual(["024", "054"]);
      expect((await importText(db, file, YEAR)).status).toBe("unchanged");
      await revertExtract(db, 3, "2026-03-01T00:00:00.000Z");
      expect((await importText(db, file, YEAR)).status).toBe("posted");
      expect((await revised("ministry")).map(([key]) => key)).toEqual(["054", null]);
    });
  });

  it("puts the highest history in force, a POK revision after every DIPA revision, with its plan and what is blocked", async () => {
    await withStore(engine, async (db) => {
      await ensureReferences(db);
      const rows = [
        itemRow({ TOTAL: "1200", KODE_STS_HISTORY: "B00" }),
        itemRow({ TOTAL: "2400", KODE_STS_HISTORY: "B02" }),
        itemRow({ TOTAL: "1800", KODE_STS_HISTORY: "C01", NILAI_BLOKIR: "300", ...planOf("100") }),
        itemRow({ TOTAL: "0", KODE_STS_HISTORY: "C01", KODE_ITEM: "000121" }),
      ];
      const result = await importText(db, dataAng(rows), YEAR);
      expect(result).toMatchObject({ status: "posted", warnings: { "BUD-002": 1 } });
      const [row] = await rowsBy(db, "ministry");
      expect(row).toMatchObject({ original: 1200n, revised: 1800n, blocked: 300n, budget: 1200n, twelfths: 0n });
      const lines = await db.read.select().from(db.tables.budgetLines);
      expect(lines.map(({ revision }) => revision)).toEqual([0, 2, 101, 101]);
    });
  });
});

describe("rows of MonSAKTI budgets", () => {
  const dry = (rows: readonly Record<string, string>[], options = {}, name = "file.csv") =>
    withStore("sqlite", async (db) => {
      await ensureReferences(db);
      return importText(db, dataAng(rows), { dryRun: true, ...YEAR, ...options }, name);
    });

  it("needs a fiscal year: said, or in the name of the file", async () => {
    expect(refused(await dry([itemRow()], { year: null }))).toEqual([[1, "FILE-031", null]]);
    const named = await dry([itemRow()], { year: null }, "dataAng_TA2021.csv");
    expect(named).toMatchObject({ status: "dry-run", scope: { fiscal_years: [2021] }, warnings: { "FILE-130": 1 } });
    const both = await dry([itemRow({ KODE_PROGRAM: "06", KODE_OUTPUT: "001" })], { year: 2020 }, "dataAng_2021.csv");
    expect(both).toMatchObject({ status: "dry-run", scope: { fiscal_years: [2020] } });
    expect(both.warnings).not.toHaveProperty("FILE-130");
  });

  it("counts items only; what does not say whether it is one is refused", async () => {
    const rows = [
      itemRow({ HEADER1: "1", TOTAL: "99999", KODE_AKUN: "" }),
      itemRow({ HEADER2: "2", KODE_STS_HISTORY: "" }),
      itemRow(),
      itemRow({ HEADER1: "" }),
    ];
    const result = await dry(rows);
    expect(result.rows).toMatchObject({ read: 4, rejected: 1, skipped: 2 });
    expect(refused(result)).toEqual([[5, "FLD-001", "header1"]]);
  });

  it("names the column of every faulty piece", async () => {
    const faulty = {
      KDSATKER: "10000X",
      KODE_PROGRAM: "W-",
      KODE_KEGIATAN: "",
      KODE_OUTPUT: "QABC",
      KODE_SUBOUTPUT: "1O_",
      KODE_KOMPONEN: "X01",
      KODE_SUBKOMPONEN: "0CC",
      KODE_AKUN: "51113A",
      KODE_ITEM: "12,5",
      SUMBER_DANA: "AA",
      KODE_CARA_TARIK: "-",
      KODE_REGISTER: "123456789",
      KODE_STS_HISTORY: "D01",
      TOTAL: "12,5",
      NILAI_BLOKIR: "x",
      POK_NILAI_3: "1.50",
    };
    const found = refused(await dry([itemRow(faulty)]));
    expect(new Set(found.map(([, , column]) => column))).toEqual(
      new Set(Object.keys(faulty).map((column) => column.toLowerCase())),
    );
    for (const [column, value] of Object.entries(faulty)) {
      const alone = refused(await dry([itemRow({ [column]: value })]));
      expect(new Set(alone.map(([, , name]) => name)), column).toEqual(new Set([column.toLowerCase()]));
    }
  });

  it("puts leading zeros back, takes planning codes of funds, and leaves unknown what is empty", async () => {
    const short = { KDSATKER: "1", KODE_KOMPONEN: "1", KODE_SUBKOMPONEN: "C", KODE_REGISTER: "1", KODE_ITEM: "120" };
    await withStore("sqlite", async (db) => {
      await ensureReferences(db);
      const rows = [
        itemRow({ ...short, SUMBER_DANA: "01" }),
        itemRow({ SUMBER_DANA: "", KODE_REGISTER: "", KODE_CARA_TARIK: "" }),
        itemRow({ KODE_REGISTER: "", KODE_CARA_TARIK: "" }),
      ];
      expect(await importText(db, dataAng(rows), YEAR)).toMatchObject({ status: "posted", warnings: { "COA-102": 1 } });
      const codes = await db.read.rows<{ code: string; fund: string | null }>(
        sql`SELECT code, fund FROM code_combinations ORDER BY code`,
      );
      expect(codes.map(({ code, fund }) => [code.slice(0, 6), code.slice(34, 44), fund])).toEqual([
        ["000001", "A000000001", "A000000001"],
        ["100001", "??????????", null],
        ["100001", "A?????????", "A?????????"],
      ]);
      expect((await verifyStore(db)).findings).toEqual([]);
    });
  });

  it("warns of plans, prices, blocks and repeated items that do not fit", async () => {
    const warned = async (...rows: Record<string, string>[]) => {
      return (await dry(rows)).warnings;
    };
    expect(await warned(itemRow())).toEqual({});
    expect(await warned(itemRow(planOf("0")))).toEqual({ "BUD-007": 1 });
    expect(await warned(itemRow({ TOTAL: "0", ...planOf("0") }))).toEqual({});
    expect(await warned(itemRow(planOf("99")))).toEqual({ "BUD-002": 1 });
    expect(await warned(itemRow(planOf("")))).toEqual({});
    expect(await warned(itemRow({ POK_NILAI_7: "" }))).toEqual({ "BUD-001": 1 });
    expect(await warned(itemRow({ HARGASAT: "1201" }))).toEqual({ "BUD-008": 1 });
    expect(await warned(itemRow({ VOLKEG: "", HARGASAT: "1201" }))).toEqual({});
    expect(await warned(itemRow({ NILAI_BLOKIR: "1201" }))).toEqual({ "BUD-003": 1 });
    expect(await warned(itemRow(), itemRow())).toEqual({ "BUD-004": 1 });
    expect(await warned(itemRow(), itemRow({ NOMOR_ITEM: "2" }))).toEqual({});
  });

  it("adds up any valid file as a slow model of it does", async () => {
    const items = fc.array(
      fc.record({
        satker: fc.constantFrom("100001", "100002", "100003"),
        history: fc.constantFrom("B00", "B01", "B10", "C01", "C02"),
        item: fc.integer({ min: 1, max: 5 }),
        total: fc.bigInt({ min: 0n, max: 10n ** 14n }),
        heading: fc.boolean(),
      }),
      { minLength: 1, maxLength: 40 },
    );
    await fc.assert(
      fc.asyncProperty(items, async (given) => {
        const file = dataAng(
          given.map(({ satker, history, item, total, heading }) =>
            itemRow({
              KDSATKER: satker,
              KODE_STS_HISTORY: history,
              KODE_ITEM: String(item).padStart(6, "0"),
              TOTAL: String(total),
              HEADER1: heading ? "1" : "0",
            }),
          ),
        );
        const counted = given.filter(({ heading }) => !heading);
        await withStore("sqlite", async (db) => {
          expect(await importText(db, file, YEAR)).toMatchObject({
            status: "posted",
            rows: { read: given.length, posted: counted.length, skipped: given.length - counted.length },
          });
          const expected = [...new Set(counted.map(({ satker }) => satker))].sort().map((satker) => {
            const own = counted.filter((one) => one.satker === satker);
            const highest = own
              .map(({ history }) => history)
              .sort()
              .at(-1);
            const sum = (history: string | undefined) =>
              own.filter((one) => one.history === history).reduce((total, one) => total + one.total, 0n);
            return [satker, sum("B00"), sum(highest)];
          });
          const rows = await rowsBy(db, "satker");
          expect(rows.map((row) => [row.keys.satker, row.original, row.revised])).toEqual(expected);
          expect((await verifyStore(db)).findings).toEqual([]);
        });
      }),
      { numRuns: 15 },
    );
  });

  it("has all columns of the layout", async () => {
    const [header] = parseCsv(await readFile(SAMPLE, "utf8"));
    expect(header).toEqual(DATA_ANG_COLUMNS);
  });
});

test.each([
  ["B00", 0],
  ["b07", 7],
  ["B99", 99],
  ["C00", 100],
  [" C01 ", 101],
  ["", null],
  ["A00", null],
  ["B0", null],
  ["B100", null],
])("history %j is revision %s", (text, revision) => {
  expect(revisionOf(text)).toBe(revision);
});

test.each([
  ["2", "600", 1200n, 1200n],
  ["2.5", "480", 1200n, 1200n],
  ["2,5", "480", 1200n, 1200n],
  ["1.000", "3", 3000n, 3000n],
  ["1.000", "3", 3n, 3n],
  ["0.333", "1000.50", 333n, 333n],
  ["1", "1199", 1200n, 1199n],
  ["", "1199", 1200n, null],
  ["1", "x", 1200n, null],
])("%s × %s beside %d is %s", (volume, price, total, computed) => {
  expect(itemPrice(volume, price, total)).toBe(computed);
});
