import { EventEmitter } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type { FastifyBaseLogger } from "fastify";
import { AppError } from "../errors.ts";
import { type ImportOptions, type ImportProgress, type ImportResult, importFile } from "../ledger/index.ts";
import type { Db } from "../store/index.ts";
import type { Upload } from "./uploads.ts";

/** What the sender of a file chose. */
export type ImportChoices = Omit<ImportOptions, "at" | "progress" | "kinds">;

export type JobState = "queued" | "running" | "done" | "failed";

/** An import under way or finished. `done` also when the extract was blocked: the result says so. */
export interface ImportJob {
  readonly id: string;
  readonly file: string;
  readonly createdAt: string;
  state: JobState;
  startedAt: string | null;
  finishedAt: string | null;
  progress: ImportProgress;
  result: ImportResult | null;
  /** What was thrown; null unless failed. */
  error: unknown;
}

interface Work {
  job: ImportJob;
  upload: Upload;
  choices: ImportChoices;
}

/** Imports that may wait, each with its file on disk. */
const MAX_WAITING = 50;

/** Finished jobs that are remembered; older ones are forgotten (their extracts are not). */
const MAX_REMEMBERED = 500;

/** Time for an import that was told to stop to roll back, in milliseconds. */
const ROLLBACK_TIME = 10_000;

/**
 * Runs imports one after the other, as the store can only take one at a time. Jobs live in the memory of this process:
 * after a restart they are unknown, and an import that had not finished has changed nothing.
 */
export class ImportJobs {
  readonly #db: Db;
  readonly #now: () => Date;
  readonly #log: FastifyBaseLogger;
  readonly #jobs = new Map<string, ImportJob>();
  readonly #taken = new WeakSet<Upload>();
  readonly #changes = new EventEmitter().setMaxListeners(0);
  #waiting: Work[] = [];
  #running: Promise<void> | null = null;
  /** No new work is taken, what waits is dropped. */
  #closing = false;
  /** The running import must end now. */
  #interrupted = false;

  constructor(db: Db, now: () => Date, log: FastifyBaseLogger) {
    this.#db = db;
    this.#now = now;
    this.#log = log;
  }

  /** @throws AppError 503 when the service is stopping or too many imports wait */
  assertRoom(): void {
    if (this.#closing) throw new AppError("SERVICE-STOPPING", 503, "the service is stopping");
    if (this.#waiting.length >= MAX_WAITING) throw new AppError("IMPORT-QUEUE-FULL", 503, "too many imports wait");
  }

  /** Takes a file over: it is imported and then deleted. */
  submit(upload: Upload, choices: ImportChoices): ImportJob {
    this.assertRoom();
    const job: ImportJob = {
      id: crypto.randomUUID(),
      file: upload.name,
      createdAt: this.#moment(),
      state: "queued",
      startedAt: null,
      finishedAt: null,
      progress: { rows: 0, amount: 0n, bytesRead: 0, bytes: upload.bytes },
      result: null,
      error: null,
    };
    this.#jobs.set(job.id, job);
    this.#taken.add(upload);
    this.#forgetOldest();
    this.#waiting.push({ job, upload, choices });
    this.#running ??= this.#work();
    return job;
  }

  /** Whether a job took the file over and will delete it. */
  owns(upload: Upload): boolean {
    return this.#taken.has(upload);
  }

  find(id: string): ImportJob | undefined {
    return this.#jobs.get(id);
  }

  /** Calls back whenever the job changes, until the returned function is called. */
  watch(job: ImportJob, listener: () => void): () => void {
    this.#changes.on(job.id, listener);
    return () => this.#changes.off(job.id, listener);
  }

  /**
   * Takes no more work, drops what waits, and lets the running import finish; after `limit` milliseconds it is
   * interrupted, which undoes it.
   */
  async close(limit: number): Promise<void> {
    this.#closing = true;
    const dropped = this.#waiting;
    this.#waiting = [];
    for (const { job, upload } of dropped) await this.#finish(job, upload, { error: stopped() });
    if (!this.#running || (await within(this.#running, limit))) return;
    this.#interrupted = true;
    if (!(await within(this.#running, ROLLBACK_TIME))) this.#log.error("the running import could not be interrupted");
  }

  async #work(): Promise<void> {
    // The reply to the sender goes first.
    await sleep(0);
    for (let work = this.#waiting.shift(); work; work = this.#waiting.shift()) await this.#import(work);
    this.#running = null;
  }

  async #import({ job, upload, choices }: Work): Promise<void> {
    job.state = "running";
    job.startedAt = this.#moment();
    this.#changes.emit(job.id);
    try {
      const result = await importFile(this.#db, upload.path, {
        ...choices,
        kinds: null,
        at: job.startedAt,
        progress: (progress) => {
          if (this.#interrupted) throw stopped();
          job.progress = progress;
          this.#changes.emit(job.id);
        },
      });
      await this.#finish(job, upload, { result });
    } catch (error) {
      await this.#finish(job, upload, { error });
    }
  }

  async #finish(job: ImportJob, upload: Upload, outcome: { result: ImportResult } | { error: unknown }): Promise<void> {
    await upload.discard().catch((error: unknown) => this.#log.error({ err: error }, "an upload was not deleted"));
    job.finishedAt = this.#moment();
    if ("result" in outcome) {
      job.state = "done";
      job.result = outcome.result;
      const { status, extract, rows } = outcome.result;
      this.#log.info({ job: job.id, status, extract, rows }, "import finished");
    } else {
      job.state = "failed";
      job.error = outcome.error;
      this.#log.error({ job: job.id, err: outcome.error }, "import failed");
    }
    this.#changes.emit(job.id);
  }

  #forgetOldest(): void {
    for (const [id, { finishedAt }] of this.#jobs) {
      if (this.#jobs.size <= MAX_REMEMBERED) return;
      if (finishedAt !== null) this.#jobs.delete(id);
    }
  }

  #moment(): string {
    return this.#now().toISOString();
  }
}

export function isFinished({ state }: ImportJob): boolean {
  return state === "done" || state === "failed";
}

/** Part of the file that was read, in whole percent; 100 only when the job is finished. */
export function percentOf(job: ImportJob): number {
  if (job.state === "done") return 100;
  const { bytesRead, bytes } = job.progress;
  return bytes === 0 ? 0 : Math.min(99, Math.floor((bytesRead * 100) / bytes));
}

function stopped(): AppError {
  return new AppError("IMPORT-INTERRUPTED", 503, "the service was stopped before the import had finished");
}

/** Whether the work ends within a time in milliseconds. */
async function within(work: Promise<void>, limit: number): Promise<boolean> {
  const timer = new AbortController();
  const late = sleep(limit, false, { signal: timer.signal }).catch(() => false);
  const inTime = await Promise.race([work.then(() => true), late]);
  timer.abort();
  return inTime;
}
