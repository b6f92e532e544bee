import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { JobDocument } from "../../src/jobs/document.ts";
import { listExtracts, verifyStore } from "../../src/ledger/index.ts";
import { openJobStore, openStore } from "../../src/store/index.ts";
import { realization, type Service, startService } from "./support.ts";

/** A file that takes a second or so to import. */
const LINES = 60_000;
const large = () => realization(...Array.from({ length: LINES }, (_, index) => String(index + 1)));

/** Sends the large file and waits until it is being read. */
async function startImport(service: Service): Promise<string> {
  const { id } = (await (await service.upload(large())).json()) as JobDocument;
  const running = async () => {
    const { body } = await service.json(`/api/v1/jobs/${id}`);
    return body.state === "running" && (body.progress as { rows: number }).rows > 0;
  };
  await expect.poll(running, { interval: 5, timeout: 20_000 }).toBe(true);
  return id;
}

describe("stopping", () => {
  it("lets the running import finish, tells its followers, and leaves what waits for the next start", async () => {
    const service = await startService();
    try {
      const id = await startImport(service);
      const waiting = (await (await service.upload(realization("5"))).json()) as JobDocument;
      const [events, kept] = await Promise.all([
        service.get(`/api/v1/jobs/${id}/events`),
        service.get(`/api/v1/jobs/${waiting.id}/events?lang=en`),
      ]);
      const closing = service.server.close();
      expect(await events.text()).toMatch(/event: finished\ndata: \{[^\n]*"state":"done"[^\n]*"status":"posted"/);
      const end = await kept.text();
      expect(end).not.toContain("event: finished");
      expect(end).toMatch(/"state":"queued"[^\n]*\n\n$/);
      await closing;
      await service.server.stopped;
      const extracts = await listExtracts(service.db);
      expect(extracts.map(({ state, rows }) => [state, rows.posted])).toEqual([["posted", LINES]]);
      expect((await verifyStore(service.db)).findings).toEqual([]);
      expect(await service.leftovers("uploads")).toHaveLength(1);
      await expect(service.get("/health/live")).rejects.toThrow();
    } finally {
      await service.stop();
    }
  });

  it("stops an import that takes too long, which leaves nothing of it but its place in the queue", async () => {
    const service = await startService({ grace: 0 });
    try {
      await startImport(service);
      await service.server.close();
      expect(await listExtracts(service.db)).toEqual([]);
      expect((await verifyStore(service.db)).findings).toEqual([]);
      expect(await service.leftovers("uploads")).toHaveLength(1);
      const queue = await openJobStore(service.db.location);
      const { jobs } = queue.tables;
      expect(await queue.read.select({ status: jobs.status, attempts: jobs.attempts }).from(jobs)).toEqual([
        { status: "queued", attempts: 0 },
      ]);
      await queue.close();
    } finally {
      await service.stop();
    }
  });

  it("is not held up by a client that stopped reading", async () => {
    const service = await startService({ grace: 300 });
    const { port } = new URL(service.url);
    const socket = connect({ port: Number(port), host: "127.0.0.1" });
    socket.on("error", () => undefined);
    await once(socket, "connect");
    // A request that never ends: the form goes on and on.
    socket.write(
      "POST /api/v1/extracts HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=x\r\n" +
        "Transfer-Encoding: chunked\r\n\r\n5\r\n--x\r\n\r\n",
    );
    await expect.poll(() => service.get("/health/live").then(({ status }) => status)).toBe(200);
    const started = performance.now();
    await service.stop();
    expect(performance.now() - started).toBeLessThan(5_000);
    socket.destroy();
  });
});

describe("a signal", () => {
  it.each(["SIGTERM", "SIGINT"] as const)("%s stops the process cleanly while an import runs", async (signal) => {
    const folder = await mkdtemp(join(tmpdir(), "tandai-signal-"));
    const script = fileURLToPath(new URL("serve-process.ts", import.meta.url));
    const child = spawn(process.execPath, ["--import", "tsx", script, folder], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    try {
      const [line] = (await once(child.stdout, "data")) as [Buffer];
      const url = line.toString().trim();
      const form = new FormData();
      form.append("file", large(), "large.csv");
      const accepted = await fetch(`${url}/api/v1/extracts`, { method: "POST", body: form });
      expect(accepted.status).toBe(202);
      const { id } = (await accepted.json()) as JobDocument;
      const state = async () => ((await (await fetch(`${url}/api/v1/jobs/${id}`)).json()) as JobDocument).state;
      await expect.poll(state, { interval: 5, timeout: 20_000 }).toBe("running");
      child.kill(signal);
      const [code] = (await once(child, "exit")) as [number | null];
      expect(code).toBe(0);
      const db = await openStore(join(folder, "tandai.db"));
      const extracts = await listExtracts(db);
      expect(extracts.map(({ state, rows }) => [state, rows.posted])).toEqual([["posted", LINES]]);
      await db.close();
    } finally {
      child.kill("SIGKILL");
      await rm(folder, { recursive: true, force: true });
    }
  });
});

describe("a port that is taken", () => {
  it("is said in a sentence", async () => {
    const service = await startService();
    try {
      const port = Number(new URL(service.url).port);
      await expect(startService({ port })).rejects.toMatchObject({ code: "PORT-TAKEN", status: 400 });
    } finally {
      await service.stop();
    }
  });
});
