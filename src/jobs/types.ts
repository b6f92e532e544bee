import type { ImportOptions, ImportResult } from "../ledger/index.ts";
import type { ReportRequest } from "../reporting/index.ts";
import type { ThreadProblem } from "../thread-problem.ts";
import type { ThreadProgress } from "./thread-work.ts";

/** What the sender of a file chose. */
export type ImportChoices = Omit<ImportOptions, "at" | "progress" | "signal" | "kinds">;

/** A report on disk. */
export interface ReportFile {
  /** Where it lies in the folder of reports. */
  path: string;
  bytes: number;
  sha256: string;
  sheets: number;
  checks: number;
  /** Quality checks that do not hold. */
  failed: number;
}

/** Kinds of long work: what each is given and what it gives. */
export interface JobKinds {
  import: {
    /** `upload` is where the file lies in the folder of uploads. */
    input: { upload: string; bytes: number; choices: ImportChoices };
    result: ImportResult;
  };
  report: { input: { request: ReportRequest }; result: ReportFile };
}

export type JobKind = keyof JobKinds;

export const JOB_STATUSES = ["queued", "running", "done", "failed", "cancelled"] as const;

/** `done` also when an extract was blocked: the result says so. */
export type JobStatus = (typeof JOB_STATUSES)[number];

interface JobOf<Kind extends JobKind> {
  id: string;
  kind: Kind;
  status: JobStatus;
  /** The name a person knows it by: that of the file that was sent or asked for. */
  name: string;
  /** The folder of files that holds what the job needs. */
  folder: string;
  position: number;
  input: JobKinds[Kind]["input"];
  /** Null before the first sign of it. */
  progress: ThreadProgress | null;
  /** Null unless done, and of a job that another version of the program did: results change their shape. */
  result: JobKinds[Kind]["result"] | null;
  /** Why it failed. */
  problem: ThreadProblem | null;
  /** How often it was begun. */
  attempts: number;
  /** The process that runs it. */
  owner: string | null;
  /** Goes up while the owner lives. */
  beat: number;
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
  /** When somebody asked for it to stop; a running job stops soon after. */
  cancelledAt: string | null;
}

export type Job = { [Kind in JobKind]: JobOf<Kind> }[JobKind];

export function isFinished({ status }: Pick<Job, "status">): boolean {
  return status !== "queued" && status !== "running";
}
