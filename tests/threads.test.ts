import { execFile } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { MessageChannel, Worker } from "node:worker_threads";
import { Piscina } from "piscina";
import { describe, expect, it } from "vitest";
import type { ThreadOutcome, ThreadTask } from "../src/jobs/thread-work.ts";
import { threadEntry } from "../src/threads.ts";
import { fixture, PLAIN_IMPORT } from "./support/import.ts";
import { newStorePlace } from "./support/stores.ts";

const CHAIN = fileURLToPath(new URL("support/thread-chain.ts", import.meta.url));

describe("a thread started from the TypeScript sources", () => {
  it("loads TypeScript, and so does a thread it starts", async () => {
    const { filename, options } = threadEntry("tests/support/thread-chain");
    const thread = new Worker(filename, { ...options, workerData: 1 });
    expect(await once(thread, "message")).toEqual(["1 true"]);
  });

  it("does so in a program that runs with tsx", async () => {
    const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", CHAIN]);
    expect(stdout.trim()).toBe("2 1 true");
  });

  it("runs in a pool and opens a store of its own", async () => {
    const place = await newStorePlace("sqlite");
    const { filename, options } = threadEntry("src/jobs/job-thread");
    const pool = new Piscina<ThreadTask, ThreadOutcome>({ filename, ...options, maxThreads: 1 });
    const { port1, port2 } = new MessageChannel();
    try {
      const given = { path: fixture("world-1", "satkers.csv"), options: PLAIN_IMPORT };
      const task: ThreadTask = { kind: "import", location: place.location, given, port: port2 };
      expect(await pool.run(task, { transferList: [port2] })).toMatchObject({ answer: { status: "posted" } });
    } finally {
      port1.close();
      await pool.close();
      await place.dispose();
    }
  });
});
