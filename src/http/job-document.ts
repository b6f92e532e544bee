import type { Translate } from "../i18n/index.ts";
import { type ImportDocument, importDocument } from "../ledger/import-document.ts";
import { type ImportJob, type JobState, percentOf } from "./import-jobs.ts";
import { problemOf } from "./problems.ts";
import type { ProblemDocument } from "./schemas.ts";

/** An import job as JSON. */
export interface JobDocument {
  id: string;
  kind: "import";
  state: JobState;
  file: string;
  created_at: string;
  started_at: string | null;
  finished_at: string | null;
  progress: { rows: number; amount: bigint; bytes_read: number; bytes: number; percent: number };
  result: ImportDocument | null;
  problem: ProblemDocument | null;
}

/** Prints a job in the language of whoever asks, whoever sent the file. */
export function jobDocument(job: ImportJob, t: Translate): JobDocument {
  const { id, state, file, progress, result } = job;
  const problem =
    state === "failed" ? problemOf(job.error, { t, instance: jobPath(job), requestId: id, input: {} }) : null;
  return {
    id,
    kind: "import",
    state,
    file,
    created_at: job.createdAt,
    started_at: job.startedAt,
    finished_at: job.finishedAt,
    progress: {
      rows: progress.rows,
      amount: progress.amount,
      bytes_read: progress.bytesRead,
      bytes: progress.bytes,
      percent: percentOf(job),
    },
    result: result && importDocument(result, t),
    problem,
  };
}

/** Where a job is found. */
export function jobPath({ id }: Pick<ImportJob, "id">): string {
  return `/api/v1/jobs/${id}`;
}
