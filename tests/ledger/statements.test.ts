import { readFile } from "node:fs/promises";
import { sql } from "drizzle-orm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ImportResult, importFile, revertExtract, verifyStore } from "../../src/ledger/index.ts";
import type { Month } from "../../src/periods.ts";
import { type Dimension, reconcile } from "../../src/reconciliation/index.ts";
import type { Db } from "../../src/store/index.ts";
import {
  FA_TITLES,
  type FaLeaf,
  faCsv,
  faRows,
  leafOf,
  type OmspanRow,
  omspan,
  omspanCells,
  titlesOf,
  withDots,
  workbook,
} from "../extracts/layouts/statements.ts";
import { fixture, loadWorld, PLAIN_IMPORT } from "../support/import.ts";
import { ENGINES, withStore } from "../support/stores.ts";
import { budget, code, contentOf, importText, type PaymentRow, post, realization } from "./world.ts";

const OMSPAN = fixture("world-1", "layouts", "omspan-realisasi-fa.csv");
const FA = fixture("world-1", "layouts", "sakti-fa-detail.xlsx");
const EXPECTED = JSON.parse(await readFile(fixture("world-1", "layouts", "expected.json"), "utf8")) as Record<
  string,
  Record<string, number>
>;
const AT = "2026-02-02T00:00:00.000Z";

/** Measures by the keys of one dimension. */
async function measures(db: Db, by: Dimension, from: Month = "2021-01", to: Month = "2021-12") {
  const found = await reconcile(db, { by: [by], window: { from, to }, theme: null, basis: "whole", where: {} }, "id");
  expect(found.residual).toBe(0n);
  return { total: found.total, rows: new Map(found.rows.map((row) => [row.keys[by] ?? "-", row])) };
}

const realized = async (db: Db, from: Month, to: Month): Promise<bigint> =>
  (await measures(db, "satker", from, to)).total.realization;

async function bySatker(db: Db, from: Month, to: Month): Promise<Record<string, bigint>> {
  const { rows } = await measures(db, "satker", from, to);
  return Object.fromEntries([...rows].map(([satker, { realization: amount }]) => [satker, amount]));
}

const totalOf = ({ controlTotals }: ImportResult, name: string) => controlTotals.find((one) => one.name === name);

async function isClean(db: Db): Promise<void> {
  expect((await verifyStore(db)).findings).toEqual([]);
}

/** Balances and cells in force: what a revert must leave as it was, beside the lines that the hash of verify is of. */
async function balances(db: Db): Promise<Record<string, string[] | undefined>> {
  const { cells_in_force, month_balances, year_balances } = await contentOf(db);
  return { cells_in_force, month_balances, year_balances };
}

describe.each(ENGINES)("the treasury report (OM-SPAN) on %s", (engine) => {
  it("imports the sample with the totals that are known of it", async () => {
    const expected = EXPECTED["omspan-realisasi-fa.csv"] ?? {};
    await withStore(engine, async (db) => {
      const result = await importFile(db, OMSPAN, PLAIN_IMPORT);
      expect(result).toMatchObject({
        layout: "omspan-realisasi-fa",
        status: "posted",
        rows: { read: expected.rows, posted: expected.rows, rejected: 0, skipped: 0 },
        amount: { read: BigInt(expected.revised ?? 0), posted: BigInt(expected.revised ?? 0), rejected: 0n },
        scope: { kind: "budget-and-realization", fiscal_years: [2021], months: ["2021-12"], satkers: 4 },
        rejects: [],
        warnings: { "BUD-005": 4, "CUM-001": expected.rows },
      });
      const upTo = BigInt(expected.realization ?? 0);
      expect(totalOf(result, "realization to date")).toMatchObject({ file: upTo, read: upTo, difference: 0n });
      const { total, rows } = await measures(db, "ministry");
      expect([...rows.keys()]).toEqual(["024"]);
      expect(total).toMatchObject({ revised: BigInt(expected.revised ?? 0), realization: upTo });
      expect(await realized(db, "2021-01", "2021-11")).toBe(0n);
      await isClean(db);
      const before = await contentOf(db);
      expect((await importFile(db, OMSPAN, PLAIN_IMPORT)).status).toBe("unchanged");
      expect(await contentOf(db)).toEqual(before);
      await revertExtract(db, 1, AT);
      expect((await measures(db, "ministry")).rows.size).toBe(0);
      await isClean(db);
    });
  });

  it("posts the difference to what is in force, and a revert restores it", async () => {
    await withStore(engine, async (db) => {
      await loadWorld(db);
      const before = { hash: (await verifyStore(db)).ledger.hash, content: await balances(db) };
      const months = await bySatker(db, "2021-01", "2021-11");
      const result = await importFile(db, OMSPAN, PLAIN_IMPORT);
      expect(result.status).toBe("posted");
      const expected = EXPECTED["omspan-realisasi-fa.csv"] ?? {};
      const satkers = ["025455", "242556", "459384", "608600"];
      const upTo = await bySatker(db, "2021-01", "2021-12");
      expect(satkers.reduce((sum, satker) => sum + (upTo[satker] ?? 0n), 0n)).toBe(BigInt(expected.realization ?? 0));
      // The months before the one of the report are as they were.
      expect(await bySatker(db, "2021-01", "2021-11")).toEqual(months);
      const { rows } = await measures(db, "satker");
      expect(satkers.reduce((sum, satker) => sum + (rows.get(satker)?.revised ?? 0n), 0n)).toBe(
        BigInt(expected.revised ?? 0),
      );
      await isClean(db);
      await revertExtract(db, result.extract ?? 0, AT);
      expect((await verifyStore(db)).ledger.hash).toBe(before.hash);
      expect(await balances(db)).toEqual(before.content);
    });
  });

  it("follows a later correction of the months before when it is imported again", async () => {
    await withStore(engine, async (db) => {
      const printed = code({ satker: "025455", program: "02401WA", output: "2042RBI", account: "511138" });
      const paid = (amount: number) => realization([[printed, "2021-03-31", amount]]);
      const text = omspan(
        [
          {
            satker: "025455",
            kppn: "133",
            program: "02401WA",
            output: "2042RBI",
            account: "511138",
            authority: "1",
            location: "0151",
            budget: 1000,
            realized: 900,
          },
        ],
        { titles: titlesOf(2021, "30-06-2021") },
      );
      await post(db, paid(100));
      await post(db, text);
      expect(await bySatker(db, "2021-06", "2021-06")).toEqual({ "025455": 800n });
      await post(db, paid(150));
      expect(await realized(db, "2021-01", "2021-12")).toBe(950n);
      expect((await importText(db, text)).status).toBe("posted");
      expect(await bySatker(db, "2021-06", "2021-06")).toEqual({ "025455": 750n });
      expect((await importText(db, text)).status).toBe("unchanged");
      await isClean(db);
    });
  });

  it("reads it printed in the year, as a workbook, with dots, without leading zeros, with total rows and repeated headers", async () => {
    const rows: OmspanRow[] = [
      { satker: "025455", budget: 113205000, realized: 90473778 },
      { satker: "25455", kppn: "15", account: "521211", budget: 1000, realized: -500, fund: "F000000001" },
      { satker: "004321", budget: 0, realized: 42534925, reserve: 7 },
    ];
    const header = [
      "No",
      "Satker",
      "KPPN",
      "Akun",
      "Prog.",
      "Output",
      "Dana",
      "Kewenangan",
      "Lokasi",
      "Tipe Anggaran",
      "Pagu",
      "(Pencadangan)",
      "Realisasi",
      "Sisa Pagu",
    ];
    const titles = ["REALISASI DANA TAHUN ANGGARAN 2022", "Tanggal Cetak :05-08-2022, 8:15 am"].map((title) => [title]);
    const blank = Array<string>(9).fill("");
    const after = {
      1: [...titles, header],
      2: [["", ...blank, "113,206,000", "0", "90,473,278", "22,732,722"].with(0, "Jumlah Satker 025455")],
      3: [["JUMLAH", ...blank, "113,206,000", "7", "133,008,203", "-19,802,203"], ["*) data sementara"]],
    };
    const plain = (amount: bigint) => String(amount);
    const files: [string, string | Buffer][] = [
      [
        "a.csv",
        omspan(rows, { titles: ["REALISASI DANA TAHUN ANGGARAN 2022", "Tanggal Cetak :05-08-2022, 8:15 am"], after }),
      ],
      ["a.xls", omspan(rows, { titles: titlesOf(2022, "5-Agustus-2022"), write: withDots })],
      ["a.xlsx", await workbook([...titles, [], header, ...omspanCells(rows, { write: plain })], ["Kosong", "Data "])],
    ];
    for (const [name, content] of files) {
      await withStore(engine, async (db) => {
        const result = await importText(db, content, {}, name);
        expect([name, result.status, result.rejects]).toEqual([name, "posted", []]);
        expect(result.rows.posted).toBe(3);
        expect(result.warnings).toMatchObject({ "COA-102": 1, "BUD-006": 1, "BUD-005": 2 });
        expect(result.scope?.months).toEqual(["2022-08"]);
        expect(await bySatker(db, "2022-08", "2022-08")).toEqual({ "004321": 42534925n, "025455": 90473278n });
        await isClean(db);
      });
    }
  });

  it("refuses a total row, a rest and an amount that do not hold, and says where", async () => {
    await withStore(engine, async (db) => {
      const blank = Array<string>(9).fill("");
      const cases: [string, number, string, string | null][] = [
        [
          omspan([{ satker: "025455", budget: 10, realized: 1 }], {
            after: { 1: [["JUMLAH", ...blank, "11", "0", "1", "9"]] },
          }),
          6,
          "TOT-001",
          "pagu",
        ],
        [omspan([{ satker: "025455", budget: 10, realized: 1, remaining: 8 }]), 5, "TOT-002", "sisa pagu"],
        [omspan([{ satker: "025455", budget: 10, realized: "" }]), 5, "AMT-001", "realisasi"],
        [omspan([{ satker: "025455", budget: "1.5E+20", realized: 1 }]), 5, "AMT-006", "pagu"],
        [omspan([{ satker: "025455", budget: 10, realized: 1 }]).replace(/\n$/, ",lebih\n"), 5, "FILE-008", null],
        [omspan([{ satker: "025455", budget: 10, realized: 1 }]).replace(/,"?9"?\n$/, "\n"), 5, "FILE-008", null],
        [omspan([{ satker: "02545A", budget: 10, realized: 1 }]), 5, "COA-004", "satker"],
        [omspan([{ satker: "025455", budget: 10, realized: 1, output: "4787A" }]), 5, "COA-003", "output"],
        [omspan([{ satker: "025455", budget: 0, realized: 1, program: "" }]), 5, "COA-002", "prog."],
      ];
      for (const [text, row, rule, column] of cases) {
        const result = await importText(db, text);
        expect([rule, result.status]).toEqual([rule, "blocked"]);
        const problems = result.rejects.flatMap((one) =>
          one.problems.map((problem) => [one.row, problem.rule, problem.column]),
        );
        expect(problems).toContainEqual([row, rule, column]);
      }
      expect((await measures(db, "satker", "2022-01", "2022-12")).rows.size).toBe(0);
    });
  });

  it("empties what a report without rows or without a satker speaks for", async () => {
    await withStore(engine, async (db) => {
      const titles = titlesOf(2022, "31-05-2022");
      const both = [
        { satker: "025455", budget: 10, realized: 4 },
        { satker: "025456", budget: 20, realized: 8 },
      ];
      await post(db, omspan(both, { titles: titlesOf(2022, "30-04-2022") }));
      await post(db, omspan(both.slice(0, 1), { titles }), { scope: "satker=025456" });
      expect(await bySatker(db, "2022-01", "2022-12")).toEqual({ "025455": 4n, "025456": 0n });
      expect((await measures(db, "satker", "2022-01", "2022-12")).total.revised).toBe(10n);
      const empty = await importText(db, `${omspan([], { titles })}Tidak Ada Data\n`, { scope: "satker=025455" });
      expect(empty).toMatchObject({
        status: "posted",
        rows: { read: 1, posted: 0, skipped: 1 },
        scope: { satkers: 1 },
      });
      expect(await realized(db, "2022-01", "2022-12")).toBe(0n);
      await isClean(db);
    });
  });
});

describe.each(ENGINES)("the detail report (SAKTI) on %s", (engine) => {
  const expected = EXPECTED["sakti-fa-detail.xlsx"] ?? {};

  it("imports the sample with the totals that are known of it", async () => {
    await withStore(engine, async (db) => {
      const result = await importFile(db, FA, PLAIN_IMPORT);
      expect(result).toMatchObject({
        layout: "sakti-fa-detail",
        status: "posted",
        rows: { posted: expected.leaves, rejected: 0 },
        amount: { read: BigInt(expected.revised ?? 0), posted: BigInt(expected.revised ?? 0) },
        rejects: [],
        scope: { fiscal_years: [2021], satkers: 1 },
        warnings: { "CUM-001": expected.leaves },
      });
      expect(result.rows.read).toBe(result.rows.posted + result.rows.skipped);
      const totals = [
        ["stated revised", "revised"],
        ["stated blocked", "blocked"],
        ["stated realization before", "realization_before"],
        ["stated realization in period", "realization_period"],
        ["realization before", "realization_before"],
        ["realization in period", "realization_period"],
      ] as const;
      for (const [name, key] of totals) {
        const amount = BigInt(expected[key] ?? -1);
        expect(totalOf(result, name), name).toEqual({ name, file: amount, read: amount, difference: 0n });
      }
      const { rows } = await measures(db, "satker");
      expect(rows.get("006018")).toMatchObject({ revised: BigInt(expected.revised ?? 0), blocked: 0n });
      expect(await realized(db, "2021-07", "2021-07")).toBe(BigInt(expected.realization_period ?? 0));
      expect(await realized(db, "2021-01", "2021-06")).toBe(BigInt(expected.realization_before ?? 0));
      const components = (await measures(db, "component")).rows;
      expect(components.get("2905QKA084001")?.revised).toBe(317899000n);
      await isClean(db);
      expect((await importFile(db, FA, PLAIN_IMPORT)).status).toBe("unchanged");
      await revertExtract(db, 1, AT);
      expect((await measures(db, "satker")).rows.size).toBe(0);
    });
  });

  it("settles in the month before its period what the ledger says otherwise, and leaves it alone where it agrees", async () => {
    await withStore(engine, async (db) => {
      const paid = code({
        satker: "636722",
        kppn: "015",
        program: "01505CC",
        output: "4787AEF",
        account: "524111",
        authority: "2",
        location: "3051",
      });
      const other = code({
        satker: "636722",
        kppn: "015",
        program: "01505CC",
        output: "4787AEF",
        account: "521211",
        authority: "2",
        location: "3051",
      });
      const income = code({ satker: "636722", kppn: "015", account: "425911", program: "01505CC", output: "4787AEF" });
      const payments: PaymentRow[] = [
        [paid, "2022-01-31", 60],
        [paid, "2022-02-15", 40],
        [other, "2022-02-16", 5],
        [income, "2022-02-17", 99],
        [paid, "2022-03-01", 1],
        [paid, "2022-04-01", 7],
      ];
      await post(db, realization(payments));
      const before = (await verifyStore(db)).ledger.hash;
      const report = (period: string, ...leaves: Partial<FaLeaf>[]) =>
        faCsv(faRows({ titles: FA_TITLES("636722", 2022, period), leaves: leaves.map(leafOf) }));

      // 100 on one code in the ledger, two leaves of 45 and 60 with 5 on the other: 105 in all, the same as before March.
      const agreeing = await importText(
        db,
        report(
          "Maret 2022",
          { before: 45n, inPeriod: 10n },
          { before: 55n, inPeriod: 3n, item: "000002" },
          { account: "521211", before: 5n, inPeriod: 0n },
        ),
      );
      expect(agreeing.status).toBe("posted");
      expect(agreeing.scope?.months).toEqual(["2022-03"]);
      expect(await bySatker(db, "2022-01", "2022-02")).toEqual({ "636722": 105n });
      expect(await bySatker(db, "2022-03", "2022-03")).toEqual({ "636722": 13n });
      expect(await realized(db, "2022-04", "2022-04")).toBe(7n);

      const differing = await importText(
        db,
        report("Maret 2022", { before: 145n, inPeriod: 10n }, { before: 55n, inPeriod: 3n, item: "000002" }),
      );
      expect(differing.scope?.months).toEqual(["2022-02", "2022-03"]);
      // One leaf more, one account less.
      expect(differing.warnings).toMatchObject({ "CUM-002": 4, "CUM-003": 1, "CUM-004": 1 });
      expect(await bySatker(db, "2022-01", "2022-01")).toEqual({ "636722": 60n });
      expect(await realized(db, "2022-01", "2022-02")).toBe(200n);
      expect(await realized(db, "2022-01", "2022-03")).toBe(213n);
      const accounts = (await measures(db, "account", "2022-01", "2022-03")).rows;
      expect(accounts.get("521211")?.realization).toBe(0n);
      // Revenue is not in the report and stays.
      const income2 = await db.read.select().from(db.tables.ledgerLines);
      expect(income2.filter(({ extractId, amount }) => extractId === differing.extract && amount === 99n)).toHaveLength(
        1,
      );
      await isClean(db);

      await revertExtract(db, differing.extract ?? 0, AT);
      await revertExtract(db, agreeing.extract ?? 0, AT);
      expect((await verifyStore(db)).ledger.hash).toBe(before);
    });
  });

  it("takes the place of no revision that an extract states, and leaves the original unknown", async () => {
    await withStore(engine, async (db) => {
      const known = {
        satker: "636722",
        kppn: "015",
        program: "01505CC",
        output: "4787AEF",
        account: "524111",
        authority: "2",
        location: "3051",
      };
      const report = (revised: bigint, period: string) =>
        faCsv(
          faRows({
            titles: FA_TITLES("636722", 2022, period),
            leaves: [leafOf({ revised, before: 0n, inPeriod: 0n, blocked: 3n })],
          }),
        );
      const state = async () => {
        const rows = await db.read.select().from(db.tables.yearBalances);
        return rows.map(({ original, revised, blocked }) => ({ original, revised, blocked }));
      };
      await post(db, report(500n, "Februari 2022"));
      expect(await state()).toEqual([{ original: null, revised: 500n, blocked: 3n }]);
      // The numbered revisions come: 0 and 1, of which 1 is the newest statement of that number.
      await post(
        db,
        budget([
          { code: code(known), year: 2022, revision: 0, amount: 400 },
          { code: code(known), year: 2022, revision: 1, amount: 450 },
        ]),
      );
      expect((await measures(db, "satker", "2022-01", "2022-12")).total).toMatchObject({
        original: 400n,
        revised: 450n,
      });
      await post(db, report(550n, "Maret 2022"));
      const cells = await db.read.select().from(db.tables.cellsInForce);
      const periods = cells.filter(({ kind }) => kind === "budget").map(({ period, extractId }) => [period, extractId]);
      expect(periods.sort()).toEqual([
        ["0000", 2],
        ["0001", 2],
        ["0002", 3],
      ]);
      expect((await measures(db, "satker", "2022-01", "2022-12")).total).toMatchObject({
        original: 400n,
        revised: 550n,
      });
      // A later report restates its own number.
      await post(db, report(560n, "April 2022"));
      expect((await measures(db, "satker", "2022-01", "2022-12")).total.revised).toBe(560n);
      await isClean(db);
    });
  });

  it("takes what it does not say from the satker list and from the activity, and leaves the rest unknown", async () => {
    await withStore(engine, async (db) => {
      await loadWorld(db);
      await importFile(db, FA, PLAIN_IMPORT);
      const codes = await db.read.rows<Record<string, string | null>>(
        sql`SELECT code, ministry, fund, authority, location, node FROM code_combinations WHERE code LIKE '%?%'`,
      );
      expect(codes.map(({ code: text }) => text)).toContain(
        "006018.043.511138.05401WA.2882QAB.??????????.?????.2.1403.?.??????.??????.105.001.0C.000120",
      );
      for (const { ministry, fund, authority, location, node } of codes) {
        expect({ ministry, fund, authority, location }).toEqual({
          ministry: "054",
          fund: null,
          authority: "2",
          location: "1403",
        });
        expect(node).toMatch(/^\d{4}\.\w{3}\.\w{3}\.\d{3}$/);
      }
      await isClean(db);
    });
  });
});

/** Random leaves of a budget: several per level, with and without items, realization also below zero. */
const anyLeaf: fc.Arbitrary<FaLeaf> = fc.record({
  program: fc.constantFrom("WA", "CC"),
  activity: fc.constantFrom("2882", "2905", "4787"),
  kro: fc.constantFrom("QAB", "AEF", "9CA"),
  ro: fc.constantFrom("001", "105"),
  component: fc.constantFrom("001", "051"),
  subcomponent: fc.constantFrom("0A", "0B"),
  account: fc.constantFrom("511138", "521211", "532111"),
  item: fc.option(fc.constantFrom("000001", "000379"), { nil: null, freq: 3 }),
  revised: fc.bigInt(0n, 9_000_000_000n),
  blocked: fc.bigInt(0n, 1_000_000n),
  before: fc.bigInt(-5_000_000n, 5_000_000_000n),
  inPeriod: fc.bigInt(-5_000_000n, 5_000_000_000n),
});

/** Distinct leaves; an account has items or is a leaf, not both. */
function distinctLeaves(leaves: readonly FaLeaf[]): FaLeaf[] {
  const path = ({ program, activity, kro, ro, component, subcomponent, account }: FaLeaf) =>
    [program, activity, kro, ro, component, subcomponent, account].join(".");
  const kept = new Map<string, FaLeaf>();
  for (const leaf of leaves) {
    const bare = kept.has(path(leaf));
    const itemized = [...kept.keys()].some((key) => key.startsWith(`${path(leaf)}/`));
    if (leaf.item === null ? !itemized : !bare)
      kept.set(leaf.item === null ? path(leaf) : `${path(leaf)}/${leaf.item}`, leaf);
  }
  return [...kept.values()];
}

describe("random reports of both kinds", () => {
  it("SAKTI: any form of it has the totals of its leaves", async () => {
    const forms = fc.record({
      detailShift: fc.constantFrom<0 | 1>(0, 1),
      percent: fc.boolean(),
      wrap: fc.boolean(),
      footnotes: fc.boolean(),
      grandTotal: fc.boolean(),
      pageLength: fc.integer({ min: 2, max: 9 }),
      asWorkbook: fc.boolean(),
    });
    await withStore("sqlite", async (db) => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(anyLeaf, { minLength: 1, maxLength: 25 }),
          forms,
          async (random, { asWorkbook, ...form }) => {
            const leaves = distinctLeaves(random);
            const rows = faRows({ titles: FA_TITLES("636722", 2022, "Mei 2022"), leaves, ...form });
            const content = asWorkbook ? await workbook(rows) : faCsv(rows);
            const result = await importText(db, content, {}, asWorkbook ? "a.xlsx" : "a.csv");
            expect([result.status, result.rejects]).toEqual(["posted", []]);
            expect(result.rows.posted).toBe(leaves.length);
            const sum = (of: (leaf: FaLeaf) => bigint) => leaves.reduce((all, leaf) => all + of(leaf), 0n);
            const { total } = await measures(db, "satker", "2022-01", "2022-12");
            expect(total).toMatchObject({
              revised: sum((leaf) => leaf.revised),
              blocked: sum((leaf) => leaf.blocked),
              realization: sum((leaf) => leaf.before + leaf.inPeriod),
            });
            expect(await realized(db, "2022-05", "2022-05")).toBe(sum((leaf) => leaf.inPeriod));
            await isClean(db);
          },
        ),
        { numRuns: 25 },
      );
    });
  });

  it("SAKTI: a figure that is changed anywhere is noticed", async () => {
    await withStore("sqlite", async (db) => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(anyLeaf, { minLength: 1, maxLength: 8 }),
          fc.nat(),
          fc.nat(),
          async (random, at, which) => {
            const rows = faRows({ titles: FA_TITLES("636722", 2022, "Mei 2022"), leaves: distinctLeaves(random) });
            const filled = rows.filter((row) => row.some((cell) => typeof cell === "bigint"));
            const row = filled[at % filled.length] ?? [];
            const columns = [...row.keys()].filter((column) => typeof row[column] === "bigint");
            const column = columns[which % columns.length] ?? 0;
            row[column] = (row[column] as bigint) + 1n;
            const result = await importText(db, faCsv(rows), { dryRun: true });
            // What remains of a heading follows from figures that are compared; only that of leaves is compared itself.
            const onlyRest = column === 29 && !String(row[13]).startsWith("000") && result.status === "dry-run";
            if (onlyRest) return;
            expect(result.status).toBe("blocked");
            expect(result.rejects.flatMap(({ problems }) => problems.map(({ rule }) => rule.slice(0, 3)))).toContain(
              "TOT",
            );
          },
        ),
        { numRuns: 40 },
      );
    });
  });

  it("OM-SPAN: the ledger says what the newest report says, whatever was in force before", async () => {
    const anyRow = fc.record({
      satker: fc.constantFrom("636722", "636723"),
      account: fc.constantFrom("511138", "521211"),
      output: fc.constantFrom("4787AEF", "2882QAB"),
      fund: fc.constantFrom("A000000001", "F000000001"),
      budget: fc.bigInt(0n, 9_000_000_000n),
      realized: fc.bigInt(-1_000_000n, 9_000_000_000n),
    });
    const key = (row: { satker: string; account: string; output: string; fund: string }) =>
      [row.satker, row.account, row.output, row.fund].join();
    const report = fc.record({
      kind: fc.constant("report" as const),
      rows: fc.uniqueArray(anyRow, { selector: key, minLength: 1, maxLength: 8 }),
      month: fc.integer({ min: 1, max: 12 }),
    });
    const payments = fc.record({
      kind: fc.constant("payments" as const),
      rows: fc.array(anyRow, { minLength: 1, maxLength: 6 }),
      month: fc.integer({ min: 1, max: 12 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(report, payments), { minLength: 1, maxLength: 5 }), async (files) => {
        await withStore("sqlite", async (db) => {
          const hashes: string[] = [(await verifyStore(db)).ledger.hash];
          let posted = 0;
          for (const { kind, rows, month } of files) {
            const mm = String(month).padStart(2, "0");
            const text =
              kind === "report"
                ? omspan(rows, { titles: titlesOf(2022, `28-${mm}-2022`) })
                : realization(
                    rows.map(
                      (row): PaymentRow => [
                        code({ ...row, program: "01505CC", kppn: "015", authority: "2", location: "3051" }),
                        `2022-${mm}-20`,
                        row.realized,
                      ],
                    ),
                  );
            const result = await importText(db, text);
            if (result.status === "unchanged") continue;
            expect([result.status, result.rejects]).toEqual(["posted", []]);
            posted++;
            if (kind === "report") {
              const sums = new Map<string, bigint>();
              for (const row of rows) sums.set(row.satker, (sums.get(row.satker) ?? 0n) + row.realized);
              const inForce = await bySatker(db, "2022-01", `2022-${mm}`);
              for (const [satker, amount] of sums) expect(inForce[satker]).toBe(amount);
            }
            const { findings, ledger } = await verifyStore(db);
            expect(findings).toEqual([]);
            hashes.push(ledger.hash);
          }
          for (let id = posted; id > 0; id--) {
            await revertExtract(db, id, AT);
            expect((await verifyStore(db)).ledger.hash).toBe(hashes[id - 1]);
          }
        });
      }),
      { numRuns: 12 },
    );
  });
});
