import { formatMonth } from "../../src/i18n/index.ts";
import { monthsOf } from "../../src/periods.ts";
import { amountsOf } from "../../src/reporting/line-sums.ts";
import { MEASURES, type Measure, type PerformanceExecution, type ReportLine } from "../../src/reporting/types.ts";
import { nameOf } from "../../src/reporting/wording.ts";
import type { BulkCell } from "../bulk-rows.ts";
import { columnName, literal, live, serialDay } from "../cells.ts";
import type { CellValue, Column, Sheet } from "../sheet.ts";
import { type Context, writeTitles } from "./context.ts";

/** Rows of an Excel sheet. */
const SHEET_ROWS = 1_048_576;

/** Columns that formulas of other sheets look at, and where the amounts start. */
export const DATA_COLUMNS = {
  number: 1,
  kind: 2,
  status: 3,
  ministries: 4,
  satkers: 10,
  districts: 12,
  account: 14,
  fiscalYear: 17,
  month: 18,
  date: 19,
  node: 21,
  interventions: 22,
  whole: 25,
  weighted: 30,
  plan: 38,
} as const;

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

/** Rows above the lines: titles, notice, two rows of sums, header. */
export function dataHeaderRows(report: PerformanceExecution): number {
  return report.demonstration ? 10 : 9;
}

/** Every line behind the totals, with the file and row it comes from. */
export function writeData(context: Context): void {
  const { book, data, report } = context;
  const writer = new LineWriter(context);
  for (const part of data.parts) {
    const { sheet, first, last } = part;
    writeTitles(context, sheet, "data", 24);
    const columns = writer.columns();
    sums(context, part, columns);
    const [top, bottom] = sheet.table(columns);
    if (bottom + 1 !== first) throw new Error(`lines start in row ${bottom + 1}, planned was ${first}`);
    const pattern: CellValue[] = columns.map(() => null);
    if (part.count === 0) pattern[4] = context.t("report.empty");
    sheet.line(pattern);
    book.addBulk(sheet, {
      count: part.count,
      language: report.language,
      cells: (index) => writer.cells(part.from + index),
    });
    sheet.filter(bottom, columns.length, last);
    sheet.freeze(first, 6);
    sheet.print({ repeat: [top, bottom], lastColumn: columns.length, lastRow: last });
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

/** Makes the cells of lines; the texts of a code or a tag are put together once. */
class LineWriter {
  readonly #context: Context;
  readonly #codes: BulkCell[][];
  readonly #files: Map<number, string>;

  constructor(context: Context) {
    const { report, t } = context;
    this.#context = context;
    this.#files = new Map(report.extracts.map(({ id, file }) => [id, file]));
    this.#codes = report.codes.map((code) => [
      code.ministry.code,
      nameOf(code.ministry, t),
      code.activity.code,
      nameOf(code.activity, t),
      code.output.code,
      nameOf(code.output, t),
      code.satker.code,
      nameOf(code.satker, t),
      code.location.code,
      nameOf(code.location, t),
      code.account.code,
      nameOf(code.account, t),
      code.code,
    ]);
  }

  columns(): Column[] {
    const { report, t } = this.#context;
    const text = (key: "kind" | "status" | "document" | "tag-node" | "file", width: number): Column => ({
      title: t(`report.column.${key}`),
      format: "text",
      width,
    });
    const pair = (code: string, name: string, codeWidth: number, width: number): Column[] => [
      { title: code, format: "code", width: codeWidth },
      { title: name, format: "text", width },
    ];
    const code = t("report.column.code");
    const amounts = (group: string): Column[] =>
      MEASURES.map((measure) => ({ title: t(`report.column.${measure}`), format: "rupiah", width: 19, group }));
    return [
      { title: t("report.column.number"), format: "number", width: 8 },
      text("kind", 11),
      text("status", 11),
      ...pair(t("report.column.ministry-code"), t("report.column.ministry"), 7, 30),
      ...pair(code, t("report.column.activity"), 7, 34),
      ...pair(code, t("report.column.output"), 10, 34),
      ...pair(code, t("report.column.satker"), 9, 34),
      ...pair(code, t("report.column.location"), 7, 24),
      ...pair(code, t("report.column.account"), 8, 30),
      { title: t("report.column.ledger-code"), format: "text", width: 90 },
      { title: t("report.column.fiscal-year"), format: "number", width: 8 },
      { title: t("report.column.month"), format: "month", width: 16 },
      { title: t("report.column.date"), format: "date", width: 12 },
      text("document", 20),
      text("tag-node", 18),
      { title: code, format: "text", width: 26 },
      { title: t("report.column.intervention"), format: "text", width: 34 },
      { title: t("report.column.share"), format: "percent", width: 9 },
      ...amounts(t("report.basis.whole")),
      ...amounts(t("report.basis.weighted")),
      { title: t("report.column.extract"), format: "number", width: 9, group: t("report.column.origin") },
      { ...text("file", 34), group: t("report.column.origin") },
      { title: t("report.column.row"), format: "number", width: 9, group: t("report.column.origin") },
      ...monthsOf(report.window).map(
        (month): Column => ({
          title: formatMonth(month, t.language),
          format: "rupiah",
          width: 17,
          group: t("report.column.plan-of-month"),
        }),
      ),
    ];
  }

  cells(index: number): BulkCell[] {
    const { report, t, data } = this.#context;
    const line = report.lines[index];
    if (!line) throw new Error(`no line ${index}`);
    const placement = line.placement === null ? null : report.placements[line.placement];
    const payment = line.kind === "realization";
    return [
      index + 1,
      payment ? data.payment : t("report.data.budget"),
      placement ? data.tagged : data.needsRo,
      ...(this.#codes[line.code] ?? []),
      line.fiscalYear,
      payment ? serialDay(line.date.slice(0, 7)) : null,
      dayOf(line),
      payment ? line.document : t("report.data.revision", { number: line.revision }),
      placement?.node ?? null,
      placement?.intervention.code ?? null,
      placement ? nameOf(placement.intervention, t) : null,
      placement ? placement.share / 10_000 : null,
      ...amountCells(line),
      line.extract,
      this.#files.get(line.extract) ?? null,
      line.row,
      ...(payment ? [] : line.plan),
    ];
  }
}

function dayOf(line: ReportLine): number | null {
  const day = line.kind === "realization" ? line.date : line.revisionDate;
  return day === null ? null : serialDay(day);
}

function amountCells(line: ReportLine): BulkCell[] {
  if (line.kind === "realization") return [null, null, null, null, line.whole, null, null, null, null, line.weighted];
  const { whole, weighted } = line;
  return [
    whole.original,
    whole.revised,
    whole.blocked,
    whole.budget,
    null,
    weighted?.original ?? null,
    weighted?.revised ?? null,
    weighted?.blocked ?? null,
    weighted?.budget ?? null,
    null,
  ];
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
