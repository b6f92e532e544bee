import { readFile } from "node:fs/promises";
import ExcelJS from "exceljs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseCsv } from "../../src/extracts/index.ts";
import { type ImportResult, importFile, revertExtract, verifyStore } from "../../src/ledger/index.ts";
import { reconcile } from "../../src/reconciliation/index.ts";
import type { Db } from "../../src/store/index.ts";
import { type PaidCells, paidRow, REALISASI_COLUMNS, realisasi } from "../extracts/layouts/monsakti.ts";
import { fixture, PLAIN_IMPORT } from "../support/import.ts";
import { ENGINES, withStore } from "../support/stores.ts";
import { code, importText } from "./world.ts";

const SAMPLE = fixture("world-1", "layouts", "monsakti-realisasi.csv");
const EXPECTED = JSON.parse(await readFile(fixture("world-1", "layouts", "expected.json"), "utf8"))[
  "monsakti-realisasi.csv"
] as { rows: number; realization: number; satkers: string[]; fiscal_year: number };

const DETAIL = "105.001.0C.000120";
const COA = code({ program: "05401WA", output: "2882QAB", account: "511138", detail: DETAIL });

async function realization(db: Db, by: "ministry" | "month" | "component" = "ministry", year = 2021) {
  const window = { from: `${year}-01`, to: `${year}-12` };
  const found = await reconcile(db, { by: [by], window, theme: null, basis: "whole", where: {} }, "id");
  expect(found.residual).toBe(0n);
  return Object.fromEntries(found.rows.map((row) => [row.keys[by] ?? "-", row.realization]));
}

/** Rules of the rejects, with column and row. */
function refused({ rejects }: ImportResult): [number, string, string | null][] {
  return rejects.flatMap(({ row, problems }) =>
    problems.map(({ rule, column }): [number, string, string | null] => [row, rule, column]),
  );
}

describe.each(ENGINES)("MonSAKTI payments on %s", (engine) => {
  it("imports the sample with the totals that are known of it", async () => {
    await withStore(engine, async (db) => {
      const result = await importFile(db, SAMPLE, PLAIN_IMPORT);
      const amount = BigInt(EXPECTED.realization);
      expect(result).toMatchObject({
        layout: "monsakti-realisasi",
        status: "posted",
        rows: { read: EXPECTED.rows, posted: EXPECTED.rows, rejected: 0, skipped: 0 },
        amount: { read: amount, posted: amount, rejected: 0n },
        scope: { kind: "realization", fiscal_years: [EXPECTED.fiscal_year], satkers: EXPECTED.satkers.length },
        rejects: [],
        ignoredColumns: [],
      });
      const ministries = await realization(db);
      expect(Object.values(ministries).reduce((sum, part) => sum + part)).toBe(amount);
      expect((await importFile(db, SAMPLE, PLAIN_IMPORT)).status).toBe("unchanged");
      expect((await verifyStore(db)).findings).toEqual([]);
      await revertExtract(db, 1, "2026-03-01T00:00:00.000Z");
      expect(await realization(db)).toEqual({});
    });
  });

  it("counts what was paid, in the month of the SP2D, at the node of the code", async () => {
    await withStore(engine, async (db) => {
      const rows = [
        paidRow(COA, { TGL_SP2D: "31-12-2021", TGL_SPM: "02-01-2022", NILAI_RUPIAH: "500.00" }),
        paidRow(COA, { TGL_SP2D: "01-02-2021", NILAI_RUPIAH: "-200.00", URAIAN: 'baris\nbaru, "kutip"' }),
        // Twelve segments, the rest in their columns.
        paidRow(COA, { TGL_SP2D: "01-02-2021", NILAI_RUPIAH: "7", KODE_COA: COA.slice(0, 73) }),
      ];
      expect(await importText(db, realisasi(rows))).toMatchObject({ status: "posted", amount: { posted: 307n } });
      expect(await realization(db, "month")).toEqual({ "2021-02": -193n, "2021-12": 500n });
      expect(await realization(db, "component")).toEqual({ "2882QAB105001": 307n });
      const lines = await db.read.select().from(db.tables.ledgerLines);
      expect(lines.map(({ document, description }) => [document, description])).toContainEqual([
        "221330000000001",
        'baris\nbaru, "kutip"',
      ]);
    });
  });
});

describe("rows of MonSAKTI payments", () => {
  const dry = (rows: readonly PaidCells[], options = {}) =>
    withStore("sqlite", (db) => importText(db, realisasi(rows), { dryRun: true, ...options }));

  it("refuses what was not paid, with its rupiah; the rest can be forced in", async () => {
    const rows = [
      paidRow(COA),
      paidRow(COA, { NO_SP2D: "", TGL_SP2D: "", NILAI_RUPIAH: "11.00" }),
      paidRow(COA, { TGL_SP2D: " ", NILAI_RUPIAH: "12.00" }),
      paidRow(COA, { STATUS_DATA: "SPM Dibatalkan", NILAI_RUPIAH: "13.00" }),
    ];
    const blocked = await dry(rows);
    expect(blocked.status).toBe("blocked");
    expect(refused(blocked)).toEqual([
      [3, "DOC-004", "no_sp2d"],
      [4, "DOC-004", "tgl_sp2d"],
      [5, "DOC-005", "status_data"],
    ]);
    const forced = await dry(rows, { force: true });
    expect(forced).toMatchObject({ status: "dry-run", amount: { read: 1036n, posted: 1000n, rejected: 36n } });
  });

  it("refuses a row whose columns contradict its code, each column by name", async () => {
    const wrong: PaidCells = {
      KDSATKER: "100002",
      KODE_KEMENTERIAN: "055",
      KODE_PROGRAM: "GG",
      KODE_KEGIATAN: "2883",
      KODE_OUTPUT: "QAC",
      KODE_SUBOUTPUT: "106",
      KODE_KOMPONEN: "002",
      KODE_SUBKOMPONEN: "0D",
      KODE_AKUN: "511139",
      KODE_ITEM: "000121",
    };
    for (const [column, value] of Object.entries(wrong)) {
      const { rejects } = await dry([paidRow(COA, { [column]: value })]);
      expect(rejects, column).toHaveLength(1);
      expect(rejects[0]?.problems).toEqual([
        expect.objectContaining({ rule: "COA-011", column: column.toLowerCase(), value }),
      ]);
    }
    expect(refused(await dry([paidRow(COA, wrong)])).map(([, rule]) => rule)).toEqual(Array(10).fill("COA-011"));
  });

  it("puts leading zeros back where the code says them, and takes codes printed with what stands above", async () => {
    const short = { KODE_KEMENTERIAN: "54", KODE_KOMPONEN: "1", KODE_SUBKOMPONEN: "C", KODE_ITEM: "120" };
    expect((await dry([paidRow(COA, short)])).warnings).toMatchObject({ "COA-102": 4 });
    const long = { KODE_PROGRAM: "054.01.WA", KODE_OUTPUT: "2882.QAB", KODE_SUBOUTPUT: "2882.QAB.105" };
    expect((await dry([paidRow(COA, long)])).warnings).not.toHaveProperty("COA-102");
    expect(refused(await dry([paidRow(COA, { KODE_AKUN: "11138" })]))).toEqual([[2, "COA-011", "kode_akun"]]);
  });

  it("collects every problem of a row", async () => {
    const row = paidRow("x", { NO_SP2D: "", TGL_SP2D: "31-02-2021", NILAI_RUPIAH: "1.50", STATUS_DATA: "Batal" });
    expect(refused(await dry([row])).map(([, rule]) => rule)).toEqual(["DOC-005", "DOC-004", "DAT-003", "AMT-004"]);
    expect(refused(await dry([paidRow("2080.QEA")])).map(([, rule]) => rule)).toEqual(["COA-009"]);
  });

  it("reads what a spreadsheet made of it: semicolons, a byte order mark, other ways of writing, workbooks", async () => {
    const [header = [], ...cells] = parseCsv(await readFile(SAMPLE, "utf8"));
    const written = cells.map((row) =>
      row.map((cell, at) => {
        if (header[at] === "NILAI_RUPIAH") return cell.replace(/\.00$/, "").replace(/\B(?=(\d{3})+$)/g, ".");
        return header[at] === "TGL_SP2D" ? cell.replaceAll("-", "/") : cell;
      }),
    );
    const quoted = (row: string[]) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(";");
    const text = `\ufeff${header.map((name) => ` ${name.toLowerCase()} `).join(";")}\r\n${written.map(quoted).join("\r\n")}`;
    const workbook = new ExcelJS.Workbook();
    workbook.addWorksheet("Sheet1").addRows([header, ...cells]);
    await withStore("sqlite", async (db) => {
      const options = { dryRun: true };
      const posted = { layout: "monsakti-realisasi", amount: { posted: BigInt(EXPECTED.realization) }, warnings: {} };
      expect(await importText(db, text, options)).toMatchObject(posted);
      const file = Buffer.from(await workbook.xlsx.writeBuffer());
      expect(await importText(db, file, options, "file.xlsx")).toMatchObject(posted);
    });
  });

  it("posts any valid file as a slow model of it says", async () => {
    const digits = (width: number) =>
      fc.string({ unit: fc.constantFrom(..."0123456789"), minLength: width, maxLength: width });
    const codes = fc.record({
      satker: digits(6),
      kppn: digits(3),
      account: digits(5).map((text) => `5${text}`),
      program: fc.tuple(digits(5), fc.constantFrom("WA", "DG", "08")).map((parts) => parts.join("")),
      output: fc.tuple(digits(4), fc.constantFrom("QEA", "9CA", "001")).map((parts) => parts.join("")),
      location: digits(4),
      detail: fc.tuple(digits(3), digits(3), fc.constantFrom("0A", "ZZ"), digits(6)).map((parts) => parts.join(".")),
    });
    const rows = fc.array(
      fc.record({
        coa: fc.oneof({ weight: 1, arbitrary: codes.map(code) }, { weight: 2, arbitrary: fc.constant(COA) }),
        month: fc.integer({ min: 1, max: 12 }),
        day: fc.integer({ min: 1, max: 28 }),
        amount: fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }),
        text: fc.string({ unit: fc.constantFrom("a", ",", '"', "\n", ";", "é", " ") }),
      }),
      { minLength: 1, maxLength: 30 },
    );
    await fc.assert(
      fc.asyncProperty(rows, async (given) => {
        const two = (value: number) => String(value).padStart(2, "0");
        const file = realisasi(
          given.map(({ coa, month, day, amount, text }) =>
            paidRow(coa, {
              NILAI_RUPIAH: `${amount}.00`,
              TGL_SP2D: `${two(day)}-${two(month)}-2021`,
              URAIAN: text,
            }),
          ),
        );
        await withStore("sqlite", async (db) => {
          const total = given.reduce((sum, { amount }) => sum + amount, 0n);
          expect(await importText(db, file)).toMatchObject({
            status: "posted",
            rows: { read: given.length, posted: given.length },
            amount: { posted: total },
          });
          const months: Record<string, bigint> = {};
          for (const { month, amount } of given) {
            const key = `2021-${two(month)}`;
            months[key] = (months[key] ?? 0n) + amount;
          }
          expect(await realization(db, "month")).toEqual(months);
          expect((await verifyStore(db)).findings).toEqual([]);
        });
      }),
      { numRuns: 15 },
    );
  });

  it("has all columns of the layout", async () => {
    const [header] = parseCsv(await readFile(SAMPLE, "utf8"));
    expect(header).toEqual([...REALISASI_COLUMNS]);
  });
});
