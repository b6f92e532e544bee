import { AppError } from "../src/errors.ts";
import type { TextKey, Translate } from "../src/i18n/index.ts";
import { ReportWorkbook } from "./workbook.ts";

/** Rows that a worksheet holds below its header. */
const MAX_SHEET_ROWS = 1_048_575;

/** @throws AppError 409 with a sentence, which takes `count`, when there are more rows than a worksheet holds */
export function assertFitsSheet(count: number, tooMany: TextKey, t: Translate): void {
  if (count > MAX_SHEET_ROWS) throw new AppError("SHEET-FULL", 409, t(tooMany, { count }));
}

/** A workbook of tables to work with, and not a report of a ministry: without a notice on its sheets. */
export function tableWorkbook(title: string, subject: string, t: Translate, moment: Date): ReportWorkbook {
  return new ReportWorkbook({
    title,
    subject,
    company: "Tandai",
    language: t.language,
    moment,
    notice: null,
    pageNumber: t("report.page"),
    exactNote: (address, amount) => t("report.note.digits", { address, amount }),
  });
}
