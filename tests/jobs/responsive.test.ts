import { monitorEventLoopDelay } from "node:perf_hooks";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Jobs } from "../../src/jobs/index.ts";
import { reconcile } from "../../src/reconciliation/index.ts";
import { ENGINES } from "../support/stores.ts";
import { CHOICES, finished, type Ground, lines, newGround, openJobs, reading, sumOf } from "./support.ts";

const LINES = 200_000;

/** What a person takes for at once, in milliseconds; the machine that tests this does other things too. */
const AT_ONCE = 500;

describe.each(ENGINES)("while 200,000 lines are imported on %s", (engine) => {
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

  it("readers are answered at once, and see nothing of the extract and then all of it", async () => {
    const before = await jobs.submitImport(await ground.upload("before.csv", lines(100, "2019-01")), CHOICES);
    await finished(jobs, before.id);
    const { id } = await jobs.submitImport(await ground.upload("large.csv", lines(LINES, "2019-02")), CHOICES);
    await reading(jobs, id);
    const loop = monitorEventLoopDelay({ resolution: 10 });
    loop.enable();
    const seen: bigint[] = [];
    const waits: number[] = [];
    let running = true;
    const ended = finished(jobs, id).then((job) => {
      running = false;
      return job;
    });
    const request = { window: { from: "2019-01", to: "2019-12" }, theme: null, basis: "whole", where: {} } as const;
    const ask = async (): Promise<void> => {
      const begun = performance.now();
      const { total, residual } = await reconcile(ground.db, { ...request, by: ["ministry"] }, "en");
      waits.push(performance.now() - begun);
      expect(residual).toBe(0n);
      seen.push(total.realization ?? 0n);
      await new Promise((resolve) => setTimeout(resolve, 5));
    };
    while (running) await ask();
    loop.disable();
    await ask();
    expect(await ended).toMatchObject({ status: "done", result: { status: "posted", rows: { posted: LINES } } });
    expect(waits.length).toBeGreaterThan(10);
    const jumps = seen.filter((value, index) => index > 0 && value !== seen[index - 1]);
    expect(seen[0]).toBe(sumOf(100));
    expect(jumps).toEqual([sumOf(100) + sumOf(LINES)]);
    waits.sort((a, b) => a - b);
    expect(waits[Math.floor(waits.length * 0.95)]).toBeLessThan(AT_ONCE);
    expect(loop.percentile(99) / 1e6).toBeLessThan(AT_ONCE);
  });
});
