import { describe, expect, it } from "vitest";
import { revertExtract, verifyStore } from "../../src/ledger/index.ts";
import { twelfths } from "../../src/money.ts";
import { type Dimension, reconcile } from "../../src/reconciliation/index.ts";
import type { Db } from "../../src/store/index.ts";
import { ENGINES, withStore } from "../support/stores.ts";
import { type BudgetRow, budget, code, codeOf, importText, post, realization } from "./world.ts";

const PLAN = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

/** A line of the usual code in 2019. */
function line(revision: number, amount: number, more: Partial<BudgetRow> = {}): BudgetRow {
  return { code: code(), year: 2019, revision, amount, ...more };
}

async function measures(db: Db, from = "2019-01", to = "2019-12", by: Dimension[] = ["satker"]) {
  const result = await reconcile(db, { by, window: { from, to }, theme: null, basis: "whole", where: {} }, "id");
  expect(result.residual).toBe(0n);
  expect((await verifyStore(db)).findings).toEqual([]);
  return result.rows.map(({ keys, original, revised, blocked, budget: planned, twelfths: spread }) => {
    const number = (value: bigint | null) => (value === null ? null : Number(value));
    return [Object.values(keys).join(" "), ...[original, revised, blocked, planned, spread].map(number)];
  });
}

describe.each(ENGINES)("budget on %s", (engine) => {
  it("original is revision 0, revised and blocked the highest revision", async () => {
    await withStore(engine, async (db) => {
      await post(
        db,
        budget([line(0, 1200, { blocked: 100 }), line(3, 2400, { blocked: 200 }), line(1, 3600, { blocked: 300 })]),
      );
      expect(await measures(db)).toEqual([["100001", 1200, 2400, 200, 2400, 2400]]);
      expect(await measures(db, "2019-01", "2019-03")).toEqual([["100001", 1200, 2400, 200, 600, 600]]);
      expect(await measures(db, "2020-01", "2020-03")).toEqual([]);
    });
  });

  it("the highest revision is that of the satker: a code it no longer has is gone, another satker keeps its own", async () => {
    await withStore(engine, async (db) => {
      const other = code({ account: "524111" });
      await post(
        db,
        budget([
          line(0, 100),
          { ...line(0, 50), code: other },
          line(2, 170),
          { ...line(0, 7), code: codeOf("100002") },
          { ...line(1, 8), code: codeOf("100002") },
        ]),
      );
      expect(await measures(db, "2019-01", "2019-12", ["satker", "account"])).toEqual([
        ["100001 521211", 100, 170, 0, 170, 170],
        ["100001 524111", 50, 0, 0, 0, 0],
        ["100002 521211", 7, 8, 0, 8, 8],
      ]);
    });
  });

  it("revisions may come in any order and in files of their own", async () => {
    await withStore(engine, async (db) => {
      await post(db, budget([line(10, 1000)]));
      await post(db, budget([line(9, 900)]));
      await post(db, budget([line(0, 10)]));
      expect(await measures(db)).toEqual([["100001", 10, 1000, 0, 1000, 1000]]);
      await revertExtract(db, 1, "2026-02-01T00:00:00.000Z");
      expect(await measures(db)).toEqual([["100001", 10, 900, 0, 900, 900]]);
    });
  });

  it("a file restates its revision of its satkers whole, other revisions stay", async () => {
    await withStore(engine, async (db) => {
      const other = code({ account: "524111" });
      await post(db, budget([line(0, 100), line(1, 200), { ...line(1, 20), code: other }]));
      const second = await importText(db, budget([line(1, 300)]));
      expect(second.changes).toEqual({ created: 0, updated: 1, unchanged: 0, removed: 1 });
      expect(second.scope).toEqual({ kind: "budget", fiscal_years: [2019], months: [], satkers: 1 });
      expect(await measures(db, "2019-01", "2019-12", ["account"])).toEqual([["521211", 100, 300, 0, 300, 300]]);
      await revertExtract(db, 2, "2026-02-01T00:00:00.000Z");
      expect(await measures(db, "2019-01", "2019-12", ["account"])).toEqual([
        ["521211", 100, 200, 0, 200, 200],
        ["524111", 0, 20, 0, 20, 20],
      ]);
    });
  });

  it("--scope empties the same revisions of satkers that vanished", async () => {
    await withStore(engine, async (db) => {
      const vanished = codeOf("100002");
      await post(db, budget([line(0, 10), line(1, 11), { ...line(0, 20), code: vanished }]));
      await post(db, budget([line(0, 12)]), { scope: "ministry=024" });
      expect(await measures(db)).toEqual([["100001", 12, 11, 0, 11, 11]]);
      await revertExtract(db, 2, "2026-02-01T00:00:00.000Z");
      expect(await measures(db)).toEqual([
        ["100001", 10, 11, 0, 11, 11],
        ["100002", 20, 20, 0, 20, 20],
      ]);
    });
  });

  it("a complete plan is used as it is; a plan with a gap is no plan", async () => {
    await withStore(engine, async (db) => {
      // The plan adds up to 78, the amount is 1200: both stand, with a warning.
      const complete = await importText(db, budget([line(0, 1200, { plan: PLAN })]));
      expect(complete.warnings).toEqual({ "BUD-002": 1 });
      expect(await measures(db, "2019-02", "2019-03")).toEqual([["100001", 1200, 1200, 0, 5, 0]]);
      const gap = await importText(
        db,
        budget([line(0, 1200, { plan: PLAN.map((month) => (month === 7 ? null : month)) })]),
      );
      expect(gap).toMatchObject({ status: "posted", warnings: { "BUD-001": 1 } });
      expect(await measures(db, "2019-02", "2019-03")).toEqual([["100001", 1200, 1200, 0, 200, 200]]);
      // A zero is a statement, not a gap.
      await post(db, budget([line(0, 1200, { plan: Array(12).fill(0) })]));
      expect(await measures(db, "2019-02", "2019-03")).toEqual([["100001", 1200, 1200, 0, 0, 0]]);
    });
  });

  it("lines of one code add up, planned and spread side by side", async () => {
    await withStore(engine, async (db) => {
      const result = await importText(db, budget([line(0, 78, { plan: PLAN }), line(0, 100), line(0, 101)]));
      expect(result.warnings).toEqual({ "BUD-004": 2 });
      const spread = twelfths(100n).map((month, index) => Number(month + (twelfths(101n)[index] ?? 0n)));
      const rows = await measures(db, "2019-01", "2019-12", ["month"]);
      expect(rows.map((row) => row[4])).toEqual(PLAN.map((month, index) => month + (spread[index] ?? 0)));
      expect(rows.map((row) => row[5])).toEqual(spread);
      expect(rows.map((row) => row.slice(1, 4))).toEqual(Array(12).fill([null, null, null]));
    });
  });

  it("negative budgets are spread like positive ones", async () => {
    await withStore(engine, async (db) => {
      await post(db, budget([line(0, -100)]));
      const rows = await measures(db, "2019-01", "2019-12", ["month"]);
      expect(rows.map((row) => row[4])).toEqual([-8, -9, -8, -8, -9, -8, -8, -9, -8, -8, -9, -8]);
    });
  });

  it("fiscal years of a window add up, each with its own highest revision", async () => {
    await withStore(engine, async (db) => {
      await post(db, budget([line(0, 1200), line(2, 2400), { ...line(0, 3600), year: 2020 }]));
      expect(await measures(db, "2019-12", "2020-01")).toEqual([["100001", 4800, 6000, 0, 500, 500]]);
    });
  });

  it("budget and realization of the same cells do not replace each other", async () => {
    await withStore(engine, async (db) => {
      await post(db, budget([line(0, 1200)]));
      await post(db, realization([[code(), "2019-05-01", 7]]));
      await post(db, budget([line(0, 2400)]));
      await revertExtract(db, 2, "2026-02-01T00:00:00.000Z");
      await post(db, realization([[code(), "2019-05-01", 8]]));
      const result = await reconcile(
        db,
        { by: [], window: { from: "2019-05", to: "2019-05" }, theme: null, basis: "whole", where: {} },
        "id",
      );
      expect(result.total).toMatchObject({ realization: 8n, budget: 200n, revised: 2400n, absorption: 0.04 });
      expect((await verifyStore(db)).findings).toEqual([]);
    });
  });
});
