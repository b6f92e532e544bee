import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { describe, expect, it } from "vitest";
import { buildServer } from "../../src/http/index.ts";
import { openStore } from "../../src/store/index.ts";
import { NOW } from "./support.ts";

describe("the log", () => {
  it("tells requests and refusals by id, and never a secret", async () => {
    const lines: string[] = [];
    const stream = new Writable({
      write: (chunk: Buffer, _, done) => {
        lines.push(chunk.toString());
        done();
      },
    });
    const folder = await mkdtemp(join(tmpdir(), "tandai-log-"));
    const db = await openStore(join(folder, "tandai.db"));
    const app = await buildServer({ db, logger: { stream }, dataDir: folder, now: () => new Date(NOW) });
    try {
      const headers = { authorization: "Bearer hidden-1", cookie: "session=hidden-2", host: "localhost" };
      const reply = await app.inject({ url: "/api/v1/extracts/5", headers });
      app.log.info({ req: { headers }, password: "hidden-3", user: { token: "hidden-4", name: "shown" } }, "by hand");
      const log = lines.join("");
      expect(log).toContain(String(reply.headers["x-request-id"]));
      expect(log).toContain('"code":"EXTRACT-UNKNOWN"');
      expect(log).toContain("shown");
      expect(log).not.toContain("hidden");
    } finally {
      await app.close();
      await db.close();
      await rm(folder, { recursive: true, force: true });
    }
  });
});
