import { randomUUID } from "node:crypto";
import { EventEmitter } from "node:events";
import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "../errors.ts";
import type { ReportRequest } from "../reporting/index.ts";
import type { Db } from "../store/index.ts";
import type { StoredFiles } from "./files.ts";
import { type Watching, WorkThread } from "./pool.ts";
import type { NewJob } from "./queries.ts";
import { JobQueue, type QueuedJob } from "./queue.ts";
import { type JobLog, JobRunner, LEASE } from "./runner.ts";
import type { ThreadWork } from "./thread-work.ts";
import type { ImportChoices, JobStatus } from "./types.ts";
import { filesOf, type Threads } from "./work.ts";

/** Jobs that may wait, each with its file on disk. */
const MAX_WAITING = 50;

/** Reports are kept for a day after they were written, in milliseconds. */
const REPORT_KEPT = 24 * 60 * 60 * 1000;

/** How often files are looked at that nobody needs any more, in milliseconds. */
const CLEANING = 60 * 60 * 1000;

/** Time to tell followers of jobs that the service stops, in milliseconds. */
const FAREWELL = 1_000;

export interface JobsOptions {
  db: Db;
  files: StoredFiles;
  now: () => Date;
  log: JobLog;
  /** After how long without a sign of life a process is taken for dead, in milliseconds. */
  lease?: number;
}

/** A file that was sent and waits for its job. */
export interface StoredUpload {
  /** Where it lies in the folder of uploads. */
  stored: string;
  name: string;
  bytes: number;
}

/**
 * The long work of the service. Jobs are queued in the store, so that they outlive the process, and done in threads, so
 * that requests are answered meanwhile: imports one at a time for the whole store, reports beside them.
 */
export class Jobs {
  readonly #queue: JobQueue;
  readonly #files: StoredFiles;
  readonly #threads: Threads;
  readonly #runner: JobRunner;
  readonly #now: () => Date;
  readonly #taken = new WeakSet<StoredUpload>();
  readonly #changes = new EventEmitter().setMaxListeners(0);
  readonly #cleaning: NodeJS.Timeout;
  #closing = false;
  #parting = false;

  /** Opens the queue of a store and begins to work on it. */
  static async open(options: JobsOptions): Promise<Jobs> {
    const jobs = new Jobs(await JobQueue.open(options.db.location, options.files), options);
    await jobs.#removeStale();
    return jobs;
  }

  private constructor(queue: JobQueue, { db, files, now, log, lease = LEASE }: JobsOptions) {
    const clean = () => this.#removeStale().catch((error: unknown) => log.error({ err: error }, "old files were left"));
    this.#cleaning = setInterval(clean, CLEANING).unref();
    this.#queue = queue;
    this.#files = files;
    this.#now = now;
    this.#threads = { writer: new WorkThread(db.location), reader: new WorkThread(db.location) };
    const owner = `${hostname()}:${process.pid}:${randomUUID()}`;
    const changed = (id: string): void => void this.#changes.emit(id);
    this.#runner = new JobRunner({
      store: queue.store,
      files,
      threads: this.#threads,
      owner,
      now,
      log,
      lease,
      changed,
    });
  }

  /** @throws AppError 503 when the service is stopping or too many jobs wait */
  async assertRoom(): Promise<void> {
    if (this.#closing) throw new AppError("SERVICE-STOPPING", 503, "the service is stopping");
    if ((await this.#queue.waiting()) >= MAX_WAITING)
      throw new AppError("IMPORT-QUEUE-FULL", 503, "too many jobs wait");
  }

  /** Takes a file over: it is imported and then deleted. */
  async submitImport(upload: StoredUpload, choices: ImportChoices): Promise<QueuedJob> {
    await this.assertRoom();
    const { stored, name, bytes } = upload;
    this.#taken.add(upload);
    return this.#submit(name, { kind: "import", input: { upload: stored, bytes, choices } });
  }

  /** Queues a report, which is kept for a day. */
  async submitReport(request: ReportRequest, name: string): Promise<QueuedJob> {
    await this.assertRoom();
    return this.#submit(name, { kind: "report", input: { request } });
  }

  async #removeStale(): Promise<void> {
    const kept = new Date(this.#now().getTime() - REPORT_KEPT).toISOString();
    const needed = (await this.#queue.needingFiles(kept)).map(filesOf);
    await this.#files.removeStale(needed, this.#now());
  }

  async #submit(name: string, work: NewJob["work"]): Promise<QueuedJob> {
    const created = { id: randomUUID(), name, folder: this.#files.id, createdAt: this.#now().toISOString(), work };
    const job = await this.#queue.add(created);
    this.#runner.wake();
    return job;
  }

  /** Whether a job took a stored file over and will delete it. */
  owns(upload: StoredUpload): boolean {
    return this.#taken.has(upload);
  }

  async find(id: string): Promise<QueuedJob | null> {
    const job = await this.#queue.find(id);
    return job && this.#present(job);
  }

  /** The newest jobs, newest first. */
  async list(limit: number, statuses?: readonly JobStatus[]): Promise<QueuedJob[]> {
    return (await this.#queue.list(limit, statuses)).map((job) => this.#present(job));
  }

  /** The job with what this process knows about it beyond the queue. */
  #present(job: QueuedJob): QueuedJob {
    const progress = job.status === "running" ? this.#runner.progressOf(job.id) : null;
    return progress ? { ...job, progress } : job;
  }

  /**
   * Cancels a job that waits, and stops one that runs, which undoes it within moments. Null for an unknown job.
   *
   * @throws AppError JOB-FINISHED 409
   */
  async cancel(id: string): Promise<QueuedJob | null> {
    const job = await this.#queue.cancel(id, this.#now().toISOString());
    this.#runner.cancel(id);
    this.#changes.emit(id);
    return job && this.#present(job);
  }

  /** Calls back whenever the job changes, until the returned function is called. */
  watch(id: string, listener: () => void): () => void {
    this.#changes.on(id, listener);
    return () => this.#changes.off(id, listener);
  }

  /** Whether this process has done all it will do for its jobs. */
  get parting(): boolean {
    return this.#parting;
  }

  /** Work that a request waits for, on the thread that writes. */
  write<Kind extends "revert">(kind: Kind, given: ThreadWork[Kind]["given"], watching?: Watching) {
    return this.#threads.writer.run(kind, given, watching);
  }

  /** Work that a request waits for, on the thread that reads. */
  read<Kind extends "report" | "reconcile" | "verify" | "propose" | "preview">(
    kind: Kind,
    given: ThreadWork[Kind]["given"],
    watching?: Watching,
  ) {
    return this.#threads.reader.run(kind, given, watching);
  }

  /**
   * Begins no more jobs and lets running ones finish; after `limit` milliseconds they are stopped, which undoes them.
   * They and those that wait are taken up by the next process.
   */
  async close(limit: number): Promise<void> {
    this.#closing = true;
    clearInterval(this.#cleaning);
    await this.#runner.close(limit);
    this.#parting = true;
    for (const id of this.#changes.eventNames()) this.#changes.emit(id);
    // Whoever follows a job is told what has become of it before the queue is closed.
    for (let waited = 0; waited < FAREWELL && this.#changes.eventNames().length > 0; waited += 10) await sleep(10);
    await Promise.all([this.#threads.writer.close(), this.#threads.reader.close()]);
    await this.#queue.close();
  }
}
