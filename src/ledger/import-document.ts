import { type ColumnReport, describeColumn } from "../extracts/index.ts";
import type { Translate } from "../i18n/index.ts";
import { explain, type Problem } from "../rules.ts";
import {
  type ChangedLine,
  type ChangeSums,
  type MoveDocument,
  moveDocument,
  noChanges,
  type SummaryDocument,
  summaryDocument,
} from "./changes/index.ts";
import type { Changes, ControlTotal, ImportChanges, ImportResult, ImportStatus, Scope } from "./types.ts";

/** One broken rule of a row, with its sentence and cure in the reader's language. */
export interface ProblemDocument {
  column: string | null;
  value: string | null;
  rule: string;
  message: string;
  cure: string;
}

/** A rejected row; `more` is there only when the row broke several rules. */
export interface RejectDocument extends ProblemDocument {
  row: number;
  more?: ProblemDocument[];
}

/** Good rows, and their rupiah, that stay out of the ledger because the extract is blocked. They are part of `posted`. */
export interface Withheld {
  rows: number;
  amount: bigint;
}

export function withheldOf(status: string, rows: ImportResult["rows"], amount: ImportResult["amount"]): Withheld {
  return status === "blocked" ? { rows: rows.posted, amount: amount.posted } : { rows: 0, amount: 0n };
}

/** The result of an import exactly as the contract prints it (`tandai import --json`). Amounts are whole rupiah. */
export interface ImportDocument {
  extract: number | null;
  file: string;
  layout: string | null;
  sha256: string;
  status: ImportStatus;
  dry_run: boolean;
  rows: ImportResult["rows"];
  amount: ImportResult["amount"];
  withheld: Withheld;
  changes: Changes;
  /** With `changes`: sums by part, and the first 50 moves and changed lines. */
  changes_total: SummaryDocument["changes_total"];
  changes_by_ministry: SummaryDocument["changes_by_ministry"];
  changes_by_month: SummaryDocument["changes_by_month"];
  changes_by_revision: SummaryDocument["changes_by_revision"];
  moves: MoveDocument[];
  changed_lines: ChangedLine[];
  /** Only of an extract that carries realization and budget: the changes of its budget. */
  budget_changes?: SummaryDocument & { moves: MoveDocument[]; changed_lines: ChangedLine[] };
  control_totals: ControlTotal[];
  scope: Scope | null;
  rejects: RejectDocument[];
  /** Count of lines per warning rule. */
  warnings: Record<string, number>;
  ignored_columns: string[];
  formats: FormatDocument[];
}

/** How a column is written, with the sentence that says so. */
export type FormatDocument = ColumnReport & { message: string };

/** Prints an import result with its rejects explained. */
export function importDocument(result: ImportResult, t: Translate): ImportDocument {
  const { extract, file, layout, sha256, status, rows, amount, changes, scope, warnings } = result;
  return {
    extract,
    file,
    layout,
    sha256,
    status,
    dry_run: result.dryRun,
    rows,
    amount,
    withheld: withheldOf(status, rows, amount),
    changes,
    ...changesDocument(result),
    control_totals: result.controlTotals,
    scope,
    rejects: result.rejects.map(({ row, problems }) => rejectDocument(row, problems, t)),
    warnings,
    ignored_columns: result.ignoredColumns,
    formats: result.formats.map((report) => ({ ...report, message: describeColumn(report, t) })),
  };
}

/** What changed, of payments first; an extract of two kinds has its budget beside. */
function changesDocument(result: ImportResult) {
  const [first, second] = [...result.reports].sort((a, b) => (a.kind > b.kind ? -1 : 1)).map(reportDocument);
  return { ...(first ?? countedOnly(result)), ...(second && { budget_changes: second }) };
}

function reportDocument({ kind, summary, moves, lines }: ImportChanges) {
  return { ...summaryDocument(summary, kind), moves: moves.map(moveDocument), changed_lines: lines };
}

/** Lists and tags have no rupiah; a statement that is in force already has changed nothing. */
function countedOnly({ changes, status, amount }: ImportResult) {
  const lines = (count: number) => ({ lines: count, amount: 0n });
  const same = status === "unchanged" ? amount.posted : 0n;
  const total: ChangeSums = {
    ...noChanges(),
    created: lines(changes.created),
    updated: { lines: changes.updated, before: 0n, after: 0n },
    unchanged: { lines: changes.unchanged, amount: same },
    removed: lines(changes.removed),
    before: same,
    after: same,
  };
  return { ...summaryDocument({ total, byMinistry: [], byPeriod: [] }, null), moves: [], changed_lines: [] };
}

function rejectDocument(row: number, problems: readonly Problem[], t: Translate): RejectDocument {
  const [first, ...others] = problems.map((problem) => problemDocument(problem, t));
  if (!first) throw new Error(`row ${row} was rejected without a reason`);
  return { row, ...first, ...(others.length > 0 && { more: others }) };
}

function problemDocument(problem: Problem, t: Translate): ProblemDocument {
  const { column, value, rule } = problem;
  return { column, value, rule, ...explain(problem, t) };
}
