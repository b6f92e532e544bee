import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { importFile } from "../../src/ledger/index.ts";
import { ALL_TAGS, listTags } from "../../src/tagging/index.ts";
import { type Service, startService } from "../http/support.ts";
import { PLAIN_IMPORT } from "../support/import.ts";

const OUTPUTS = [
  "fiscal_year,ministry,unit,program,activity,output,ro,name,themes,target,unit_of_measure",
  "2023,024,03,DG,2080,QEA,001,Kapsul vitamin A bagi balita,006;008,10,Paket",
  "2023,024,03,DG,2080,QEA,003,Tablet tambah darah remaja putri,,10,Paket",
  "2023,033,05,FA,5036,RBB,001,Pelebaran jalan nasional,001,10,Km",
].join("\n");

let service: Service;
let folder: string;
beforeAll(async () => {
  service = await startService();
  folder = await mkdtemp(join(tmpdir(), "tandai-suggest-http-"));
  await writeFile(join(folder, "outputs.csv"), OUTPUTS);
  await importFile(service.db, join(folder, "outputs.csv"), PLAIN_IMPORT);
});
afterAll(async () => {
  await service.stop();
  await rm(folder, { recursive: true, force: true });
});

const THEME = "/api/v1/themes/stunting";

async function send(method: string, path: string, content: unknown) {
  const { status, body } = await service.json(path, {
    method,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(content),
  });
  return { status, body };
}

describe("suggestions over HTTP", () => {
  it("are the contract's document, cut after the best", async () => {
    const { status, body } = await service.json(`${THEME}/suggestions?year=2023&lang=en`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ theme: "stunting", year: 2023 });
    const suggestions = body.suggestions as { code: string; reasons: { text: string; texts: { en: string } }[] }[];
    expect(suggestions.map(({ code }) => code)).toEqual(["2080.QEA.001", "2080.QEA.003"]);
    for (const { reasons } of suggestions) for (const { text, texts } of reasons) expect(text).toBe(texts.en);
    const one = await service.json(`${THEME}/suggestions?year=2023&limit=1`);
    expect(one.body.suggestions).toHaveLength(1);
    expect((await service.json(`${THEME}/suggestions?year=2031`)).body.suggestions).toEqual([]);
  });

  it("refuse an unknown theme, a missing year and a limit without sense", async () => {
    const unknown = await service.json("/api/v1/themes/none/suggestions?year=2023");
    expect([unknown.status, unknown.body.code]).toEqual([404, "THEME-UNKNOWN"]);
    for (const query of ["", "?year=abc", "?year=2023&limit=0", "?year=2023&top=5"]) {
      expect((await service.json(`${THEME}/suggestions${query}`)).status, query).toBe(400);
    }
  });

  it("are accepted as proposed tags with the reasons as evidence, and rejected with a reason", async () => {
    const decide = (given: object) =>
      send("POST", `${THEME}/suggestions/decisions`, { year: 2023, by: "Perencana", ...given });
    const accepted = await decide({ codes: ["2080.QEA.001"], outcome: "accepted" });
    expect(accepted).toMatchObject({ status: 200, body: { outcome: "accepted", decided: 1, refused: [] } });
    const [tag] = await listTags(service.db, ALL_TAGS);
    expect(tag).toMatchObject({
      node: "2080.QEA.001",
      intervention: "vitamin-a",
      status: "proposed",
      share: 10_000,
      origin: "krisna",
    });
    expect(tag?.evidence).toContain("kapsul vitamin a");
    const rejected = await decide({ codes: ["2080.QEA.003"], outcome: "rejected", reason: "dibiayai hibah" });
    expect(rejected).toMatchObject({ status: 200, body: { decided: 1 } });
    const { body } = await service.json(`${THEME}/suggestions?year=2023`);
    expect(JSON.stringify(body)).toContain("dibiayai hibah");

    const silent = await decide({ codes: ["2080.QEA.003"], outcome: "rejected" });
    expect([silent.status, silent.body.code]).toEqual([422, "SUGGEST-NO-REASON"]);
    const unknown = await decide({ codes: ["9999.AAA"], outcome: "accepted" });
    expect([unknown.status, unknown.body.code]).toEqual([422, "SUGGEST-UNKNOWN-OUTPUT"]);
    expect((await decide({ codes: [], outcome: "accepted" })).status).toBe(400);
    expect((await decide({ codes: ["2080.QEA.001"], outcome: "accepted", by: " " })).status).toBe(400);
    const wrong = await decide({ codes: ["2080.QEA.003"], outcome: "accepted", intervention: "tidak-ada" });
    expect(wrong.body.decided ?? 0).toBe(0);
  });
});

describe("keyword lists over HTTP", () => {
  it("are listed, changed, removed and keep their history", async () => {
    const zinc = `${THEME}/keywords?intervention=zinc&kind=keyword`;
    const before = (await service.json(zinc)).body as unknown as { term: string }[];
    expect(before.length).toBeGreaterThan(3);
    const keyword = { intervention: "zinc", term: "sirup seng", weight: 70, ministries: ["024"] };
    const put = await send("PUT", `${THEME}/keywords`, { by: "Perencana", keywords: [keyword] });
    expect(put).toMatchObject({ status: 200, body: { added: 1, updated: 0, unchanged: 0 } });
    const bad = { by: "Perencana", keywords: [keyword, { intervention: "salah", term: "x" }] };
    const refused = await send("PUT", `${THEME}/keywords?lang=en`, bad);
    expect(refused).toMatchObject({ status: 422, body: { code: "KEYWORD-INVALID" } });
    expect(refused.body.hint).toContain("2 · intervention");
    const key = { by: "Perencana", intervention: "zinc", term: "Sirup Seng" };
    const removed = await send("POST", `${THEME}/keywords/removals`, key);
    expect(removed).toMatchObject({ status: 200, body: { term: "sirup seng", weight: 70, ministries: ["024"] } });
    expect((await send("POST", `${THEME}/keywords/removals`, key)).status).toBe(404);
    expect((await service.json(zinc)).body).toEqual(before);
    const { body } = await service.json(`${THEME}/keywords/history?limit=2`);
    expect(body).toMatchObject([
      { action: "removed", by: "Perencana", after: null },
      { action: "added", by: "Perencana", before: null },
    ]);
    expect((await service.json("/api/v1/themes/none/keywords")).status).toBe(404);
  });
});
