import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadSeeds } from "../../seeds/index.ts";
import { translator } from "../../src/i18n/index.ts";
import { importFile } from "../../src/ledger/index.ts";
import { ensureReferences } from "../../src/references/index.ts";
import type { Db } from "../../src/store/index.ts";
import {
  activeKeywords,
  decide,
  keywordHistory,
  putKeywords,
  removeKeyword,
  suggestionsDocument,
  suggestionsOf,
} from "../../src/suggestions/index.ts";
import { PLAIN_IMPORT } from "../support/import.ts";
import { ENGINES, withStore } from "../support/stores.ts";

const OUTPUTS_HEADER =
  "fiscal_year,ministry,unit,program,activity,output,ro,component,name,themes,target,unit_of_measure";
const TAGS_HEADER = "theme,fiscal_year_from,fiscal_year_to,code,class,intervention,share,evidence";
const EDITOR = { by: "Perencana", at: "2026-03-01T00:00:00.000Z" };
const t = translator("id");

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tandai-suggest-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function load(db: Db, name: string, header: string, rows: string[], agreement: string | null = null) {
  const file = join(folder, `${name}.csv`);
  await writeFile(file, [header, ...rows].join("\n"));
  const result = await importFile(db, file, { ...PLAIN_IMPORT, agreement });
  expect(result.status).toBe("posted");
}

/** Two years of outputs; the tags of the first. */
async function world(db: Db): Promise<void> {
  await ensureReferences(db);
  await load(db, "outputs", OUTPUTS_HEADER, [
    "2022,024,03,DG,2080,QEA,001,,Kapsul vitamin A bagi balita,006;008,10,Paket",
    "2022,024,03,DG,2080,QEA,002,,Layanan gudang farmasi,006,10,Paket",
    "2023,024,03,DG,2080,QEA,001,,Kapsul vitamin A bagi balita,006;008,10,Paket",
    "2023,024,03,DG,2080,QEA,002,,Layanan gudang farmasi,006,10,Paket",
    "2023,024,03,DG,2080,QEA,003,,Tablet tambah darah remaja putri,,10,Paket",
    "2023,033,05,FA,5036,RBB,001,,Pelebaran jalan nasional,001,10,Km",
    "2023,033,05,FA,5036,RBB,002,,Layanan jalan desa,003008,10,Km",
  ]);
  const tags = ["stunting,2022,2022,2080.QEA.001,specific,vitamin-a,100,bukti"];
  await load(db, "tags", TAGS_HEADER, tags, "BA-01/2022");
}

describe.each(ENGINES)("suggestions on %s", (engine) => {
  it("are the contract's document, best first", async () => {
    await withStore(engine, async (db) => {
      await world(db);
      const document = suggestionsDocument(await suggestionsOf(db, "stunting", 2023, t), "id");
      expect(Object.keys(document)).toEqual(["theme", "year", "suggestions"]);
      expect(document).toMatchObject({ theme: "stunting", year: 2023 });
      expect(document.suggestions.map(({ code }) => code)).toEqual([
        "2080.QEA.001",
        "2080.QEA.003",
        "5036.RBB.002",
        "2080.QEA.002",
      ]);
      const [first] = document.suggestions;
      expect(Object.keys(first ?? {})).toEqual(["code", "name", "class", "intervention", "score", "reasons"]);
      expect(first).toMatchObject({ class: "specific", intervention: "vitamin-a" });
      expect(first?.reasons.map(({ rule }) => rule)).toEqual(
        expect.arrayContaining(["krisna-mark", "keyword", "similar-name", "same-code"]),
      );
      for (const { reasons } of document.suggestions) {
        expect(reasons.length).toBeGreaterThan(0);
        for (const { text, texts } of reasons) {
          expect(text).toBe(texts.id);
          expect(texts.en).not.toBe(texts.id);
          expect(text + texts.en).not.toMatch(/[{}]|undefined/);
        }
      }
    });
  });

  it("skip what is agreed for the year, and find nothing where no list is in force", async () => {
    await withStore(engine, async (db) => {
      await world(db);
      const tags = ["stunting,2023,2024,2080.QEA,specific,vitamin-a,100,bukti"];
      await load(db, "tags-2023", TAGS_HEADER, tags, "BA-02/2023");
      const { suggestions } = await suggestionsOf(db, "stunting", 2023, t);
      expect(suggestions.map(({ code }) => code)).toEqual(["5036.RBB.002"]);
      expect(await suggestionsOf(db, "stunting", 2031, t)).toMatchObject({ listed: 0, suggestions: [] });
      await expect(suggestionsOf(db, "tidak-ada", 2023, t)).rejects.toMatchObject({ code: "THEME-UNKNOWN" });
    });
  });

  it("learn from decisions: a rejection pushes down this year and the next", async () => {
    await withStore(engine, async (db) => {
      await world(db);
      const scoreOf = async (node: string) =>
        (await suggestionsOf(db, "stunting", 2023, t)).suggestions.find(({ code }) => code === node);
      const before = await scoreOf("2080.QEA.003");
      const request = {
        theme: "stunting",
        year: 2023,
        nodes: ["2080.QEA.003"],
        outcome: "rejected" as const,
        intervention: null,
        reason: "dibiayai hibah lain",
        by: "Perencana",
        at: EDITOR.at,
      };
      expect(await decide(db, request, t)).toBe(1);
      const after = await scoreOf("2080.QEA.003");
      expect(after?.score).toBeLessThan((before?.score ?? 0) / 2);
      expect(after?.reasons.find(({ rule }) => rule === "rejected-before")?.facts).toMatchObject({
        year: 2023,
        reason: "dibiayai hibah lain",
      });
      await decide(db, { ...request, outcome: "accepted", reason: null, at: "2026-03-02T00:00:00.000Z" }, t);
      expect((await scoreOf("2080.QEA.003"))?.score).toBeGreaterThanOrEqual(before?.score ?? 1);

      await expect(decide(db, { ...request, reason: " " }, t)).rejects.toMatchObject({ code: "SUGGEST-NO-REASON" });
      await expect(decide(db, { ...request, nodes: ["9999.AAA"] }, t)).rejects.toMatchObject({
        code: "SUGGEST-UNKNOWN-OUTPUT",
        status: 422,
      });
      await expect(decide(db, { ...request, theme: "x" }, t)).rejects.toMatchObject({ code: "THEME-UNKNOWN" });
    });
  });
});

describe.each(ENGINES)("keyword lists on %s", (engine) => {
  const written = {
    theme: "stunting",
    kind: "",
    intervention: "zinc",
    language: "",
    term: "sirup  seng anak",
    weight: "",
    ministries: "024, !012",
    note: "",
  };
  const put = (db: Db, ...keywords: (typeof written)[]) =>
    putKeywords(
      db,
      keywords.map((keyword, index) => ({ row: index + 2, keyword })),
      EDITOR,
      t,
    );

  it("are changed by planners, with who changed what, and survive the next seed", async () => {
    await withStore(engine, async (db) => {
      await ensureReferences(db);
      const seeded = await activeKeywords(db, db.read, "stunting");
      expect(await put(db, written)).toEqual({ added: 1, updated: 0, unchanged: 0, faults: [] });
      expect(await put(db, written)).toEqual({ added: 0, updated: 0, unchanged: 1, faults: [] });
      const changed = { ...written, term: "SIRUP SENG ANAK", weight: "55" };
      expect(await put(db, changed)).toEqual({ added: 0, updated: 1, unchanged: 0, faults: [] });
      const key = {
        theme: "stunting",
        kind: "keyword",
        intervention: "zinc",
        language: "id",
        term: "tablet ZINK",
      } as const;
      expect(await removeKeyword(db, key, EDITOR, t)).toMatchObject({ term: "tablet zink", weight: 93 });
      await expect(removeKeyword(db, key, EDITOR, t)).rejects.toMatchObject({ code: "KEYWORD-UNKNOWN", status: 404 });

      await db.tx(async (tx) => void (await loadSeeds(tx)));
      const after = await activeKeywords(db, db.read, "stunting");
      expect(after).toHaveLength(seeded.length);
      expect(after.find(({ term }) => term === "tablet zink")).toBeUndefined();
      expect(after.find(({ term }) => term === "sirup seng anak")).toMatchObject({
        kind: "keyword",
        language: "id",
        weight: 55,
        ministries: ["024", "!012"],
      });
      const history = await keywordHistory(db, "stunting", 10);
      expect(history.map(({ action, by, at }) => [action, by, at])).toEqual([
        ["removed", EDITOR.by, EDITOR.at],
        ["updated", EDITOR.by, EDITOR.at],
        ["added", EDITOR.by, EDITOR.at],
      ]);
      expect(history[1]).toMatchObject({ before: { weight: 80 }, after: { weight: 55 } });
      expect(history[0]?.after).toBeNull();
    });
  });

  it("are refused whole with a sentence for each faulty row", async () => {
    await withStore(engine, async (db) => {
      await ensureReferences(db);
      const before = await activeKeywords(db, db.read, null);
      const { faults, ...counts } = await put(
        db,
        written,
        { ...written, theme: "tidak-ada" },
        { ...written, intervention: "tidak-ada" },
        { ...written, intervention: "" },
        { ...written, kind: "salah" },
        { ...written, language: "nl" },
        { ...written, term: "a" },
        { ...written, term: "air & " },
        { ...written, term: "x".repeat(301) },
        { ...written, weight: "0" },
        { ...written, weight: "100,5" },
        { ...written, ministries: "24" },
        { ...written, kind: "ministry", term: "kesehatan" },
        { ...written, note: "x".repeat(501) },
      );
      expect(counts).toEqual({ added: 0, updated: 0, unchanged: 0 });
      expect(faults.map(({ row, field }) => [row, field])).toEqual([
        [3, "theme"],
        [4, "intervention"],
        [5, "intervention"],
        [6, "kind"],
        [7, "language"],
        [8, "term"],
        [9, "term"],
        [10, "term"],
        [11, "weight"],
        [12, "weight"],
        [13, "ministries"],
        [14, "term"],
        [15, "note"],
      ]);
      for (const { message } of faults) expect(message).not.toMatch(/[{}]|undefined/);
      expect(await activeKeywords(db, db.read, null)).toEqual(before);
    });
  });

  it("change the suggestions at once", async () => {
    await withStore(engine, async (db) => {
      await world(db);
      const found = async () =>
        (await suggestionsOf(db, "stunting", 2023, t)).suggestions.find(({ code }) => code === "5036.RBB.001");
      expect(await found()).toBeUndefined();
      await put(db, { ...written, intervention: "coordination", term: "jalan nasional", weight: "70", ministries: "" });
      expect(await found()).toMatchObject({ score: 0.7, intervention: "coordination", class: "support" });
    });
  });
});
