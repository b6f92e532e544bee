import { sumFigures } from "../../src/reporting/figures.ts";
import type { DistrictRow, Named } from "../../src/reporting/types.ts";
import { nameOf } from "../../src/reporting/wording.ts";
import type { Column } from "../sheet.ts";
import { cellsOf, emptyRow, measureColumns, rowsOf, wholeCells, wholeColumns, wholeTotal } from "./columns.ts";
import { type Context, type TableRefs, writeTitles } from "./context.ts";

const WHOLE = 4;
const LAST = 10;

/** Districts under their provinces. The basis of the location is the location segment, and the sheet says so. */
export function writeDistricts(context: Context): TableRefs {
  const { report, t, sheets } = context;
  const sheet = sheets.districts;
  writeTitles(context, sheet, "districts", LAST);
  sheet.row--;
  sheet.footnote(t("report.note.location-basis"), LAST);
  sheet.row++;
  const columns: Column[] = [
    { title: t("report.column.number"), format: "number", width: 5 },
    { title: t("report.column.location"), format: "code", width: 8 },
    { title: t("report.column.district"), format: "text", width: 46 },
    ...wholeColumns(WHOLE, context),
  ];
  const [top, bottom] = sheet.table(columns);
  const first = sheet.row;
  const subtotals: number[] = [];
  let number = 0;
  for (const { province, rows } of provinces(report.districts)) {
    const from = sheet.row + 1;
    const figures = sumFigures(rows.map((row) => row.figures));
    const cells = wholeTotal(figures, WHOLE, sheet.row, rowsOf(from, from + rows.length - 1));
    subtotals.push(sheet.line([null, province.code, nameOf(province, t), ...cells], { look: "subtotal" }));
    for (const row of rows) {
      const provincial = row.code.endsWith("00");
      const label = provincial ? t("report.provincial", { name: nameOf(row, t) }) : nameOf(row, t);
      sheet.line([++number, row.code, label, ...wholeCells(row.figures, WHOLE, sheet.row)], { level: 1, indent: 1 });
    }
  }
  if (subtotals.length === 0) subtotals.push(emptyRow(sheet, LAST, t("report.empty"), 3));
  const last = sheet.row - 1;
  const all = sumFigures(report.districts.map(({ figures }) => figures));
  const total = wholeTotal(all, WHOLE, sheet.row, cellsOf(subtotals));
  const totalRow = sheet.line([null, null, t("report.total"), ...total], { look: "total" });
  sheet.row++;
  sheet.footnote(t("report.note.annual"), LAST);
  sheet.footnote(t("report.note.outline"), LAST);
  sheet.notes(LAST);
  sheet.freeze(bottom + 1, 4);
  sheet.print({ repeat: [top, bottom], lastColumn: LAST, lastRow: sheet.row - 1 });
  return { sheet, first, last, totalRow, key: 2, columns: { whole: measureColumns(WHOLE), weighted: {} } };
}

function provinces(districts: readonly DistrictRow[]): { province: Named; rows: DistrictRow[] }[] {
  const groups = new Map<string, { province: Named; rows: DistrictRow[] }>();
  for (const row of districts) {
    const group = groups.get(row.province.code) ?? { province: row.province, rows: [] };
    group.rows.push(row);
    groups.set(row.province.code, group);
  }
  return [...groups.values()];
}
