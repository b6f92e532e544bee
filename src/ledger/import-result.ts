import { basename } from "node:path";
import { fileProblem, type Reject, type RejectSpool, type Table, type UnreadableFile } from "../extracts/index.ts";
import type { RuleId } from "../rules.ts";
import type { Statement } from "./extract-records.ts";
import type { Tally } from "./tally.ts";
import { type ImportOptions, type ImportResult, LISTED_REJECTS, type Posted } from "./types.ts";

/** What came of reading a whole file. */
interface Outcome {
  /** The number that the extract has if it is posted. */
  id: number;
  statement: Statement;
  table: Table;
  options: ImportOptions;
  tally: Tally;
  rejects: RejectSpool;
  warnings: ReadonlyMap<RuleId, number>;
  /** Whether its rejects block it. */
  isBlocked: boolean;
  posted: Posted;
}

/** The result of an import; control totals that do not agree block it too. */
export function resultOf(outcome: Outcome): ImportResult {
  const { id, statement, table, options, tally, rejects, warnings, isBlocked, posted } = outcome;
  const controlTotals = isBlocked ? [] : tally.controlTotals(posted);
  const differs = controlTotals.some(({ difference }) => difference !== 0n);
  if (controlTotals.some(({ name, difference }) => name === "file total" && difference !== 0n)) {
    throw new Error(`rupiah read and rupiah stored differ for ${statement.file}`);
  }
  const status = isBlocked || (differs && !options.force) ? "blocked" : options.dryRun ? "dry-run" : "posted";
  return {
    extract: status === "posted" ? id : null,
    file: statement.file,
    layout: table.layout.id,
    sha256: statement.sha256,
    status,
    dryRun: options.dryRun,
    rows: { read: tally.read, posted: tally.posted, rejected: tally.rejected, skipped: tally.skipped },
    amount: { read: tally.amountRead, posted: tally.amountPosted, rejected: tally.amountRejected },
    changes: status === "blocked" ? { created: 0, updated: 0, unchanged: 0, removed: 0 } : posted.changes,
    reports: [],
    controlTotals,
    scope: posted.scope,
    rejects: rejects.first(LISTED_REJECTS).map(({ row, problems }: Reject) => ({ row, problems })),
    warnings: Object.fromEntries(warnings),
    ignoredColumns: table.ignored,
    formats: table.formats.reports(),
  };
}

/** A file that could not be read as a table: nothing is posted, and the reason stands where it was met. */
export function unreadable(path: string, sha256: string, error: UnreadableFile, options: ImportOptions): ImportResult {
  const nothing = { read: 0, posted: 0, rejected: 0, skipped: 0 };
  return {
    extract: null,
    file: basename(path),
    layout: null,
    sha256,
    status: "blocked",
    dryRun: options.dryRun,
    rows: nothing,
    amount: { read: 0n, posted: 0n, rejected: 0n },
    changes: { created: 0, updated: 0, unchanged: 0, removed: 0 },
    reports: [],
    controlTotals: [],
    scope: null,
    rejects: [{ row: error.row, problems: [fileProblem(error)] }],
    warnings: {},
    ignoredColumns: [],
    formats: [],
  };
}
