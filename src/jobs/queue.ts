import { AppError } from "../errors.ts";
import { openJobStore } from "../store/index.ts";
import type { StoredFiles } from "./files.ts";
import { activeJobs, cancel, enqueue, findJob, forgetOld, type JobStore, type NewJob, newestJobs } from "./queries.ts";
import { JOB_STATUSES, type Job, type JobStatus } from "./types.ts";
import { tidyUp } from "./work.ts";

/** Finished jobs that are remembered; older ones are forgotten (their extracts are not). */
const MAX_REMEMBERED = 1_000;

/** A job with the number of jobs of its kind that come before it. */
export type QueuedJob = Job & { ahead: number };

/** The jobs of a store as every process sees them, whether or not it runs any. */
export class JobQueue {
  readonly store: JobStore;
  readonly #files: StoredFiles;

  /** Opens the queue of a store, creating it when needed. */
  static async open(location: string, files: StoredFiles): Promise<JobQueue> {
    return new JobQueue(await openJobStore(location), files);
  }

  private constructor(store: JobStore, files: StoredFiles) {
    this.store = store;
    this.#files = files;
  }

  /** Puts a job at the end of the queue. */
  async add(job: NewJob): Promise<QueuedJob> {
    const added = await enqueue(this.store, job);
    await forgetOld(this.store, MAX_REMEMBERED);
    return inQueue(added, await activeJobs(this.store));
  }

  async find(id: string): Promise<QueuedJob | null> {
    const job = await findJob(this.store, id);
    return job && inQueue(job, job.status === "queued" ? await activeJobs(this.store) : []);
  }

  /** The newest jobs, newest first. */
  async list(limit: number, statuses: readonly JobStatus[] = JOB_STATUSES): Promise<QueuedJob[]> {
    const active = await activeJobs(this.store);
    return (await newestJobs(this.store, statuses, limit)).map((job) => inQueue(job, active));
  }

  /** How many jobs wait. */
  async waiting(): Promise<number> {
    return (await activeJobs(this.store)).filter(({ status }) => status === "queued").length;
  }

  /** Jobs that still need files: those that wait or run, and reports that were finished after a moment. */
  async needingFiles(reportsSince: string): Promise<Job[]> {
    const done = await newestJobs(this.store, ["done"], MAX_REMEMBERED);
    const reports = done.filter(({ kind, finishedAt }) => kind === "report" && (finishedAt ?? "") > reportsSince);
    return [...(await activeJobs(this.store)), ...reports];
  }

  /**
   * Cancels a job that waits, and asks one that runs to stop. Null for an unknown job.
   *
   * @throws AppError JOB-FINISHED 409
   */
  async cancel(id: string, at: string): Promise<QueuedJob | null> {
    const job = await cancel(this.store, id, at);
    const known = await this.find(id);
    if (known && !job) throw new AppError("JOB-FINISHED", 409, `job ${id} is ${known.status}`);
    if (job?.status === "cancelled") await tidyUp(job, this.#files);
    return known;
  }

  close(): Promise<void> {
    return this.store.close();
  }
}

function inQueue(job: Job, active: readonly Job[]): QueuedJob {
  const before = active.filter(({ kind, position }) => kind === job.kind && position < job.position);
  return { ...job, ahead: job.status === "queued" ? before.length : 0 };
}
