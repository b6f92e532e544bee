import type { Column } from "../sheet.ts";
import { emptyRow } from "./columns.ts";
import { type Context, sayDate, writeTitles } from "./context.ts";

const LAST = 7;

/** Terms of the report, in the order a reader meets them. */
const TERMS = [
  "theme-tag",
  "whole",
  "weighted",
  "original",
  "revised",
  "blocked",
  "budget",
  "twelfths",
  "realization",
  "remaining",
  "absorption",
  "location",
  "needs-ro",
  "untagged",
  "in-force",
  "rounding",
  "apportioned",
  "ranking",
] as const;

/** Definitions and methods, the extracts behind the figures and the fingerprints that identify them. */
export function writeMethods(context: Context): void {
  const { t, sheets, book } = context;
  const sheet = sheets.methods;
  writeTitles(context, sheet, "methods", LAST);
  const start = sheet.row;
  sheet.widths([10, 26, 20, 26, 70, 12, 22]);
  sheet.heading(`A. ${t("report.methods.terms")}`, LAST);
  for (const term of TERMS) {
    const row = sheet.words(t(`report.term.${term}.text`), book.styles.paragraph, 3, LAST);
    sheet.wordsAt(row, 1, t(`report.term.${term}`), book.styles.words(10, { bold: true }, "left", "top"), 2);
  }
  sheet.row++;
  sheet.heading(`B. ${t("report.methods.law")}`, LAST);
  for (const law of ["report.law.chart", "report.law.evaluation"] as const) {
    sheet.words(t(law), book.styles.paragraph, 1, LAST);
  }
  sheet.row++;
  sheet.heading(`C. ${t("report.methods.extracts")}`, LAST);
  extracts(context);
  sheet.notes(LAST);
  sheet.freeze(start, 1);
  sheet.print({ repeat: [1, start - 1], lastColumn: LAST, lastRow: sheet.row - 1 });
}

function extracts({ report, t, sheets }: Context): void {
  const sheet = sheets.methods;
  const columns: Column[] = [
    { title: t("report.column.extract"), format: "number", width: 10 },
    { title: t("report.column.file"), format: "text", width: 26 },
    { title: t("report.column.layout"), format: "text", width: 20 },
    { title: t("report.column.newest-payment"), format: "text", width: 26 },
    { title: t("report.column.sha256"), format: "text", width: 70 },
    { title: t("report.column.rows"), format: "count", width: 12 },
    { title: t("report.column.amount"), format: "rupiah", width: 22 },
  ];
  sheet.table(columns, { setWidths: false });
  for (const one of report.extracts) {
    const newest = one.lastDate === null ? t("report.not-applicable") : sayDate(one.lastDate, t);
    sheet.line([one.id, one.file, one.layout, newest, one.sha256, one.rows, one.amount]);
  }
  if (report.extracts.length === 0) emptyRow(sheet, LAST, t("report.none"), 2);
  sheet.footnote(t("report.note.extracts"), LAST);
}
