import type { MessagePort } from "node:worker_threads";
import type { ImportOptions, ImportProgress, ImportResult } from "../ledger/index.ts";

/** What a thread can be asked to do, by kind: what it is given and what it answers. All of it is plain data. */
export interface ThreadWork {
  import: { given: ImportTask; answer: ImportResult };
}

export type ThreadWorkKind = keyof ThreadWork;

export interface ImportTask {
  path: string;
  options: Omit<ImportOptions, "progress" | "signal">;
}

/** One piece of work for a thread. */
export interface ThreadTask<Kind extends ThreadWorkKind = ThreadWorkKind> {
  kind: Kind;
  /** Where the store is; the thread opens connections of its own. */
  location: string;
  given: ThreadWork[Kind]["given"];
  /** Progress goes out; a message that comes in is the reason to stop. */
  port: MessagePort;
}

/** How far a thread is. */
export interface ThreadProgress extends ImportProgress {
  /** Milliseconds since the work began. */
  elapsed: number;
}

/** An error as plain data: threads cannot hand over instances of a class. */
export interface ThreadProblem {
  code: string;
  status: number;
  message: string;
  hint: string | null;
  /** Only of errors nobody foresaw, for the log. */
  stack: string | null;
}

export type ThreadOutcome<Kind extends ThreadWorkKind = ThreadWorkKind> =
  | { answer: ThreadWork[Kind]["answer"] }
  | { problem: ThreadProblem };
