import { stat } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "../errors.ts";
import type { StoredFiles } from "./files.ts";
import type { Watching, WorkThread } from "./pool.ts";
import type { Job, JobKind, JobKinds } from "./types.ts";

/** The two threads: one writes the ledger, one reads it. Neither waits for the other. */
export interface Threads {
  writer: WorkThread;
  reader: WorkThread;
}

/** Whether only one job of a kind may run at a time for the store, or one for each process. */
export const RUNS_ALONE: Record<JobKind, boolean> = { import: true, report: false };

/** Does the work of a job on the thread it belongs to. */
export async function doWork(
  job: Job,
  threads: Threads,
  files: StoredFiles,
  watching: Watching,
): Promise<JobKinds[JobKind]["result"]> {
  switch (job.kind) {
    case "import": {
      const { upload, choices } = job.input;
      const path = join(files.uploads, upload);
      await stat(path).catch(() => {
        throw new AppError("UPLOAD-GONE", 404, `${job.name} is no longer stored`);
      });
      const at = job.startedAt ?? job.createdAt;
      return threads.writer.run("import", { path, options: { ...choices, kinds: null, at } }, watching);
    }
    case "report": {
      const path = `${job.id}.xlsx`;
      const { request } = job.input;
      const written = await threads.reader.run("report", { request, file: join(files.reports, path) }, watching);
      const { sha256, sheets, bytes, checks } = written;
      const failed = checks.filter(({ status }) => status === "failed").length;
      return { path, bytes, sha256, sheets, checks: checks.length, failed };
    }
  }
}

/** Deletes what a finished job no longer needs. */
export async function tidyUp(job: Job, files: StoredFiles): Promise<void> {
  if (job.folder !== files.id) return;
  if (job.kind === "import") await files.discardUpload(job.input.upload);
  else if (job.status !== "done") await files.discardReport(`${job.id}.xlsx`);
}

/** What lies in the folder of files for a job that is not finished, or whose result is a file. */
export function filesOf(job: Job): string {
  return job.kind === "import" ? job.input.upload : `${job.id}.xlsx`;
}
