import { describe, expect, it } from "vitest";
import { LANGUAGES, translator } from "../../src/i18n/index.ts";
import { revertExtract, verifyStore } from "../../src/ledger/index.ts";
import { reconcile } from "../../src/reconciliation/index.ts";
import { ensureReferences } from "../../src/references/index.ts";
import { explain, RULES } from "../../src/rules.ts";
import type { Db } from "../../src/store/index.ts";
import {
  type Actor,
  ALL_TAGS,
  exportTags,
  listAgreements,
  listTags,
  type Proposal,
  type ProposalFields,
  proposeTags,
  type Step,
  type TagResult,
  tagHistory,
  takeSteps,
} from "../../src/tagging/index.ts";
import { code, post, realization, tags } from "../ledger/world.ts";
import { ENGINES, withStore } from "../support/stores.ts";

const NODE = "2080.001";
const BA = { number: "BA-7/2019", date: "2019-03-15", semester: "2019-1", parties: ["Bappenas", "Kemenkeu", "024"] };

let clock = 0;
const by = (name: string, reason: string | null = null): Actor => ({
  name,
  reason,
  at: new Date(Date.UTC(2026, 0, 1) + ++clock * 60_000).toISOString(),
});

function proposal(fields: ProposalFields = {}, more: Partial<Proposal> = {}): Proposal {
  const usual = {
    theme: "stunting",
    fiscal_year_from: "2019",
    fiscal_year_to: "2019",
    code: NODE,
    intervention: "zinc",
  };
  return { row: 1, fields: { ...usual, ...fields }, origin: "hand", replaces: null, rewrites: null, ...more };
}

/** Rule, or outcome with the number of the tag. */
const said = (results: readonly TagResult[]) =>
  results.map(({ outcome, tag, problems }) => problems[0]?.rule ?? `${outcome} ${tag}`);

/** Rules of steps that a test of this file has seen refused, to hold against the catalogue. */
const seen = new Set<string>();

async function propose(db: Db, who: string, fields: ProposalFields = {}, more: Partial<Proposal> = {}) {
  const results = await proposeTags(db, [proposal(fields, more)], by(who));
  for (const { problems } of results) for (const { rule } of problems) seen.add(rule);
  return said(results);
}

async function step(
  db: Db,
  who: string,
  action: Step["action"],
  ids: number[],
  more: Partial<Step & { why: string }> = {},
) {
  const { agreement = action === "agree" ? BA : null, why = null } = more;
  const results = await takeSteps(db, { action, tags: ids, agreement }, by(who, why));
  for (const { problems } of results) {
    for (const problem of problems) {
      seen.add(problem.rule);
      for (const language of LANGUAGES) {
        const { message, cure } = explain(problem, translator(language));
        for (const text of [message, cure]) expect(text).not.toMatch(/[{}]|undefined|null/);
      }
    }
  }
  return said(results);
}

async function agreed(db: Db, fields: ProposalFields = {}, more: Partial<Proposal> = {}): Promise<void> {
  const before = new Set((await listTags(db, ALL_TAGS)).map(({ id }) => id));
  await propose(db, "Sari", fields, more);
  const id = (await listTags(db, ALL_TAGS)).find((tag) => !before.has(tag.id))?.id ?? 0;
  await step(db, "Budi", "review", [id]);
  expect(await step(db, "Budi", "agree", [id])).toEqual([`updated ${id}`]);
}

async function withThemes(engine: (typeof ENGINES)[number], work: (db: Db) => Promise<void>) {
  await withStore(engine, async (db) => {
    await ensureReferences(db);
    await work(db);
    expect((await verifyStore(db)).findings).toEqual([]);
  });
}

async function zinc(db: Db): Promise<bigint> {
  const window = { from: "2019-01", to: "2019-12" };
  const result = await reconcile(
    db,
    { by: ["intervention"], window, theme: "stunting", basis: "weighted", where: {} },
    "id",
  );
  expect(result.residual).toBe(0n);
  return result.rows.find(({ keys }) => keys.intervention === "zinc")?.realization ?? 0n;
}

describe.each(ENGINES)("the life of a tag on %s", (engine) => {
  it("goes from identified to retired, counts only while agreed, and is remembered step by step", async () => {
    await withThemes(engine, async (db) => {
      await post(db, realization([[code(), "2019-05-01", 1000]]));
      expect(said(await proposeTags(db, [proposal()], by("KRISNA"), "identified"))).toEqual(["created 1"]);
      expect(await propose(db, "Sari", { share: "60", evidence: "kata kunci" })).toEqual(["updated 1"]);
      expect(await step(db, "Sari", "review", [1])).toEqual(["updated 1"]);
      expect(await zinc(db)).toBe(0n);
      expect(await step(db, "Budi", "agree", [1])).toEqual(["updated 1"]);
      expect(await zinc(db)).toBe(600n);
      expect(await step(db, "Budi", "retire", [1], { why: "program berakhir" })).toEqual(["updated 1"]);
      expect(await zinc(db)).toBe(0n);
      const history = await tagHistory(db, 1);
      expect(history.map(({ by: who, action, reason }) => [who, action, reason])).toEqual([
        ["KRISNA", "identified", null],
        ["Sari", "proposed", null],
        ["Sari", "in-review", null],
        ["Budi", "agreed", null],
        ["Budi", "retired", "program berakhir"],
      ]);
      for (const [index, { before, at }] of history.entries()) {
        expect(before).toEqual(history[index - 1]?.after ?? null);
        expect(at > (history[index - 1]?.at ?? "")).toBe(true);
      }
      expect(history.at(-1)?.after).toMatchObject({ status: "retired", agreement: BA.number, share: 6000 });
      expect(await listAgreements(db)).toMatchObject([{ ...BA, recordedBy: "Budi" }]);
    });
  });

  it("needs four eyes: nobody approves what is theirs, whatever they did in between", async () => {
    await withThemes(engine, async (db) => {
      await propose(db, "Sari");
      await step(db, "Budi", "review", [1]);
      expect(await step(db, " sari ", "agree", [1])).toEqual(["TAG-023"]);
      expect(await step(db, "SARI", "agree", [1])).toEqual(["TAG-023"]);
      await step(db, "Budi", "return", [1], { why: "porsi terlalu besar" });
      expect(await propose(db, "Budi", { share: "50" })).toEqual(["updated 1"]);
      await step(db, "Sari", "review", [1]);
      // Both have written it now.
      expect(await step(db, "Budi", "agree", [1])).toEqual(["TAG-023"]);
      expect(await step(db, "Sari", "agree", [1])).toEqual(["TAG-023"]);
      expect(await step(db, "Citra", "agree", [1])).toEqual(["updated 1"]);
    });
  });

  it("needs a named author: a file that nobody put a name to is proposed again first", async () => {
    await withThemes(engine, async (db) => {
      await post(db, tags([{ code: NODE, intervention: "zinc" }]));
      await step(db, "Sari", "review", [1]);
      expect(await step(db, "Sari", "agree", [1])).toEqual(["TAG-024"]);
      await step(db, "Sari", "return", [1], { why: "tanpa nama" });
      await step(db, "Budi", "propose", [1]);
      await step(db, "Sari", "review", [1]);
      expect(await step(db, "Sari", "agree", [1])).toEqual(["updated 1"]);
      await post(db, tags([{ code: NODE, intervention: "vitamin-a", from: 2020 }]), { actor: "Budi" });
      await step(db, "Sari", "review", [2]);
      expect(await step(db, "Budi", "agree", [2])).toEqual(["TAG-023"]);
      expect(await step(db, "Sari", "agree", [2])).toEqual(["updated 2"]);
    });
  });

  it("keeps to its order, and refuses each wrong step with a sentence while the others go on", async () => {
    await withThemes(engine, async (db) => {
      await propose(db, "Sari");
      await propose(db, "Sari", { fiscal_year_from: "2020", fiscal_year_to: "2020" });
      await step(db, "Budi", "review", [2]);
      expect(await step(db, "Budi", "agree", [1, 2, 99])).toEqual(["TAG-022", "updated 2", "TAG-021"]);
      expect(await step(db, "Budi", "retire", [2])).toEqual(["TAG-026"]);
      expect(await step(db, "Budi", "reject", [1], { why: "bukan keluaran gizi" })).toEqual(["updated 1"]);
      expect(await step(db, "Budi", "propose", [1])).toEqual(["TAG-022"]);
      // What was rejected may be proposed anew, as a tag of its own.
      expect(await propose(db, "Sari")).toEqual(["created 3"]);
    });
  });

  it("agrees only under an agreement with number, date, semester and parties, which never changes", async () => {
    await withThemes(engine, async (db) => {
      await propose(db, "Sari");
      await step(db, "Budi", "review", [1]);
      for (const agreement of [
        { number: "" },
        { number: "BA-1" },
        { ...BA, date: "2019-02-30" },
        { ...BA, semester: "2019-3" },
        { ...BA, parties: [] },
      ]) {
        expect(await step(db, "Budi", "agree", [1], { agreement })).toEqual(["TAG-027"]);
      }
      expect(await listAgreements(db)).toEqual([]);
      expect(await step(db, "Budi", "agree", [1])).toEqual(["updated 1"]);
      await propose(db, "Sari", { intervention: "vitamin-a", fiscal_year_from: "2020", fiscal_year_to: "2020" });
      await step(db, "Budi", "review", [2]);
      expect(await step(db, "Budi", "agree", [2], { agreement: { ...BA, date: "2019-03-16" } })).toEqual(["TAG-028"]);
      expect(await step(db, "Budi", "agree", [2], { agreement: { number: BA.number } })).toEqual(["updated 2"]);
    });
  });

  it("is never edited once agreed: a replacement is proposed and takes its place when agreed", async () => {
    await withThemes(engine, async (db) => {
      await post(db, realization([[code(), "2019-05-01", 1000]]));
      await agreed(db, { share: "60" });
      expect(await propose(db, "Sari", { share: "60" })).toEqual(["unchanged 1"]);
      expect(await propose(db, "Sari", { share: "70" })).toEqual(["TAG-025"]);
      expect(await propose(db, "Sari", { share: "70" }, { rewrites: 1 })).toEqual(["TAG-025"]);
      // The whole node is free for the replacement, not only what the old tag leaves.
      expect(await propose(db, "Sari", { share: "70" }, { replaces: 1 })).toEqual(["created 2"]);
      expect(await propose(db, "Dewi", { share: "80", intervention: "deworming" }, { replaces: 1 })).toEqual([
        "TAG-029",
      ]);
      expect(await zinc(db)).toBe(600n);
      await step(db, "Budi", "review", [2]);
      expect(await step(db, "Budi", "agree", [2])).toEqual(["updated 2"]);
      expect(await zinc(db)).toBe(700n);
      expect((await listTags(db, ALL_TAGS)).map(({ id, status, share }) => [id, status, share])).toEqual([
        [1, "retired", 6000],
        [2, "agreed", 7000],
      ]);
      expect((await tagHistory(db, 1)).at(-1)).toMatchObject({
        action: "retired",
        by: "Budi",
        reason: expect.stringMatching(/2/),
      });
      // A plain export carries what is alive.
      expect((await exportTags(db, null)).map(({ share }) => share)).toEqual(["70"]);
    });
  });

  it("a file under an agreement retires what it changes, and a revert brings it back", async () => {
    await withThemes(engine, async (db) => {
      await post(db, tags([{ code: NODE, intervention: "zinc", share: 60 }]), { agreement: "BA-1" });
      const extract = await post(db, tags([{ code: NODE, intervention: "zinc", share: 50 }]), { agreement: "BA-2" });
      const states = async () =>
        (await listTags(db, ALL_TAGS)).map(({ status, share, agreement }) => [status, share, agreement]);
      expect(await states()).toEqual([
        ["retired", 6000, "BA-1"],
        ["agreed", 5000, "BA-2"],
      ]);
      await revertExtract(db, extract, by("Sari").at, "Sari");
      expect(await states()).toEqual([["agreed", 6000, "BA-1"]]);
      expect((await tagHistory(db, 2)).map(({ action, by: who }) => [action, who])).toEqual([
        ["created", null],
        ["reverted", "Sari"],
      ]);
    });
  });

  it("a file is not taken back under the feet of somebody who went on with its tags", async () => {
    await withThemes(engine, async (db) => {
      const extract = await post(db, tags([{ code: NODE, intervention: "zinc" }]), { actor: "Budi" });
      await step(db, "Sari", "review", [1]);
      await expect(revertExtract(db, extract, by("Budi").at)).rejects.toMatchObject({ code: "EXTRACT-LATER" });
    });
  });

  it("proposals are checked together: overlaps, sums, unknown outputs, classes, links", async () => {
    await withThemes(engine, async (db) => {
      await post(db, realization([[code(), "2019-05-01", 1000]]));
      const rows: ProposalFields[] = [
        { share: "60" },
        { share: "40.01", intervention: "vitamin-a" },
        { fiscal_year_from: "2020", fiscal_year_to: "2021" },
        { fiscal_year_from: "2021", fiscal_year_to: "2022" },
        { code: "9999.001" },
        { class: "B", fiscal_year_from: "2023", fiscal_year_to: "2023" },
        { class: "A", fiscal_year_from: "2024", fiscal_year_to: "2024" },
        { share: "0", intervention: "deworming" },
        { share: "100.01", intervention: "deworming" },
        { link: "ftp://x", intervention: "deworming" },
        { theme: "008", intervention: "immunization", code: "2080.002" },
        { theme: "child-protection", class: "pencegahan", intervention: "birth-registration" },
      ];
      const results = await proposeTags(
        db,
        rows.map((fields, index) => proposal(fields, { row: index + 1 })),
        by("Sari"),
      );
      expect(results.map(({ row, problems }) => [row, problems[0]?.rule ?? "ok"])).toEqual([
        [1, "TAG-005"],
        [2, "TAG-005"],
        [3, "ok"],
        [4, "TAG-011"],
        [5, "TAG-010"],
        [6, "TAG-003"],
        [7, "ok"],
        [8, "TAG-004"],
        [9, "TAG-004"],
        [10, "TAG-012"],
        [11, "ok"],
        [12, "ok"],
      ]);
    });
  });
});

describe("rules of steps", () => {
  it("each was seen at work above", () => {
    const rules = Object.entries(RULES).filter(([, { area }]) => area === "tag-step");
    expect(rules.map(([rule]) => rule).filter((rule) => !seen.has(rule))).toEqual([]);
  });
});
