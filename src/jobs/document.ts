import { problemOf } from "../http/problems.ts";
import type { ProblemDocument } from "../http/schemas.ts";
import type { Translate } from "../i18n/index.ts";
import { type ImportDocument, importDocument } from "../ledger/import-document.ts";
import { errorOf } from "../thread-problem.ts";
import { paceOf, percentOf } from "./pace.ts";
import type { QueuedJob } from "./queue.ts";
import type { JobKind, JobStatus, ReportFile } from "./types.ts";

/** A job as JSON, without its outcome. */
export interface ListedJobDocument {
  id: string;
  kind: JobKind;
  state: JobStatus;
  file: string;
  ahead: number;
  attempts: number;
  created_at: string;
  started_at: string | null;
  finished_at: string | null;
  cancelled_at: string | null;
  progress: {
    rows: number;
    amount: bigint;
    bytes_read: number;
    bytes: number;
    percent: number;
    rows_per_second: number | null;
    seconds_left: number | null;
  };
}

/** A job as JSON. */
export interface JobDocument extends ListedJobDocument {
  result: ImportDocument | null;
  report: (Omit<ReportFile, "path"> & { href: string }) | null;
  problem: ProblemDocument | null;
}

export function listedJobDocument(job: QueuedJob): ListedJobDocument {
  const { id, kind, status, name, ahead, attempts, progress } = job;
  const { rowsPerSecond, secondsLeft } = paceOf(job);
  return {
    id,
    kind,
    state: status,
    file: name,
    ahead,
    attempts,
    created_at: job.createdAt,
    started_at: job.startedAt,
    finished_at: job.finishedAt,
    cancelled_at: job.cancelledAt,
    progress: {
      rows: progress?.rows ?? 0,
      amount: progress?.amount ?? 0n,
      bytes_read: progress?.bytesRead ?? 0,
      bytes: progress?.bytes ?? (job.kind === "import" ? job.input.bytes : 0),
      percent: percentOf(job),
      rows_per_second: rowsPerSecond,
      seconds_left: secondsLeft,
    },
  };
}

/** Prints a job in the language of whoever asks, whoever sent the file. */
export function jobDocument(job: QueuedJob, t: Translate): JobDocument {
  const context = { t, instance: jobPath(job), requestId: job.id, input: {} };
  return {
    ...listedJobDocument(job),
    result: job.kind === "import" && job.result ? importDocument(job.result, t) : null,
    report: job.kind === "report" && job.result ? reportDocument(job, job.result) : null,
    problem: job.problem && problemOf(errorOf(job.problem), context),
  };
}

function reportDocument(job: QueuedJob, { path: _, ...facts }: ReportFile): JobDocument["report"] {
  return { href: `${jobPath(job)}/file`, ...facts };
}

/** Where a job is found. */
export function jobPath({ id }: { id: string }): string {
  return `/api/v1/jobs/${id}`;
}
