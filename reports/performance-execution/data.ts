import { amountsOf } from "../../src/reporting/line-sums.ts";
import {
  type LineBudget,
  MEASURES,
  type Measure,
  type Named,
  type PerformanceExecution,
  type ReportLine,
} from "../../src/reporting/types.ts";
import { nameOf } from "../../src/reporting/wording.ts";
import type { BulkCell } from "../bulk-rows.ts";
import { columnName, literal, live, serialDay } from "../cells.ts";
import type { CellValue, Column, Sheet } from "../sheet.ts";
import { type Context, writeTitles } from "./context.ts";
import { dataColumns } from "./data-columns.ts";

/** Rows of an Excel sheet. */
const SHEET_ROWS = 1_048_576;

/**
 * Columns that formulas of other sheets look at, and where the amounts start. What a page can hold stands first and is
 * printed; the rest of the 49 columns is for the screen.
 */
export const DATA_COLUMNS = {
  number: 1,
  kind: 2,
  status: 3,
  ministries: 4,
  satkers: 6,
  date: 10,
  interventions: 12,
  whole: 14,
  node: 22,
  fiscalYear: 24,
  month: 25,
  districts: 29,
  account: 31,
  weighted: 33,
  plan: 38,
} as const;

/** The last column on paper. */
const LAST_PRINTED = 21;

/** One sheet of lines and the rows they take. */
export interface DataPart {
  sheet: Sheet;
  first: number;
  last: number;
  /** Index of the first line and number of lines. */
  from: number;
  count: number;
}

/** The lines, on as many sheets as they need. */
export interface DataRefs {
  parts: DataPart[];
  /** Text of column `status` for lines with a tag. */
  tagged: string;
  needsRo: string;
  payment: string;
}

/**
 * Cuts the lines into sheets of at most `limit` lines; at least one sheet, even without lines. `makeSheet` is called
 * once for every sheet after the first.
 */
export function planData(
  report: PerformanceExecution,
  headerRows: number,
  firstSheet: Sheet,
  makeSheet: (number: number) => Sheet,
  limit = SHEET_ROWS - headerRows,
): DataPart[] {
  const parts: DataPart[] = [];
  for (let from = 0; from === 0 || from < report.lines.length; from += limit) {
    const count = Math.min(limit, report.lines.length - from);
    const sheet = parts.length === 0 ? firstSheet : makeSheet(parts.length + 1);
    const first = headerRows + 1;
    parts.push({ sheet, first, last: first + Math.max(count, 1) - 1, from, count });
  }
  return parts;
}

/** Rows above the lines: titles, notice, note, two rows of sums, header. */
export function dataHeaderRows(report: PerformanceExecution): number {
  return report.demonstration ? 11 : 10;
}

/** Every line behind the totals, with the file and row it comes from. */
export function writeData(context: Context): void {
  const { book, data, report } = context;
  const writer = new LineWriter(context);
  for (const part of data.parts) {
    const { sheet, first, last } = part;
    writeTitles(context, sheet, "data", LAST_PRINTED);
    const columns = dataColumns(context);
    sheet.row--;
    sheet.footnote(context.t("report.note.data"), LAST_PRINTED);
    sheet.row++;
    sums(context, part, columns);
    const [top, bottom] = sheet.table(columns);
    if (bottom + 1 !== first) throw new Error(`lines start in row ${bottom + 1}, planned was ${first}`);
    const pattern: CellValue[] = columns.map(() => null);
    if (part.count === 0) pattern[4] = context.t("report.empty");
    sheet.line(pattern, { look: "bulk" });
    book.addBulk(sheet, {
      count: part.count,
      language: report.language,
      framed: LAST_PRINTED,
      cells: (index) => writer.cells(part.from + index),
    });
    sheet.filter(bottom, columns.length, last);
    sheet.freeze(first, 6);
    sheet.print({ repeat: [top, bottom], lastColumn: LAST_PRINTED, lastRow: last });
  }
}

/** Sums stand above the lines, where a filter does not move them: of all lines, and of those a filter leaves. */
function sums({ report, t }: Context, { sheet, first, last, from, count }: DataPart, columns: readonly Column[]): void {
  const amounts = columnSums(report, from, count);
  sheet.useColumns(columns);
  for (const [label, sum] of [
    ["report.data.sum", "SUM("],
    ["report.data.filtered", "SUBTOTAL(109,"],
  ] as const) {
    const cells: CellValue[] = columns.map((column, index) => {
      if (index === 4) return t(label);
      if (column.format !== "rupiah") return null;
      const name = columnName(index + 1);
      return live(`${sum}${name}${first}:${name}${last})`, amounts.get(index + 1) ?? 0n);
    });
    sheet.line(cells, { look: "total" });
  }
}

function columnSums(report: PerformanceExecution, from: number, count: number): Map<number, bigint> {
  const sums = new Map<number, bigint>();
  const add = (column: number, amount: bigint | null): void => {
    if (amount !== null) sums.set(column, (sums.get(column) ?? 0n) + amount);
  };
  for (const line of report.lines.slice(from, from + count)) {
    for (const [measure, whole, weighted] of amountsOf(line)) {
      add(DATA_COLUMNS.whole + MEASURES.indexOf(measure), whole);
      add(DATA_COLUMNS.weighted + MEASURES.indexOf(measure), weighted);
    }
    if (line.kind !== "budget") continue;
    for (const [index, amount] of line.plan.entries()) add(DATA_COLUMNS.plan + index, amount);
  }
  return sums;
}

/** Makes the cells of lines; the texts of a code are put together once. */
class LineWriter {
  readonly #context: Context;
  readonly #codes: { first: BulkCell[]; rest: BulkCell[] }[];
  readonly #files: Map<number, string>;

  constructor(context: Context) {
    const { report, t } = context;
    this.#context = context;
    this.#files = new Map(report.extracts.map(({ id, file }) => [id, file]));
    const pair = (named: Named): [string, string] => [named.code, nameOf(named, t)];
    this.#codes = report.codes.map((code) => ({
      first: [...pair(code.ministry), ...pair(code.satker), ...pair(code.output)],
      rest: [...pair(code.activity), ...pair(code.location), ...pair(code.account)],
    }));
  }

  cells(index: number): BulkCell[] {
    const { report, t, data } = this.#context;
    const line = report.lines[index];
    const code = line && report.codes[line.code];
    const names = line && this.#codes[line.code];
    if (!code || !names) throw new Error(`no line ${index}, or none of its code`);
    const placement = line.placement === null ? null : report.placements[line.placement];
    const payment = line.kind === "realization";
    const [whole, weighted] = amountCells(line);
    return [
      index + 1,
      payment ? data.payment : t("report.data.budget"),
      placement ? data.tagged : data.needsRo,
      ...names.first,
      dayOf(line),
      payment ? line.document : t("report.data.revision", { number: line.revision }),
      placement?.intervention.code ?? null,
      placement ? nameOf(placement.intervention, t) : null,
      ...whole,
      line.extract,
      this.#files.get(line.extract) ?? null,
      line.row,
      placement?.node ?? null,
      placement ? placement.share / 10_000 : null,
      line.fiscalYear,
      payment ? serialDay(line.date.slice(0, 7)) : null,
      code.code,
      ...names.rest,
      ...weighted,
      ...(payment ? [] : line.plan),
    ];
  }
}

function dayOf(line: ReportLine): number | null {
  const day = line.kind === "realization" ? line.date : line.revisionDate;
  return day === null ? null : serialDay(day);
}

/** Cells of the five measures on both bases. */
function amountCells(line: ReportLine): [BulkCell[], BulkCell[]] {
  if (line.kind === "realization")
    return [
      [null, null, null, null, line.whole],
      [null, null, null, null, line.weighted],
    ];
  const cells = (amounts: LineBudget | null): BulkCell[] =>
    amounts
      ? [amounts.original, amounts.revised, amounts.blocked, amounts.budget, null]
      : [null, null, null, null, null];
  return [cells(line.whole), cells(line.weighted)];
}

/** Formula that adds a measure of the lines up, over all sheets of lines, under conditions `column → criterion`. */
export function dataSum(
  { parts }: DataRefs,
  measure: Measure,
  basis: "whole" | "weighted",
  conditions: readonly (readonly [column: number, criterion: string])[],
): string {
  const column = DATA_COLUMNS[basis] + MEASURES.indexOf(measure);
  return sumOverParts(parts, column, conditions);
}

/** The same for the plan of the month `index` of the window. */
export function planSum({ parts, tagged }: DataRefs, index: number): string {
  return sumOverParts(parts, DATA_COLUMNS.plan + index, [[DATA_COLUMNS.status, literal(tagged)]]);
}

function sumOverParts(
  parts: readonly DataPart[],
  column: number,
  conditions: readonly (readonly [number, string])[],
): string {
  return parts
    .map(({ sheet, first, last }) => {
      const tests = conditions.map(([on, criterion]) => `${sheet.span(on, first, last)},${criterion}`);
      const amounts = sheet.span(column, first, last);
      return tests.length === 0 ? `SUM(${amounts})` : `SUMIFS(${[amounts, ...tests].join(",")})`;
    })
    .join("+");
}

/** Applies a formula of one sheet of lines to all of them and adds the results. */
export function overParts({ parts }: DataRefs, formula: (part: DataPart) => string): string {
  return parts.map(formula).join("+");
}
