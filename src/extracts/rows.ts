import { parseRupiah } from "../money.ts";
import type { TableRow } from "./readers/csv-parser.ts";
import { HeaderView, isBlank, type Table } from "./table.ts";
import type { ExtractKind, Layout, LayoutContext, Lines, Reject } from "./types.ts";

/** A batch of rows after the checks: typed lines, rejects, and how many rows were neither. */
export interface CheckedBatch<Kind extends ExtractKind> {
  lines: Lines[Kind][];
  rejects: Reject[];
  /** Rupiah of the rejects, as far as it can be read. */
  rejectedAmount: bigint;
  /** Rejected rows that carry rupiah, or whose rupiah cannot be read. */
  rejectedWithMoney: number;
  /** Blank rows, repeated headers, totals and footnotes. */
  skipped: number;
  /** Totals the file itself states, from rows that begin with "jumlah" or "total". */
  statedTotals: bigint[];
}

const TOTAL = /^\s*(grand\s+)?(jumlah|total)\b/i;
const SUBTOTAL = /^\s*sub\s*-?\s*(jumlah|total)\b/i;
const FOOTNOTE = /^\s*\*/;

/** Turns the rows of a table into lines and rejects, batch by batch. */
export async function* checkRows<Kind extends ExtractKind>(
  layout: Layout<Kind>,
  table: Table,
  context: LayoutContext,
): AsyncGenerator<CheckedBatch<Kind>> {
  const read = layout.reader(context);
  const view = new HeaderView(table.header);
  const width = table.header.length;
  for await (const rows of table.rows) {
    const batch: CheckedBatch<Kind> = {
      lines: [],
      rejects: [],
      rejectedAmount: 0n,
      rejectedWithMoney: 0,
      skipped: 0,
      statedTotals: [],
    };
    const reject = (row: TableRow, problems: Reject["problems"], amount: bigint | null) => {
      batch.rejects.push({ row: row.row, problems, source: row.cells });
      batch.rejectedAmount += amount ?? 0n;
      if (amount !== 0n) batch.rejectedWithMoney++;
    };
    for (const row of rows) {
      if (row.malformed) {
        reject(row, [{ rule: row.malformed, column: null, value: null }], layout.amountColumn ? null : 0n);
      } else if (isSkipped(row.cells, table.header)) {
        batch.skipped++;
        const stated = layout.amountColumn
          ? statedTotal(view.show(row.row, row.cells), row.cells, layout.amountColumn)
          : null;
        if (stated !== null) batch.statedTotals.push(stated);
      } else if (!hasWidth(row.cells, width)) {
        const params = { expected: width, found: row.cells.length };
        reject(row, [{ rule: "FILE-008", column: null, value: null, params }], layout.amountColumn ? null : 0n);
      } else {
        const result = read(view.show(row.row, row.cells));
        if ("line" in result) batch.lines.push(result.line);
        else reject(row, result.problems, result.amount);
      }
    }
    yield batch;
  }
}

function isSkipped(cells: readonly string[], header: readonly string[]): boolean {
  const first = cells[0] ?? "";
  // Nearly every row begins with a digit: decide it on one character.
  const character = first.charCodeAt(0);
  if (character >= 48 && character <= 57) return false;
  if (isBlank(cells)) return true;
  if (TOTAL.test(first) || SUBTOTAL.test(first) || FOOTNOTE.test(first)) return true;
  return (
    cells.length === header.length &&
    cells.every((cell, index) => cell.trim().toLowerCase() === header[index]?.trim().toLowerCase())
  );
}

function statedTotal(view: HeaderView, cells: readonly string[], amountColumn: string): bigint | null {
  if (!TOTAL.test(cells[0] ?? "")) return null;
  const result = parseRupiah(view.cell(amountColumn));
  return result.ok ? result.value : null;
}

/** A row may have more cells than the header only when they are empty. */
function hasWidth(cells: readonly string[], width: number): boolean {
  return cells.length === width || (cells.length > width && isBlank(cells.slice(width)));
}
