import { describe, expect, it } from "vitest";
import { LAYOUTS } from "../../src/extracts/layouts/index.ts";
import { type TableRow, UnreadableFile } from "../../src/extracts/readers/csv-parser.ts";
import { recogniseLayout, type TableHints } from "../../src/extracts/recognise.ts";

const NO_HINTS: TableHints = { layout: null, kinds: null, year: null };

const rowsOf = (...lines: string[]): TableRow[] =>
  lines.map((line, index) => ({ row: index + 1, cells: line.split(","), malformed: null }));

const recognise = (lines: string[], hints: Partial<TableHints> = {}) =>
  recogniseLayout(rowsOf(...lines), LAYOUTS, { ...NO_HINTS, ...hints });

function refusal(work: () => unknown): UnreadableFile {
  try {
    work();
  } catch (error) {
    if (error instanceof UnreadableFile) return error;
    throw error;
  }
  throw new Error("was not refused");
}

describe("recogniseLayout", () => {
  it("finds the header below title rows, whatever its case and spaces", () => {
    const { layout, heading } = recognise(["DAFTAR", "Tahun 2022", "Code , DATE,document,Amount,catatan", "1,2,3,4,5"]);
    expect(layout.id).toBe("realization");
    expect(heading).toEqual({ at: 2, columns: ["Code ", " DATE", "document", "Amount", "catatan"], missing: [] });
  });

  it("takes the first header of several, and of one row the layout that asks for more", () => {
    const both = "code,date,document,amount,fiscal_year,revision,revision_date,blocked";
    expect(recognise([both]).layout.id).toBe("budget");
    expect(recognise(["code,date,document,amount", both]).layout.id).toBe("realization");
  });

  it("names the layout that a file has when another one was asked for, and the row of its header", () => {
    const error = refusal(() => recognise(["JUDUL", "code,date,document,amount"], { layout: "budget" }));
    expect(error).toMatchObject({ rule: "FILE-011", row: 2, params: { asked: "budget", found: "realization" } });
  });

  it("names the missing column of the nearest layout, also below titles", () => {
    const error = refusal(() => recognise(["JUDUL", "code,date,amount"]));
    expect(error).toMatchObject({ rule: "FILE-004", row: 2, params: { column: "document", layout: "realization" } });
  });

  it("names no missing column where less than half of a header is there", () => {
    expect(refusal(() => recognise(["code,nama,alamat"]))).toMatchObject({ rule: "FILE-003", row: 1 });
  });

  it("refuses a column that stands twice", () => {
    const error = refusal(() => recognise(["JUDUL", "code,date,document,amount,Amount"]));
    expect(error).toMatchObject({ rule: "FILE-005", row: 2, value: "amount" });
  });
});
