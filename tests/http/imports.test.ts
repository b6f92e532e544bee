import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { UPLOADS_PER_MINUTE } from "../../src/http/plugins/rate-limit.ts";
import { fixture } from "../support/import.ts";
import { CODE, NOW, realization, type Service, startService } from "./support.ts";

const LIMIT = 1_500_000;

let service: Service;
beforeAll(async () => {
  service = await startService({ maxUploadBytes: LIMIT });
});
afterAll(() => service.stop());

describe("sending an extract", () => {
  it("accepts, imports as a job, streams its life and deletes the file", async () => {
    const accepted = await service.upload(fixture("world-1", "satkers.csv"));
    expect(accepted.status).toBe(202);
    const job = (await accepted.json()) as { id: string; state: string };
    expect(accepted.headers.get("location")).toBe(`/api/v1/jobs/${job.id}`);
    const response = await service.get(`/api/v1/jobs/${job.id}/events`);
    expect(response.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
    const events = await response.text();
    expect(events).toMatch(/event: finished\ndata: \{.*"state":"done".*\}\n\n$/);
    const { body } = await service.json(`/api/v1/jobs/${job.id}`);
    expect(body).toMatchObject({
      state: "done",
      file: "satkers.csv",
      created_at: NOW,
      finished_at: NOW,
      progress: { percent: 100, rows: 90 },
      problem: null,
      result: { extract: 1, status: "posted", layout: "satkers", dry_run: false, rows: { read: 90, posted: 90 } },
    });
    await expect.poll(() => service.leftovers("uploads")).toEqual([]);
  });

  it("says that the same file again changes nothing", async () => {
    const job = await service.importFile(fixture("world-1", "satkers.csv"));
    expect(job.result).toMatchObject({ status: "unchanged", extract: 1 });
  });

  it("keeps rupiah beyond 2^53 exact on the way in and out", async () => {
    const amounts = [9_007_199_254_740_993n, 1_234_567_890_123_456_789n];
    const sum = amounts.reduce((total, amount) => total + amount, 0n);
    const job = await service.importFile(realization(...amounts));
    expect(job.result?.status).toBe("posted");
    const jobText = (await service.json(`/api/v1/jobs/${job.id}`)).text;
    expect(jobText).toContain(`"amount":{"read":${sum},"posted":${sum},"rejected":0}`);
    const extract = (await service.json(`/api/v1/extracts/${job.result?.extract}`)).text;
    expect(extract).toContain(`"posted":${sum}`);
    const rows = (await service.json("/api/v1/reconciliation?by=satker&from=2019-01&to=2019-01")).text;
    expect(rows).toContain(`"realization":${sum},`);
    expect(rows).toContain(`"remaining":-${sum}`);
    await service.get(`/api/v1/extracts/${job.result?.extract}/revert`, { method: "POST" });
  });

  it("blocks a broken file with sentences in the language of the reader", async () => {
    const broken = new Blob([`code,date,document,amount\n${CODE},2019-02-30,1,6.776.00000\nx,2019-01-01,2,5\n`]);
    const job = await service.importFile(broken, {}, "?lang=en");
    expect(job).toMatchObject({
      state: "done",
      result: { status: "blocked", rows: { read: 2, posted: 0, rejected: 2 } },
    });
    const [first] = job.result?.rejects ?? [];
    expect(first).toMatchObject({ row: 2, rule: "DAT-003", column: "date", value: "2019-02-30" });
    expect(first?.message).toContain("does not exist");
    expect(first?.more?.[0]).toMatchObject({ rule: "AMT-003", value: "6.776.00000" });
    const indonesian = await service.json(`/api/v1/jobs/${job.id}`, {
      headers: { "accept-language": "id-ID,en;q=0.5" },
    });
    expect(indonesian.text).toContain("tidak ada di kalender");
  });

  it("serves rejected rows as they came, with the reasons beside them", async () => {
    const formula = new Blob([`code,date,document,amount,description\n${CODE},2019-01-01,1,-5x,"=1+1, a ""b"""\n`]);
    const job = await service.importFile(formula);
    const response = await service.get(`/api/v1/extracts/${job.result?.extract}/rejects?lang=en`);
    expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(response.headers.get("content-disposition")).toMatch(/^attachment; filename="rejects-\d+-file\.csv"/);
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    const text = await response.text();
    const [header, row] = text.split("\r\n");
    expect(header).toMatch(
      /^code,date,document,amount,description,row \[extract \d+ #[0-9a-f]{16}\],rule,column,value,reason,cure$/,
    );
    expect(row).toContain(`${CODE},2019-01-01,1,-5x,"=1+1, a ""b""",2,AMT-002,`);
    const again = await service.importFile(new Blob([text.replace("-5x", "-5")]));
    expect(again.result).toMatchObject({ status: "posted", rows: { read: 1, posted: 1 }, ignored_columns: [] });
    const workbook = await service.get(`/api/v1/extracts/${job.result?.extract}/rejects?format=xlsx`);
    expect(
      Buffer.from(await workbook.arrayBuffer())
        .subarray(0, 2)
        .toString(),
    ).toBe("PK");
    const summary = await service.get(`/api/v1/extracts/${job.result?.extract}/rejects?format=summary&lang=en`);
    expect(await summary.text()).toMatch(/^rule,rows,first row,column,value,reason,cure\r\nAMT-002,1,2,amount,-5x,/);
    await service.get(`/api/v1/extracts/${again.result?.extract}/revert`, { method: "POST" });
  });

  it("reports a file that is not a table", async () => {
    const job = await service.importFile(new Blob(["%PDF-1.7 nothing"]), {}, "?lang=en");
    expect(job.result).toMatchObject({ status: "blocked", extract: null, layout: null });
    expect(job.result?.rejects[0]).toMatchObject({ rule: "FILE-013" });
  });

  it("honours the options", async () => {
    const dry = await service.importFile(realization("5"), {
      dry_run: "true",
      layout: "realization",
      scope: "2019-01..2019-06",
    });
    expect(dry.result).toMatchObject({ status: "dry-run", dry_run: true, extract: null });
    expect(dry.result?.scope?.months).toEqual(["2019-01", "2019-02", "2019-03", "2019-04", "2019-05", "2019-06"]);
    const mixed = realization("5", "x");
    expect((await service.importFile(mixed)).result?.status).toBe("blocked");
    expect((await service.importFile(mixed, { max_rejects: "1", dry_run: "true" })).result?.status).toBe("dry-run");
    const forced = await service.importFile(mixed, { force: "true", layout: "" });
    expect(forced.result).toMatchObject({ status: "posted", rows: { posted: 1, rejected: 1 } });
    const other = await service.importFile(realization("5"), { layout: "budget" }, "?lang=en");
    expect(other.result?.rejects[0]?.rule).toBe("FILE-011");
  });

  it("keeps the name of the file, made safe", async () => {
    const accepted = await service.upload(
      realization("7"),
      { dry_run: "true" },
      "/api/v1/extracts",
      "..\\..\\Realisasi Ü – Agustus.csv",
    );
    expect(await accepted.json()).toMatchObject({ file: "Realisasi Ü – Agustus.csv" });
    await expect.poll(() => service.leftovers("uploads")).toEqual([]);
  });
});

describe("what is refused", () => {
  it("is a file that is too large, announced or not", async () => {
    const large = new Blob([new Uint8Array(LIMIT + 1)]);
    const announced = await service.upload(large, {}, "/api/v1/extracts?lang=en");
    expect(announced.status).toBe(413);
    expect(await announced.json()).toMatchObject({
      code: "UPLOAD-TOO-LARGE",
      detail: "The file exceeds the limit of 1,500,000 bytes.",
    });
    const head = '--x\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\n';
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode(head));
        for (let sent = 0; sent <= LIMIT; sent += 100_000) controller.enqueue(new Uint8Array(100_000));
        controller.enqueue(new TextEncoder().encode("\r\n--x--\r\n"));
        controller.close();
      },
    });
    const init = {
      method: "POST",
      body,
      duplex: "half",
      headers: { "content-type": "multipart/form-data; boundary=x" },
    };
    const unannounced = await service.get("/api/v1/extracts", init as RequestInit);
    expect(unannounced.status).toBe(413);
    await expect.poll(() => service.leftovers("uploads")).toEqual([]);
  });

  it("is a form with wrong fields, and its file is deleted", async () => {
    const response = await service.upload(
      realization("1"),
      { dry_run: "yes", scope: "x", max_rejects: "-1", mystery: "1" },
      "/api/v1/extracts?lang=en",
    );
    expect(response.status).toBe(400);
    const { errors } = (await response.json()) as { errors: { field: string }[] };
    expect(errors.map(({ field }) => field).sort()).toEqual(["dry_run", "max_rejects", "mystery", "scope"]);
    await expect.poll(() => service.leftovers("uploads")).toEqual([]);
  });

  it("is a form without a file, with an unchosen file, with two, or sent as something else", async () => {
    const empty = new FormData();
    empty.append("layout", "tags");
    const without = await service.get("/api/v1/extracts", { method: "POST", body: empty });
    expect(await without.json()).toMatchObject({ status: 400, errors: [{ field: "file" }] });
    const unchosen = await service.upload(new Blob([]), {}, "/api/v1/extracts", "");
    expect(await unchosen.json()).toMatchObject({ status: 400, errors: [{ field: "file" }] });
    const two = new FormData();
    two.append("file", realization("1"), "a.csv");
    two.append("file", realization("2"), "b.csv");
    const both = await service.get("/api/v1/extracts", { method: "POST", body: two });
    expect(await both.json()).toMatchObject({ status: 400, code: "UPLOAD-ONE-FILE" });
    const headers = { "content-type": "application/json" };
    const json = await service.get("/api/v1/extracts", { method: "POST", body: "{}", headers });
    expect(await json.json()).toMatchObject({ status: 415, code: "REQUEST-415" });
    await expect.poll(() => service.leftovers("uploads")).toEqual([]);
  });

  it("is a form that breaks off", async () => {
    const headers = { "content-type": "multipart/form-data; boundary=x" };
    const body = '--x\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\ncode,da';
    const response = await service.get("/api/v1/extracts", { method: "POST", body, headers });
    expect(await response.json()).toMatchObject({ status: 400, code: "UPLOAD-BROKEN" });
    await expect.poll(() => service.leftovers("uploads")).toEqual([]);
  });

  it("is an unknown extract or job", async () => {
    for (const path of ["/api/v1/extracts/999", "/api/v1/extracts/999/rejects"]) {
      expect((await service.json(path)).body).toMatchObject({ status: 404, code: "EXTRACT-UNKNOWN" });
    }
    const revert = await service.json("/api/v1/extracts/999/revert", { method: "POST" });
    expect(revert.body).toMatchObject({ status: 404, code: "EXTRACT-UNKNOWN" });
    for (const path of ["/api/v1/jobs/none", "/api/v1/jobs/none/events"]) {
      expect((await service.json(path)).body).toMatchObject({ status: 404, code: "JOB-UNKNOWN" });
    }
    expect((await service.json("/api/v1/extracts/abc")).body).toMatchObject({ status: 400, errors: [{ field: "id" }] });
  });

  it("is reverting twice", async () => {
    const { result } = await service.importFile(realization("11"));
    const path = `/api/v1/extracts/${result?.extract}/revert`;
    expect((await service.json(path, { method: "POST" })).body).toMatchObject({ status: "reverted", reverted_at: NOW });
    expect((await service.json(path, { method: "POST" })).body).toMatchObject({
      status: 409,
      code: "EXTRACT-NOT-POSTED",
    });
  });
});

describe("the list of extracts", () => {
  it("holds what was posted, blocked and reverted, oldest first", async () => {
    const extracts = (await (await service.get("/api/v1/extracts")).json()) as { id: number; status: string }[];
    expect(extracts.map(({ id }) => id)).toEqual(extracts.map((_, index) => index + 1));
    expect(new Set(extracts.map(({ status }) => status))).toEqual(new Set(["posted", "reverted", "blocked"]));
  });
});

describe("too many uploads", () => {
  it("are refused for a while, with the time to wait", async () => {
    const quick = await startService();
    try {
      const codes: number[] = [];
      for (let sent = 0; sent <= UPLOADS_PER_MINUTE; sent++) {
        const response = await quick.get("/api/v1/extracts?lang=en", { method: "POST" });
        codes.push(response.status);
        if (response.status !== 429) continue;
        expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
        expect(await response.json()).toMatchObject({
          code: "RATE-LIMIT",
          hint: expect.stringMatching(/Try again in \d+ seconds/) as string,
        });
      }
      expect(codes.filter((code) => code === 429)).toHaveLength(1);
      expect((await quick.get("/api/v1/extracts")).status).toBe(200);
    } finally {
      await quick.stop();
    }
  });
});
