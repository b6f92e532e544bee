import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { toJson } from "../../src/json.ts";
import { reconciliationDocument } from "../../src/reconciliation/document.ts";
import { reconcile } from "../../src/reconciliation/index.ts";
import { fixture } from "../support/import.ts";
import { type Service, startService } from "./support.ts";

let service: Service;
beforeAll(async () => {
  service = await startService({ world: true });
});
afterAll(() => service.stop());

describe("codes and references", () => {
  it("decodes one code as the contract prints it", async () => {
    const code = "636722.015.524111.01505CC.4787AEF.A000000001.00000.2.3051.2.000000.000000";
    const { status, body } = await service.json(`/api/v1/codes/${code}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      input: code,
      valid: true,
      structure: "rspp-2021",
      kind: "ledger-12",
      canonical: code,
    });
    expect(body.segments).toMatchObject({
      kppn: { code: "015", name: "PANGKAL PINANG" },
      program: { ministry: { code: "015", name: "KEMENTERIAN KEUANGAN" } },
      fund: { source: { code: "A", name: "RUPIAH MURNI" } },
    });
  });

  it("answers wrong codes with what is wrong, in the language asked for", async () => {
    const response = await service.get("/api/v1/codes?code=2080.QEA&code=2080.QE%23&year=2022&lang=en");
    const [right, wrong] = (await response.json()) as Record<string, unknown>[];
    expect(right).toMatchObject({ valid: true, kind: "short", segments: { activity: { code: "2080" } } });
    expect(wrong).toMatchObject({ valid: false, canonical: null });
    expect(JSON.stringify(wrong)).toMatch(/"message":"[^"]*(not|character)/);
  });

  it("keeps the input of a code with signs of a URL", async () => {
    const { body } = await service.json(`/api/v1/codes/${encodeURIComponent("#033.05.07.2417")}`);
    expect(body).toMatchObject({ input: "#033.05.07.2417", valid: true });
    const slash = await service.json(`/api/v1/codes/${encodeURIComponent("a/b")}`);
    expect(slash.body).toMatchObject({ input: "a/b", valid: false });
  });

  it("refuses more codes than it says it takes", async () => {
    const query = Array.from({ length: 201 }, () => "code=2080").join("&");
    const { status, body } = await service.json(`/api/v1/codes?${query}&lang=en`);
    expect(status).toBe(400);
    expect(body).toMatchObject({
      code: "REQUEST-INVALID",
      errors: [{ field: "code", cure: "At most 200 per request." }],
    });
  });

  it("searches the code lists and says when there is more", async () => {
    const few = await service.json("/api/v1/references/search?q=kesehatan%20masyarakat&limit=1");
    expect(few.body).toMatchObject({ query: "kesehatan masyarakat", more: true });
    expect(few.body.hits).toHaveLength(1);
    const all = await service.json("/api/v1/references/search?q=2080");
    expect(all.body).toMatchObject({ more: false });
    expect(all.body.hits).toContainEqual({ list: "activities", code: "2080", name: "Pembinaan Gizi Masyarakat" });
  });

  it("lists themes with names in both languages", async () => {
    const english = (await (await service.get("/api/v1/themes?lang=en")).json()) as Record<string, unknown>[];
    const stunting = english.find(({ code }) => code === "stunting");
    expect(stunting).toMatchObject({ krisna_code: "008", name: "Accelerating the reduction of stunting" });
    expect(stunting?.classes).toHaveLength(3);
    const indonesian = (await (await service.get("/api/v1/themes")).json()) as Record<string, unknown>[];
    expect(indonesian.find(({ code }) => code === "stunting")).toMatchObject({ name: "Percepatan penurunan stunting" });
  });
});

describe("reconciliation", () => {
  const query = "by=ministry&from=2019-04&to=2020-03&theme=stunting";

  it("equals the expected sample to the rupiah", async () => {
    const file = fixture("world-1", "expected", "ministry_2019-04_2020-03_stunting_whole.json");
    const expected = JSON.parse(readFileSync(file, "utf8")) as { rows: Record<string, unknown>[] };
    const { status, body } = await service.json(`/api/v1/reconciliation?${query}&basis=whole`);
    expect(status).toBe(200);
    const rows = body.rows as Record<string, unknown>[];
    expect(rows).toHaveLength(expected.rows.length);
    expected.rows.forEach((row, index) => {
      expect(rows[index]).toMatchObject(row);
    });
    expect(body).toMatchObject({ residual: 0, theme: "stunting", basis: "whole", from: "2019-04", to: "2020-03" });
  });

  it("is the very document of the command line, character by character", async () => {
    const { text } = await service.json(
      `/api/v1/reconciliation?by=class&by=month&from=2019-10&to=2020-03&theme=stunting`,
    );
    const request = {
      by: ["class" as const, "month" as const],
      window: { from: "2019-10", to: "2020-03" },
      theme: "stunting",
      basis: "whole" as const,
      where: {},
    };
    expect(text).toBe(toJson(reconciliationDocument(await reconcile(service.db, request, "id"))));
    expect(text).toContain('"original":null');
  });

  it("takes filters by dimension", async () => {
    const { body } = await service.json(
      "/api/v1/reconciliation?by=ministry&from=2019-01&to=2019-12&where[ministry]=024,027&where[fund]=A",
    );
    expect((body.rows as { ministry: string }[]).map(({ ministry }) => ministry)).toEqual(["024", "027"]);
    expect(body).toMatchObject({ where: { ministry: ["024", "027"], fund: ["A"] }, theme: null });
  });

  it("gives the same rows as CSV, by Accept or by format", async () => {
    const accepted = await service.get(`/api/v1/reconciliation?${query}`, { headers: { accept: "text/csv" } });
    expect(accepted.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(accepted.headers.get("content-disposition")).toContain("rekonsiliasi-ministry-2019-04-2020-03.csv");
    const csv = await accepted.text();
    expect(await (await service.get(`/api/v1/reconciliation?${query}&format=csv`)).text()).toBe(csv);
    const { body } = await service.json(`/api/v1/reconciliation?${query}`);
    const [header, ...lines] = csv.trimEnd().split("\r\n");
    expect(header).toBe("ministry,name,original,revised,blocked,budget,realization,remaining,absorption");
    const rows = body.rows as Record<string, unknown>[];
    expect(lines).toHaveLength(rows.length);
    expect(lines[0]).toContain(`,${String(rows[0]?.realization)},`);
  });

  it("answers 304 until the ledger changes, and again 200 after", async () => {
    const path = `/api/v1/reconciliation?${query}`;
    const first = await service.get(path);
    const etag = first.headers.get("etag") ?? "";
    expect(etag).toMatch(/^"[\w-]{22}"$/);
    const known = { headers: { "if-none-match": etag } };
    expect((await service.get(path, known)).status).toBe(304);
    expect((await service.get(`${path}&lang=en`, known)).status).toBe(200);
    expect((await service.get(`${path}&basis=weighted`, known)).status).toBe(200);
    const extracts = (await (await service.get("/api/v1/extracts")).json()) as { id: number; kind: string }[];
    const tags = extracts.find(({ kind }) => kind === "tags")?.id;
    await service.get(`/api/v1/extracts/${tags}/revert`, { method: "POST" });
    expect((await service.get(path, known)).status).toBe(200);
    const job = await service.importFile(fixture("world-1", "tags.csv"), { agreement: "BA-01/2019" });
    expect(job.result?.status).toBe("posted");
  });

  it("refuses what it does not understand, each with a cure", async () => {
    const { status, body } = await service.json(
      "/api/v1/reconciliation?by=ministry,mystery&from=2019-13&basis=half&wher[fund]=A&lang=en",
    );
    expect(status).toBe(400);
    const errors = body.errors as { field: string; message: string; cure: string }[];
    expect(errors.map(({ field }) => field).sort()).toEqual(["basis", "by", "from", "to", "wher[fund]"]);
    for (const { message, cure } of errors) {
      expect(message).not.toBe("");
      expect(cure).not.toBe("");
    }
    expect(errors.find(({ field }) => field === "by")).toEqual({
      field: "by",
      message: 'by is "mystery".',
      cure: expect.stringContaining("Choose from: ministry, unit,") as string,
    });
  });

  it.each([
    ["by=class&from=2019-01&to=2019-02", "theme", "Dimension class exists within a theme only."],
    ["by=ministry&from=2019-05&to=2019-02", "to", 'to "2019-02" is before from "2019-05".'],
    ["by=,&from=2019-01&to=2019-02", "by", "by is empty."],
    ["by=month&from=2019-01&to=2019-02&where[ministry]=", "where[ministry]", "where[ministry] is empty."],
  ])("explains %s", async (asked, field, message) => {
    const { status, body } = await service.json(`/api/v1/reconciliation?${asked}&lang=en`);
    expect(status).toBe(400);
    expect(body.errors).toEqual([{ field, message, cure: expect.stringMatching(/\w/) as string }]);
  });

  it("names the themes there are", async () => {
    const { status, body } = await service.json(
      "/api/v1/reconciliation?by=ministry&from=2019-01&to=2019-02&theme=nope",
    );
    expect(status).toBe(400);
    expect(body).toMatchObject({ code: "THEME-UNKNOWN", hint: expect.stringContaining("stunting") as string });
  });
});

describe("reports", () => {
  it("lists the calendar newest first, with what the ledger holds", async () => {
    const due = (await (await service.get("/api/v1/reports/due")).json()) as Record<string, unknown>[];
    expect(due[0]).toMatchObject({ due: "2022-12" });
    expect(due.at(-1)).toEqual({
      due: "2019-12",
      from: "2019-04",
      to: "2019-09",
      months: 6,
      months_with_data: 6,
      has_data: true,
      complete: true,
    });
  });

  it("sends the workbook, leaves nothing behind, and knows when nothing changed", async () => {
    const path = "/api/v1/reports/performance-execution?due=2019-12&lang=en";
    const response = await service.get(path);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-disposition")).toContain(
      'filename="performance-and-execution-report-stunting-2019-12.xlsx"',
    );
    const workbook = Buffer.from(await response.arrayBuffer());
    expect(workbook.subarray(0, 4).toString("latin1")).toBe("PK\u0003\u0004");
    expect(workbook.length).toBe(Number(response.headers.get("content-length")));
    await expect.poll(() => service.leftovers("reports")).toEqual([]);
    const etag = response.headers.get("etag") ?? "";
    expect((await service.get(path, { headers: { "if-none-match": etag } })).status).toBe(304);
    const same = await service.get("/api/v1/reports/performance-execution?from=2019-04&to=2019-09&lang=en");
    expect(same.status).toBe(200);
    await same.arrayBuffer();
  });

  it.each([
    ["due=2020-11", 400, "REQUEST-INVALID"],
    ["due=2019-12&from=2019-01", 400, "REQUEST-INVALID"],
    ["", 400, "REQUEST-INVALID"],
    ["from=2020-01", 400, "REQUEST-INVALID"],
    ["from=2020-02&to=2020-01", 400, "REQUEST-INVALID"],
    ["due=2019-12&theme=nope", 400, "REPORT-THEME"],
    ["due=2031-12", 409, "REPORT-NO-DATA"],
  ])("refuses %s with %i", async (asked, status, code) => {
    const refused = await service.json(`/api/v1/reports/performance-execution?${asked}`);
    expect(refused.status).toBe(status);
    expect(refused.body).toMatchObject({ code, status });
  });
});

describe("the store", () => {
  it("verifies clean", async () => {
    const { body } = await service.json("/api/v1/verify", { method: "POST" });
    expect(body).toMatchObject({ ok: true, findings: [] });
    expect((body.checks as unknown[]).length).toBeGreaterThan(3);
  });

  it("is live and ready", async () => {
    expect((await service.json("/health/live")).body).toEqual({ status: "ok" });
    expect((await service.json("/health/ready")).body).toEqual({ status: "ok" });
  });
});
