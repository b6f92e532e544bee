import { sql } from "drizzle-orm";
import Excel from "exceljs";
import { describe, expect, it } from "vitest";
import type { MappingDefinition } from "../../src/extracts/index.ts";
import { listExtracts } from "../../src/ledger/index.ts";
import { findMapping, latestMappings, listMappings, saveMapping } from "../../src/mappings/index.ts";
import { importText } from "../ledger/world.ts";
import { ENGINES, withStore } from "../support/stores.ts";
import { achievementFile, PAYMENT_HEADER, PAYMENT_ROWS, PAYMENTS, paymentFile } from "./definitions.ts";

const ACHIEVEMENTS: MappingDefinition = {
  kind: "achievements",
  sheet: null,
  header: {
    rows: 1,
    columns: ["Kode Satker", "Kegiatan", "KRO", "RO", "Bulan", "Indikator", "Target", "Capaian", "Satuan"],
  },
  fields: {
    fiscal_year: { value: "2021" },
    month: { column: "Bulan" },
    satker: { column: "Kode Satker", pad: true },
    code: {
      compose: { activity: { column: "Kegiatan" }, output: { column: "KRO" }, ro: { column: "RO", pad: true } },
    },
    indicator: { column: "Indikator" },
    target: { column: "Target" },
    achieved: { column: "Capaian" },
    unit: { column: "Satuan" },
  },
  filters: [],
};

const AT = "2026-01-01T00:00:00.000Z";

describe.each(ENGINES)("mappings on %s", (engine) => {
  it("are versioned: another definition is the next version, the same one is not, and none ever changes", async () => {
    await withStore(engine, async (db) => {
      const other: MappingDefinition = { ...PAYMENTS, filters: [] };
      expect(await saveMapping(db, "sikd", PAYMENTS, AT)).toMatchObject({ version: 1 });
      expect(await saveMapping(db, "sikd", PAYMENTS, AT)).toMatchObject({ version: 1 });
      expect(await saveMapping(db, "sikd", other, AT)).toMatchObject({ version: 2 });
      expect(await saveMapping(db, "apbd", PAYMENTS, AT)).toMatchObject({ version: 1 });
      expect((await listMappings(db)).map(({ name, version }) => `${name}@${version}`)).toEqual([
        "apbd@1",
        "sikd@2",
        "sikd@1",
      ]);
      expect((await latestMappings(db)).map(({ version }) => version)).toEqual([1, 2]);
      expect((await findMapping(db, "sikd")).definition).toEqual(other);
      expect(await findMapping(db, "sikd@1")).toEqual({
        name: "sikd",
        version: 1,
        definition: PAYMENTS,
        createdAt: AT,
      });
      for (const reference of ["nobody", "sikd@3", "sikd@0", "sikd@x", "sikd@1@1", ""]) {
        await expect(findMapping(db, reference)).rejects.toMatchObject({ code: "MAPPING-UNKNOWN", status: 404 });
      }
    });
  });

  it("read a file of their header without being asked, and the extract says which version did", async () => {
    await withStore(engine, async (db) => {
      const unknown = await importText(db, paymentFile());
      expect(unknown.rejects[0]?.problems[0]?.rule).toBe("FILE-003");
      await saveMapping(db, "sikd", { ...PAYMENTS, filters: [] }, AT);
      await saveMapping(db, "sikd", PAYMENTS, AT);
      const result = await importText(db, paymentFile());
      expect(result).toMatchObject({
        status: "posted",
        layout: "mapping:sikd@2",
        rows: { read: 4, posted: 3, rejected: 0, skipped: 1 },
        amount: { posted: 6_776_000n + 1_234n - 1_000n },
        scope: { kind: "realization", months: ["2022-04"], satkers: 1 },
        warnings: { "FILE-104": 1, "FILE-101": 1 },
        ignoredColumns: ["no"],
      });
      expect(result.formats.map(({ column, style }) => [column, style])).toEqual([
        ["nilai", "1.234.567,89"],
        ["tgl sp2d", "dd-mm-yyyy"],
      ]);
      expect(await importText(db, paymentFile())).toMatchObject({ status: "unchanged", layout: "mapping:sikd@2" });
      const old = await importText(db, paymentFile(), { mapping: "sikd@1" });
      expect(old).toMatchObject({ layout: "mapping:sikd@1", rows: { posted: 4 }, amount: { posted: 6_876_233n } });
      expect((await listExtracts(db)).map(({ layout }) => layout)).toEqual(["mapping:sikd@2", "mapping:sikd@1"]);
    });
  });

  it("read achievements: nodes in pieces, months by name, decimals as their columns write them", async () => {
    await withStore(engine, async (db) => {
      await saveMapping(db, "capaian", ACHIEVEMENTS, AT);
      const result = await importText(db, achievementFile(), { maxRejects: 9 });
      expect(result).toMatchObject({
        status: "posted",
        layout: "mapping:capaian@1",
        rows: { read: 3, posted: 2, rejected: 1 },
        scope: { kind: "achievements", months: ["2021-07", "2021-08"], satkers: 1 },
      });
      expect(result.rejects).toMatchObject([
        {
          row: 5,
          problems: [
            { rule: "TAG-006", column: "Kegiatan + KRO + RO", value: "4787..007" },
            { rule: "NUM-001", column: "Capaian", value: "x" },
          ],
        },
      ]);
      const rows =
        await db.read.rows(sql`SELECT month, satker, node, indicator, target, achieved, unit_of_measure AS unit
        FROM achievements ORDER BY month`);
      expect(rows).toEqual([
        {
          month: "2021-07",
          satker: "022001",
          node: "4787.AEF.007",
          indicator: "Cakupan",
          target: "1234",
          achieved: "617.5",
          unit: "orang",
        },
        {
          month: "2021-08",
          satker: "022001",
          node: "4787.AEF",
          indicator: null,
          target: "12.25",
          achieved: null,
          unit: "dokumen",
        },
      ]);
      expect(await importText(db, achievementFile(), { maxRejects: 9 })).toMatchObject({ status: "unchanged" });
    });
  });

  it("name the columns of the file in what they refuse", async () => {
    await withStore(engine, async (db) => {
      await saveMapping(db, "sikd", PAYMENTS, AT);
      const rows = PAYMENT_ROWS.map((row) => [...row]);
      const set = (row: number, column: number, text: string) => {
        const cells = rows[row];
        if (cells) cells[column] = text;
      };
      set(0, 3, "52411");
      set(1, 8, "6.776.00000");
      set(2, 6, "31/04/2022");
      // What is filtered away is not checked.
      set(3, 8, "lima");
      const { rejects } = await importText(db, paymentFile(rows));
      expect(rejects.map(({ row, problems }) => [row, problems.map(({ rule, column }) => [rule, column])])).toEqual([
        [4, [["COA-003", "Akun"]]],
        [5, [["AMT-003", "Nilai"]]],
        [6, [["DAT-003", "Tgl SP2D"]]],
      ]);
    });
  });

  it("asked for by name, take a file with more columns or another order, and say what a file lacks", async () => {
    await withStore(engine, async (db) => {
      await saveMapping(db, "sikd", PAYMENTS, AT);
      const turned = paymentFile(
        PAYMENT_ROWS.map((row) => [...row].reverse()),
        [...PAYMENT_HEADER].reverse(),
      );
      expect((await importText(db, turned)).rejects[0]?.problems[0]?.rule).toBe("FILE-003");
      expect(await importText(db, turned, { mapping: "sikd" })).toMatchObject({
        status: "posted",
        rows: { posted: 3 },
      });
      const lacking = paymentFile(
        PAYMENT_ROWS.map((row) => row.slice(0, 9)),
        PAYMENT_HEADER.slice(0, 9),
      );
      const refused = await importText(db, lacking, { mapping: "sikd" });
      expect(refused.rejects[0]?.problems[0]).toMatchObject({ rule: "FILE-004", column: "STATUS" });
      await expect(importText(db, turned, { mapping: "nobody" })).rejects.toMatchObject({ code: "MAPPING-UNKNOWN" });
    });
  });

  it("skip the row that numbers the columns, and count the totals of the file", async () => {
    await withStore(engine, async (db) => {
      await saveMapping(db, "sikd", { ...PAYMENTS, filters: [] }, AT);
      const numbers = PAYMENT_HEADER.map((_, index) => `(${index + 1})`);
      const total = ["JUMLAH", "", "", "", "", "", "", "", "6.876.233", ""];
      const good = await importText(db, paymentFile([numbers, ...PAYMENT_ROWS, [], total]), { dryRun: true });
      expect(good).toMatchObject({ status: "dry-run", rows: { posted: 4, skipped: 3 }, rejects: [] });
      // What is filtered away is part of the total of the file.
      await saveMapping(db, "sikd", PAYMENTS, AT);
      const filtered = await importText(db, paymentFile([...PAYMENT_ROWS, total]), { dryRun: true });
      expect(filtered).toMatchObject({
        status: "dry-run",
        rows: { posted: 3, skipped: 2 },
        amount: { read: 6_776_234n },
      });
      const wrong = await importText(
        db,
        paymentFile([...PAYMENT_ROWS, total.map((cell, index) => (index === 8 ? "6.876.234" : cell))]),
      );
      expect(wrong).toMatchObject({ status: "blocked" });
      expect(wrong.controlTotals).toContainEqual(expect.objectContaining({ name: "stated total", difference: 1n }));
    });
  });

  it("read tables in thousands of rupiah, on the sheet they name, exactly", async () => {
    await withStore(engine, async (db) => {
      const book = new Excel.Workbook();
      book.addWorksheet("Sampul").addRows([["Laporan", "2022"]]);
      const code = "636722.015.524111.01505CC.4787AEF.A000000001.00000.2.3051.2.000000.000000";
      book.addWorksheet("Data").addRows([
        ["Kode", "Tahun", "Pagu (Rp ribu)"],
        [code, 2022, "1.234,567"],
        [code, 2022, 12.5],
        [code, 2022, "0,0005"],
      ]);
      const definition: MappingDefinition = {
        kind: "budget",
        sheet: "Data",
        header: { rows: 1, columns: ["Kode", "Tahun", "Pagu (Rp ribu)"] },
        fields: {
          code: { column: "Kode" },
          fiscal_year: { column: "Tahun" },
          revision: { value: "0" },
          amount: { column: "Pagu (Rp ribu)", format: "1.234.567,89", unit: 1000 },
        },
        filters: [],
      };
      await saveMapping(db, "ribuan", definition, AT);
      const result = await importText(db, Buffer.from(await book.xlsx.writeBuffer()), { force: true }, "a.xlsx");
      expect(result).toMatchObject({ layout: "mapping:ribuan@1", amount: { posted: 1_234_567n } });
      expect(result.rejects.map(({ row, problems }) => [row, problems[0]?.rule])).toEqual([
        // A number cell has a decimal point, not a comma.
        [3, "AMT-007"],
        [4, "AMT-004"],
      ]);
    });
  });

  it("do not guess which of several is meant", async () => {
    await withStore(engine, async (db) => {
      await saveMapping(db, "sikd", PAYMENTS, AT);
      await saveMapping(db, "apbd", { ...PAYMENTS, filters: [] }, AT);
      const result = await importText(db, paymentFile());
      expect(result.rejects[0]?.problems[0]).toMatchObject({ rule: "FILE-015", params: { names: "apbd, sikd" } });
      expect(await importText(db, paymentFile(), { mapping: "apbd" })).toMatchObject({ rows: { posted: 4 } });
    });
  });
});
