import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { csvLine } from "../../src/csv.ts";
import { type ImportOptions, listExtracts, revertExtract, verifyStore } from "../../src/ledger/index.ts";
import { reconcile } from "../../src/reconciliation/index.ts";
import { ensureReferences } from "../../src/references/index.ts";
import type { Db } from "../../src/store/index.ts";
import { exportTags } from "../../src/tagging/index.ts";
import { code, contentOf, importText, post, realization, type TagRow, tags } from "../ledger/world.ts";
import { fixture } from "../support/import.ts";
import { ENGINES, withStore } from "../support/stores.ts";

const AGREED = { agreement: "BA-01/2019" };
const LATER = "2026-05-01T00:00:00.000Z";
const NODE = "2080.001";

/** A tag of the node of the usual code. */
const onNode = (intervention: string, share: number | string, more: Partial<TagRow> = {}): TagRow => ({
  code: NODE,
  intervention,
  share,
  ...more,
});

async function withThemes(engine: (typeof ENGINES)[number], work: (db: Db) => Promise<void>) {
  await withStore(engine, async (db) => {
    await ensureReferences(db);
    await work(db);
    expect((await verifyStore(db)).findings).toEqual([]);
  });
}

/** Rules by row of the rejects of a tag file. */
async function rejectsOf(db: Db, rows: readonly TagRow[], options: Partial<ImportOptions> = {}) {
  const result = await importText(db, tags(rows), options);
  expect(result.status).toBe("posted");
  expect(result.rows.read).toBe(result.rows.posted + result.rows.rejected);
  return result.rejects.map(({ row, problems }) => [row, ...problems.map(({ rule }) => rule)]);
}

async function tagsOf(db: Db): Promise<string[]> {
  return (await exportTags(db, "stunting")).map((tag) => {
    return `${tag.code} ${tag.intervention} ${tag.fiscal_year_from}-${tag.fiscal_year_to} ${tag.share} ${tag.status}`;
  });
}

async function taggedRupiah(db: Db, year: number): Promise<Record<string, bigint>> {
  const window = { from: `${year}-01`, to: `${year}-12` };
  const request = { by: ["intervention" as const], window, theme: "stunting", basis: "weighted" as const, where: {} };
  const result = await reconcile(db, request, "id");
  expect(result.residual).toBe(0n);
  return Object.fromEntries(result.rows.map(({ keys, realization: paid }) => [keys.intervention ?? "", paid]));
}

describe.each(ENGINES)("tags on %s", (engine) => {
  it("count only when agreed, at once, and stop counting at once when reverted", async () => {
    await withThemes(engine, async (db) => {
      await post(db, realization([[code(), "2019-05-01", 1000]]));
      await post(db, tags([onNode("zinc", 60)]));
      expect(await taggedRupiah(db, 2019)).toEqual({});
      const agreed = await importText(db, tags([onNode("zinc", 60)]), AGREED);
      expect(agreed.changes).toEqual({ created: 0, updated: 1, unchanged: 0, removed: 0 });
      expect(await taggedRupiah(db, 2019)).toEqual({ zinc: 600n });
      await post(db, tags([onNode("zinc", 30)]), { agreement: "BA-02/2019" });
      expect(await taggedRupiah(db, 2019)).toEqual({ zinc: 300n });
      await revertExtract(db, 4, LATER);
      expect(await taggedRupiah(db, 2019)).toEqual({ zinc: 600n });
      await revertExtract(db, 3, LATER);
      expect(await taggedRupiah(db, 2019)).toEqual({});
      expect(await tagsOf(db)).toEqual([`${NODE} zinc 2019-2019 60 proposed`]);
      await revertExtract(db, 2, LATER);
      expect(await tagsOf(db)).toEqual([]);
    });
  });

  it("count in the fiscal years of their range only", async () => {
    await withThemes(engine, async (db) => {
      await post(db, realization([2018, 2019, 2020].map((year) => [code(), `${year}-12-31`, 100])));
      await post(db, tags([onNode("zinc", 100, { from: 2019, to: 2020 })]), AGREED);
      expect([await taggedRupiah(db, 2018), await taggedRupiah(db, 2019), await taggedRupiah(db, 2020)]).toEqual([
        {},
        { zinc: 100n },
        { zinc: 100n },
      ]);
    });
  });

  it("the same file twice is unchanged; under an agreement it is another statement", async () => {
    await withThemes(engine, async (db) => {
      const file = tags([onNode("zinc", 60), onNode("vitamin-a", 40)]);
      await post(db, file);
      const before = await contentOf(db);
      expect(await importText(db, file)).toMatchObject({ status: "unchanged", changes: { unchanged: 2 } });
      expect(await contentOf(db)).toEqual(before);
      expect(await importText(db, file, AGREED)).toMatchObject({ status: "posted", changes: { updated: 2 } });
      expect((await importText(db, file, AGREED)).status).toBe("unchanged");
      // Proposing again what is agreed changes nothing, and does not take the agreement away.
      expect(await importText(db, file)).toMatchObject({ status: "posted", changes: { unchanged: 2, updated: 0 } });
      expect(await tagsOf(db)).toEqual([`${NODE} vitamin-a 2019-2019 40 agreed`, `${NODE} zinc 2019-2019 60 agreed`]);
    });
  });

  it("a dry run leaves no trace", async () => {
    await withThemes(engine, async (db) => {
      const before = await contentOf(db);
      const dry = await importText(db, tags([onNode("zinc", 60)]), { ...AGREED, dryRun: true });
      expect(dry).toMatchObject({ status: "dry-run", changes: { created: 1 } });
      expect(await contentOf(db)).toEqual(before);
    });
  });
});

describe.each(ENGINES)("shares of a node on %s", (engine) => {
  it("of one file: all rows of a year beyond 100 percent are refused together", async () => {
    await withThemes(engine, async (db) => {
      const rows = [onNode("zinc", 60), onNode("vitamin-a", "40.01"), onNode("deworming", 100, { from: 2020 })];
      expect(await rejectsOf(db, rows)).toEqual([
        [2, "TAG-005"],
        [3, "TAG-005"],
      ]);
      expect(await tagsOf(db)).toEqual([`${NODE} deworming 2020-2020 100 proposed`]);
    });
  });

  it("are counted year by year over overlapping ranges", async () => {
    await withThemes(engine, async (db) => {
      const rows = [
        onNode("zinc", 50, { from: 2019, to: 2021 }),
        onNode("vitamin-a", 50, { from: 2019, to: 2020 }),
        onNode("deworming", 50, { from: 2021, to: 2022 }),
        onNode("immunization", 1, { from: 2021, to: 2021 }),
      ];
      // 2021: 50 + 50 + 1. The rows of 2019 and 2022 that reach into it go with it.
      expect(await rejectsOf(db, rows)).toEqual([
        [2, "TAG-005"],
        [4, "TAG-005"],
        [5, "TAG-005"],
      ]);
      expect(await tagsOf(db)).toEqual([`${NODE} vitamin-a 2019-2020 50 proposed`]);
    });
  });

  it("a proposal must fit with what is agreed and proposed, an agreement with what is agreed", async () => {
    await withThemes(engine, async (db) => {
      await post(db, tags([onNode("zinc", 60)]), AGREED);
      await post(db, tags([onNode("vitamin-a", 30)]));
      expect(await rejectsOf(db, [onNode("deworming", 11)])).toEqual([[2, "TAG-005"]]);
      expect(await rejectsOf(db, [onNode("deworming", 10)])).toEqual([]);
      expect(await rejectsOf(db, [onNode("immunization", 41)], AGREED)).toEqual([[2, "TAG-005"]]);
      expect(await rejectsOf(db, [onNode("immunization", 40)], AGREED)).toEqual([]);
      // Now the proposals no longer fit and cannot be agreed as they are.
      expect(await rejectsOf(db, [onNode("vitamin-a", 30)], AGREED)).toEqual([[2, "TAG-005"]]);
    });
  });

  it("an agreed share changes only under an agreement", async () => {
    await withThemes(engine, async (db) => {
      await post(db, tags([onNode("zinc", 60)]), AGREED);
      const before = await tagsOf(db);
      const result = await importText(db, tags([onNode("zinc", 50), onNode("vitamin-a", 10)]));
      expect(result.rejects.map(({ row, problems }) => [row, problems[0]?.rule, problems[0]?.params])).toEqual([
        [2, "TAG-009", { agreement: "BA-01/2019" }],
      ]);
      expect(await tagsOf(db)).toEqual([`${NODE} vitamin-a 2019-2019 10 proposed`, ...before]);
      await post(db, tags([onNode("zinc", 50)]), { agreement: "BA-02/2019" });
      expect((await exportTags(db, null)).find(({ intervention }) => intervention === "zinc")).toMatchObject({
        share: "50",
        agreement: "BA-02/2019",
      });
    });
  });

  it("of other nodes, levels and themes do not matter", async () => {
    await withThemes(engine, async (db) => {
      const rows = ["2080", "2080.001", "2080.001.001", "2080.001.001.051", "2081"].map(
        (node): TagRow => ({ code: node, intervention: "zinc" }),
      );
      expect(await rejectsOf(db, rows, AGREED)).toEqual([]);
    });
  });
});

describe.each(ENGINES)("reverting tags on %s", (engine) => {
  it("is refused while a later extract that changed the same tags is posted", async () => {
    await withThemes(engine, async (db) => {
      await post(db, tags([onNode("zinc", 60)]), AGREED);
      await post(db, tags([onNode("zinc", 50)]), { agreement: "BA-02/2019" });
      const before = await contentOf(db);
      await expect(revertExtract(db, 1, LATER)).rejects.toMatchObject({ code: "EXTRACT-LATER", status: 409 });
      expect(await contentOf(db)).toEqual(before);
      await revertExtract(db, 2, LATER);
      await revertExtract(db, 1, LATER);
      expect(await tagsOf(db)).toEqual([]);
      expect((await listExtracts(db)).map(({ state }) => state)).toEqual(["reverted", "reverted"]);
    });
  });

  it("is refused when the shares it brings back no longer fit", async () => {
    await withThemes(engine, async (db) => {
      await post(db, tags([onNode("zinc", 100)]), AGREED);
      await post(db, tags([onNode("zinc", 50)]), { agreement: "BA-02/2019" });
      await post(db, tags([onNode("vitamin-a", 50)]), { agreement: "BA-03/2019" });
      const before = await contentOf(db);
      await expect(revertExtract(db, 2, LATER)).rejects.toMatchObject({
        code: "EXTRACT-LATER",
        status: 409,
        message: expect.stringContaining(NODE),
      });
      expect(await contentOf(db)).toEqual(before);
      await revertExtract(db, 3, LATER);
      await revertExtract(db, 2, LATER);
      expect(await tagsOf(db)).toEqual([`${NODE} zinc 2019-2019 100 agreed`]);
    });
  });

  it("leaves numbers of deleted tags unused, so that the history stays clear", async () => {
    await withThemes(engine, async (db) => {
      await post(db, tags([onNode("zinc", 60)]));
      await revertExtract(db, 1, LATER);
      await post(db, tags([onNode("vitamin-a", 60)]));
      const { tags: stored = [], tag_steps: history = [] } = await contentOf(db);
      expect(stored[0]).toContain('"id":"2n"');
      // Created, reverted, created.
      expect(history).toHaveLength(3);
      await revertExtract(db, 2, LATER);
      expect(await tagsOf(db)).toEqual([]);
    });
  });
});

describe.each(ENGINES)("exported tags on %s", (engine) => {
  it("are read back by an empty store as they were", async () => {
    const source = readFileSync(fixture("world-1", "tags.csv"));
    const odd = tags([
      onNode("zinc", "0.01", { evidence: 'kata "kunci", dua\nbaris' }),
      onNode("zinc", "99.99", { from: 2020, to: 2022 }),
    ]);
    let written = "";
    let exported: Awaited<ReturnType<typeof exportTags>> = [];
    await withThemes(engine, async (db) => {
      await post(db, source, AGREED);
      await post(db, odd, AGREED);
      exported = await exportTags(db, null);
      const [first] = exported;
      if (!first) throw new Error("nothing exported");
      written = [Object.keys(first), ...exported.map((tag) => Object.values(tag))].map(csvLine).join("\n");
    });
    expect(exported.length).toBeGreaterThan(300);
    await withThemes(engine, async (db) => {
      const result = await importText(db, `${written}\n`, AGREED);
      // The columns the layout does not read are said, not passed over.
      expect(result).toMatchObject({ status: "posted", rejects: [], ignoredColumns: ["status", "agreement"] });
      expect(await exportTags(db, null)).toEqual(exported);
      expect(await exportTags(db, "gender")).toEqual([]);
    });
  });
});
