import { nameOf } from "../../src/reporting/wording.ts";
import type { Column, Sheet } from "../sheet.ts";
import { emptyRow } from "./columns.ts";
import { type Context, writeTitles } from "./context.ts";

const LAST = 4;

export interface CodeRefs {
  sheet: Sheet;
  first: number;
  last: number;
  name: number;
}

/** Every code that appears in the workbook, with its name. */
export function writeCodes(context: Context): CodeRefs {
  const { report, t, sheets } = context;
  const sheet = sheets.codes;
  writeTitles(context, sheet, "codes", LAST);
  const columns: Column[] = [
    { title: t("report.column.number"), format: "number", width: 7 },
    { title: t("report.column.list"), format: "text", width: 30 },
    { title: t("report.column.code"), format: "code", width: 14 },
    { title: t("report.column.name"), format: "text", width: 90 },
  ];
  const [top, bottom] = sheet.table(columns);
  const first = sheet.row;
  let number = 0;
  for (const { list, entries } of report.codeLists) {
    for (const entry of entries) sheet.line([++number, t(`report.list.${list}`), entry.code, nameOf(entry, t)]);
  }
  if (number === 0) emptyRow(sheet, LAST, t("report.empty"), 4);
  const last = sheet.row - 1;
  sheet.filter(bottom, LAST, last);
  sheet.freeze(bottom + 1, 1);
  sheet.print({ repeat: [top, bottom], lastColumn: LAST, lastRow: last });
  return { sheet, first, last, name: 4 };
}
