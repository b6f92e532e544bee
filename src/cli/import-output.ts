import { basename } from "node:path";
import { describeColumn } from "../extracts/index.ts";
import { formatNumber, formatRupiah, isTextKey, type Translate } from "../i18n/index.ts";
import type { ImportProgress, ImportResult } from "../ledger/index.ts";
import { explain } from "../rules.ts";
import { lineText, printMoves, printSummary } from "./changes-output.ts";
import type { CommandContext } from "./context.ts";
import { bar, type Terminal } from "./terminal.ts";

/** Changed lines printed with a result. */
const PRINTED = 20;

/** How often the bar moves, in milliseconds. */
const PROGRESS_STEP = 100;

/** A bar with rows and rupiah while a file is read. */
export function showProgress({ terminal, language }: CommandContext, file: string): (done: ImportProgress) => void {
  let shown = 0;
  return ({ rows, amount, bytesRead, bytes }) => {
    const now = performance.now();
    if (now - shown < PROGRESS_STEP) return;
    shown = now;
    terminal.progress(
      () =>
        `${basename(file)} ${bar(bytesRead, bytes)} · ${formatNumber(rows, language)} · ${formatRupiah(amount, language)}`,
    );
  };
}

/** `✓` only where every row was good; `✗` where nothing was posted. */
function markOf({ status, rows }: ImportResult, { good, bad }: Terminal): string {
  if (status === "blocked" || (rows.rejected > 0 && rows.posted === 0)) return bad("✗");
  return rows.rejected > 0 ? bad("!") : good("✓");
}

/** The result of one file for people. */
export function printImport(context: CommandContext, result: ImportResult): void {
  const { terminal, t, language } = context;
  const number = (value: number) => formatNumber(value, language);
  const { rows, amount, changes } = result;
  const mark = markOf(result, terminal);
  const withheld = result.status === "blocked";
  const id = result.extract === null ? "" : ` · ${t("cli.extract")} ${result.extract}`;
  terminal.print(
    `${mark} ${terminal.strong(result.file)} · ${result.layout ?? "?"} · ${t(`cli.status.${result.status}`)}${id}`,
  );
  terminal.print(
    `  ${t(withheld ? "cli.rowsWithheld" : "cli.rows", { read: number(rows.read), posted: number(rows.posted), rejected: number(rows.rejected), skipped: number(rows.skipped) })}`,
  );
  if (amount.read !== 0n) {
    const money = {
      read: formatRupiah(amount.read, language),
      posted: formatRupiah(amount.posted, language),
      rejected: formatRupiah(amount.rejected, language),
    };
    terminal.print(`  ${t(withheld ? "cli.amountsWithheld" : "cli.amounts", money)}`);
  }
  if (result.status !== "blocked") {
    terminal.print(
      `  ${t("cli.changes", { created: number(changes.created), updated: number(changes.updated), unchanged: number(changes.unchanged), removed: number(changes.removed) })}`,
    );
  }
  for (const { kind, summary, moves, lines } of result.reports) {
    if (summary.total.before === 0n && lines.length === 0) continue;
    printSummary(context, summary, kind);
    printMoves(context, moves.slice(0, PRINTED));
    for (const line of lines.slice(0, PRINTED)) terminal.print(`  ${lineText(line, context)}`);
    const { created, updated, removed } = summary.total;
    const more = created.lines + updated.lines + removed.lines - Math.min(lines.length, PRINTED);
    const id = result.extract ?? "ID";
    if (more > 0) terminal.print(`  ${t("changes.more", { more: number(more), extract: id })}`);
  }
  for (const { name, file, read, difference } of result.controlTotals) {
    if (difference === 0n) continue;
    terminal.print(
      `  ${terminal.bad(t("cli.controlTotal", { name, file: formatRupiah(file, language), read: formatRupiah(read, language), difference: formatRupiah(difference, language) }))}`,
    );
  }
  printRejects(context, result);
  printWarnings(context, result);
}

function printRejects({ terminal, t }: CommandContext, result: ImportResult): void {
  for (const { row, problems } of result.rejects) {
    for (const problem of problems) {
      const { message, cure } = explain(problem, t);
      terminal.print(
        `  ${terminal.bad(place(problem.column, row, t))} ${problem.rule} ${message} ${terminal.dim(cure)}`,
      );
    }
  }
  const more = result.rows.rejected - result.rejects.length;
  if (more > 0) terminal.print(`  ${t("cli.moreRejects", { more, extract: result.extract ?? "ID" })}`);
  if (result.status !== "blocked") return;
  terminal.print(
    `  ${result.layout === null ? t("cli.nothingRead") : t("cli.nothingPosted", { extract: result.extract ?? "ID" })}`,
  );
}

/** `baris 17, kolom amount` */
function place(column: string | null, row: number, t: Translate): string {
  const line = `${t("cli.row")} ${row}`;
  return column === null ? line : `${line}, ${t("cli.column")} ${column}`;
}

/** Warnings are counted by rule; the rule says what it means. */
function printWarnings({ terminal, t, language }: CommandContext, result: ImportResult): void {
  for (const [rule, count] of Object.entries(result.warnings)) {
    const key = `rule.${rule}.title`;
    const title = isTextKey(key) ? t(key) : "";
    terminal.print(`  ${terminal.dim(`${rule} × ${formatNumber(count, language)} · ${title}`)}`);
  }
  for (const report of result.formats) {
    // A column that is written in one way needs no word.
    if (report.style !== null && report.signs.every(({ contradicts }) => !contradicts)) continue;
    terminal.print(`  ${terminal.bad(describeColumn(report, t))}`);
  }
  if (result.ignoredColumns.length > 0)
    terminal.print(`  ${terminal.dim(t("cli.ignoredColumns", { columns: result.ignoredColumns.join(", ") }))}`);
}
