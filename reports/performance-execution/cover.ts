import { formatMonth } from "../../src/i18n/index.ts";
import { SHEETS, type SheetKey } from "../../src/reporting/types.ts";
import { sayWindow } from "../../src/reporting/wording.ts";
import { COLOURS } from "../styles.ts";
import { type Context, sayDate } from "./context.ts";
import { countOf, type QualityResult } from "./quality.ts";

/** Left block: label, value. Right block: number, sheet, what it holds. */
const WIDTHS = [2, 31, 54, 4, 4, 26, 66, 2];

/** Height of a row of the two blocks, in points. */
const ROW = 21;
const TWO_LINES = 32;
const LAST = 8;

/** The first page: what this is, what it rests on, what is in it, and room for two signatures. */
export function writeCover(context: Context, quality: QualityResult): void {
  const { sheets } = context;
  const sheet = sheets.cover;
  sheet.widths(WIDTHS);
  heading(context);
  const top = sheet.row;
  facts(context, quality);
  const left = sheet.row;
  sheet.row = top;
  contents(context);
  sheet.row = Math.max(left, sheet.row) + 1;
  signatures(context);
  sheet.page();
  sheet.print({ repeat: [0, 0], lastColumn: LAST, lastRow: sheet.row - 1, onePage: true });
}

function heading({ book, report, t, sheets }: Context): void {
  const sheet = sheets.cover;
  const { styles, info } = book;
  const navy = { bold: true, color: { argb: COLOURS.navy } };
  sheet.words(t("report.cover.finance"), styles.words(14, navy, "center"), 1, LAST, 24);
  sheet.words(t("report.cover.planning"), styles.words(14, navy, "center"), 1, LAST, 24);
  sheet.rule(1, LAST);
  sheet.row++;
  const theme = report.theme.name ?? report.theme.code;
  sheet.words(t("report.cover.title").toUpperCase(), styles.words(24, navy, "center"), 1, LAST, 42);
  sheet.words(t("report.cover.theme", { theme }), styles.words(16, { bold: true }, "center"), 1, LAST, 28);
  sheet.words(sayWindow(report.window, t), styles.words(14, {}, "center"), 1, LAST, 26);
  if (info.notice !== null)
    sheet.words(
      info.notice,
      { ...styles.notice, alignment: { horizontal: "center", vertical: "middle" } },
      1,
      LAST,
      24,
    );
  sheet.row++;
}

function facts(context: Context, quality: QualityResult): void {
  const { report, t, sheets, book } = context;
  const sheet = sheets.cover;
  const { due, versions } = report;
  sheet.sectionAt(2, 3, t("report.cover.facts"));
  const rows: [string, string][] = [
    [t("report.cover.period"), sayWindow(report.window, t)],
    [t("report.cover.due"), due === null ? t("report.cover.no-due") : formatMonth(due, t.language)],
    [t("report.cover.unit"), t("report.cover.unit-text")],
    [t("report.cover.basis"), t("report.cover.basis-text")],
    [t("report.cover.as-of"), sayDate(report.dataAsOf, t)],
    ...(report.asOf === undefined
      ? []
      : [
          [t("report.cover.past"), t("report.cover.past-text", { moment: sayMoment(report.asOf) })] as [string, string],
        ]),
    [t("report.cover.law"), `${t("report.law.chart")}\n${t("report.law.evaluation")}`],
    [t("report.cover.data-version"), t("report.cover.data-text", { id: versions.data, count: report.extracts.length })],
    [t("report.cover.tag-version"), t("report.cover.tag-text", { id: versions.tags, count: report.tags.length })],
    [t("report.cover.list-version"), versions.codeLists],
  ];
  for (const [label, text] of rows) {
    const row = sheet.words(text, book.styles.words(10), 3, 3, text.includes("\n") ? TWO_LINES : ROW);
    sheet.wordsAt(row, 2, label, book.styles.words(10, { bold: true }));
  }
  for (const status of ["passed", "failed", "note"] as const) {
    const row = sheet.row;
    sheet.valueAt(row, 3, countOf(context, quality, status), book.styles.counted);
    sheet.wordsAt(row, 2, t(`report.quality.${status}`), book.styles.words(10, { bold: true }));
    sheet.height(row, ROW);
    sheet.row++;
  }
}

/** `2026-03-31 23:59 UTC`. */
function sayMoment(moment: string): string {
  return `${moment.slice(0, 10)} ${moment.slice(11, 16)} UTC`;
}

function contents(context: Context): void {
  const { t, sheets, book, data } = context;
  const sheet = sheets.cover;
  sheet.sectionAt(5, 7, t("report.cover.contents"));
  const keys = SHEETS.filter((key): key is Exclude<SheetKey, "cover"> => key !== "cover");
  let number = 0;
  for (const key of keys) {
    const targets = key === "data" ? data.parts.map((part) => part.sheet) : [sheets[key]];
    for (const target of targets) {
      const row = sheet.words(t(`report.about.${key}`), book.styles.words(10), 7, 7, ROW);
      sheet.wordsAt(row, 5, `${++number}.`, book.styles.words(10));
      sheet.wordsAt(row, 6, target.name, book.styles.link);
      book.addLink(sheet, { cell: `F${row}`, sheet: target.name });
    }
  }
}

function signatures({ t, sheets, book }: Context): void {
  const sheet = sheets.cover;
  const top = sheet.row;
  const blocks = [
    { from: 2, to: 3, title: t("report.sign.finance") },
    { from: 5, to: 7, title: t("report.sign.planning") },
  ];
  for (const { from, to, title } of blocks) {
    sheet.row = top;
    sheet.sectionAt(from, to, title);
    for (const label of ["place", "position", "signature", "name", "number"] as const) {
      const row = sheet.row++;
      sheet.wordsAt(row, from, t(`report.sign.${label}`), book.styles.words(10), from === 5 ? 6 : 2);
      sheet.wordsAt(row, to, "", book.styles.blank);
      sheet.height(row, label === "signature" ? 54 : 24);
    }
  }
  sheet.words(t("report.sign.unsigned"), book.styles.footnote, 2, 7);
}
