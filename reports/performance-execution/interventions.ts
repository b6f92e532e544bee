import { sumFigures } from "../../src/reporting/figures.ts";
import type { BothBases, InterventionRow } from "../../src/reporting/types.ts";
import { nameOf, sayList } from "../../src/reporting/wording.ts";
import type { Column } from "../sheet.ts";
import {
  bothTotals,
  cellsOf,
  emptyRow,
  measureColumns,
  rowsOf,
  weightedCells,
  weightedColumns,
  weightedMeasureColumns,
  wholeCells,
  wholeColumns,
} from "./columns.ts";
import { type Context, type TableRefs, writeTitles } from "./context.ts";

const WHOLE = 4;
const WEIGHTED = 11;
const LAST = 14;

/** Classes as subtotals, their interventions folded under them. */
export function writeInterventions(context: Context): TableRefs {
  const { report, t, sheets } = context;
  const sheet = sheets.interventions;
  writeTitles(context, sheet, "interventions", LAST);
  const columns: Column[] = [
    { title: t("report.column.number"), format: "number", width: 5 },
    { title: t("report.column.code"), format: "text", width: 24 },
    { title: t("report.column.intervention"), format: "text", width: 36 },
    ...wholeColumns(WHOLE, context, t("report.basis.whole")),
    ...weightedColumns(WEIGHTED, context, t("report.basis.weighted")),
  ];
  const [top, bottom] = sheet.table(columns);
  const first = sheet.row;
  const subtotals: number[] = [];
  let number = 0;
  for (const one of report.classes) {
    const rows = report.interventions.filter((row) => row.class.code === one.code);
    if (rows.length === 0) continue;
    const from = sheet.row + 1;
    const range = rowsOf(from, from + rows.length - 1);
    const cells = bothTotals(bothSums(rows), WHOLE, sheet.row, range);
    subtotals.push(sheet.line([null, one.code, nameOf(one, t), ...cells], { look: "subtotal" }));
    for (const row of rows) {
      const at = sheet.row;
      sheet.line(
        [
          ++number,
          row.code,
          nameOf(row, t),
          ...wholeCells(row.whole, WHOLE, at),
          ...weightedCells(row.weighted, WEIGHTED, at),
        ],
        { level: 1, indent: 1 },
      );
    }
  }
  if (subtotals.length === 0) subtotals.push(emptyRow(sheet, LAST, t("report.empty"), 3));
  const last = sheet.row - 1;
  const total = bothTotals(bothSums(report.interventions), WHOLE, sheet.row, cellsOf(subtotals));
  const totalRow = sheet.line([null, null, t("report.total"), ...total], { look: "total" });
  sheet.row++;
  if (report.withoutTags.length > 0) {
    const names = sayList(
      report.withoutTags.map((one) => nameOf(one, t)),
      t,
    );
    sheet.footnote(t("report.note.without-tags", { names }), LAST);
  }
  sheet.footnote(t("report.note.bases"), LAST);
  sheet.footnote(t("report.note.outline"), LAST);
  sheet.notes(LAST);
  sheet.freeze(bottom + 1, 4);
  sheet.print({ repeat: [top, bottom], lastColumn: LAST, lastRow: sheet.row - 1 });
  return {
    sheet,
    first,
    last,
    totalRow,
    key: 2,
    columns: { whole: measureColumns(WHOLE), weighted: weightedMeasureColumns(WEIGHTED) },
  };
}

function bothSums(rows: readonly InterventionRow[]): BothBases {
  return {
    whole: sumFigures(rows.map(({ whole }) => whole)),
    weighted: sumFigures(rows.map(({ weighted }) => weighted)),
  };
}
