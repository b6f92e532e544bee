import { sql } from "drizzle-orm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { csvLine } from "../../src/csv.ts";
import { getExtract, type ImportResult, revertExtract, verifyStore } from "../../src/ledger/index.ts";
import { ensureReferences } from "../../src/references/index.ts";
import type { Db } from "../../src/store/index.ts";
import { ENGINES, withStore } from "../support/stores.ts";
import { contentOf, importText, post, satkers } from "./world.ts";

const AT = "2026-03-01T00:00:00.000Z";
const PLAIN = [
  "fiscal_year",
  "month",
  "satker",
  "code",
  "indicator",
  "target",
  "achieved",
  "unit",
  "district",
] as const;
const RO = [
  "KODE_KEMENTERIAN",
  "KODE_UNIT",
  "KDSATKER",
  "SUB_OUTPUT_KODE",
  "KODE_PERIODE",
  "RENCANA_SUB_OUTPUT",
  "TOTAL_REALISASI_SUB_OUTPUT",
  "SATUAN_SUB_OUTPUT",
  "TOTAL_PROGRESS_CAPAIAN_RO",
  "ANGGARAN_BELANJA",
  "REALISASI_BELANJA",
  "PENGEMBALIAN_BELANJA",
  "PERSEN_GAP",
  "REVISI_DIPA_KE",
] as const;

function table(header: readonly string[], rows: readonly Readonly<Record<string, string>>[]): string {
  return [csvLine(header), ...rows.map((row) => csvLine(header.map((name) => row[name] ?? ""))), ""].join("\n");
}

type Cells<Name extends string> = Partial<Record<Name, string>>;

const plainRow = (cells: Cells<(typeof PLAIN)[number]> = {}) => ({
  ...{ fiscal_year: "2021", month: "2021-07", satker: "100001", code: "2882.QAB", indicator: "Cakupan" },
  ...{ target: "12.5", achieved: "6", unit: "orang" },
  ...cells,
});
const plain = (...rows: Cells<(typeof PLAIN)[number]>[]) => table(PLAIN, rows.map(plainRow));

const roRow = (cells: Cells<(typeof RO)[number]> = {}) => ({
  ...{ KODE_KEMENTERIAN: "054", KODE_UNIT: "01", KDSATKER: "100001", SUB_OUTPUT_KODE: "2882.QAB.105" },
  ...{ KODE_PERIODE: "2021-07", RENCANA_SUB_OUTPUT: "12.00", TOTAL_REALISASI_SUB_OUTPUT: "6.50" },
  ...{ SATUAN_SUB_OUTPUT: "dokumen", TOTAL_PROGRESS_CAPAIAN_RO: "54.17", ANGGARAN_BELANJA: "1200000" },
  ...{ REALISASI_BELANJA: "650000", PENGEMBALIAN_BELANJA: "0", PERSEN_GAP: "-0.01", REVISI_DIPA_KE: "3" },
  ...cells,
});
const capaian = (...rows: Cells<(typeof RO)[number]>[]) => table(RO, rows.map(roRow));

/** Achievements in force as `satker month node indicator: achieved / target`. */
async function inForce(db: Db): Promise<string[]> {
  const rows = await db.read.rows<Record<string, string | null>>(sql`
    SELECT a.satker AS satker, a.month AS month, a.node AS node, a.indicator AS indicator, a.achieved AS achieved,
      a.target AS target
    FROM achievements a JOIN cells_in_force f ON f.kind = 'achievements' AND f.satker = a.satker AND f.period = a.month
      AND f.extract_id = a.extract_id`);
  return rows
    .map((row) => `${row.satker} ${row.month} ${row.node} ${row.indicator ?? "-"}: ${row.achieved} / ${row.target}`)
    .sort();
}

function refused({ rejects }: ImportResult): [number, string, string | null][] {
  return rejects.flatMap(({ row, problems }) =>
    problems.map(({ rule, column }): [number, string, string | null] => [row, rule, column]),
  );
}

describe.each(ENGINES)("achievements on %s", (engine) => {
  it("keeps what the list of ROs states, exactly", async () => {
    await withStore(engine, async (db) => {
      await ensureReferences(db);
      await post(db, satkers([["100001", "SATKER", "054"]]));
      const result = await importText(db, capaian({}, { SUB_OUTPUT_KODE: "WA2882QAB106", RENCANA_SUB_OUTPUT: "" }));
      expect(result).toMatchObject({
        layout: "capaian-ro",
        status: "posted",
        rows: { read: 2, posted: 2 },
        amount: { read: 0n, posted: 0n },
        changes: { created: 2, updated: 0, unchanged: 0, removed: 0 },
        scope: { kind: "achievements", fiscal_years: [2021], months: ["2021-07"], satkers: 1 },
        warnings: {},
        rejects: [],
      });
      const rows = await db.read.select().from(db.tables.achievements);
      expect(rows[0]).toEqual({
        ...{ extractId: 2, row: 2, ministry: "054", fiscalYear: 2021, month: "2021-07", satker: "100001" },
        ...{ node: "2882.QAB.105", indicator: null, target: "12", achieved: "6.5", unitOfMeasure: "dokumen" },
        ...{ district: null, progress: "54.17", gap: "-0.01", budget: 1_200_000n, realization: 650_000n, returns: 0n },
        dipaRevision: 3,
      });
      expect(rows[1]).toMatchObject({ node: "2882.QAB.106", target: null });
      expect(await getExtract(db, 2)).toMatchObject({ state: "posted", cells: { covered: 1, inForce: 1 } });
      expect((await verifyStore(db)).findings).toEqual([]);
    });
  });

  it("replaces the satkers of its months whole; a revert brings the older list back", async () => {
    await withStore(engine, async (db) => {
      await ensureReferences(db);
      const first = plain({}, { indicator: "Mutu" }, { satker: "100002" }, { month: "2021-08" });
      await post(db, first);
      const before = await contentOf(db, ["extracts"]);
      expect((await importText(db, first)).status).toBe("unchanged");
      expect(await contentOf(db, ["extracts"])).toEqual(before);
      const second = await importText(db, plain({ achieved: "7" }, { satker: "100003" }));
      expect(second.changes).toEqual({ created: 1, updated: 1, unchanged: 0, removed: 1 });
      expect(await inForce(db)).toEqual([
        "100001 2021-07 2882.QAB Cakupan: 7 / 12.5",
        "100001 2021-08 2882.QAB Cakupan: 6 / 12.5",
        "100002 2021-07 2882.QAB Cakupan: 6 / 12.5",
        "100003 2021-07 2882.QAB Cakupan: 7 / 12.5".replace("7 /", "6 /"),
      ]);
      // Both layouts speak for the same cells.
      const third = await importText(db, capaian({}));
      expect(third.changes).toEqual({ created: 1, updated: 0, unchanged: 0, removed: 1 });
      expect((await verifyStore(db)).findings).toEqual([]);
      const { ledger } = await verifyStore(db);
      await revertExtract(db, 3, AT);
      await revertExtract(db, 2, AT);
      expect((await inForce(db)).length).toBe(4);
      expect(await inForce(db)).toContain("100001 2021-07 2882.QAB Mutu: 6 / 12.5");
      const restored = await verifyStore(db);
      expect(restored.findings).toEqual([]);
      expect(restored.ledger.parts.achievements.hash).not.toBe(ledger.parts.achievements.hash);
      expect((await importText(db, first)).status).toBe("unchanged");
    });
  });

  it("empties satkers that a widened scope names", async () => {
    await withStore(engine, async (db) => {
      await ensureReferences(db);
      await post(db, plain({}, { satker: "100002" }));
      const result = await importText(db, plain({ month: "2021-08" }), { scope: "2021-07,ministry=054" });
      expect(result).toMatchObject({
        status: "posted",
        changes: { created: 1, removed: 2 },
        warnings: { "REF-003": 1 },
      });
      expect(await inForce(db)).toEqual(["100001 2021-08 2882.QAB Cakupan: 6 / 12.5"]);
    });
  });
});

describe("rows of achievements", () => {
  const dry = (content: string) =>
    withStore("sqlite", async (db) => {
      await ensureReferences(db);
      return importText(db, content, { dryRun: true });
    });

  it("names the column of every fault", async () => {
    const faulty = {
      ...{ KODE_KEMENTERIAN: "54A", KODE_UNIT: "x", KDSATKER: "", SUB_OUTPUT_KODE: "105", KODE_PERIODE: "Juli" },
      ...{ RENCANA_SUB_OUTPUT: "dua", TOTAL_REALISASI_SUB_OUTPUT: "1.2.3", TOTAL_PROGRESS_CAPAIAN_RO: "?" },
      ...{ ANGGARAN_BELANJA: "12,5", PERSEN_GAP: "-", REVISI_DIPA_KE: "B03" },
    };
    const found = refused(await dry(capaian(faulty)));
    expect(new Set(found.map(([, , column]) => column))).toEqual(
      new Set(Object.keys(faulty).map((name) => name.toLowerCase())),
    );
    expect(refused(await dry(plain({ month: "2020-07", district: "12" }))).map(([, rule]) => rule)).toEqual([
      "DAT-007",
      "FLD-003",
    ]);
  });

  it("refuses a second row about the same, but not about another indicator or district", async () => {
    expect(refused(await dry(plain({}, {})))).toEqual([[3, "FLD-004", "code"]]);
    expect(refused(await dry(plain({}, { indicator: "" }, { district: "0151" }, { code: "2882.QAB.105" })))).toEqual(
      [],
    );
    expect(refused(await dry(capaian({}, { SUB_OUTPUT_KODE: "2882QAB105" })))).toEqual([
      [3, "FLD-004", "sub_output_kode"],
    ]);
  });

  it("repairs codes that lost their zeros and warns of what the lists contradict", async () => {
    const short = await dry(capaian({ KODE_KEMENTERIAN: "54", KODE_UNIT: "1" }));
    expect(short).toMatchObject({ status: "dry-run", warnings: { "COA-102": 1, "REF-003": 1 } });
    expect((await dry(capaian({ KODE_KEMENTERIAN: "024" }))).warnings).toEqual({ "REF-002": 1, "REF-003": 1 });
    const unknown = await dry(capaian({ KODE_KEMENTERIAN: "", SUB_OUTPUT_KODE: "9999.QAB.105" }));
    expect(unknown.warnings).toEqual({ "REF-003": 1, "REF-004": 1 });
  });

  it("reads numbers as their columns are written", async () => {
    const volumes = async (...values: [target: string, achieved: string][]) =>
      withStore("sqlite", async (db) => {
        const rows = values.map(([target, achieved], at) => ({ target, achieved, indicator: String(at) }));
        const result = await importText(db, plain(...rows));
        const lines = await db.read.select().from(db.tables.achievements);
        return [refused(result), lines.map(({ target, achieved }) => [target, achieved])];
      });
    expect(await volumes(["1.234", "12,5"], ["1.000.000", "0"])).toEqual([
      [],
      [
        ["1234", "12.5"],
        ["1000000", "0"],
      ],
    ]);
    expect(await volumes(["1.234", "12.5"], ["3", "1,000.25"])).toEqual([
      [],
      [
        ["1.234", "12.5"],
        ["3", "1000.25"],
      ],
    ]);
    expect((await volumes(["1.234", "5"]))[0]).toEqual([[2, "NUM-002", "target"]]);
  });

  it("keeps any decimals exactly", async () => {
    const decimals = fc
      .tuple(fc.bigInt({ min: 0n, max: 10n ** 25n }), fc.integer({ min: 1, max: 9 }))
      .map(([digits, scale]) => {
        const text = String(digits).padStart(scale + 1, "0");
        return `${text.slice(0, -scale)}.${text.slice(-scale)}`;
      });
    await withStore("sqlite", async (db) => {
      await fc.assert(
        fc.asyncProperty(fc.array(decimals, { minLength: 1, maxLength: 20 }), async (values) => {
          const rows = values.map((achieved, at) => ({
            achieved: `${achieved}1`,
            target: "0.5",
            indicator: String(at),
          }));
          const result = await importText(db, plain(...rows));
          expect(result.status).not.toBe("blocked");
          const lines = await db.read.select().from(db.tables.achievements);
          const stored = lines.filter(({ extractId }) => extractId === result.extract).map(({ achieved }) => achieved);
          expect(stored).toEqual(values.map((value) => `${value}1`.replace(/^0+(?=\d)/, "")));
        }),
        { numRuns: 20 },
      );
    });
  });
});
