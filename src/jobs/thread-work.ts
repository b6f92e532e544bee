import type { MessagePort } from "node:worker_threads";
import type { MappingProposal, NamedMapping, ProposalHints } from "../extracts/index.ts";
import type { Language } from "../i18n/index.ts";
import type { ImportOptions, ImportProgress, ImportResult, Verification } from "../ledger/index.ts";
import type { MappingPreview } from "../mappings/index.ts";
import type { Reconciliation, ReconciliationRequest } from "../reconciliation/index.ts";
import type { ReportRequest, WrittenReport } from "../reporting/index.ts";
import type { ThreadProblem } from "../thread-problem.ts";

/** What a thread can be asked to do, by kind: what it is given and what it answers. All of it is plain data. */
export interface ThreadWork {
  import: { given: { path: string; options: Omit<ImportOptions, "progress" | "signal"> }; answer: ImportResult };
  report: { given: { request: ReportRequest; file: string }; answer: WrittenReport };
  reconcile: { given: { request: ReconciliationRequest; language: Language }; answer: Reconciliation };
  revert: { given: { extract: number; at: string }; answer: null };
  propose: { given: { path: string; hints: ProposalHints; language: Language }; answer: MappingProposal };
  preview: { given: { path: string; mapping: NamedMapping; language: Language }; answer: MappingPreview };
  verify: { given: null; answer: Verification };
}

export type ThreadWorkKind = keyof ThreadWork;

type TaskOf<Kind extends ThreadWorkKind> = {
  kind: Kind;
  /** Where the store is; the thread opens connections of its own. */
  location: string;
  given: ThreadWork[Kind]["given"];
  /** Progress goes out; a message that comes in is the reason to stop. */
  port: MessagePort;
};

/** One piece of work for a thread. */
export type ThreadTask = { [Kind in ThreadWorkKind]: TaskOf<Kind> }[ThreadWorkKind];

/** How far a thread is; a report counts its percent as bytes. */
export interface ThreadProgress extends ImportProgress {
  /** Milliseconds since the first sign of progress. */
  elapsed: number;
}

export type ThreadOutcome = { answer: unknown } | { problem: ThreadProblem };
