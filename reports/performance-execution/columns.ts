import type { BothBases, Figures, Measure } from "../../src/reporting/types.ts";
import { columnName, type Live, live, ratio } from "../cells.ts";
import type { CellValue, Column, Sheet } from "../sheet.ts";
import type { Context } from "./context.ts";

const RATIO_WIDTH = 12;

const ANNUAL_AND_WINDOW = ["original", "revised", "blocked", "budget", "realization"] as const;
const WEIGHTED = ["revised", "budget", "realization"] as const;

/** Columns of the five measures with what remains and the absorption, starting at column `start`. */
export function wholeColumns(start: number, context: Pick<Context, "t" | "amountWidth">, group?: string): Column[] {
  const { t } = context;
  const [budget, realization, remaining] = [start + 3, start + 4, start + 5];
  const grouped = group === undefined ? {} : { group };
  return [
    ...ANNUAL_AND_WINDOW.map((measure) => amountColumn(measure, context, grouped)),
    {
      title: t("report.column.remaining"),
      format: "rupiah",
      width: context.amountWidth,
      formula: `${remaining}=${budget}-${realization}`,
      ...grouped,
    },
    {
      title: t("report.column.absorption"),
      format: "percent",
      width: RATIO_WIDTH,
      formula: `${remaining + 1}=${realization}/${budget}`,
      ...grouped,
    },
  ];
}

/** Columns of the further analysis beside the whole outputs. */
export function weightedColumns(start: number, context: Pick<Context, "t" | "amountWidth">, group: string): Column[] {
  const { t } = context;
  return [
    ...WEIGHTED.map((measure) => amountColumn(measure, context, { group })),
    {
      title: t("report.column.absorption"),
      format: "percent",
      width: RATIO_WIDTH,
      formula: `${start + 3}=${start + 2}/${start + 1}`,
      group,
    },
  ];
}

function amountColumn(
  measure: Measure,
  { t, amountWidth }: Pick<Context, "t" | "amountWidth">,
  grouped: { group?: string },
): Column {
  return { title: t(`report.column.${measure}`), format: "rupiah", width: amountWidth, ...grouped };
}

/** Where the measures stand when wholeColumns (and weightedColumns) start at a column. */
export function measureColumns(start: number): Record<Measure, number> {
  return { original: start, revised: start + 1, blocked: start + 2, budget: start + 3, realization: start + 4 };
}

export function weightedMeasureColumns(start: number): Partial<Record<Measure, number>> {
  return { revised: start, budget: start + 1, realization: start + 2 };
}

/** Cells of the five measures of a row, what remains and the absorption as formulas. */
export function wholeCells(figures: Figures, start: number, row: number): CellValue[] {
  return [...ANNUAL_AND_WINDOW.map((measure) => figures[measure]), ...derived(figures, start + 3, row)];
}

export function weightedCells(figures: Figures, start: number, row: number): CellValue[] {
  return [...WEIGHTED.map((measure) => figures[measure]), absorptionCell(figures, start + 1, start + 2, row)];
}

/** The same cells for a row that adds up others; `range` turns a column into what is added. */
export function wholeTotal(
  figures: Figures,
  start: number,
  row: number,
  range: (column: number) => string,
): CellValue[] {
  const sums = ANNUAL_AND_WINDOW.map((measure, index) => live(`SUM(${range(start + index)})`, figures[measure]));
  return [...sums, ...derived(figures, start + 3, row)];
}

export function weightedTotal(
  figures: Figures,
  start: number,
  row: number,
  range: (column: number) => string,
): CellValue[] {
  const sums = WEIGHTED.map((measure, index) => live(`SUM(${range(start + index)})`, figures[measure]));
  return [...sums, absorptionCell(figures, start + 1, start + 2, row)];
}

/** Both bases side by side, whole outputs first. */
export function bothTotals(
  { whole, weighted }: BothBases,
  start: number,
  row: number,
  range: (column: number) => string,
): CellValue[] {
  return [...wholeTotal(whole, start, row, range), ...weightedTotal(weighted, start + 7, row, range)];
}

function derived(figures: Figures, budgetColumn: number, row: number): [Live<bigint>, Live<number | "">] {
  const [budget, realization] = [columnName(budgetColumn), columnName(budgetColumn + 1)];
  return [
    live(`${budget}${row}-${realization}${row}`, figures.budget - figures.realization),
    absorptionCell(figures, budgetColumn, budgetColumn + 1, row),
  ];
}

/** realization ÷ plan; empty and not zero where there is no plan. */
export function absorptionCell(
  { budget, realization }: Pick<Figures, "budget" | "realization">,
  budgetColumn: number,
  realizationColumn: number,
  row: number,
): Live<number | ""> {
  return ratioCell(realization, budget, `${columnName(realizationColumn)}${row}`, `${columnName(budgetColumn)}${row}`);
}

/** y ÷ x as a formula; empty where x is 0. */
export function ratioCell(y: bigint, x: bigint, yCell: string, xCell: string): Live<number | ""> {
  return live(`IF(${xCell}=0,"",${yCell}/${xCell})`, ratio(y, x));
}

/** Range of one column within its own sheet, for totals: `E8:E30`. */
export function rowsOf(first: number, last: number): (column: number) => string {
  return (column) => `${columnName(column)}${first}:${columnName(column)}${last}`;
}

/** A list of cells of one column, for totals over subtotals: `E8,E15,E22`. */
export function cellsOf(rows: readonly number[]): (column: number) => string {
  return (column) => rows.map((row) => `${columnName(column)}${row}`).join(",");
}

/** An empty table says so in one row, which keeps its ranges valid. */
export function emptyRow(sheet: Sheet, columns: number, text: string, textColumn: number): number {
  const cells: CellValue[] = Array.from({ length: columns }, (_, index) => (index + 1 === textColumn ? text : null));
  return sheet.line(cells, { look: "aside" });
}
