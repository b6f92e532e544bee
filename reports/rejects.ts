import type { Translate } from "../src/i18n/index.ts";
import {
  REASON_COLUMNS,
  type RejectedRow,
  type RejectSurvey,
  rejectCells,
  rejectHeader,
  SUMMARY_COLUMNS,
  summaryRows,
} from "../src/ledger/index.ts";
import type { Column } from "./sheet.ts";
import type { StreamedCell } from "./streamed-rows.ts";
import { COLOURS } from "./styles.ts";
import { assertFitsSheet, tableWorkbook } from "./table-workbook.ts";
import type { ReportWorkbook } from "./workbook.ts";

const NARROWEST = 10;
const WIDEST = 60;
const REASON_WIDTHS: Record<(typeof REASON_COLUMNS)[number], number> = {
  row: 16,
  rule: 14,
  column: 16,
  value: 24,
  reason: 70,
  cure: 70,
};

/**
 * The rejected rows as a workbook: the source columns as they came, as text so that no zero is lost, with the faulty cells
 * marked and the reasons beside them; a second sheet counts them by rule. The header stands in the first row, so that the
 * corrected file can be imported as it is.
 *
 * @throws AppError 409 when there are more than a worksheet holds
 */
export function rejectsWorkbook(
  survey: RejectSurvey,
  pages: () => AsyncIterable<RejectedRow[]>,
  t: Translate,
  moment: Date,
): ReportWorkbook {
  const { extract, count } = survey;
  assertFitsSheet(count, "rejects.tooMany", t);
  const subject = t("rejects.subtitle", { extract: extract.id, file: extract.file });
  const book = tableWorkbook(t("rejects.title"), subject, t, moment);
  const sheet = book.sheet(t("rejects.sheet"), COLOURS.red);
  const columns = rowColumns(survey, t);
  const [, bottom] = sheet.table(columns, { numbers: false });
  if (count > 0) {
    sheet.line(
      columns.map(() => null),
      { look: "bulk" },
    );
    sheet.line(
      columns.map(() => null),
      { look: "flagged" },
    );
    book.addStream(sheet, { count, batches: () => cellsOf(survey, pages(), t), language: t.language });
    sheet.filter(bottom, columns.length, bottom + count);
  } else {
    sheet.footnote(t("rejects.none"), columns.length);
  }
  sheet.freeze(bottom + 1, 1);
  sheet.print({ repeat: [1, bottom], lastColumn: columns.length, lastRow: bottom + Math.max(count, 1) });
  writeSummary(book, survey, t);
  return book;
}

function rowColumns(survey: RejectSurvey, t: Translate): Column[] {
  const titles = rejectHeader(survey, t);
  const own = survey.columns.length;
  return titles.map((title, index): Column => {
    const reason = REASON_COLUMNS[index - own];
    const width = reason
      ? REASON_WIDTHS[reason]
      : Math.min(WIDEST, Math.max(NARROWEST, title.length + 2, (survey.widths[index] ?? 0) + 2));
    return { title, format: "label", width };
  });
}

async function* cellsOf(
  survey: RejectSurvey,
  pages: AsyncIterable<RejectedRow[]>,
  t: Translate,
): AsyncGenerator<StreamedCell[][]> {
  const names = survey.columns.map((name) => name.trim().toLowerCase());
  for await (const page of pages) {
    yield page.map((reject) => {
      const faulty = new Set(reject.problems.map(({ column }) => names.indexOf(column ?? "")));
      return rejectCells(survey, reject, t).map((cell, index) => (faulty.has(index) ? { flagged: cell } : cell));
    });
  }
}

function writeSummary(book: ReportWorkbook, survey: RejectSurvey, t: Translate): void {
  const { extract } = survey;
  const sheet = book.sheet(t("rejects.summary"), COLOURS.navy);
  const widths: Record<(typeof SUMMARY_COLUMNS)[number], number> = {
    ...{ rule: 14, rows: 14, firstRow: 16, column: 18, value: 30, reason: 60, cure: 60 },
  };
  const columns = SUMMARY_COLUMNS.map((name): Column => {
    const format = name === "rows" || name === "firstRow" ? "count" : name === "rule" ? "code" : "text";
    return { title: t(`rejects.${name}`), format, width: widths[name] };
  });
  sheet.widths(columns.map(({ width }) => width));
  const lines = [t("rejects.subtitle", { extract: extract.id, file: extract.file })];
  sheet.titles(t("rejects.title"), lines, columns.length);
  if (survey.count > 0) {
    const places = { sheet: t("rejects.sheet"), extract: extract.id };
    sheet.words(t("rejects.how", places), book.styles.paragraph, 1, columns.length);
    sheet.row++;
  }
  const [top, bottom] = sheet.table(columns, { numbers: false });
  for (const cells of summaryRows(survey, t))
    sheet.line(cells.map((cell) => (typeof cell === "number" ? BigInt(cell) : cell)));
  sheet.freeze(bottom + 1, 1);
  sheet.print({ repeat: [top, bottom], lastColumn: columns.length, lastRow: sheet.row });
}
