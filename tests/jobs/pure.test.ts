import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AppError } from "../../src/errors.ts";
import { paceOf, percentOf } from "../../src/jobs/pace.ts";
import { pack, unpack } from "../../src/jobs/packed.ts";
import { SignsOfLife } from "../../src/jobs/signs.ts";
import type { ThreadProgress } from "../../src/jobs/thread-work.ts";
import type { Job, JobStatus } from "../../src/jobs/types.ts";
import { errorOf, problemOf } from "../../src/thread-problem.ts";
import { CHOICES } from "./support.ts";

const job = (status: JobStatus, progress: ThreadProgress | null, more: Partial<Job> = {}): Job =>
  ({
    id: "a",
    kind: "import",
    status,
    name: "a.csv",
    folder: "f",
    position: 1,
    input: { upload: "f/a.csv", bytes: 100, choices: CHOICES },
    progress,
    result: null,
    problem: null,
    attempts: 1,
    owner: "other",
    beat: 1,
    createdAt: "",
    startedAt: null,
    finishedAt: null,
    cancelledAt: null,
    ...more,
  }) as Job;

describe("packed JSON", () => {
  it("keeps every integer exact", () => {
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { depthSize: "small" },
        fc.bigInt(),
        fc.string(),
        fc.integer(),
        fc.constant(null),
        fc.array(tie("any")),
        fc.dictionary(fc.constantFrom("amount", "rows", "x"), tie("any")),
      ),
    })).any;
    fc.assert(
      fc.property(value, (given) => {
        expect(unpack(pack(given))).toEqual(given);
      }),
    );
    expect(unpack(pack({ sum: 9_007_199_254_740_993n }))).toEqual({ sum: 9_007_199_254_740_993n });
  });
});

describe("pace", () => {
  const progress = (bytesRead: number, elapsed: number): ThreadProgress => {
    return { rows: 5_000, amount: 1n, bytesRead, bytes: 1_000, elapsed };
  };

  it("is rows by time, and the rest of the file at the same pace", () => {
    expect(paceOf(job("running", progress(250, 2_000)))).toEqual({ rowsPerSecond: 2_500, secondsLeft: 6 });
    expect(paceOf(job("running", progress(1_000, 2_000)))).toEqual({ rowsPerSecond: 2_500, secondsLeft: 0 });
  });

  it("is unknown before it can be known and when nothing runs", () => {
    const unknown = { rowsPerSecond: null, secondsLeft: null };
    expect(paceOf(job("running", null))).toEqual(unknown);
    expect(paceOf(job("running", progress(250, 100)))).toEqual(unknown);
    expect(paceOf(job("done", progress(250, 2_000)))).toEqual(unknown);
    expect(paceOf(job("running", progress(0, 2_000)))).toEqual({ rowsPerSecond: 2_500, secondsLeft: null });
  });

  it("says a hundred percent only of what is done", () => {
    expect(percentOf(job("running", progress(1_000, 1)))).toBe(99);
    expect(percentOf(job("done", progress(1_000, 1)))).toBe(100);
    expect(percentOf(job("done", null))).toBe(100);
    expect(percentOf(job("cancelled", progress(505, 1)))).toBe(50);
    expect(percentOf(job("queued", null))).toBe(0);
  });
});

describe("signs of life", () => {
  const running = (beat: number, owner = "other") => [job("running", null, { beat, owner })];

  it("are missed only after the lease, seen in small steps", () => {
    const signs = new SignsOfLife(10_000, 2_000);
    for (let now = 0; now < 10_000; now += 1_000) expect(signs.silent(running(1), now)).toEqual([]);
    expect(signs.silent(running(1), 10_000)).toHaveLength(1);
  });

  it("start anew with each beat and each owner", () => {
    const signs = new SignsOfLife(10_000, 2_000);
    for (let now = 0; now < 30_000; now += 1_000) expect(signs.silent(running(now), now)).toEqual([]);
    for (let now = 30_000; now < 39_000; now += 1_000) signs.silent(running(5), now);
    expect(signs.silent(running(5, "third"), 45_000)).toEqual([]);
  });

  it("are not missed by a process that itself was stopped", () => {
    const signs = new SignsOfLife(10_000, 2_000);
    signs.silent(running(1), 0);
    expect(signs.silent(running(1), 3_600_000)).toEqual([]);
  });
});

describe("an error that crosses threads", () => {
  it("keeps what a person is told, and the stack of a defect", () => {
    const known = errorOf(problemOf(new AppError("STORE-FULL", 507, "full", "free some")));
    expect(known).toMatchObject({ code: "STORE-FULL", status: 507, message: "full", hint: "free some" });
    expect(known).toBeInstanceOf(AppError);
    const defect = new Error("broken");
    const again = errorOf(problemOf(defect));
    expect(again).not.toBeInstanceOf(AppError);
    expect(again.stack).toBe(defect.stack);
    expect("code" in again).toBe(false);
    expect(errorOf(problemOf(Object.assign(new Error("x"), { code: "ENOSPC" })))).toMatchObject({ code: "ENOSPC" });
    expect(errorOf(problemOf("text")).message).toBe("text");
  });
});
