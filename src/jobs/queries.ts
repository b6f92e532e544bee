import { and, asc, desc, eq, inArray, sql } from "drizzle-orm";
import type { Db, JobTables, Transaction } from "../store/index.ts";
import type { ThreadProblem } from "../thread-problem.ts";
import { version } from "../version.ts";
import { pack, unpack } from "./packed.ts";
import type { ThreadProgress } from "./thread-work.ts";
import type { Job, JobKind, JobStatus } from "./types.ts";

export type JobStore = Db<JobTables>;

type Row = JobTables["jobs"]["$inferSelect"];

/** States in which a job still has something before it. */
const ACTIVE = ["queued", "running"] as const satisfies readonly JobStatus[];

const PROGRAM = version();

/** A job to be put into the queue. */
export interface NewJob extends Pick<Job, "id" | "name" | "folder" | "createdAt"> {
  work: { [Kind in JobKind]: { kind: Kind; input: Extract<Job, { kind: Kind }>["input"] } }[JobKind];
}

/** Puts a job at the end of the queue. */
export function enqueue(store: JobStore, { work, ...job }: NewJob): Promise<Job> {
  const { jobs } = store.tables;
  return store.tx(async (open) => {
    const [last] = await open.rows<{ position: bigint | null }>(sql`SELECT max(position) AS position FROM jobs`);
    const position = Number(last?.position ?? 0n) + 1;
    const row = { ...job, kind: work.kind, input: pack(work.input), position, status: "queued", attempts: 0, beat: 0 };
    return jobOf(
      one(
        await open
          .insert(jobs)
          .values({ ...row, program: PROGRAM })
          .returning(),
      ),
    );
  });
}

export async function findJob({ tables: { jobs }, read }: JobStore, id: string): Promise<Job | null> {
  const [row] = await read.select().from(jobs).where(eq(jobs.id, id));
  return row ? jobOf(row) : null;
}

/** The newest jobs, newest first. */
export async function newestJobs(
  { tables: { jobs }, read }: JobStore,
  statuses: readonly JobStatus[],
  limit: number,
): Promise<Job[]> {
  const rows = await read
    .select()
    .from(jobs)
    .where(inArray(jobs.status, [...statuses]))
    .orderBy(desc(jobs.position))
    .limit(limit);
  return rows.map(jobOf);
}

/** Jobs that wait or run, in the order of the queue. */
export async function activeJobs({ tables: { jobs }, read }: JobStore): Promise<Job[]> {
  const rows = await read
    .select()
    .from(jobs)
    .where(inArray(jobs.status, [...ACTIVE]))
    .orderBy(asc(jobs.position));
  return rows.map(jobOf);
}

/** Who may begin which jobs. */
export interface Claim {
  owner: string;
  folder: string;
  kind: JobKind;
  /** Whether no process may run a second job of the kind, or only this one may not. */
  everywhere: boolean;
  at: string;
}

/** Makes the first job that waits one's own, unless one of its kind runs already. */
export function claim(store: JobStore, wanted: Claim): Promise<Job | null> {
  const { jobs } = store.tables;
  const { owner, folder, kind, everywhere, at } = wanted;
  return store.tx(async (open) => {
    const taken = and(eq(jobs.kind, kind), eq(jobs.status, "running"), everywhere ? undefined : eq(jobs.owner, owner));
    if ((await open.select({ id: jobs.id }).from(jobs).where(taken).limit(1)).length > 0) return null;
    const [next] = await open
      .select()
      .from(jobs)
      .where(and(eq(jobs.kind, kind), eq(jobs.status, "queued"), eq(jobs.folder, folder)))
      .orderBy(asc(jobs.position))
      .limit(1);
    if (!next) return null;
    const changes = { status: "running", owner, startedAt: at, attempts: next.attempts + 1, beat: next.beat + 1 };
    return change(open, jobs, and(eq(jobs.id, next.id), eq(jobs.status, "queued")), { ...changes, progress: null });
  });
}

/** A sign of life with the progress; null when the job is no longer one's own. */
export function beat(store: JobStore, job: Job, owner: string, progress: ThreadProgress | null): Promise<Job | null> {
  const { jobs } = store.tables;
  return store.tx((open) =>
    change(open, jobs, and(eq(jobs.id, job.id), eq(jobs.owner, owner), eq(jobs.status, "running")), {
      beat: sql`${jobs.beat} + 1`,
      progress: progress && pack(progress),
    }),
  );
}

/** How a job ended. */
export interface End {
  status: Exclude<JobStatus, (typeof ACTIVE)[number]>;
  progress: ThreadProgress | null;
  result: Job["result"];
  problem: ThreadProblem | null;
  at: string;
}

/** Ends one's own job; null when it is no longer one's own. */
export function finish(store: JobStore, job: Job, owner: string, end: End): Promise<Job | null> {
  const { jobs } = store.tables;
  return store.tx((open) =>
    change(open, jobs, and(eq(jobs.id, job.id), eq(jobs.owner, owner), eq(jobs.status, "running")), ending(end)),
  );
}

/** Gives one's own job back to the queue, where it has kept its place. */
export function giveBack(store: JobStore, job: Job, owner: string, attempts: number): Promise<Job | null> {
  const { jobs } = store.tables;
  return store.tx((open) =>
    change(open, jobs, and(eq(jobs.id, job.id), eq(jobs.owner, owner), eq(jobs.status, "running")), {
      ...BACK,
      attempts,
    }),
  );
}

const BACK = { status: "queued", owner: null, startedAt: null, progress: null };

/** Takes a job from a process that gave no sign of life since the job was read. Null when it did after all. */
export function takeFrom(store: JobStore, { id, owner, beat: last }: Job, end: End | null): Promise<Job | null> {
  const { jobs } = store.tables;
  const unchanged = and(eq(jobs.id, id), eq(jobs.owner, owner ?? ""), eq(jobs.beat, last), eq(jobs.status, "running"));
  return store.tx((open) => change(open, jobs, unchanged, end ? ending(end) : BACK));
}

/** Cancels a job that waits; asks a running one to stop. Null when it is finished or unknown. */
export function cancel(store: JobStore, id: string, at: string): Promise<Job | null> {
  const { jobs } = store.tables;
  return store.tx(async (open) => {
    const waiting = and(eq(jobs.id, id), eq(jobs.status, "queued"));
    const stopped = await change(open, jobs, waiting, { status: "cancelled", cancelledAt: at, finishedAt: at });
    const running = and(eq(jobs.id, id), eq(jobs.status, "running"));
    return stopped ?? (await change(open, jobs, running, { cancelledAt: sql`coalesce(${jobs.cancelledAt}, ${at})` }));
  });
}

/** Forgets finished jobs but the newest `keep`. */
export async function forgetOld(store: JobStore, keep: number): Promise<void> {
  const { jobs } = store.tables;
  await store.tx(async (open) => {
    const finished = inArray(jobs.status, ["done", "failed", "cancelled"]);
    const [oldest] = await open
      .select({ position: jobs.position })
      .from(jobs)
      .where(finished)
      .orderBy(desc(jobs.position))
      .offset(keep)
      .limit(1);
    if (oldest) await open.delete(jobs).where(and(finished, sql`${jobs.position} <= ${oldest.position}`));
  });
}

function ending({ status, progress, result, problem, at }: End) {
  return {
    status,
    finishedAt: at,
    progress: progress && pack(progress),
    result: result && pack(result),
    problem: problem && pack(problem),
    program: PROGRAM,
  };
}

type Changes = Parameters<ReturnType<Transaction["update"]>["set"]>[0];

async function change(
  open: Transaction,
  jobs: JobTables["jobs"],
  where: ReturnType<typeof and>,
  changes: Changes,
): Promise<Job | null> {
  const [row] = await open.update(jobs).set(changes).where(where).returning();
  return row ? jobOf(row) : null;
}

function one(rows: readonly Row[]): Row {
  const [row] = rows;
  if (!row) throw new Error("a job was written and is not there");
  return row;
}

function jobOf({ input, progress, result, problem, program, ...row }: Row): Job {
  return {
    ...row,
    input: unpack(input),
    progress: progress === null ? null : unpack(progress),
    result: result === null || program !== PROGRAM ? null : unpack(result),
    problem: problem === null ? null : unpack(problem),
  } as Job;
}
