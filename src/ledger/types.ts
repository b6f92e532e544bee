import type { ColumnReport, ExtractKind, Reject } from "../extracts/index.ts";
import type { Problem } from "../rules.ts";
import {
  type ChangedLine,
  type ChangeReport,
  type ChangeSummary,
  type ChangeSums,
  type Group,
  type MoveView,
  newLines,
  type RecordedChanges,
} from "./changes/index.ts";
import type { LedgerKind } from "./in-force.ts";
import type { ReadingThread } from "./start-reading.ts";

/** How an extract changes what was in force, line by line. */
export interface Changes {
  created: number;
  updated: number;
  unchanged: number;
  removed: number;
}

/** What an extract changes of one kind of lines; `recorded` lines were written down one by one. */
export type PostedReport = Pick<RecordedChanges, "kind" | "summary" | "recorded">;

/** The first changed lines and moves of one kind, beside the sums of all. */
export interface ImportChanges {
  kind: LedgerKind;
  summary: ChangeSummary;
  moves: MoveView[];
  lines: ChangedLine[];
}

/** The report of an extract whose lines all stand in cells that nothing spoke for before. */
export function allNew(kind: LedgerKind, groups: readonly Group[]): PostedReport {
  return { kind, summary: newLines(groups), recorded: 0 };
}

/** The four counts of a comparison. */
export function countsOf({ created, updated, unchanged, removed }: ChangeSums): Changes {
  return { created: created.lines, updated: updated.lines, unchanged: unchanged.lines, removed: removed.lines };
}

/** What an extract speaks for. */
export interface Scope {
  kind: ExtractKind;
  fiscal_years: number[];
  months: string[];
  satkers: number;
}

/** A total the import checks: what the file says or its rows add up to, against what is stored and rejected. */
export interface ControlTotal {
  name: string;
  file: bigint;
  read: bigint;
  difference: bigint;
}

export type ImportStatus = "posted" | "unchanged" | "blocked" | "dry-run";

/** Rejects listed with the result; all are kept. */
export const LISTED_REJECTS = 50;

/** Changed lines, and moves, listed with the result; all are kept. */
export const LISTED_CHANGES = 50;

/**
 * The result of one file. `rows.posted` are the rows that passed every check, so that rows read are always posted +
 * rejected + skipped; whether they are in the ledger is what `status` says: of a blocked extract they are withheld.
 */
export interface ImportResult {
  extract: number | null;
  file: string;
  layout: string | null;
  sha256: string;
  status: ImportStatus;
  dryRun: boolean;
  rows: { read: number; posted: number; rejected: number; skipped: number };
  amount: { read: bigint; posted: bigint; rejected: bigint };
  changes: Changes;
  /** What changed by ministry and period, and the first lines of it; empty for lists and tags. */
  reports: ImportChanges[];
  controlTotals: ControlTotal[];
  scope: Scope | null;
  rejects: { row: number; problems: Problem[] }[];
  /** Count of lines per warning rule. */
  warnings: Record<string, number>;
  ignoredColumns: string[];
  /** How columns of amounts and dates are written, where not all their cells are plain. */
  formats: ColumnReport[];
}

export interface ImportOptions {
  /** Layout by name; null recognises it by the header. */
  layout: string | null;
  /** A saved mapping by `NAME` or `NAME@VERSION`; without it the one whose header fits, if any. */
  mapping?: string | null;
  /** Kinds the caller accepts, such as only tags. */
  kinds: readonly ExtractKind[] | null;
  scope: string | null;
  /** Fiscal year of a file that does not state it. */
  year: number | null;
  dryRun: boolean;
  /** Posts the good rows of an extract that would be blocked. */
  force: boolean;
  /** How many rejected rows with rupiah do not block. */
  maxRejects: number;
  /** Number of the agreement under which tags are agreed; null proposes them. */
  agreement: string | null;
  /** Who imports; without it nobody was named. */
  actor?: string | null;
  /** The moment of the import, ISO text in UTC. */
  at: string;
  progress?: (done: ImportProgress) => void;
  /** A thread that was started for the file already; the import closes it. */
  thread?: ReadingThread | null;
  /** Stops the import as soon as the present batch is done, which undoes it; its reason is thrown. */
  signal?: AbortSignal;
}

/** Looks at every report of changes of an import before it is kept or, in a dry run, undone. */
export type ChangeWatcher = (report: ChangeReport) => Promise<void>;

export interface ImportProgress {
  rows: number;
  amount: bigint;
  bytesRead: number;
  bytes: number;
}

/** What a poster reports when all lines are in. */
export interface Posted {
  changes: Changes;
  /** What differs from what was in force, line by line; none for lists and tags. */
  reports: PostedReport[];
  scope: Scope;
  /** Date of the newest payment; null where there are none. */
  lastDate: string | null;
  /** Rupiah as the store holds them for this extract. */
  stored: bigint;
  /** Lines refused only when all were known. */
  lateRejects: Reject[];
  /** What was read against what the ledger says now, beside the rupiah stored. */
  totals?: ControlTotal[];
}

/** Writes the lines of one kind within the transaction of the import. */
export interface Poster<Line> {
  add(lines: readonly Line[]): Promise<void>;
  finish(): Promise<Posted>;
}
