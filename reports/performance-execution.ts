import { formatNumber, translator } from "../src/i18n/index.ts";
import { type PerformanceExecution, type QualityCheck, SHEETS, type SheetKey } from "../src/reporting/types.ts";
import { sayWindow } from "../src/reporting/wording.ts";
import { writeCodes } from "./performance-execution/codes.ts";
import { type Context, TABS } from "./performance-execution/context.ts";
import { writeCover } from "./performance-execution/cover.ts";
import { dataHeaderRows, planData, writeData } from "./performance-execution/data.ts";
import { writeDistricts } from "./performance-execution/districts.ts";
import { writeInterventions } from "./performance-execution/interventions.ts";
import { writeMethods } from "./performance-execution/methods.ts";
import { writeMinistries } from "./performance-execution/ministries.ts";
import { writeMonths } from "./performance-execution/months.ts";
import { writeQuality } from "./performance-execution/quality.ts";
import { writeRanking } from "./performance-execution/ranking.ts";
import { writeSatkers } from "./performance-execution/satkers.ts";
import { writeSummary } from "./performance-execution/summary.ts";
import { writeTags } from "./performance-execution/tags.ts";
import { ReportWorkbook } from "./workbook.ts";

/**
 * The workbook of a Performance and Execution report: cover, summary, execution along every dimension, the lines
 * behind the totals, references and quality checks. Figures of rows are values; everything that follows from them is
 * a formula with its value.
 *
 * @param linesPerSheet lines on one data sheet before the next begins; by default what Excel holds
 */
export function performanceExecutionWorkbook(
  report: PerformanceExecution,
  checks: readonly QualityCheck[],
  linesPerSheet?: number,
): ReportWorkbook {
  const t = translator(report.language);
  const theme = report.theme.name ?? report.theme.code;
  const book = new ReportWorkbook({
    title: t("report.cover.title"),
    subject: t("report.subtitle", { theme, period: sayWindow(report.window, t) }),
    company: t("report.cover.finance"),
    language: report.language,
    moment: new Date(`${report.dataAsOf ?? `${report.window.to}-01`}T00:00:00Z`),
    notice: report.demonstration ? t("report.demonstration") : null,
    pageNumber: t("report.page"),
    exactNote: (address, amount) => t("report.note.digits", { address, amount }),
  });
  const context = layOut(report, checks, book, linesPerSheet);
  writeData(context);
  const ministries = writeMinistries(context);
  const interventions = writeInterventions(context);
  const districts = writeDistricts(context);
  const months = writeMonths(context);
  const satkers = writeSatkers(context);
  const ranking = writeRanking(context, satkers);
  const tags = writeTags(context);
  const codes = writeCodes(context);
  writeMethods(context);
  const summary = writeSummary(context, ministries, months);
  const tables = { ministries, interventions, districts, months, satkers, ranking, tags, codes };
  writeCover(context, writeQuality(context, { summary, ...tables }));
  return book;
}

/** Creates all sheets in their order, so that formulas can point forward as well as back. */
function layOut(
  report: PerformanceExecution,
  checks: readonly QualityCheck[],
  book: ReportWorkbook,
  linesPerSheet: number | undefined,
): Context {
  const t = translator(report.language);
  const sheets = {} as Record<SheetKey, ReturnType<ReportWorkbook["sheet"]>>;
  let parts: Context["data"]["parts"] = [];
  for (const key of SHEETS) {
    sheets[key] = book.sheet(t(`report.sheet.${key}`), TABS[key]);
    if (key !== "data") continue;
    const more = (number: number) => book.sheet(`${t("report.sheet.data")} ${number}`, TABS.data);
    parts = planData(report, dataHeaderRows(report), sheets.data, more, linesPerSheet);
  }
  const data = {
    parts,
    tagged: t("report.data.tagged"),
    needsRo: t("report.data.needs-ro"),
    payment: t("report.data.payment"),
  };
  return { report, checks, t, book, sheets, data, amountWidth: amountWidth(report) };
}

/** Room for the largest amount in bold, with its separators and sign. */
function amountWidth({ total, ledger, language }: PerformanceExecution): number {
  const amounts = [ledger, total.whole].flatMap((figures) => Object.values(figures));
  return Math.max(15, ...amounts.map((amount) => formatNumber(amount, language).length + 2));
}
