import { randomUUID } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ImportChoices, isFinished, Jobs, type QueuedJob, StoredFiles } from "../../src/jobs/index.ts";
import { ensureReferences } from "../../src/references/index.ts";
import { type Db, openStore } from "../../src/store/index.ts";
import { type Engine, newStorePlace, type StorePlace } from "../support/stores.ts";

const CODE = "459384.133.521731.0240508.4250019.A000000001.00000.1.0151.2.000000.000000.054.100.0A.000277";

export const CHOICES: ImportChoices = {
  layout: null,
  year: null,
  scope: null,
  dryRun: false,
  force: false,
  maxRejects: 0,
  agreement: null,
};

/** A realization file of so many lines of one month: line i carries i + 1 rupiah. */
export function lines(count: number, month = "2019-01"): string {
  const rows = Array.from({ length: count }, (_, index) => {
    return `${CODE},${month}-${String((index % 28) + 1).padStart(2, "0")},${index + 1},${index + 1}`;
  });
  return ["code,date,document,amount", ...rows, ""].join("\n");
}

/** What `lines` adds up to. */
export function sumOf(count: number): bigint {
  return (BigInt(count) * BigInt(count + 1)) / 2n;
}

/** A store with its code lists and a folder of files: what processes of one service share. */
export interface Ground {
  place: StorePlace;
  root: string;
  files: StoredFiles;
  db: Db;
  /** Stores a file as an upload would. */
  upload(name: string, text: string): Promise<{ stored: string; name: string; bytes: number }>;
  dispose(): Promise<void>;
}

export async function newGround(engine: Engine): Promise<Ground> {
  const place = await newStorePlace(engine);
  const root = await mkdtemp(join(tmpdir(), "tandai-jobs-"));
  const files = await StoredFiles.open(root);
  const db = await openStore(place.location);
  await ensureReferences(db);
  return {
    place,
    root,
    files,
    db,
    upload: async (name, text) => {
      const folder = randomUUID();
      await mkdir(join(files.uploads, folder));
      await writeFile(join(files.uploads, folder, name), text);
      return { stored: `${folder}/${name}`, name, bytes: Buffer.byteLength(text) };
    },
    dispose: async () => {
      await db.close();
      await place.dispose();
      await rm(root, { recursive: true, force: true });
    },
  };
}

/** The jobs of one process of the service. */
export function openJobs({ db, files }: Pick<Ground, "db" | "files">, lease = 60_000): Promise<Jobs> {
  const log = { info: () => undefined, error: () => undefined };
  return Jobs.open({ db, files, now: () => new Date(), log, lease });
}

/** The job when something about it holds; fails after a minute. */
export async function until(jobs: Jobs, id: string, holds: (job: QueuedJob) => boolean): Promise<QueuedJob> {
  const deadline = performance.now() + 60_000;
  for (;;) {
    const job = await jobs.find(id);
    if (job && holds(job)) return job;
    if (performance.now() > deadline) throw new Error(`the job is still ${JSON.stringify(job?.status)}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

export const finished = (jobs: Jobs, id: string): Promise<QueuedJob> => until(jobs, id, isFinished);

/** The job is being read: some rows are in. */
export const reading = (jobs: Jobs, id: string): Promise<QueuedJob> =>
  until(jobs, id, ({ status, progress }) => status === "running" && (progress?.rows ?? 0) > 0);
