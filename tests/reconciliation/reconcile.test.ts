import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { verifyStore } from "../../src/ledger/index.ts";
import { DIMENSIONS, type Dimension, type ReconciliationRequest, reconcile } from "../../src/reconciliation/index.ts";
import { ensureReferences } from "../../src/references/index.ts";
import { type Db, openStore } from "../../src/store/index.ts";
import { budget, code, post, realization, satkers, tags } from "../ledger/world.ts";
import { ENGINES, newStorePlace, type StorePlace } from "../support/stores.ts";

const WHOLE_YEAR = { from: "2019-01", to: "2019-12" };

describe.each(ENGINES)("reconciliation on %s", (engine) => {
  let place: StorePlace;
  let db: Db;

  const ask = (request: Partial<ReconciliationRequest>) => {
    const plain = { by: ["ministry" as const], window: WHOLE_YEAR, theme: null, basis: "whole" as const, where: {} };
    return reconcile(db, { ...plain, ...request }, "id");
  };

  beforeAll(async () => {
    place = await newStorePlace(engine);
    db = await openStore(place.location);
    await ensureReferences(db);
    await post(db, satkers([["100001", "DINAS KESEHATAN", "024"]]));
    const lines = [
      code(),
      code({ detail: "001.051.0A.000001" }),
      code({ account: "411211" }),
      code({
        satker: "100002",
        program: "0270108",
        output: "2081001",
        location: "3051",
        account: "631111",
        fund: "B000000001",
      }),
    ];
    await post(
      db,
      budget(lines.map((printed, index) => ({ code: printed, year: 2019, revision: 0, amount: 1200 * (index + 1) }))),
    );
    // No budget for this one: it must not vanish.
    const alone = code({ account: "573111" });
    await post(
      db,
      realization([
        [lines[0] ?? "", "2019-04-10", 250],
        [lines[1] ?? "", "2019-05-10", -50],
        [lines[2] ?? "", "2019-05-10", 999],
        [alone, "2019-06-10", 5],
      ]),
    );
    await post(db, tags([{ code: "2080.001.001", intervention: "zinc", share: 50 }]), { agreement: "BA-1" });
  });

  afterAll(async () => {
    await db.close();
    await place.dispose();
  });

  it("is a full outer match: budget without payments and payments without budget are both there", async () => {
    const { rows, total } = await ask({ by: ["satker", "account"] });
    expect(
      rows.map(({ keys, budget: planned, realization: paid }) => [keys.satker, keys.account, planned, paid]),
    ).toEqual([
      ["100001", "521211", 3600n, 200n],
      ["100001", "573111", 0n, 5n],
      ["100002", "631111", 4800n, 0n],
    ]);
    expect(total).toMatchObject({ budget: 8400n, realization: 205n, remaining: 8195n, absorption: 0.024405 });
    expect(rows.map(({ absorption }) => absorption)).toEqual([0.055556, null, 0]);
  });

  it("counts expenditure only", async () => {
    const { rows } = await ask({ by: ["account_group"] });
    expect(rows.map(({ keys }) => keys.account_group)).toEqual(["52", "57", "63"]);
  });

  it("keys of every dimension are the codes of the contract", async () => {
    const where = { account: ["521211"] };
    const keys: Partial<Record<Dimension, (string | null | undefined)[]>> = {};
    for (const dimension of DIMENSIONS.filter((one) => !["month", "class", "intervention", "cohort"].includes(one))) {
      keys[dimension] = (await ask({ by: [dimension], where })).rows.map((row) => row.keys[dimension]);
    }
    expect(keys).toEqual({
      ministry: ["024"],
      unit: ["02405"],
      program: ["0240508"],
      activity: ["2080"],
      output: ["2080001"],
      ro: ["2080001001", null],
      component: ["2080001001051", null],
      satker: ["100001"],
      province: ["01"],
      district: ["0151"],
      account_group: ["52"],
      account: ["521211"],
      fund: ["A"],
      authority: ["1"],
    });
  });

  it("names keys in the language asked for, and says null for what no list knows", async () => {
    const { rows } = await ask({ by: ["ministry", "satker", "month"], window: { from: "2019-04", to: "2019-05" } });
    expect(rows[0]?.names).toEqual({
      ministry: "KEMENTERIAN KESEHATAN",
      satker: "DINAS KESEHATAN",
      month: "April 2019",
    });
    const unknown = rows.find(({ keys }) => keys.satker === "100002");
    expect(unknown?.names.satker).toBeNull();
    const english = await reconcile(
      db,
      { by: ["class", "intervention"], window: WHOLE_YEAR, theme: "stunting", basis: "whole", where: {} },
      "en",
    );
    expect(english.rows[0]?.names).toEqual({
      class: "Nutrition-specific interventions",
      intervention: "Zinc supplementation",
    });
  });

  it("shows what cannot be placed: needs-ro, untagged, filtered out", async () => {
    const themed = { theme: "stunting", by: ["intervention"] as Dimension[] };
    const whole = await ask(themed);
    expect(
      whole.rows.map(({ keys, budget: planned, realization: paid }) => [keys.intervention, planned, paid]),
    ).toEqual([["zinc", 2400n, -50n]]);
    // The code of 12 segments ends at the output, which is tagged only below; its payment without budget too.
    expect(whole.unallocated).toEqual([
      {
        reason: "needs-ro",
        original: 1200n,
        revised: 1200n,
        blocked: 0n,
        budget: 1200n,
        twelfths: 1200n,
        realization: 255n,
      },
    ]);
    expect(whole.untagged).toMatchObject({ budget: 4800n, realization: 0n });
    const weighted = await ask({ ...themed, basis: "weighted" });
    expect(weighted.rows[0]).toMatchObject({ budget: 1200n, realization: -25n });
    expect(weighted.untagged).toMatchObject({ budget: 6000n, realization: -25n });
    const filtered = await ask({ ...themed, where: { intervention: ["vitamin-a"] } });
    expect(filtered.rows).toEqual([]);
    expect(filtered.filteredOut).toMatchObject({ budget: 2400n, realization: -50n });
    for (const { residual } of [whole, weighted, filtered]) expect(residual).toBe(0n);
  });

  it("annual measures have no place beside months", async () => {
    const { rows, total } = await ask({ by: ["month"], window: { from: "2019-04", to: "2019-06" } });
    expect(rows.map(({ keys, budget: planned, original }) => [keys.month, planned, original])).toEqual([
      ["2019-04", 700n, null],
      ["2019-05", 700n, null],
      ["2019-06", 700n, null],
    ]);
    expect(total).toMatchObject({ original: null, revised: null, blocked: null, budget: 2100n, realization: 205n });
  });

  it("a filter on months narrows the window; one that leaves none is refused", async () => {
    const { rows } = await ask({ where: { month: ["2019-05", "2030-01"] } });
    expect(rows[0]).toMatchObject({ realization: -50n, budget: 300n, original: 3600n });
    await expect(ask({ where: { month: ["2018-01"] } })).rejects.toMatchObject({
      code: "RECONCILE-EMPTY",
      status: 400,
    });
    await expect(ask({ window: { from: "2019-12", to: "2019-01" } })).rejects.toMatchObject({
      code: "RECONCILE-EMPTY",
    });
  });

  it("refuses an unknown theme, and classes without a theme, with a hint", async () => {
    await expect(ask({ theme: "gender" })).rejects.toMatchObject({
      code: "RECONCILE-THEME",
      hint: expect.stringContaining("stunting"),
    });
    for (const request of [{ by: ["class" as const] }, { where: { intervention: ["zinc"] } }]) {
      await expect(ask(request)).rejects.toMatchObject({ code: "RECONCILE-THEME", hint: expect.any(String) });
    }
  });

  it("a filter value is a value, whatever it contains", async () => {
    const odd = ["024", "'; DROP TABLE tags; --", "%", ""];
    expect((await ask({ where: { ministry: odd } })).rows.map(({ keys }) => keys.ministry)).toEqual(["024"]);
    expect((await ask({ where: { ministry: ["%"] } })).rows).toEqual([]);
  });

  it("an empty window of an empty year has no rows, and totals are zero", async () => {
    const { rows, total, residual, extracts, dataAsOf } = await ask({ window: { from: "2030-01", to: "2030-12" } });
    expect(rows).toEqual([]);
    expect(total).toMatchObject({ budget: 0n, realization: 0n, original: 0n, remaining: 0n, absorption: null });
    expect([residual, extracts, dataAsOf]).toEqual([0n, [], null]);
  });

  it("answers the widest question: all years, all dimensions, a thousand values", async () => {
    const window = { from: "2005-01", to: "2099-12" };
    const where = { satker: Array.from({ length: 1000 }, (_, at) => String(100_000 + at)) };
    const wide = await ask({
      window,
      where,
      theme: "stunting",
      basis: "weighted",
      by: [...DIMENSIONS].filter((one) => one !== "month"),
    });
    const narrow = await ask({ theme: "stunting", basis: "weighted" });
    expect(wide.total).toEqual(narrow.total);
    expect([wide.untagged, wide.unallocated, wide.residual]).toEqual([narrow.untagged, narrow.unallocated, 0n]);
    const byMonth = await ask({ window, theme: "stunting", basis: "weighted", by: ["month", "intervention"] });
    expect(byMonth.total.budget).toBe(narrow.total.budget);
    expect(byMonth.rows).toHaveLength(12);
  });

  it("names its sources: the extracts in force in the window and the newest payment", async () => {
    const { extracts, dataAsOf } = await ask({ window: { from: "2019-05", to: "2019-05" } });
    expect(extracts).toEqual([2, 3]);
    expect(dataAsOf).toBe("2019-06-10");
  });

  it("cohorts follow the priority districts, older location codes included; other places have none", async () => {
    const districts = await db.read.rows<{ code: string; location: string }>(
      sql`SELECT kemendagri_code AS code, span_code AS location FROM districts WHERE span_code IN ('0151', '3601') ORDER BY span_code`,
    );
    await db.tx(async (tx) => {
      const chosen = districts.map((row, index) => [row.code, 2018 + index]);
      await tx.bulkInsert("priority_districts", ["kemendagri_code", "first_year"], chosen);
    });
    // Merauke was 2507 before its province was split.
    await post(db, realization([[code({ satker: "100003", location: "2507" }), "2019-07-15", 7]]));
    const { rows, residual } = await ask({ by: ["cohort"] });
    expect(rows.map(({ keys, budget: planned, realization: paid }) => [keys.cohort, planned, paid])).toEqual([
      ["2018", 3600n, 205n],
      ["2019", 0n, 7n],
      [null, 4800n, 0n],
    ]);
    expect(residual).toBe(0n);
    const filtered = await ask({ by: ["ministry"], where: { cohort: ["2018"] } });
    expect(filtered.rows.map(({ keys }) => keys.ministry)).toEqual(["024"]);
    expect((await verifyStore(db)).findings).toEqual([]);
  });
});
