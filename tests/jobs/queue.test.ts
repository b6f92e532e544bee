import { existsSync } from "node:fs";
import { readdir, rm, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Jobs, type QueuedJob, StoredFiles } from "../../src/jobs/index.ts";
import { claim, type JobStore } from "../../src/jobs/queries.ts";
import { listExtracts, verifyStore } from "../../src/ledger/index.ts";
import { openJobStore } from "../../src/store/index.ts";
import { errorOf } from "../../src/thread-problem.ts";
import { ENGINES } from "../support/stores.ts";
import { CHOICES, finished, type Ground, lines, newGround, openJobs, reading, sumOf, until } from "./support.ts";

/** Takes a few seconds to import. */
const LARGE = 30_000;

describe.each(ENGINES)("the queue on %s", (engine) => {
  let ground: Ground;
  let jobs: Jobs;
  beforeEach(async () => {
    ground = await newGround(engine);
    jobs = await openJobs(ground);
  });
  afterEach(async () => {
    await jobs.close(0);
    await ground.dispose();
  });

  const submit = async (name: string, text: string): Promise<QueuedJob> =>
    jobs.submitImport(await ground.upload(name, text), CHOICES);
  const uploads = () => readdir(ground.files.uploads);

  it("runs imports in the order they came, one at a time, and knows them afterwards", async () => {
    const sent = [];
    for (const name of ["a.csv", "b.csv", "c.csv"])
      sent.push(await submit(name, lines(3 + sent.length, `2019-0${sent.length + 1}`)));
    expect(sent.map(({ status }) => status)).toEqual(["queued", "queued", "queued"]);
    expect(sent[2]?.ahead).toBeGreaterThan(0);
    const done = await Promise.all(sent.map(({ id }) => finished(jobs, id)));
    expect(done.map(({ status, attempts, problem }) => [status, attempts, problem])).toEqual(
      Array(3).fill(["done", 1, null]),
    );
    const extracts = await listExtracts(ground.db);
    expect(extracts.map(({ file }) => file)).toEqual(["a.csv", "b.csv", "c.csv"]);
    expect(done.map(({ result }) => result && "extract" in result && result.extract)).toEqual([1, 2, 3]);
    expect(done[2]?.result).toMatchObject({ status: "posted", amount: { posted: sumOf(5) } });
    for (let index = 1; index < 3; index++) {
      expect((done[index]?.startedAt ?? "") >= (done[index - 1]?.finishedAt ?? "~")).toBe(true);
    }
    expect((await jobs.list(10)).map(({ name }) => name)).toEqual(["c.csv", "b.csv", "a.csv"]);
    await expect.poll(uploads).toEqual([]);
    // Another process sees the same, rupiah exact.
    const others = await openJobs(ground);
    expect(await others.find(sent[2]?.id ?? "")).toEqual(done[2]);
    await others.close(0);
  });

  it("never begins a job that was cancelled while it waited, and deletes its file", async () => {
    const first = await submit("first.csv", lines(LARGE));
    const second = await submit("second.csv", lines(5, "2019-02"));
    expect(await jobs.cancel(second.id)).toMatchObject({ status: "cancelled", attempts: 0 });
    expect(await uploads()).toHaveLength(1);
    await expect(jobs.cancel(second.id)).rejects.toMatchObject({ code: "JOB-FINISHED", status: 409 });
    expect(await finished(jobs, first.id)).toMatchObject({ status: "done" });
    expect((await listExtracts(ground.db)).map(({ file }) => file)).toEqual(["first.csv"]);
    expect(await jobs.cancel("none")).toBeNull();
  });

  it("stops a running import within two seconds, which leaves nothing, and goes on with the next", async () => {
    const large = await submit("large.csv", lines(LARGE * 10));
    const next = await submit("next.csv", lines(7, "2019-02"));
    const seen = await reading(jobs, large.id);
    expect(seen.progress?.rows).toBeLessThan(LARGE * 4);
    const begun = performance.now();
    await jobs.cancel(large.id);
    const ended = await finished(jobs, large.id);
    expect(performance.now() - begun).toBeLessThan(2_000);
    expect(ended).toMatchObject({ status: "cancelled", result: null, problem: null });
    expect(await finished(jobs, next.id)).toMatchObject({ status: "done", result: { status: "posted" } });
    expect((await listExtracts(ground.db)).map(({ file, amount }) => [file, amount.posted])).toEqual([
      ["next.csv", sumOf(7)],
    ]);
    expect((await verifyStore(ground.db)).findings).toEqual([]);
    await expect.poll(uploads).toEqual([]);
  });

  it("says why a job failed, and keeps a blocked one with its rejects", async () => {
    const gone = await ground.upload("gone.csv", lines(3));
    await rm(join(ground.files.uploads, gone.stored));
    const lost = await finished(jobs, (await jobs.submitImport(gone, CHOICES)).id);
    expect(lost).toMatchObject({ status: "failed", result: null, problem: { code: "UPLOAD-GONE", status: 404 } });
    expect(lost.problem && errorOf(lost.problem)).toMatchObject({ code: "UPLOAD-GONE" });
    const scope = await jobs.submitImport(await ground.upload("a.csv", lines(3)), { ...CHOICES, scope: "nonsense" });
    expect(await finished(jobs, scope.id)).toMatchObject({ status: "failed", problem: { status: 400, stack: null } });
    const blocked = await finished(jobs, (await submit("bad.csv", lines(3).replace(",1,1\n", ",1,x\n"))).id);
    expect(blocked).toMatchObject({ status: "done", result: { status: "blocked", rows: { read: 3, rejected: 1 } } });
    await expect.poll(uploads).toEqual([]);
  });

  it("takes a fixed number of waiting files and refuses more", async () => {
    await submit("running.csv", lines(LARGE));
    for (let sent = 0; sent < 50; sent++)
      await submit(`${sent}.csv`, lines(1)).catch((error: unknown) => expect(sent).toBe(error));
    await expect(submit("one-too-many.csv", lines(1))).rejects.toMatchObject({
      code: "IMPORT-QUEUE-FULL",
      status: 503,
    });
    for (const { id, status } of await jobs.list(100))
      if (status === "queued") await jobs.cancel(id).catch(() => undefined);
  });

  it("writes a report beside a running import", async () => {
    const large = await submit("large.csv", lines(LARGE * 10));
    await reading(jobs, large.id);
    const request = {
      window: { from: "2019-01", to: "2019-03" },
      due: null,
      theme: "stunting",
      language: "en" as const,
      demonstration: false,
    };
    const report = await jobs.submitReport(request, "report.xlsx");
    const written = await finished(jobs, report.id);
    expect(written).toMatchObject({ status: "done", kind: "report", result: { sheets: 13 } });
    const { path = "", bytes } = written.kind === "report" && written.result ? written.result : {};
    expect((await stat(join(ground.files.reports, path))).size).toBe(bytes);
    await jobs.cancel(large.id).catch((error: unknown) => expect(error).toMatchObject({ code: "JOB-FINISHED" }));
    const { finishedAt } = await finished(jobs, large.id);
    expect((written.startedAt ?? "~") < (finishedAt ?? "")).toBe(true);
  });

  describe("when a process has died", () => {
    let store: JobStore;
    beforeEach(async () => {
      await jobs.close(0);
      store = await openJobStore(ground.place.location);
    });
    afterEach(() => store.close());

    /** Leaves a job behind as a process does that dies while it runs it. */
    const abandon = async (attempts: number, name = "a.csv"): Promise<QueuedJob> => {
      const submitting = await openJobs({ db: ground.db, files: await elsewhere() }, 60_000);
      const { stored, bytes } = await ground.upload(name, lines(4));
      const job = await submitting.submitImport({ stored, name, bytes }, CHOICES);
      await submitting.close(0);
      const { jobs: table } = store.tables;
      await store.tx(async (tx) =>
        tx.update(table).set({ folder: ground.files.id, attempts: attempts - 1, status: "queued" }),
      );
      const dead = {
        owner: "dead",
        folder: ground.files.id,
        kind: "import",
        everywhere: true,
        at: "2026-01-01T00:00:00.000Z",
      } as const;
      await claim(store, dead);
      return job;
    };
    /** A folder of files that nobody serves. */
    const elsewhere = () => StoredFiles.open(join(ground.root, "elsewhere"));

    it("another runs the job again from its stored file, but not before the lease is over", async () => {
      const { id } = await abandon(1);
      jobs = await openJobs(ground, 4_000);
      await new Promise((resolve) => setTimeout(resolve, 2_000));
      expect(await jobs.find(id)).toMatchObject({ status: "running", owner: "dead", attempts: 1 });
      expect(await finished(jobs, id)).toMatchObject({ status: "done", attempts: 2, result: { status: "posted" } });
    });

    it("gives up after three attempts, with a sentence", async () => {
      const { id } = await abandon(3);
      jobs = await openJobs(ground, 1_000);
      expect(await finished(jobs, id)).toMatchObject({
        status: "failed",
        attempts: 3,
        problem: { code: "JOB-ABANDONED" },
      });
      expect(await listExtracts(ground.db)).toEqual([]);
      await expect.poll(uploads).toEqual([]);
    });

    it("does not run again what somebody cancelled meanwhile", async () => {
      const { id } = await abandon(1);
      jobs = await openJobs(ground, 3_000);
      await jobs.cancel(id);
      expect(await finished(jobs, id)).toMatchObject({ status: "cancelled" });
      expect(await listExtracts(ground.db)).toEqual([]);
    });

    it("leaves jobs alone whose files lie in a folder it does not have", async () => {
      const { id } = await abandon(1);
      const other = { db: ground.db, files: await elsewhere() };
      jobs = await openJobs(other, 1_000);
      await until(jobs, id, ({ status }) => status === "queued");
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      expect(await jobs.find(id)).toMatchObject({ status: "queued", attempts: 1 });
      expect(existsSync(join(ground.files.uploads, "..", "folder-id"))).toBe(true);
    });
  });
});

describe("stored files", () => {
  let ground: Ground;
  beforeEach(async () => {
    ground = await newGround("sqlite");
  });
  afterEach(() => ground.dispose());

  it("are for the user of the service only, and share one id among those who open the folder at once", async () => {
    const opened = await Promise.all(Array.from({ length: 5 }, () => StoredFiles.open(ground.root)));
    expect(new Set(opened.map(({ id }) => id))).toEqual(new Set([ground.files.id]));
    for (const folder of [ground.files.uploads, ground.files.reports])
      expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect((await stat(join(ground.root, "folder-id"))).mode & 0o777).toBe(0o600);
    expect((await readdir(ground.root)).sort()).toEqual(["folder-id", "reports", "uploads"]);
  });

  it("that a crash left behind are deleted after a day unless a job needs them", async () => {
    const [old, needed] = [await ground.upload("old.csv", "x"), await ground.upload("needed.csv", "x")];
    const fresh = await ground.upload("fresh.csv", "x");
    const now = new Date();
    const yesterday = (now.getTime() - 25 * 60 * 60 * 1000) / 1000;
    for (const { stored } of [old, needed])
      await utimes(join(ground.files.uploads, stored, ".."), yesterday, yesterday);
    await ground.files.removeStale([needed.stored], now);
    const left = await readdir(ground.files.uploads);
    expect(left.sort()).toEqual([needed, fresh].map(({ stored }) => stored.split("/")[0]).sort());
  });
});
