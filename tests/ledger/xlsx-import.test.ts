import { sql } from "drizzle-orm";
import Excel from "exceljs";
import { describe, expect, it } from "vitest";
import { ENGINES, withStore } from "../support/stores.ts";
import { code, importText, realization } from "./world.ts";

type Cell = string | number | Date | null;

async function workbook(rows: readonly Cell[][], date1904 = false): Promise<Buffer> {
  const book = new Excel.Workbook();
  book.properties.date1904 = date1904;
  book.addWorksheet("Data").addRows(rows.map((row) => [...row]));
  return Buffer.from(await book.xlsx.writeBuffer());
}

const HEADER = ["code", "date", "document", "amount", "description"];
const document = "191330000000001";

describe.each(ENGINES)("workbooks as extracts on %s", (engine) => {
  it("say what the same rows say as CSV: numbers, dates, empty cells at the end", async () => {
    await withStore(engine, async (db) => {
      const csv = `${HEADER.join(",")}\n${code()},2019-05-31,${document},6776000,\n${code()},2019-06-30,${document},-15,"a, b"\n\nJUMLAH,,,6775985,\n`;
      const first = await importText(db, csv);
      expect(first).toMatchObject({ status: "posted", rows: { read: 4, posted: 2, skipped: 2 } });
      const content = await workbook([
        HEADER,
        [code(), new Date("2019-05-31T00:00:00Z"), document, 6_776_000],
        [code(), "30-Jun-2019", document, "(15)", "a, b"],
        [],
        ["JUMLAH", null, null, 6_775_985],
      ]);
      const second = await importText(db, content, {}, "data.xlsx");
      expect(second.rejects).toEqual([]);
      expect(second).toMatchObject({
        status: "posted",
        changes: { created: 0, updated: 0, unchanged: 2, removed: 0 },
        amount: { read: 6_775_985n, posted: 6_775_985n, rejected: 0n },
      });
    });
  });

  it("name the row of the sheet, blank rows counted", async () => {
    await withStore(engine, async (db) => {
      const content = await workbook([HEADER, [], [], [code(), "2019-02-30", document, 1]]);
      const result = await importText(db, content, {}, "data.xlsx");
      expect(result.status).toBe("blocked");
      expect(result.rejects.map(({ row, problems }) => [row, problems[0]?.rule])).toEqual([[4, "DAT-003"]]);
    });
  });

  it("refuse what a spreadsheet did to numbers", async () => {
    await withStore(engine, async (db) => {
      const content = await workbook([
        HEADER,
        [code(), "2019-05-31", document, 0.1],
        [code(), "2019-05-31", document, 1e21],
        [43_585, "2019-05-31", document, 1],
        [code(), "2019-05-31", document, 1.234],
        [code(), 43_585, document, 1],
        [code(), 4_358_500, document, 1],
      ]);
      const result = await importText(db, content, { force: true }, "data.xlsx");
      expect(result.rejects.map(({ row, problems }) => [row, problems[0]?.rule])).toEqual([
        [2, "AMT-004"],
        [3, "AMT-006"],
        [4, "COA-009"],
        // The decimal point of a number cell is none between thousands.
        [5, "AMT-004"],
        // A serial number of a day is read, another number is none.
        [7, "DAT-002"],
      ]);
      expect(result.scope?.months).toEqual(["2019-04"]);
    });
  });

  it("say in which year their bare numbers of days begin", async () => {
    await withStore(engine, async (db) => {
      const serials = { "1900": 43_616, "1904": 42_154 };
      for (const [system, serial] of Object.entries(serials)) {
        const rows = [HEADER, [code(), serial, document, 1], [code(), new Date("2019-05-30T00:00:00Z"), document, 2]];
        const content = await workbook(rows, system === "1904");
        const result = await importText(db, content, {}, "data.xlsx");
        expect([system, result.rejects]).toEqual([system, []]);
        const lines = await db.read.rows<{ date: string }>(
          sql`SELECT date FROM ledger_lines WHERE extract_id = ${result.extract} ORDER BY row`,
        );
        expect([system, lines.map(({ date }) => date)]).toEqual([system, ["2019-05-31", "2019-05-30"]]);
      }
    });
  });

  it("of another kind are named", async () => {
    await withStore(engine, async (db) => {
      const other = await workbook([
        ["nama", "alamat"],
        ["Budi", "Jakarta"],
      ]);
      const result = await importText(db, other, {}, "data.xlsx");
      expect(result.rejects[0]?.problems[0]?.rule).toBe("FILE-003");
      expect((await importText(db, realization([[code(), "2019-05-31", 1]]), {}, "data.xlsx")).status).toBe("posted");
    });
  });
});
