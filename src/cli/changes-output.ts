import { formatNumber, formatRupiah } from "../i18n/index.ts";
import {
  type ChangedLine,
  type ChangeReport,
  type ChangeSummary,
  type ChangeSums,
  changesCsv,
  type LineView,
  type MoveView,
  stateOf,
} from "../ledger/changes/index.ts";
import type { CommandContext } from "./context.ts";
import { table } from "./terminal.ts";
import { isWorkbook, writeText } from "./write-file.ts";

/** Changed lines and moves that are printed; files hold all of them. */
const PRINTED = 20;

/** A report of changes for people: sums by part, then the first moves and lines. */
export async function printReport(context: CommandContext, report: ChangeReport): Promise<void> {
  const { terminal, t } = context;
  printSummary(context, report.summary, report.kind);
  if (report.count === 0) return terminal.print(t("changes.none"));
  printMoves(context, await report.moves(0, PRINTED));
  terminal.print(t("changes.lines"));
  for (const line of await report.lines(0, PRINTED)) terminal.print(`  ${lineText(line, context)}`);
  const more = report.count - PRINTED;
  if (more > 0) terminal.print(`  ${t("changes.moreLines", { more: formatNumber(more, context.language) })}`);
}

/** Sums of lines and rupiah, in all and by ministry, month or revision. */
export function printSummary(context: CommandContext, summary: ChangeSummary, kind: ChangeReport["kind"]): void {
  const { terminal, t } = context;
  printSums(context, t(`changes.kind.${kind}`), [[t("changes.total"), summary.total]]);
  const ministries = summary.byMinistry.map((sums): [string, ChangeSums] => [sums.ministry, sums]);
  const periods = summary.byPeriod.map((sums): [string, ChangeSums] => {
    return [kind === "budget" ? `${sums.fiscalYear}/${Number(sums.period)}` : sums.period, sums];
  });
  if (ministries.length > 1) printSums(context, t("changes.byMinistry"), ministries);
  if (periods.length > 1) printSums(context, t(kind === "budget" ? "changes.byRevision" : "changes.byMonth"), periods);
  terminal.print("");
}

function printSums(
  { terminal, t, language }: CommandContext,
  title: string,
  parts: readonly [string, ChangeSums][],
): void {
  const count = (lines: number) => formatNumber(lines, language);
  const rows = parts.map(([name, { created, updated, unchanged, removed, before, after }]) => [
    name,
    ...[created, updated, unchanged, removed].map(({ lines }) => count(lines)),
    ...[before, after, after - before].map((amount) => formatNumber(amount, language)),
  ]);
  const columns = ["created", "updated", "unchanged", "removed", "before", "after", "difference"] as const;
  const titles = [title, ...columns.map((name) => t(`changes.${name}`))];
  for (const line of table(titles, rows, new Set([1, 2, 3, 4, 5, 6, 7]))) terminal.print(line);
}

export function printMoves({ terminal, t, language }: CommandContext, moves: readonly MoveView[]): void {
  if (moves.length === 0) return;
  terminal.print(t("changes.moves"));
  for (const { document, satker, amount, fromCode: from, toCode: to } of moves) {
    const places = { document, satker, amount: formatRupiah(amount, language), from, to };
    terminal.print(`  ${t("changes.moveLine", places)}`);
  }
}

/** `berubah  636722.… 2019-01-15 191330000000001  Rp 10 → Rp 11` */
export function lineText(line: ChangedLine, { t, language }: CommandContext): string {
  const { before, after } = line;
  const fields = Object.keys(after ?? before ?? {}).filter((field) => field !== "extract" && field !== "row");
  const same = fields.filter((field) => !before || !after || before[field] === after[field]);
  const changed = fields.filter((field) => !same.includes(field));
  const known = after ?? before;
  const constants = same
    .filter((field) => NAMING.has(field) || !before || !after)
    .map((field) => shown(known, field, language))
    .filter((text) => text !== "");
  const changes = changed.map((field) => `${shown(before, field, language)} → ${shown(after, field, language)}`);
  return [stateOf(line, t), ...constants, ...changes].join(" · ");
}

const NAMING = new Set(["code", "date", "document", "fiscal_year", "revision"]);
const PLAIN = new Set(["fiscal_year", "revision"]);

function shown(line: LineView | null, field: string, language: CommandContext["language"]): string {
  const value = line?.[field] ?? null;
  if (value === null) return "";
  return typeof value === "string" || PLAIN.has(field) ? String(value) : formatRupiah(BigInt(value), language);
}

/** Writes all changed lines to a CSV file, or a workbook with sums, moves and lines. */
export async function writeChanges(
  context: CommandContext,
  report: ChangeReport,
  { file, title }: { file: string; title: string },
): Promise<void> {
  if (isWorkbook(file)) {
    const { changesWorkbook } = await import("../../reports/changes.ts");
    const { writeWorkbook } = await import("../../reports/write.ts");
    await writeWorkbook(changesWorkbook(report, title, context.t, new Date()), file);
  } else {
    await writeText(file, changesCsv(report, context.t));
  }
  const count = formatNumber(report.count, context.language);
  context.terminal.note(context.t("changes.written", { count, file }));
}
