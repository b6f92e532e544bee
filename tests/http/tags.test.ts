import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Service, startService } from "./support.ts";

let service: Service;
beforeAll(async () => {
  service = await startService({ world: true });
});
afterAll(() => service.stop());

const post = (path: string, body: unknown) =>
  service.json(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });

const list = async (query: string) =>
  (await service.json(`/api/v1/tags?${query}`)).body as unknown as { id: number; status: string }[];

const PROPOSAL = {
  theme: "stunting",
  code: "2080.001",
  fiscal_year_from: 2023,
  fiscal_year_to: 2023,
  intervention: "zinc",
};

describe("the life of a tag over HTTP", () => {
  it("is proposed, reviewed and agreed by named people, never by the proposer, and remembered", async () => {
    const proposed = await post("/api/v1/tags/proposals", {
      by: "Sari",
      proposals: [
        { ...PROPOSAL, share: "60", evidence: "kata kunci", link: "https://a.example/1" },
        { ...PROPOSAL, share: "100.01", intervention: "vitamin-a" },
        { ...PROPOSAL, code: "9999.ZZZ" },
      ],
    });
    expect(proposed).toMatchObject({ status: 200, body: { created: 1, refused: 2 } });
    const results = proposed.body.results as {
      tag: number | null;
      problems: { rule: string; message: string; cure: string }[];
    }[];
    expect(results.map(({ problems }) => problems[0]?.rule ?? null)).toEqual([null, "TAG-004", "TAG-010"]);
    expect(results[2]?.problems[0]?.message).toContain("9999.ZZZ");
    const id = results[0]?.tag ?? 0;
    const agreement = { number: "BA-9", date: "2023-03-01", semester: "2023-1", parties: ["Bappenas", "Kemenkeu"] };
    const step = (by: string, action: string, more = {}) =>
      post("/api/v1/tags/steps", { by, action, tags: [id], ...more });
    expect(await step("Budi", "review")).toMatchObject({ body: { updated: 1 } });
    expect(await step("sari", "agree", { agreement })).toMatchObject({
      status: 200,
      body: { refused: 1, results: [{ problems: [{ rule: "TAG-023" }] }] },
    });
    expect(await step("Budi", "agree", { agreement })).toMatchObject({ body: { updated: 1 } });
    expect(await step("Budi", "retire")).toMatchObject({ body: { results: [{ problems: [{ rule: "TAG-026" }] }] } });
    expect(await list("theme=stunting&year=2023&status=agreed")).toMatchObject([
      { id, share: "60", class: "specific", agreement: "BA-9" },
    ]);
    const history = await service.json(`/api/v1/tags/${id}/history`);
    expect(history.body).toMatchObject([
      { by: "Sari", action: "proposed" },
      { by: "Budi" },
      { by: "Budi", action: "agreed" },
    ]);
    expect((await service.json("/api/v1/tags/agreements")).body).toMatchObject([agreement]);
    expect(await service.json("/api/v1/tags/999999/history")).toMatchObject({
      status: 404,
      body: { code: "TAG-UNKNOWN" },
    });
  });

  it("refuses steps of nobody", async () => {
    for (const body of [{ proposals: [PROPOSAL] }, { by: "  ", proposals: [PROPOSAL] }]) {
      expect((await post("/api/v1/tags/proposals", body)).status).toBe(400);
    }
    expect((await post("/api/v1/tags/steps", { action: "review", tags: [1] })).status).toBe(400);
  });
});

describe("bulk work over HTTP", () => {
  it("worksheets go out and come back with a result per row", async () => {
    const response = await service.get("/api/v1/tags/worksheet?theme=stunting&year=2021");
    expect(response.status).toBe(200);
    const file = new Blob([await response.arrayBuffer()]);
    const back = await service.upload(file, { by: "Sari" }, "/api/v1/tags/worksheet", "lembar.xlsx");
    const body = (await back.json()) as { unchanged: number; refused: number; created: number };
    expect(body).toMatchObject({ created: 0, refused: 0 });
    expect(body.unchanged).toBe((await list("theme=stunting&year=2021")).length);
    expect(body.unchanged).toBeGreaterThan(50);
    const wrong = await service.upload(new Blob(["a,b\n1,2\n"]), { by: "Sari" }, "/api/v1/tags/worksheet");
    expect([wrong.status, ((await wrong.json()) as { code: string }).code]).toEqual([422, "WORKSHEET-UNREADABLE"]);
    await expect.poll(() => service.leftovers("uploads")).toEqual([]);
    expect(await service.json("/api/v1/tags/worksheet?theme=none&year=2021")).toMatchObject({ status: 400 });
  });

  it("last year's tags are copied forward; codes are given, exported and compared", async () => {
    const copied = await post("/api/v1/tags/forward", { by: "Sari", theme: "stunting", from: 2021, to: 2024 });
    expect(copied.status).toBe(200);
    expect((copied.body as unknown as unknown[]).length).toBeGreaterThan(50);
    expect((await post("/api/v1/tags/codes", { by: "Sari", theme: "stunting" })).body).toHaveLength(36);
    expect((await service.json("/api/v1/tags/codes")).body).toHaveLength(36);
    const table = await service.get("/api/v1/tags/reference-table?theme=stunting&year=2021&for=span");
    expect((await table.text()).split("\r\n")[1]).toMatch(/^2021,\w{7},.*,901\d{3},stunting,/);
    const marks = await service.json("/api/v1/tags/marks?theme=stunting&year=2021");
    const rows = marks.body as unknown as { verdict: string }[];
    expect(new Set(rows.map(({ verdict }) => verdict))).toEqual(new Set(["only-agreed"]));
  });
});

describe("the past over HTTP", () => {
  const query = "by=class&from=2019-01&to=2019-12&theme=stunting";

  it("is answered as it was, and a moment that is none is refused", async () => {
    const now = await service.json(`/api/v1/reconciliation?${query}`);
    const later = await service.json(`/api/v1/reconciliation?${query}&as_of=2030-01-01`);
    expect(later.body).toEqual({ ...now.body, as_of: "2030-01-01T23:59:59.999Z" });
    const before = await service.json(`/api/v1/reconciliation?${query}&as_of=2025-12-31`);
    expect(before).toMatchObject({
      status: 200,
      body: { rows: [], extracts: [], residual: 0, as_of: "2025-12-31T23:59:59.999Z" },
    });
    expect(await service.json(`/api/v1/reconciliation?${query}&as_of=kemarin`)).toMatchObject({
      status: 400,
      body: { errors: [{ field: "as_of", message: expect.stringContaining("kemarin") }] },
    });
  });
});
