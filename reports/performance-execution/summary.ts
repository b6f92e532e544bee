import { sumFigures } from "../../src/reporting/figures.ts";
import { findings } from "../../src/reporting/findings.ts";
import { type BreakdownRow, type Figures, MEASURES, type Measure } from "../../src/reporting/types.ts";
import { nameOf } from "../../src/reporting/wording.ts";
import { live } from "../cells.ts";
import type { CellValue, Column, Sheet } from "../sheet.ts";
import { absorptionCell, emptyRow, ratioCell, rowsOf } from "./columns.ts";
import { type Context, type SummaryRefs, type TableRefs, writeTitles } from "./context.ts";
import { dataSum } from "./data.ts";
import type { MonthRefs } from "./months.ts";

const LAST = 8;
const WIDTHS = [7, 48, 21, 21, 21, 21, 21, 13];
const CHART_ROWS = 17;

/** Heights in points: a row that nothing set, and one with text in a frame. */
const DEFAULT_ROW = 14;
const TABLE_ROW = 15;

/** Key figures, what they say, the picture of the window, and the way from the tagged money to the whole ledger. */
export function writeSummary(context: Context, ministries: TableRefs, months: MonthRefs): SummaryRefs {
  const { book, report, t, sheets } = context;
  const sheet = sheets.summary;
  sheet.widths(WIDTHS);
  writeTitles(context, sheet, "summary", LAST);
  const start = sheet.row;
  const weighted = keyFigures(context, sheet, ministries);
  sheet.row++;
  sheet.heading(`B. ${t("report.summary.findings")}`, LAST);
  findings(report, t).forEach((finding, index) => {
    const row = sheet.words(finding, book.styles.paragraph, 2, LAST);
    sheet.wordsAt(row, 1, `${index + 1}.`, book.styles.words(10, {}, "center", "top"));
  });
  sheet.keepTogether(CHART_ROWS * DEFAULT_ROW + 40, start - 1);
  sheet.row++;
  sheet.heading(`C. ${t("report.summary.chart")}`, LAST);
  const top = sheet.row - 1;
  book.addChart(sheet, months.cumulativeChart({ column: 0, row: top }, { column: LAST, row: top + CHART_ROWS }));
  sheet.row += CHART_ROWS;
  sheet.row++;
  sheet.keepTogether(tableHeight(4), start - 1);
  const bridge = ledgerBridge(context, sheet, ministries);
  sheet.row++;
  breakdown(
    context,
    `E. ${t("report.summary.account-groups")}`,
    t("report.column.account-group"),
    report.accountGroups,
  );
  sheet.row++;
  sheet.keepTogether(tableHeight(report.funds.length + 1), start - 1);
  breakdown(context, `F. ${t("report.summary.funds")}`, t("report.column.fund"), report.funds);
  sheet.notes(LAST);
  sheet.freeze(start, 1);
  sheet.print({ repeat: [1, start - 1], lastColumn: LAST, lastRow: sheet.row - 1 });
  return { ...bridge, weighted };
}

/** Points that a small table takes with its heading, header and column numbers. */
function tableHeight(rows: number): number {
  return 80 + rows * TABLE_ROW;
}

/** The key figures on both bases; whole figures point at the total of the ministries. Returns the weighted cells. */
function keyFigures(context: Context, sheet: Sheet, ministries: TableRefs): Record<Measure, string> {
  const { report, t, data } = context;
  sheet.heading(`A. ${t("report.summary.figures")}`, LAST);
  const columns: Column[] = [
    { title: t("report.column.number"), format: "number", width: 7 },
    { title: t("report.column.item"), format: "text", width: 50 },
    { title: t("report.basis.whole"), format: "rupiah", width: 22 },
    { title: t("report.basis.weighted"), format: "rupiah", width: 22 },
    { title: t("report.column.weighted-share"), format: "percent", width: 22, formula: "5=4/3" },
  ];
  sheet.table(columns, { setWidths: false });
  const { whole, weighted } = report.total;
  const rows = {} as Record<Measure, number>;
  MEASURES.forEach((measure, index) => {
    const row = sheet.row;
    rows[measure] = row;
    const pointed = (column: number | undefined): string | null =>
      column === undefined ? null : ministries.sheet.at(column, ministries.totalRow);
    const from = pointed(ministries.columns.weighted[measure]) ?? dataSum(data, measure, "weighted", []);
    sheet.line([
      index + 1,
      t(`report.figure.${measure}`),
      live(pointed(ministries.columns.whole[measure]) ?? "", whole[measure]),
      live(from, weighted[measure]),
      ratioCell(weighted[measure], whole[measure], `D${row}`, `C${row}`),
    ]);
  });
  const gap = (column: string): string => `${column}${rows.budget}-${column}${rows.realization}`;
  const remaining = (figures: Figures): bigint => figures.budget - figures.realization;
  const row = sheet.row;
  sheet.line([
    MEASURES.length + 1,
    t("report.figure.remaining"),
    live(gap("C"), remaining(whole)),
    live(gap("D"), remaining(weighted)),
    ratioCell(remaining(weighted), remaining(whole), `D${row}`, `C${row}`),
  ]);
  sheet.useColumns(columns.map((column, index) => (index > 1 ? { ...column, format: "percent" } : column)));
  const ratio = (figures: Figures, column: string) =>
    ratioCell(figures.realization, figures.budget, `${column}${rows.realization}`, `${column}${rows.budget}`);
  sheet.line([MEASURES.length + 2, t("report.figure.absorption"), ratio(whole, "C"), ratio(weighted, "D"), null], {
    look: "total",
  });
  return cellsOfRow((measure) => sheet.at(4, rows[measure]));
}

function cellsOfRow(at: (measure: Measure) => string): Record<Measure, string> {
  return Object.fromEntries(MEASURES.map((measure) => [measure, at(measure)])) as Record<Measure, string>;
}

/** Tagged, not splittable and untagged money add up to the ledger: rupiah in = rupiah shown. */
function ledgerBridge(context: Context, sheet: Sheet, ministries: TableRefs): Omit<SummaryRefs, "weighted"> {
  const { report, t } = context;
  sheet.heading(`D. ${t("report.summary.bridge")}`, LAST);
  sheet.table(measureTable(t("report.column.item"), t("report.column.number"), context), { setWidths: false });
  const first = sheet.row;
  const { whole } = report.total;
  const all = sumFigures([whole, report.needsRo, report.untagged]);
  const share = (figures: Figures, row: number) =>
    ratioCell(figures.realization, all.realization, `G${row}`, `G$${first + 3}`);
  const pointed = MEASURES.map((measure) =>
    live(ministries.sheet.at(ministries.columns.whole[measure] ?? 0, ministries.totalRow), whole[measure]),
  );
  sheet.line([1, t("report.tagged"), ...pointed, share(whole, first)]);
  const plainCells = (figures: Figures): CellValue[] => MEASURES.map((measure) => figures[measure]);
  sheet.line([2, t("report.needs-ro"), ...plainCells(report.needsRo), share(report.needsRo, first + 1)]);
  sheet.line([3, t("report.untagged"), ...plainCells(report.untagged), share(report.untagged, first + 2)]);
  const range = rowsOf(first, first + 2);
  const sums = MEASURES.map((measure, index) => live(`SUM(${range(3 + index)})`, all[measure]));
  sheet.line([null, t("report.ledger"), ...sums, share(all, first + 3)], { look: "total" });
  sheet.footnote(t("report.note.bridge"), LAST);
  const cells = (row: number) => cellsOfRow((measure) => sheet.at(3 + MEASURES.indexOf(measure), row));
  return { tagged: cells(first), needsRo: cells(first + 1), ledger: cells(first + 3) };
}

function breakdown(context: Context, title: string, heading: string, rows: readonly BreakdownRow[]): void {
  const { t, sheets } = context;
  const sheet = sheets.summary;
  sheet.heading(title, LAST);
  const columns = measureTable(heading, t("report.column.code"), context);
  const absorption: Column = { title: t("report.column.absorption"), format: "percent", width: 12, formula: "8=7/6" };
  sheet.table([...columns.slice(0, -1).map((c, i) => (i === 0 ? { ...c, format: "code" as const } : c)), absorption], {
    setWidths: false,
  });
  const first = sheet.row;
  for (const row of rows) {
    const at = sheet.row;
    const amounts = MEASURES.map((measure) => row.figures[measure]);
    sheet.line([row.code, nameOf(row, t), ...amounts, absorptionCell(row.figures, 6, 7, at)]);
  }
  if (rows.length === 0) emptyRow(sheet, LAST, t("report.empty"), 2);
  const range = rowsOf(first, sheet.row - 1);
  const total = sumFigures(rows.map(({ figures }) => figures));
  const sums = MEASURES.map((measure, index) => live(`SUM(${range(3 + index)})`, total[measure]));
  sheet.line([null, t("report.total"), ...sums, absorptionCell(total, 6, 7, sheet.row)], { look: "total" });
}

function measureTable(item: string, first: string, { t }: Context): Column[] {
  return [
    { title: first, format: "number", width: 7 },
    { title: item, format: "text", width: 50 },
    ...MEASURES.map((measure): Column => ({ title: t(`report.column.${measure}`), format: "rupiah", width: 22 })),
    { title: t("report.column.realization-share"), format: "percent", width: 12, formula: "8=7/Σ7" },
  ];
}
