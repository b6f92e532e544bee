import { sumOf } from "../../src/reporting/figures.ts";
import { columnName, live, magnitude, serialDay } from "../cells.ts";
import type { Chart } from "../chart.ts";
import type { Column } from "../sheet.ts";
import { ratioCell, rowsOf } from "./columns.ts";
import { type Context, type TableRefs, writeTitles } from "./context.ts";

const PLAN = 3;
const REALIZATION = 4;
const CUMULATIVE_PLAN = 7;
const CUMULATIVE_REALIZATION = 8;
const TWELFTHS = 11;
const LAST = 11;

/** Rows that a chart takes. */
const CHART_ROWS = 20;

const COLOURS = { plan: "9DB4CE", realization: "17375E" } as const;

export interface MonthRefs extends TableRefs {
  /** Cells of the last month that add up the window. */
  cumulative: { budget: string; realization: string };
  twelfths: string;
  /** The cumulative chart at a place of another sheet. */
  cumulativeChart: (from: Chart["from"], to: Chart["to"]) => Chart;
}

/** Plan against realization by month and cumulative, with two native charts. */
export function writeMonths(context: Context): MonthRefs {
  const { report, t, sheets, book } = context;
  const sheet = sheets.months;
  writeTitles(context, sheet, "months", LAST);
  const [top, bottom] = sheet.table(columns(context));
  const first = sheet.row;
  let [plan, realization] = [0n, 0n];
  report.months.forEach((row, index) => {
    const at = sheet.row;
    plan += row.budget;
    realization += row.realization;
    const running = (column: number): string => `SUM(${columnName(column)}$${first}:${columnName(column)}${at})`;
    sheet.line([
      index + 1,
      row.month,
      row.budget,
      row.realization,
      live(`D${at}-C${at}`, row.realization - row.budget),
      ratioCell(row.realization, row.budget, `D${at}`, `C${at}`),
      live(running(PLAN), plan),
      live(running(REALIZATION), realization),
      live(`H${at}-G${at}`, realization - plan),
      ratioCell(realization, plan, `H${at}`, `G${at}`),
      row.twelfths,
    ]);
  });
  const last = sheet.row - 1;
  const range = rowsOf(first, last);
  const at = sheet.row;
  const totalRow = sheet.line(
    [
      null,
      t("report.total"),
      live(`SUM(${range(PLAN)})`, plan),
      live(`SUM(${range(REALIZATION)})`, realization),
      live(`D${at}-C${at}`, realization - plan),
      ratioCell(realization, plan, `D${at}`, `C${at}`),
      null,
      null,
      null,
      null,
      live(`SUM(${range(TWELFTHS)})`, sumOf(report.months.map((row) => row.twelfths))),
    ],
    { look: "total" },
  );
  sheet.row++;
  sheet.footnote(t("report.note.months"), LAST);
  if (report.twelfths !== 0n) sheet.footnote(t("report.note.twelfths"), LAST);
  sheet.notes(LAST);
  sheet.row++;
  const cumulativeChart = (from: Chart["from"], to: Chart["to"]): Chart => ({
    ...chartOf(context, first, last, "line"),
    from,
    to,
  });
  const start = sheet.row - 1;
  book.addChart(sheet, cumulativeChart({ column: 0, row: start }, { column: 6, row: start + CHART_ROWS }));
  book.addChart(sheet, {
    ...chartOf(context, first, last, "column"),
    from: { column: 6, row: start },
    to: { column: LAST, row: start + CHART_ROWS },
  });
  sheet.freeze(bottom + 1, 3);
  sheet.print({ repeat: [top, bottom], lastColumn: LAST, lastRow: start + CHART_ROWS + 1 });
  return {
    sheet,
    first,
    last,
    totalRow,
    key: 2,
    columns: { whole: { budget: PLAN, realization: REALIZATION }, weighted: {} },
    cumulative: { budget: sheet.at(CUMULATIVE_PLAN, last), realization: sheet.at(CUMULATIVE_REALIZATION, last) },
    twelfths: sheet.at(TWELFTHS, totalRow),
    cumulativeChart,
  };
}

function columns({ t, amountWidth: width }: Context): Column[] {
  const [monthly, cumulative] = [t("report.column.monthly"), t("report.column.cumulative")];
  return [
    { title: t("report.column.number"), format: "number", width: 5 },
    { title: t("report.column.month"), format: "month", width: 18 },
    { title: t("report.column.plan"), format: "rupiah", width, group: monthly },
    { title: t("report.column.realized"), format: "rupiah", width, group: monthly },
    { title: t("report.column.deviation"), format: "rupiah", width, group: monthly, formula: "5=4-3" },
    { title: t("report.column.absorption"), format: "percent", width: 13, group: monthly, formula: "6=4/3" },
    { title: t("report.column.plan"), format: "rupiah", width, group: cumulative },
    { title: t("report.column.realized"), format: "rupiah", width, group: cumulative },
    { title: t("report.column.deviation"), format: "rupiah", width, group: cumulative, formula: "9=8-7" },
    { title: t("report.column.absorption"), format: "percent", width: 13, group: cumulative, formula: "10=8/7" },
    { title: t("report.column.twelfths"), format: "rupiah", width },
  ];
}

type ChartBody = Omit<Chart, "from" | "to">;

function chartOf({ report, t, sheets }: Context, first: number, last: number, kind: Chart["kind"]): ChartBody {
  const sheet = sheets.months;
  const running = kind === "line";
  const values = (measure: "budget" | "realization"): bigint[] => {
    let sum = 0n;
    return report.months.map((row) => {
      sum += row[measure];
      return running ? sum : row[measure];
    });
  };
  const [plan, realization] = [values("budget"), values("realization")];
  const unit = unitOf([...plan, ...realization]);
  return {
    kind,
    title: t(running ? "report.chart.cumulative" : "report.chart.monthly"),
    description: t(running ? "report.chart.cumulative-alt" : "report.chart.monthly-alt"),
    categories: {
      range: sheet.span(2, first, last),
      serials: report.months.map(({ month }) => serialDay(month)),
      format: report.language === "id" ? "[$-421]mmm\\ yy" : "[$-809]mmm\\ yy",
    },
    series: [
      {
        name: t("report.column.plan"),
        range: sheet.span(running ? CUMULATIVE_PLAN : PLAN, first, last),
        values: plan,
        colour: COLOURS.plan,
        dashed: true,
      },
      {
        name: t("report.column.realized"),
        range: sheet.span(running ? CUMULATIVE_REALIZATION : REALIZATION, first, last),
        values: realization,
        colour: COLOURS.realization,
      },
    ],
    axisTitle: t(unit.title),
    axisFormat: unit.format,
    language: report.language,
  };
}

/** The unit in which the largest value has one to four digits before the comma. */
function unitOf(values: readonly bigint[]) {
  const reaches = (limit: bigint): boolean => values.some((value) => magnitude(value) >= limit);
  if (reaches(2_000_000_000_000n)) return { title: "report.chart.trillion", format: "#,##0.0,,,," } as const;
  if (reaches(2_000_000_000n)) return { title: "report.chart.billion", format: "#,##0.0,,," } as const;
  if (reaches(2_000_000n)) return { title: "report.chart.million", format: "#,##0.0,," } as const;
  return { title: "report.chart.rupiah", format: "#,##0" } as const;
}
