import { sumFigures } from "../../src/reporting/figures.ts";
import { nameOf } from "../../src/reporting/wording.ts";
import type { Column } from "../sheet.ts";
import { emptyRow, measureColumns, rowsOf, wholeCells, wholeColumns, wholeTotal } from "./columns.ts";
import { type Context, type TableRefs, writeTitles } from "./context.ts";

const WHOLE = 6;
const LAST = 12;

/** Column of the absorption, which the ranking looks at. */
export const SATKER_ABSORPTION = 12;

/** Every satker with tagged money, whether it is ranked or not. */
export function writeSatkers(context: Context): TableRefs {
  const { report, t, sheets } = context;
  const sheet = sheets.satkers;
  writeTitles(context, sheet, "satkers", LAST);
  const columns: Column[] = [
    { title: t("report.column.number"), format: "number", width: 6 },
    { title: t("report.column.code"), format: "code", width: 9 },
    { title: t("report.column.satker"), format: "text", width: 46 },
    { title: t("report.column.ministry-code"), format: "code", width: 7 },
    { title: t("report.column.ministry"), format: "text", width: 42 },
    ...wholeColumns(WHOLE, context),
  ];
  const [top, bottom] = sheet.table(columns);
  const first = sheet.row;
  report.satkers.forEach((row, index) => {
    sheet.line([
      index + 1,
      row.code,
      nameOf(row, t),
      row.ministry.code,
      nameOf(row.ministry, t),
      ...wholeCells(row.figures, WHOLE, sheet.row),
    ]);
  });
  if (report.satkers.length === 0) emptyRow(sheet, LAST, t("report.empty"), 3);
  const last = sheet.row - 1;
  const total = wholeTotal(
    sumFigures(report.satkers.map(({ figures }) => figures)),
    WHOLE,
    sheet.row,
    rowsOf(first, last),
  );
  const totalRow = sheet.line([null, null, t("report.total"), null, null, ...total], { look: "total" });
  sheet.row++;
  sheet.footnote(t("report.note.annual"), LAST);
  sheet.notes(LAST);
  sheet.filter(bottom, LAST, last);
  sheet.freeze(bottom + 1, 4);
  sheet.print({ repeat: [top, bottom], lastColumn: LAST, lastRow: sheet.row - 1 });
  return { sheet, first, last, totalRow, key: 2, columns: { whole: measureColumns(WHOLE), weighted: {} } };
}
