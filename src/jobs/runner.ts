import { setTimeout as sleep } from "node:timers/promises";
import { AppError, isSystemError } from "../errors.ts";
import { problemOf } from "../thread-problem.ts";
import type { StoredFiles } from "./files.ts";
import { activeJobs, beat, claim, type End, finish, giveBack, type JobStore, takeFrom } from "./queries.ts";
import { SignsOfLife } from "./signs.ts";
import type { ThreadProgress } from "./thread-work.ts";
import type { Job, JobKind } from "./types.ts";
import { doWork, RUNS_ALONE, type Threads, tidyUp } from "./work.ts";

/** How often the queue is looked at and signs of life are given, in milliseconds. */
const ROUND = 500;

/** A process whose jobs gave no sign of life for so long is dead, in milliseconds. */
export const LEASE = 15_000;

/** How often a job is begun before it is given up: what ends the process each time would do so for ever. */
const MAX_ATTEMPTS = 3;

/** Time for work that was told to stop to be undone, in milliseconds. */
const UNDOING = 10_000;

export interface JobLog {
  info(facts: object, text: string): void;
  error(facts: object, text: string): void;
}

export interface RunnerOptions {
  store: JobStore;
  files: StoredFiles;
  threads: Threads;
  /** Name of this process among those that share the store. */
  owner: string;
  now: () => Date;
  log: JobLog;
  lease: number;
  /** Called whenever something about a job has changed. */
  changed: (id: string) => void;
}

interface Running {
  job: Job;
  progress: ThreadProgress | null;
  stopping: AbortController;
  ended: Promise<void>;
}

/** Reasons to stop work; none of them is an error of the job. */
const CANCELLED = new AppError("JOB-CANCELLED", 409, "the job was cancelled");
const STOPPED = new AppError("JOB-STOPPED", 503, "the service is stopping");
const LOST = new AppError("JOB-LOST", 409, "another process has taken the job over");

/** Runs the jobs of a store in this process: in order, one import at a time among all processes of the store. */
export class JobRunner {
  readonly #own: RunnerOptions;
  readonly #running = new Map<string, Running>();
  readonly #signs: SignsOfLife;
  readonly #loop: Promise<void>;
  /** Jobs that waited or ran when the queue was last looked at. */
  #known = new Set<string>();
  /** No new job is begun. */
  #closing = false;
  #closed = false;
  #wake = (): void => undefined;

  constructor(options: RunnerOptions) {
    this.#own = options;
    this.#signs = new SignsOfLife(options.lease, 2 * ROUND);
    this.#loop = this.#rounds();
  }

  /** Looks at the queue now. */
  wake(): void {
    this.#wake();
  }

  /** How far a job of this process is; undefined for any other. */
  progressOf(id: string): ThreadProgress | null | undefined {
    return this.#running.get(id)?.progress;
  }

  /** Stops a job that this process runs. */
  cancel(id: string): void {
    this.#running.get(id)?.stopping.abort(CANCELLED);
  }

  /**
   * Begins nothing more and lets what runs finish; after `limit` milliseconds it is stopped, undone and given back to the
   * queue, from which the next process takes it.
   */
  async close(limit: number): Promise<void> {
    this.#closing = true;
    const ended = Promise.all([...this.#running.values()].map((running) => running.ended));
    if (!(await within(ended, limit))) {
      for (const { stopping } of this.#running.values()) stopping.abort(STOPPED);
      if (!(await within(ended, UNDOING))) this.#own.log.error({}, "running jobs could not be stopped");
    }
    this.#closed = true;
    this.#wake();
    await this.#loop;
  }

  async #rounds(): Promise<void> {
    while (!this.#closed) {
      const woken = new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      await this.#round().catch((error: unknown) => this.#own.log.error({ err: error }, "the job queue was not read"));
      await within(woken, ROUND);
    }
  }

  async #round(): Promise<void> {
    const { store, files, owner, now, changed } = this.#own;
    for (const running of this.#running.values()) await this.#giveSign(running);
    const active = await activeJobs(store);
    const others = active.filter(({ id, status }) => status === "running" && !this.#running.has(id));
    for (const job of this.#signs.silent(others, performance.now())) await this.#takeOver(job);
    for (const kind of Object.keys(RUNS_ALONE) as JobKind[]) {
      const everywhere = RUNS_ALONE[kind];
      const waits = active.some((job) => job.kind === kind && job.status === "queued" && job.folder === files.id);
      const taken = (everywhere ? active : [...this.#running.values()].map(({ job }) => job)).some(
        (job) => job.kind === kind && job.status === "running",
      );
      if (!waits || taken || this.#closing) continue;
      const job = await claim(store, { owner, folder: files.id, kind, everywhere, at: now().toISOString() });
      if (job) this.#begin(job);
    }
    const before = this.#known;
    this.#known = new Set(active.map(({ id }) => id));
    // Their place in the queue, what another process makes of them, or that they are at their end.
    for (const id of new Set([...before, ...this.#known])) changed(id);
  }

  /** Tells the others that a job is in good hands, and learns whether somebody wants it to stop. */
  async #giveSign({ job, progress, stopping }: Running): Promise<void> {
    const present = await beat(this.#own.store, job, this.#own.owner, progress);
    // What has just ended is no longer running either.
    if (present === null && this.#running.has(job.id)) stopping.abort(LOST);
    else if (present?.cancelledAt) stopping.abort(CANCELLED);
  }

  async #takeOver(job: Job): Promise<void> {
    const { store, files, log, changed } = this.#own;
    const end = job.cancelledAt ? this.#end("cancelled") : job.attempts >= MAX_ATTEMPTS ? this.#end("failed") : null;
    if (end?.status === "failed") end.problem = problemOf(new AppError("JOB-ABANDONED", 500, "begun too often"));
    const taken = await takeFrom(store, job, end);
    if (!taken) return;
    log.info({ job: job.id, from: job.owner, attempts: job.attempts, status: taken.status }, "job of a dead process");
    if (end) await tidyUp(taken, files);
    changed(job.id);
  }

  #begin(job: Job): void {
    const { changed, log } = this.#own;
    const running: Running = { job, progress: null, stopping: new AbortController(), ended: Promise.resolve() };
    this.#running.set(job.id, running);
    running.ended = this.#run(running)
      .catch((error: unknown) => log.error({ job: job.id, err: error }, "the end of a job was not recorded"))
      .finally(() => {
        this.#running.delete(job.id);
        changed(job.id);
        this.#wake();
      });
    changed(job.id);
  }

  async #run(running: Running): Promise<void> {
    const { store, files, owner, log } = this.#own;
    const { job } = running;
    const end = await this.#outcome(running);
    if (end === "lost") return;
    if (typeof end === "number") {
      await this.#record(() => giveBack(store, job, owner, end));
      return;
    }
    const ended = await this.#record(() => finish(store, job, owner, end));
    if (ended) await tidyUp(ended, files);
    log.info({ job: job.id, kind: job.kind, status: end.status }, "job ended");
  }

  /** How the work ended; a number gives the job back with so many attempts on its account. */
  async #outcome(running: Running): Promise<End | number | "lost"> {
    const { files, threads, log, changed } = this.#own;
    const { job, stopping } = running;
    const progress = (done: ThreadProgress): void => {
      running.progress = done;
      changed(job.id);
    };
    try {
      const result = await doWork(job, threads, files, { signal: stopping.signal, progress });
      return { ...this.#end("done"), progress: running.progress, result };
    } catch (error) {
      const code = isSystemError(error) ? error.code : "";
      if (code === LOST.code) return "lost";
      if (code === STOPPED.code) return job.attempts - 1;
      if (code === CANCELLED.code) return { ...this.#end("cancelled"), progress: running.progress };
      log.error({ job: job.id, err: error }, "job failed");
      if (isConnectionLost(error) && job.attempts < MAX_ATTEMPTS) return job.attempts;
      return { ...this.#end("failed"), progress: running.progress, problem: problemOf(error) };
    }
  }

  /** Writes how a job ended, however long the queue cannot be reached. */
  async #record(write: () => Promise<Job | null>): Promise<Job | null> {
    for (;;) {
      try {
        return await write();
      } catch (error) {
        if (this.#closing) throw error;
        this.#own.log.error({ err: error }, "the end of a job is not recorded yet");
      }
      await sleep(ROUND);
    }
  }

  #end(status: End["status"]): End {
    return { status, progress: null, result: null, problem: null, at: this.#own.now().toISOString() };
  }
}

/** The store went away: the next attempt may find it again. */
function isConnectionLost(error: unknown): boolean {
  if (isSystemError(error)) return /^(ECONN|EPIPE|57P0|08|STORE-OPEN)/.test(error.code);
  return error instanceof Error && error.message.startsWith("Connection terminated");
}

/** Whether something ends within a time in milliseconds. */
async function within(work: Promise<unknown>, limit: number): Promise<boolean> {
  const timer = new AbortController();
  const late = sleep(limit, false, { signal: timer.signal }).catch(() => false);
  const inTime = await Promise.race([work.then(() => true), late]);
  timer.abort();
  return inTime;
}
