import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { JobDocument, ListedJobDocument } from "../../src/jobs/document.ts";
import { listExtracts, verifyStore } from "../../src/ledger/index.ts";
import { ENGINES } from "../support/stores.ts";
import { type Ground, lines, newGround, sumOf } from "./support.ts";

const SCRIPT = fileURLToPath(new URL("../http/serve-process.ts", import.meta.url));

/** Takes a few seconds to import. */
const LARGE = 150_000;

interface Server {
  child: ChildProcess;
  url: string;
}

describe.each(ENGINES)("processes of the service on %s", (engine) => {
  let ground: Ground;
  let children: ChildProcess[];
  beforeEach(async () => {
    ground = await newGround(engine);
    children = [];
  });
  afterEach(async () => {
    for (const child of children) child.kill("SIGKILL");
    await ground.dispose();
  });

  const startServer = async (lease: number): Promise<Server> => {
    const args = ["--import", "tsx", SCRIPT, ground.root, ground.place.location, String(lease)];
    const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
    children.push(child);
    const [line] = (await once(child.stdout, "data")) as [Buffer];
    return { child, url: line.toString().trim() };
  };
  const send = async ({ url }: Server, name: string, text: string): Promise<string> => {
    const form = new FormData();
    form.append("file", new Blob([text]), name);
    const accepted = await fetch(`${url}/api/v1/extracts`, { method: "POST", body: form });
    expect(accepted.status).toBe(202);
    return ((await accepted.json()) as JobDocument).id;
  };
  const find = async ({ url }: Server, id: string): Promise<JobDocument> =>
    (await (await fetch(`${url}/api/v1/jobs/${id}`)).json()) as JobDocument;
  const uploads = () => readdir(ground.files.uploads);
  const stop = async ({ child }: Server): Promise<void> => {
    child.kill("SIGTERM");
    expect(await once(child, "exit")).toEqual([0, null]);
  };

  it("a job that a killed process was running, and those that waited, are done by the next", async () => {
    const first = await startServer(2_000);
    const [large, small] = [
      await send(first, "large.csv", lines(LARGE)),
      await send(first, "small.csv", lines(9, "2019-02")),
    ];
    await expect
      .poll(async () => (await find(first, large)).progress.rows, { interval: 5, timeout: 30_000 })
      .toBeGreaterThan(0);
    first.child.kill("SIGKILL");
    await once(first.child, "exit");
    expect(await listExtracts(ground.db)).toEqual([]);
    expect(await uploads()).toHaveLength(2);

    const second = await startServer(2_000);
    const state = async () => (await find(second, small)).state;
    await expect.poll(state, { interval: 50, timeout: 60_000 }).toBe("done");
    expect(await find(second, large)).toMatchObject({ state: "done", attempts: 2, result: { status: "posted" } });
    expect(await find(second, small)).toMatchObject({ state: "done", attempts: 1, result: { status: "posted" } });
    const extracts = await listExtracts(ground.db);
    expect(extracts.map(({ file, amount }) => [file, amount.posted])).toEqual([
      ["large.csv", sumOf(LARGE)],
      ["small.csv", sumOf(9)],
    ]);
    expect((await verifyStore(ground.db)).findings).toEqual([]);
    await expect.poll(uploads).toEqual([]);
    await stop(second);
  });

  it("share the work: each job is run once, one import at a time, and every process can follow and cancel it", async () => {
    const [one, two] = await Promise.all([startServer(15_000), startServer(15_000)]);
    const sent: string[] = [];
    for (let index = 0; index < 6; index++) {
      sent.push(await send(index % 2 === 0 ? one : two, `${index}.csv`, lines(2_000 + index, `2019-0${index + 1}`)));
    }
    const ended = async () => (await Promise.all(sent.map((id) => find(one, id)))).map(({ state }) => state);
    await expect.poll(ended, { interval: 50, timeout: 60_000 }).toEqual(sent.map(() => "done"));
    // While somebody else writes, an import waits for its turn, and can still be cancelled.
    await ground.db.tx(async () => {
      const waiting = await send(one, "waiting.csv", lines(5, "2019-09"));
      const events = await fetch(`${two.url}/api/v1/jobs/${waiting}/events`);
      await expect
        .poll(async () => (await find(two, waiting)).state, { interval: 20, timeout: 60_000 })
        .toBe("running");
      const asked = performance.now();
      expect((await fetch(`${two.url}/api/v1/jobs/${waiting}/cancel`, { method: "POST" })).status).toBe(200);
      expect(await events.text()).toMatch(/event: finished\ndata: \{[^\n]*"state":"cancelled"/);
      expect(performance.now() - asked).toBeLessThan(5_000);
    });

    const listed = (await (await fetch(`${one.url}/api/v1/jobs?state=done`)).json()) as ListedJobDocument[];
    const done = listed.reverse();
    expect(done.map(({ id, attempts }) => [id, attempts])).toEqual(sent.map((id) => [id, 1]));
    for (let index = 1; index < done.length; index++) {
      expect((done[index]?.started_at ?? "") >= (done[index - 1]?.finished_at ?? "~")).toBe(true);
    }
    const extracts = await listExtracts(ground.db);
    expect(extracts.map(({ file }) => file)).toEqual(sent.map((_, index) => `${index}.csv`));
    await expect.poll(uploads).toEqual([]);
    await Promise.all([stop(one), stop(two)]);
  });
});
