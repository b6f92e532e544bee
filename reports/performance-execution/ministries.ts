import { sumFigures } from "../../src/reporting/figures.ts";
import { nameOf } from "../../src/reporting/wording.ts";
import type { Column } from "../sheet.ts";
import {
  bothTotals,
  emptyRow,
  measureColumns,
  rowsOf,
  weightedCells,
  weightedColumns,
  weightedMeasureColumns,
  wholeCells,
  wholeColumns,
  wholeTotal,
} from "./columns.ts";
import { type Context, type TableRefs, writeTitles } from "./context.ts";

const WHOLE = 4;
const WEIGHTED = 11;
const LAST = 14;

/** Ministries that carry tagged money, both bases side by side, and the way from there to the whole ledger. */
export function writeMinistries(context: Context): TableRefs {
  const { report, t, sheets } = context;
  const sheet = sheets.ministries;
  writeTitles(context, sheet, "ministries", LAST);
  const columns: Column[] = [
    { title: t("report.column.number"), format: "number", width: 5 },
    { title: t("report.column.code"), format: "code", width: 7 },
    { title: t("report.column.ministry"), format: "text", width: 40 },
    ...wholeColumns(WHOLE, context, t("report.basis.whole")),
    ...weightedColumns(WEIGHTED, context, t("report.basis.weighted")),
  ];
  const [top, bottom] = sheet.table(columns);
  const first = sheet.row;
  report.ministries.forEach((row, index) => {
    const at = sheet.row;
    sheet.line([
      index + 1,
      row.code,
      nameOf(row, t),
      ...wholeCells(row.whole, WHOLE, at),
      ...weightedCells(row.weighted, WEIGHTED, at),
    ]);
  });
  if (report.ministries.length === 0) emptyRow(sheet, LAST, t("report.empty"), 3);
  const last = sheet.row - 1;
  const total = {
    whole: sumFigures(report.ministries.map(({ whole }) => whole)),
    weighted: sumFigures(report.ministries.map(({ weighted }) => weighted)),
  };
  const totalRow = sheet.line(
    [null, null, t("report.total"), ...bothTotals(total, WHOLE, sheet.row, rowsOf(first, last))],
    { look: "total" },
  );
  sheet.line([null, null, t("report.needs-ro"), ...wholeCells(report.needsRo, WHOLE, sheet.row)]);
  sheet.line([null, null, t("report.untagged"), ...wholeCells(report.untagged, WHOLE, sheet.row)]);
  const all = sumFigures([total.whole, report.needsRo, report.untagged]);
  sheet.line([null, null, t("report.ledger"), ...wholeTotal(all, WHOLE, sheet.row, rowsOf(totalRow, totalRow + 2))], {
    look: "total",
  });
  sheet.row++;
  sheet.footnote(t("report.note.annual"), LAST);
  sheet.footnote(t("report.note.bases"), LAST);
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
