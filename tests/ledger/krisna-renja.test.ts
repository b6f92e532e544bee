import ExcelJS from "exceljs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { csvLine } from "../../src/csv.ts";
import { type ImportResult, revertExtract, verifyStore } from "../../src/ledger/index.ts";
import { ensureReferences } from "../../src/references/index.ts";
import { ENGINES, withStore } from "../support/stores.ts";
import { importText, post } from "./world.ts";

const COLUMNS = [
  ...["tahun", "kddept", "kdunit", "kdprogram", "kdgiat", "nmgiat", "kdoutput", "nmoutput", "kdsoutput", "nmsoutput"],
  ...["kdkmpnen", "nmkmpnen", "kdtema", "alokasi", "target", "satuan", "lokasi"],
] as const;
type Cells = Partial<Record<(typeof COLUMNS)[number], string>>;

const row = (cells: Cells = {}): Record<string, string> => ({
  ...{ tahun: "2022", kddept: "054", kdunit: "01", kdprogram: "WA", kdgiat: "2882", nmgiat: "Kegiatan" },
  ...{ kdoutput: "QAB", nmoutput: "KRO gizi", kdsoutput: "105", nmsoutput: "RO balita", kdtema: "003008" },
  ...{ alokasi: "1500000", target: "34", satuan: "lembaga", lokasi: "Kab. Kupang" },
  ...cells,
});

function renja(
  rows: readonly Cells[],
  columns: readonly string[] = COLUMNS,
  names: readonly string[] = columns,
): string {
  return [csvLine(names), ...rows.map((cells) => csvLine(columns.map((name) => row(cells)[name] ?? ""))), ""].join(
    "\n",
  );
}

function refused({ rejects }: ImportResult): [number, string, string | null][] {
  return rejects.flatMap(({ row: at, problems }) =>
    problems.map(({ rule, column }): [number, string, string | null] => [at, rule, column]),
  );
}

const ROLLED = { kdsoutput: "", nmsoutput: "", kdtema: "", alokasi: "", target: "", lokasi: "" };

describe.each(ENGINES)("KRISNA plans on %s", (engine) => {
  it("keeps outputs of every level with names, themes, allocation, target and locations", async () => {
    await withStore(engine, async (db) => {
      await ensureReferences(db);
      const rows = [
        { ...ROLLED, kdoutput: "", nmoutput: "", satuan: "" },
        { ...ROLLED, kdtema: "000" },
        {},
        { lokasi: "Kab. Belu", alokasi: "9007199254740993" },
        { kdkmpnen: "051", nmkmpnen: "Komponen", kdtema: "8" },
      ];
      const result = await importText(db, renja(rows));
      expect(result).toMatchObject({
        layout: "krisna-renja",
        status: "posted",
        rows: { read: 5, posted: 5 },
        changes: { created: 5, updated: 0, unchanged: 0 },
        scope: { kind: "outputs", fiscal_years: [2022] },
        warnings: {},
        ignoredColumns: [],
      });
      const outputs = await db.read.select().from(db.tables.outputs);
      const shown = outputs
        .sort((a, b) => a.row - b.row)
        .map(({ node, program, name, themes, allocation, target, unitOfMeasure, locations }) => [
          ...[node, program, name, themes, allocation, target, unitOfMeasure, locations],
        ]);
      expect(shown).toEqual([
        ["2882", "05401WA", "Kegiatan", null, null, null, null, null],
        ["2882.QAB", "05401WA", "KRO gizi", null, null, null, "lembaga", null],
        ["2882.QAB.105", "05401WA", "RO balita", "003,008", 1_500_000n, "34", "lembaga", "Kab. Kupang"],
        ["2882.QAB.105", "05401WA", "RO balita", "003,008", 9_007_199_254_740_993n, "34", "lembaga", "Kab. Belu"],
        ["2882.QAB.105.051", "05401WA", "Komponen", "008", 1_500_000n, "34", "lembaga", "Kab. Kupang"],
      ]);
      expect((await importText(db, renja(rows))).status).toBe("unchanged");
      const again = await importText(db, renja([{}, { lokasi: "Kab. Belu", alokasi: "7" }, { tahun: "2023" }]));
      expect(again.changes).toEqual({ created: 1, updated: 1, unchanged: 1, removed: 0 });
      expect((await verifyStore(db)).findings).toEqual([]);
      await revertExtract(db, 2, "2026-03-01T00:00:00.000Z");
      expect((await verifyStore(db)).findings).toEqual([]);
    });
  });
});

describe("rows of KRISNA plans", () => {
  const dry = (content: string | Buffer, name = "renja.csv") =>
    withStore("sqlite", async (db) => {
      await ensureReferences(db);
      return importText(db, content, { dryRun: true }, name);
    });

  it("names the column of every fault", async () => {
    const faulty: Cells = {
      ...{
        tahun: "22",
        kddept: "KESEHATAN",
        kdunit: "1X",
        kdprogram: "WAA",
        kdgiat: "28A2",
        kdoutput: "Q",
        kdsoutput: "1_5",
      },
      ...{ kdkmpnen: "5A1", kdtema: "gizi", alokasi: "12,5" },
    };
    const own = { kdoutput: "kdkro", kdsoutput: "kdro" } as const;
    for (const [name, value] of Object.entries(faulty)) {
      const column = own[name as keyof typeof own] ?? name;
      const found = refused(await dry(renja([{ kdkmpnen: "051", nmkmpnen: "K", [name]: value }])));
      expect(new Set(found.map(([, , at]) => at)), name).toEqual(new Set([column]));
    }
    expect(refused(await dry(renja([{ nmsoutput: "" }])))).toEqual([[2, "FLD-001", "nmro"]]);
    expect(refused(await dry(renja([{ kdoutput: "" }]))).map(([, rule]) => rule)).toEqual(["TAG-006"]);
    expect(refused(await dry(renja([{}, {}])))).toEqual([[3, "FLD-004", "kdgiat"]]);
  });

  it("passes over rows above the activity, and says so", async () => {
    const program = { ...ROLLED, kdgiat: "", nmgiat: "", kdoutput: "", nmoutput: "" };
    const result = await dry(renja([program, {}]));
    expect(result).toMatchObject({ rows: { read: 2, posted: 1, skipped: 1 }, warnings: { "OUT-001": 1 } });
  });

  it("takes ministry, unit and program from the activity where they are not stated, and warns where they contradict it", async () => {
    const columns = COLUMNS.filter((name) => !["kddept", "kdunit", "kdprogram"].includes(name));
    expect(await dry(renja([{}], columns))).toMatchObject({ status: "dry-run", rejects: [], warnings: {} });
    expect(refused(await dry(renja([{ kdgiat: "9999" }], columns))).map(([, , column]) => column)).toEqual([
      "kddept",
      "kdunit",
      "kdprogram",
    ]);
    expect((await dry(renja([{ kddept: "024", kdunit: "03" }]))).warnings).toEqual({ "REF-002": 1 });
    expect((await dry(renja([{ kdtema: "008999" }]))).warnings).toEqual({ "REF-001": 1 });
  });

  it("reads codes with their names in one cell, lost zeros, and allocations in thousands", async () => {
    const names = COLUMNS.map((name) => (name === "alokasi" ? "Alokasi (ribu rupiah)" : name));
    const cells = {
      ...{ kddept: "54", kdunit: "1", kdgiat: "2882 - Kegiatan statistik", kdoutput: "2882.QAB", alokasi: "1.500,5" },
      ...{ kdsoutput: "[105] RO dari sel", nmsoutput: "" },
    };
    await withStore("sqlite", async (db) => {
      await ensureReferences(db);
      const result = await importText(db, renja([cells, { alokasi: "2,25", lokasi: "lain" }], COLUMNS, names));
      expect(result).toMatchObject({ status: "posted", rejects: [], warnings: { "COA-102": 1 } });
      const outputs = await db.read.select().from(db.tables.outputs);
      expect(outputs.map(({ node, program, name, allocation }) => [node, program, name, allocation])).toEqual([
        ["2882.QAB.105", "05401WA", "RO dari sel", 1_500_500n],
        ["2882.QAB.105", "05401WA", "RO balita", 2_250n],
      ]);
      const broken = await importText(db, renja([{ alokasi: "1,00005" }], COLUMNS, names), { dryRun: true });
      expect(refused(broken)).toEqual([[2, "AMT-004", "alokasi_ribu"]]);
    });
  });

  it("reads workbooks with titles above the header", async () => {
    const workbook = new ExcelJS.Workbook();
    const sheet = workbook.addWorksheet("Renja");
    sheet.addRows([["RENCANA KERJA K/L"], [], [...COLUMNS].map((name) => name.toUpperCase())]);
    const values = row();
    sheet.addRow(
      COLUMNS.map((name) => (/^(tahun|alokasi|target|kddept)$/.test(name) ? Number(values[name]) : values[name])),
    );
    const result = await dry(Buffer.from(await workbook.xlsx.writeBuffer()), "renja.xlsx");
    expect(result).toMatchObject({ layout: "krisna-renja", status: "dry-run", rows: { posted: 1 }, rejects: [] });
    expect(result.warnings).toEqual({ "COA-102": 1 });
  });

  it("keeps any valid plan as it states it", async () => {
    const outputs = fc.uniqueArray(
      fc.record({
        output: fc.constantFrom("QAB", "QKA", "001"),
        ro: fc.integer({ min: 1, max: 999 }).map((number) => String(number).padStart(3, "0")),
        allocation: fc.option(fc.bigInt({ min: 0n, max: 10n ** 16n })),
        themes: fc.uniqueArray(fc.constantFrom("001", "003", "006", "008")),
        name: fc
          .string({ unit: fc.constantFrom("a", "B", ",", '"', "é", " "), minLength: 1 })
          .filter((text) => text.trim() !== ""),
      }),
      { minLength: 1, maxLength: 25, selector: ({ output, ro }) => output + ro },
    );
    await withStore("sqlite", async (db) => {
      await ensureReferences(db);
      await fc.assert(
        fc.asyncProperty(outputs, async (given) => {
          const rows = given.map(({ output, ro, allocation, themes, name }) => ({
            ...{ kdoutput: output, kdsoutput: ro, nmsoutput: name, kdtema: themes.join("") },
            alokasi: allocation === null ? "" : String(allocation),
          }));
          const result = await importText(db, renja(rows));
          expect(result.rejects).toEqual([]);
          const stored = await db.read.select().from(db.tables.outputs);
          const own = stored.filter(({ extractId }) => extractId === result.extract).sort((a, b) => a.row - b.row);
          expect(own.map(({ node, allocation, themes, name }) => [node, allocation, themes, name])).toEqual(
            given.map(({ output, ro, allocation, themes, name }) => [
              ...[`2882.${output}.${ro}`, allocation, themes.length > 0 ? themes.join(",") : null, name.trim()],
            ]),
          );
        }),
        { numRuns: 15 },
      );
    });
  });

  it("is not taken for the plain list of outputs", async () => {
    await withStore("sqlite", async (db) => {
      const header =
        "fiscal_year,ministry,unit,program,activity,output,ro,component,name,themes,target,unit_of_measure";
      await post(db, `${header}\n2022,054,01,WA,2882,QAB,105,,RO,008,1,orang\n`);
      const [extract] = await db.read.select().from(db.tables.extracts);
      expect(extract?.layout).toBe("outputs");
    });
  });
});
