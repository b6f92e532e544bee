import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { JobDocument, ListedJobDocument } from "../../src/jobs/document.ts";
import { openStore } from "../../src/store/index.ts";
import { realization, type Service, startService } from "./support.ts";

let service: Service;
beforeAll(async () => {
  service = await startService({ world: true });
});
afterAll(() => service.stop());

const job = async (id: string, query = ""): Promise<JobDocument> =>
  (await (await service.get(`/api/v1/jobs/${id}${query}`)).json()) as JobDocument;
const send = async (name: string): Promise<string> =>
  ((await (await service.upload(realization("5"), {}, "/api/v1/extracts", name)).json()) as JobDocument).id;
const state = (id: string) => async () => (await job(id)).state;

/** Keeps every import waiting for its turn, as a writer in another process does. */
async function whileAnotherWrites(work: () => Promise<void>): Promise<void> {
  const other = await openStore(service.db.location);
  await other.tx(work);
  await other.close();
}

describe("jobs over HTTP", () => {
  it("can be listed by state and cancelled, waiting or running", async () => {
    await whileAnotherWrites(async () => {
      const [running, waiting] = [await send("running.csv"), await send("waiting.csv")];
      await expect.poll(state(running), { timeout: 20_000 }).toBe("running");
      expect(await job(waiting)).toMatchObject({ state: "queued", ahead: 1, attempts: 0, started_at: null });
      const listed = (await (await service.get("/api/v1/jobs?state=queued,running")).json()) as ListedJobDocument[];
      expect(listed.map(({ file, state }) => [file, state])).toEqual([
        ["waiting.csv", "queued"],
        ["running.csv", "running"],
      ]);
      const events = await service.get(`/api/v1/jobs/${running}/events`);
      for (const id of [waiting, running]) {
        const reply = await service.get(`/api/v1/jobs/${id}/cancel`, { method: "POST" });
        expect(reply.status).toBe(200);
        expect((await reply.json()) as JobDocument).toMatchObject({ id, cancelled_at: expect.any(String) as string });
      }
      expect(await events.text()).toMatch(/event: finished\ndata: \{[^\n]*"state":"cancelled"/);
      expect(await state(waiting)()).toBe("cancelled");
      const again = await service.get(`/api/v1/jobs/${waiting}/cancel?lang=en`, { method: "POST" });
      expect(again.status).toBe(409);
      expect(await again.json()).toMatchObject({ code: "JOB-FINISHED", detail: "This job is finished." });
    });
    await expect.poll(() => service.leftovers("uploads")).toEqual([]);
    const unknown = await service.json("/api/v1/jobs/none/cancel", { method: "POST" });
    expect(unknown.body).toMatchObject({ status: 404, code: "JOB-UNKNOWN" });
    expect((await service.json("/api/v1/jobs?state=lost&limit=0")).body).toMatchObject({ status: 400 });
  });

  it("write a report beside running imports, and keep it to be fetched", async () => {
    const accepted = await service.get("/api/v1/reports/performance-execution?due=2019-12&lang=en", { method: "POST" });
    expect(accepted.status).toBe(202);
    const { id } = (await accepted.json()) as JobDocument;
    expect(accepted.headers.get("location")).toBe(`/api/v1/jobs/${id}`);
    expect((await service.get(`/api/v1/jobs/${id}/file`)).status).toBe(404);
    await expect.poll(state(id), { timeout: 60_000 }).toBe("done");
    const { report, kind, result, file } = await job(id);
    expect({ kind, result, file }).toEqual({
      kind: "report",
      result: null,
      file: "performance-and-execution-report-stunting-2019-12.xlsx",
    });
    expect(report).toMatchObject({ sheets: 13, failed: 0 });
    const workbook = await service.get(report?.href ?? "");
    const bytes = Buffer.from(await workbook.arrayBuffer());
    expect(bytes.length).toBe(report?.bytes);
    expect(bytes.subarray(0, 2).toString()).toBe("PK");
    const direct = await service.get("/api/v1/reports/performance-execution?due=2019-12&lang=en");
    expect(Buffer.from(await direct.arrayBuffer()).equals(bytes)).toBe(true);
    const page = await (await service.get(`/jobs/${id}?lang=en`)).text();
    expect(page).toContain(`href="/api/v1/jobs/${id}/file?lang=en"`);
    const empty = await service.get("/api/v1/reports/performance-execution?from=2030-01&to=2030-02", {
      method: "POST",
    });
    expect(empty.status).toBe(409);
  });
});

describe("the pages of jobs", () => {
  it("follow a job with a script of their own, or refresh without, and cancel it with a button", async () => {
    await whileAnotherWrites(async () => {
      const id = await send("page.csv");
      await expect.poll(state(id), { timeout: 20_000 }).toBe("running");
      const html = await (await service.get(`/jobs/${id}?lang=en`)).text();
      expect(html).toContain('<noscript><meta http-equiv="refresh"');
      expect(html).toContain(`data-events="/api/v1/jobs/${id}/events?lang=en"`);
      const [, script = ""] = /<script src="([^"]+)" defer>/.exec(html) ?? [];
      const loaded = await service.get(script);
      expect(loaded.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
      const [, action = ""] = /<form action="([^"]+)" method="post" enctype="text\/plain">/.exec(html) ?? [];
      const cancelled = await service.get(action.replaceAll("&amp;", "&"), {
        method: "POST",
        headers: { "content-type": "text/plain" },
        redirect: "manual",
      });
      expect(cancelled.status).toBe(303);
      expect(cancelled.headers.get("location")).toBe(`/jobs/${id}?lang=en`);
      await expect.poll(state(id), { timeout: 20_000 }).toBe("cancelled");
      const after = await (await service.get(`/jobs/${id}?lang=en`)).text();
      expect(after).toContain("This job was cancelled; nothing was posted.");
      expect(after).not.toMatch(/<script|refresh|<form/);
    });
  });

  it("say what an extract changed, with a link to every changed line", async () => {
    const { id, result } = await service.importFile(realization("1", "2", "3"));
    const html = await (await service.get(`/jobs/${id}?lang=en`)).text();
    const [, link = ""] = /href="([^"]+\/changes[^"]+)"/.exec(html) ?? [];
    expect(link).toContain(`/api/v1/extracts/${result?.extract}/changes`);
    expect(html).toContain(`Changes: ${result?.changes.created} new lines`);
    const report = await service.get(link.replaceAll("&amp;", "&"));
    expect(report.status).toBe(200);
    expect(report.headers.get("content-type")).toContain("text/csv");
  });

  it("list what waits, runs and is done", async () => {
    const html = await (await service.get("/jobs?lang=en")).text();
    expect(html).toContain("page.csv");
    expect(html).toContain("cancelled");
    expect(html).toContain("performance-and-execution-report-stunting-2019-12.xlsx");
    expect(await (await service.get("/?lang=en")).text()).toContain('href="/jobs?lang=en"');
  });
});
