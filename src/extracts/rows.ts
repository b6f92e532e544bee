import type { Problem } from "../rules.ts";
import type { TableRow } from "./readers/csv-parser.ts";
import { checkReport } from "./report-rows.ts";
import { widthProblem } from "./row-width.ts";
import { HeaderView, isBlank, type Table } from "./table.ts";
import type { ExtractKind, Layout, LayoutContext, Lines, Reject, RowLayout, StatedTotal } from "./types.ts";

/** What became of the rows of a batch that gave no lines. */
export interface CheckedRows {
  rejects: Reject[];
  /** Rupiah of the rejects, as far as it can be read. */
  rejectedAmount: bigint;
  /** Rejected rows that carry rupiah, or whose rupiah cannot be read. */
  rejectedWithMoney: number;
  /** Blank rows, repeated headers, totals and footnotes. */
  skipped: number;
  /** Rupiah of rows that a filter passes over, as far as they can be read: the totals of the file include them. */
  skippedAmount: bigint;
  /** Totals the file itself states for all its rows, from rows that begin with "jumlah" or "total". */
  statedTotals: bigint[];
  /** A row says that there are no data. */
  saysEmpty: boolean;
  /** Totals the file states with the sums that they must equal. */
  totals: StatedTotal[];
}

/** A batch of rows after the checks: typed lines, rejects, and how many rows were neither. */
export interface CheckedBatch<Kind extends ExtractKind> extends CheckedRows {
  lines: Lines[Kind][];
}

/** A batch of which no row has been checked yet. */
export function emptyBatch<Kind extends ExtractKind>(): CheckedBatch<Kind> {
  return {
    lines: [],
    rejects: [],
    rejectedAmount: 0n,
    rejectedWithMoney: 0,
    skipped: 0,
    skippedAmount: 0n,
    saysEmpty: false,
    statedTotals: [],
    totals: [],
  };
}

const TOTAL = /^\s*(grand\s+)?(jumlah|total)\b/i;
const SUBTOTAL = /^\s*sub\s*-?\s*(jumlah|total)\b/i;
const FOOTNOTE = /^\s*\*/;
const NO_DATA = /^\s*tidak ada data\b/i;

/** Turns the rows of a table into lines and rejects, batch by batch. */
export function checkRows<Kind extends ExtractKind>(
  layout: Layout<Kind>,
  table: Table,
  context: LayoutContext,
): AsyncGenerator<CheckedBatch<Kind>> {
  return "report" in layout ? checkReport(layout, table, context) : checkRowByRow(layout, table, context);
}

async function* checkRowByRow<Kind extends ExtractKind>(
  layout: RowLayout<Kind>,
  table: Table,
  context: LayoutContext,
): AsyncGenerator<CheckedBatch<Kind>> {
  const check = rowChecker(layout, table, context);
  for await (const rows of table.rows) {
    await table.formats.prepare(rows);
    const batch = emptyBatch<Kind>();
    for (const row of rows) check(row, batch);
    yield batch;
  }
}

/** The check of one row of a table: its line or its reject goes into a batch. */
export function rowChecker<Kind extends ExtractKind>(
  layout: RowLayout<Kind>,
  table: Table,
  context: LayoutContext,
): (row: TableRow, batch: CheckedBatch<Kind>) => void {
  const { header, formats } = table;
  const view = new HeaderView(header);
  const read = layout.reader({ ...context, formats }, (name) => view.columnOf(name));
  const width = header.length;
  const sortOf = rowSorter(layout, header);
  return (row, batch) => {
    const reject = (problems: Reject["problems"], amount: bigint | null) => {
      batch.rejects.push({ row: row.row, problems, source: row.cells });
      batch.rejectedAmount += amount ?? 0n;
      if (amount !== 0n) batch.rejectedWithMoney++;
    };
    const sort = row.malformed ? null : sortOf(row.cells);
    const wrongWidth = sort === "data" ? widthProblem(row.cells, width) : null;
    if (row.malformed) {
      reject([{ rule: row.malformed, column: null, value: null }], layout.amountColumn ? null : 0n);
    } else if (wrongWidth) {
      reject([wrongWidth], layout.amountColumn ? null : 0n);
    } else if (sort !== "data") {
      const total = sort === "total" ? statedTotal(view.show(row.row, row.cells), layout.amountColumn, table) : null;
      if (typeof total === "bigint") batch.statedTotals.push(total);
      if (sort === "no data") batch.saysEmpty = true;
      if (total === null || typeof total === "bigint") batch.skipped++;
      else reject([total], null);
    } else {
      const result = read(view.show(row.row, row.cells));
      if ("line" in result) batch.lines.push(result.line);
      else if ("skipped" in result) {
        batch.skipped++;
        batch.skippedAmount += result.amount ?? 0n;
      } else reject(result.problems, result.amount);
    }
  };
}

/** What a row is: data, a total the file states, or one of the rows that say nothing (blank, header, subtotal, footnote). */
type RowSort = "data" | "total" | "no data" | "nothing";

/** Sorts the rows of a table; a row begins with its key unless the key column, the first of the layout, stands elsewhere. */
function rowSorter(layout: Layout, header: readonly string[]): (cells: readonly string[]) => RowSort {
  const names = header.map((name) => name.trim().toLowerCase());
  const key = names.indexOf(layout.required[0] ?? "");
  return (cells) => {
    const first = cells[0] ?? "";
    // Nearly every row begins with a digit: decide it on one character.
    const character = first.charCodeAt(0);
    if (character >= 48 && character <= 57) return "data";
    if (isBlank(cells)) return "nothing";
    if (names.length === cells.length && cells.every((cell, index) => cell.trim().toLowerCase() === names[index])) {
      return "nothing";
    }
    // Beside a key, a text that begins like a total is a name or a description.
    if (key > 0 && (cells[key] ?? "").trim() !== "") return "data";
    if (TOTAL.test(first)) return "total";
    if (NO_DATA.test(first)) return "no data";
    return SUBTOTAL.test(first) || FOOTNOTE.test(first) ? "nothing" : "data";
  };
}

/**
 * The rupiah of a total row, null when it states none, or why they cannot be read: a total that is not checked would be
 * passed over in silence.
 */
function statedTotal(view: HeaderView, amountColumn: string | null, table: Table): bigint | Problem | null {
  const { cells } = view;
  if (amountColumn === null || isBlank(cells.slice(1))) return null;
  const wrongWidth = widthProblem(cells, table.header.length);
  if (wrongWidth) return wrongWidth;
  const text = view.cell(amountColumn);
  const result = table.formats.amount(amountColumn, text);
  if (result.ok) return result.value;
  const { rule, params } = result;
  return rule === "AMT-001" ? null : { rule, column: amountColumn, value: text, ...(params && { params }) };
}
