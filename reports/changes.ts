import type { Translate } from "../src/i18n/index.ts";
import {
  type ChangeColumn,
  type ChangeReport,
  type ChangeSums,
  changeColumns,
  changedLines,
} from "../src/ledger/changes/index.ts";
import type { CellValue, Column, Sheet } from "./sheet.ts";
import type { StreamedCell } from "./streamed-rows.ts";
import { type CellFormat, COLOURS } from "./styles.ts";
import { assertFitsSheet, tableWorkbook } from "./table-workbook.ts";
import type { ReportWorkbook } from "./workbook.ts";

const WIDTHS: Record<ChangeColumn["sort"], number> = { text: 30, code: 60, number: 12, rupiah: 20, date: 14 };
const FORMATS: Record<ChangeColumn["sort"], CellFormat> = {
  text: "label",
  code: "label",
  number: "number",
  rupiah: "rupiah",
  date: "label",
};

const RUPIAH_WIDTH = 21;
const MOVES_AT_ONCE = 2_000;

/**
 * A report of changes as a workbook: sums in all, by ministry and by month or revision; moves between codes; and every
 * changed line with its old and new values side by side.
 *
 * @throws AppError 409 when there are more than a worksheet holds
 */
export function changesWorkbook(report: ChangeReport, title: string, t: Translate, moment: Date): ReportWorkbook {
  assertFitsSheet(report.count, "changes.tooMany", t);
  const book = tableWorkbook(title, t(`changes.kind.${report.kind}`), t, moment);
  writeSums(book.sheet(t("rejects.summary"), COLOURS.navy), report, title, t);
  const { moves } = report.summary.total.moved;
  if (moves > 0) writeMoves(book, report, moves, t);
  writeLines(book, report, t);
  return book;
}

function writeSums(sheet: Sheet, { kind, summary }: ChangeReport, title: string, t: Translate): void {
  const counts = (["created", "updated", "unchanged", "removed"] as const).map((name): Column => {
    return { title: t(`changes.${name}`), format: "count", width: 14 };
  });
  const amounts = (["before", "after", "difference"] as const).map((name): Column => {
    return { title: t(`changes.${name}`), format: "rupiah", width: RUPIAH_WIDTH };
  });
  const columns = (part: string): Column[] => [{ title: part, format: "text", width: 24 }, ...counts, ...amounts];
  const last = columns("").length;
  sheet.widths(columns("").map(({ width }) => width));
  sheet.titles(title, [t(`changes.kind.${kind}`)], last);
  const block = (part: string, rows: readonly [string, ChangeSums][]) => {
    sheet.table(columns(part), { numbers: false });
    for (const [name, sums] of rows) sheet.line(sumsLine(name, sums));
    sheet.line(sumsLine(t("changes.total"), summary.total), { look: "total" });
    sheet.row++;
  };
  block(
    t("changes.ministry"),
    summary.byMinistry.map((sums) => [sums.ministry, sums]),
  );
  block(
    t(kind === "budget" ? "changes.revision" : "changes.month"),
    summary.byPeriod.map((sums) => [
      kind === "budget" ? `${sums.fiscalYear}/${Number(sums.period)}` : sums.period,
      sums,
    ]),
  );
  const notes = sheet.notes(last);
  sheet.print({ repeat: [0, 0], lastColumn: last, lastRow: sheet.row + notes });
}

function sumsLine(name: string, { created, updated, unchanged, removed, before, after }: ChangeSums): CellValue[] {
  const lines = [created, updated, unchanged, removed].map((part) => BigInt(part.lines));
  return [name, ...lines, before, after, after - before];
}

function writeMoves(book: ReportWorkbook, report: ChangeReport, count: number, t: Translate): void {
  const columns: Column[] = [
    { title: t("changes.ministry"), format: "label", width: 12 },
    { title: t("changes.satker"), format: "label", width: 12 },
    { title: t("changes.field.document"), format: "label", width: 20 },
    { title: t("changes.field.date"), format: "label", width: 14 },
    { title: t("changes.fromCode"), format: "label", width: 80 },
    { title: t("changes.toCode"), format: "label", width: 80 },
    { title: t("changes.field.amount"), format: "rupiah", width: RUPIAH_WIDTH },
  ];
  const batches = async function* (): AsyncGenerator<StreamedCell[][]> {
    for (let after = 0; after < count; after += MOVES_AT_ONCE) {
      const moves = await report.moves(after, MOVES_AT_ONCE);
      yield moves.map(({ ministry, satker, document, date, fromCode, toCode, amount }) => {
        return [ministry, satker, document, date, fromCode, toCode, amount];
      });
    }
  };
  writeStream(book, book.sheet(t("changes.movesSheet"), COLOURS.green), columns, count, batches);
}

function writeLines(book: ReportWorkbook, report: ChangeReport, t: Translate): void {
  const values = changeColumns(report.kind, t);
  const columns = values.map(({ title, sort }): Column => ({ title, format: FORMATS[sort], width: WIDTHS[sort] }));
  const batches = async function* (): AsyncGenerator<StreamedCell[][]> {
    for await (const page of changedLines(report)) {
      yield page.map((line) => values.map(({ value }) => value(line)));
    }
  };
  writeStream(book, book.sheet(t("changes.sheet"), COLOURS.blue), columns, report.count, batches);
}

function writeStream(
  book: ReportWorkbook,
  sheet: Sheet,
  columns: readonly Column[],
  count: number,
  batches: () => AsyncIterable<StreamedCell[][]>,
): void {
  const [, bottom] = sheet.table(columns, { numbers: false });
  if (count > 0) {
    const empty = columns.map(() => null);
    sheet.line(empty, { look: "bulk" });
    sheet.line(empty, { look: "flagged" });
    book.addStream(sheet, { count, batches, language: book.info.language });
    sheet.filter(bottom, columns.length, bottom + count);
  }
  sheet.freeze(bottom + 1, 3);
  sheet.print({ repeat: [1, bottom], lastColumn: columns.length, lastRow: bottom + Math.max(count, 1) });
}
