import { type ColumnReport, describeColumn } from "../extracts/index.ts";
import type { Translate } from "../i18n/index.ts";
import { explain, type Problem } from "../rules.ts";
import type { Changes, ControlTotal, ImportResult, ImportStatus, Scope } from "./types.ts";

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
    control_totals: result.controlTotals,
    scope,
    rejects: result.rejects.map(({ row, problems }) => rejectDocument(row, problems, t)),
    warnings,
    ignored_columns: result.ignoredColumns,
    formats: result.formats.map((report) => ({ ...report, message: describeColumn(report, t) })),
  };
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
