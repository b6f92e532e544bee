import { AppError } from "../../errors.ts";
import type { Translate } from "../../i18n/index.ts";
import type { Db, Reader } from "../../store/index.ts";
import { cellKindsOf, type LedgerKind } from "../in-force.ts";
import type { ChangeSummary } from "./change-sums.ts";
import { type ChangedLine, type Listed, listChanges, listMoves, type MoveView } from "./changed-lines.ts";
import { readSummary, type StoredSummary } from "./stored-summary.ts";

/** What the record of an extract keeps of its changes. */
export interface StoredReport {
  summary: StoredSummary;
  /** Changes written down line by line. */
  recorded: number;
}

/** Which lines changed between two states of the ledger, or two extracts, and by how much. */
export interface ChangeReport {
  kind: LedgerKind;
  summary: ChangeSummary;
  /** Changed lines in all. */
  count: number;
  /** Changed lines in order, from after a number on. */
  lines(after: number, limit: number): Promise<ChangedLine[]>;
  /** Moves in order, from after a number on (the first is 1). */
  moves(after: number, limit: number): Promise<MoveView[]>;
}

/** The report of changes as they were written down when an extract was posted. */
export function recordedReport(reader: Reader, extract: Listed, summary: ChangeSummary): ChangeReport {
  const { created, updated, removed } = summary.total;
  return {
    kind: extract.kind,
    summary,
    count: created.lines + updated.lines + removed.lines,
    lines: (after, limit) => listChanges(reader, extract, after, limit),
    moves: (after, limit) => listMoves(reader, extract.id, after, limit),
  };
}

type ExtractRow = Db["tables"]["extracts"]["$inferSelect"];

/**
 * What an extract changed when it was posted, one report per kind of lines it carries; also when it was superseded or
 * reverted since.
 *
 * @throws AppError 409 for an extract that is not posted, has no lines of the ledger, or was posted before such reports
 * were kept
 */
export function changeReports(reader: Reader, extract: ExtractRow, t: Translate): ChangeReport[] {
  const { id, status } = extract;
  const kinds = cellKindsOf(extract.kind).filter((kind) => kind !== "achievements");
  if (kinds.length === 0) throw noReport(t("changes.noLines", { extract: id }));
  if (status === "blocked") throw noReport(t("changes.blocked", { extract: id }));
  const { reports = {} } = extract.outcome as { reports?: Partial<Record<LedgerKind, StoredReport>> };
  const found: ChangeReport[] = [];
  for (const kind of kinds) {
    const report = reports[kind];
    if (!report) continue;
    found.push(recordedReport(reader, { id, kind, recorded: report.recorded }, readSummary(report.summary)));
  }
  if (found.length === 0) throw noReport(t("changes.notKept", { extract: id }));
  return found;
}

/**
 * The report of one kind; without a kind that of payments, else of budgets.
 *
 * @throws AppError 400 when the extract carries no lines of the kind
 */
export function reportOfKind(
  reports: readonly ChangeReport[],
  kind: LedgerKind | undefined,
  t: Translate,
): ChangeReport {
  const wanted = kind ?? (reports.some((report) => report.kind === "realization") ? "realization" : "budget");
  const found = reports.find((report) => report.kind === wanted);
  if (!found) throw new AppError("USAGE", 400, t("changes.noKind", { kind: t(`changes.kind.${wanted}`) }));
  return found;
}

function noReport(message: string): AppError {
  return new AppError("CHANGES-NONE", 409, message, "tandai extracts");
}
