import { sql } from "drizzle-orm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { importFile, revertExtract, verifyStore } from "../../src/ledger/index.ts";
import { DIMENSIONS, type Dimension, type ReconciliationRequest, reconcile } from "../../src/reconciliation/index.ts";
import { ensureReferences } from "../../src/references/index.ts";
import type { Db } from "../../src/store/index.ts";
import { type BudgetRow, budget, code, type PaymentRow, post, realization, tags } from "../ledger/world.ts";
import { fixture, PLAIN_IMPORT } from "../support/import.ts";
import { ENGINES, withStore } from "../support/stores.ts";
import { expectSameAnswers } from "./same-answers.ts";

/** More codes than one chunk of columns holds, so that chunks are filled up, added to and changed. */
const CODES = 5_000;
const PROGRAMS = ["0240508", "0240506", "0270108"];

const pad = (value: number, width: number) => String(value).padStart(width, "0");

/** Most codes are of one ministry; nodes, accounts and places repeat in cycles that do not meet. */
const PRINTED = Array.from({ length: CODES }, (_, index) =>
  code({
    satker: String(100_000 + (index % 97)),
    program: PROGRAMS[index % 41 === 0 ? 2 : index % 2] ?? "",
    account: ["511111", "521211", "532111", "571111", "631111", "411211"][index % 6] ?? "",
    output: `208${index % 7}00${(index % 5) + 1}`,
    location: ["0151", "3051", "3000", "1101"][index % 4] ?? "",
    authority: String((index % 3) + 1),
    fund: `${"AB"[index % 2]}000000001`,
    detail: index % 3 === 0 ? null : `00${(index % 4) + 1}.051.0A.${pad(index, 6)}`,
  }),
);

function payments(from: number, to: number, year: number, factor: number): PaymentRow[] {
  return PRINTED.slice(from, to).map((printed, index) => [
    printed,
    `${year}-${pad((index % 12) + 1, 2)}-15`,
    (index * 7_919 - 1_000) * factor,
  ]);
}

function lines(from: number, to: number, year: number): BudgetRow[] {
  return PRINTED.slice(from, to).map((printed, index) => ({
    code: printed,
    year,
    revision: 0,
    amount: 1_001 * index,
    blocked: index % 10,
    plan: index % 2 === 0 ? Array.from({ length: 12 }, (_, month) => month * index) : [],
  }));
}

const TAGS = tags([
  { code: "2080.001", intervention: "zinc", from: 2019, to: 2020 },
  { code: "2081", intervention: "vitamin-a", from: 2019, to: 2020, share: 33.33 },
  { code: "2081", intervention: "zinc", from: 2019, to: 2019, share: 40 },
  { code: "2082.003.002", intervention: "clean-water", from: 2020, to: 2020, share: 12.5 },
  { code: "2083.004", intervention: "clean-water", from: 2019, to: 2020 },
]);

const monthIn = (years: number[]) =>
  fc
    .tuple(fc.constantFrom(...years), fc.integer({ min: 1, max: 12 }))
    .map(([year, number]) => `${year}-${pad(number, 2)}`);

const requestIn = (years: number[]): fc.Arbitrary<ReconciliationRequest> =>
  fc
    .record({
      themed: fc.boolean(),
      by: fc.shuffledSubarray([...DIMENSIONS], { minLength: 1, maxLength: 4 }),
      ends: fc.tuple(monthIn(years), monthIn(years)),
      basis: fc.constantFrom("whole" as const, "weighted" as const),
      where: fc.subarray(
        [
          ["ministry", ["024"]],
          ["unit", ["02405", "02701"]],
          ["activity", ["2081", "2084"]],
          ["account_group", ["52", "63"]],
          ["component", ["2081002002051"]],
          ["province", ["01", "30"]],
          ["authority", ["3"]],
          ["intervention", ["zinc"]],
        ] as [Dimension, string[]][],
        { maxLength: 2 },
      ),
    })
    .map(({ themed, by, ends: [a, b], basis, where }) => {
      const fits = (dimension: Dimension) => themed || !["class", "intervention"].includes(dimension);
      const dimensions = by.filter(fits);
      return {
        by: dimensions.length > 0 ? dimensions : ["district"],
        window: a < b ? { from: a, to: b } : { from: b, to: a },
        theme: themed ? "stunting" : null,
        basis,
        where: Object.fromEntries(where.filter(([dimension]) => fits(dimension))),
      };
    });

async function expectSound(db: Db, numRuns: number, years = [2019, 2020]): Promise<void> {
  expect((await verifyStore(db)).findings).toEqual([]);
  await fc.assert(
    fc.asyncProperty(requestIn(years), (asked) => expectSameAnswers(db, asked)),
    { numRuns },
  );
}

describe.each(ENGINES)("columns of many codes on %s", (engine) => {
  const runs = engine === "sqlite" ? 40 : 8;

  it("give what codes give, however they came about", async () => {
    await withStore(engine, async (db) => {
      await ensureReferences(db);
      await post(db, TAGS, { agreement: "BA-1" });
      await post(db, budget(lines(0, 2_000, 2019)));
      await post(db, realization(payments(1_500, 4_000, 2019, 1)), { scope: "satker=100003" });
      await expectSound(db, runs);
      // Codes that have a budget get their first realization; new ones fill up the chunk and begin another.
      const wide = await post(db, realization(payments(0, CODES, 2020, 3)));
      await post(db, realization(payments(3_000, CODES, 2019, -2)));
      await post(db, budget(lines(1_000, CODES, 2020)));
      await expectSound(db, runs);
      await revertExtract(db, wide, "2026-01-02T00:00:00.000Z");
      await expectSound(db, runs);
    });
  });

  it("give what codes give when extracts leave segments out", async () => {
    await withStore(engine, async (db) => {
      await ensureReferences(db);
      for (const file of ["omspan-realisasi-fa.csv", "monsakti-data-ang.csv", "monsakti-realisasi.csv"]) {
        const result = await importFile(db, fixture("world-1", "layouts", file), { ...PLAIN_IMPORT, year: 2021 });
        expect([file, result.status]).toEqual([file, "posted"]);
      }
      const [partial] = await db.read.rows<{ codes: bigint; node: string }>(
        sql`SELECT count(*) AS codes, min(node) AS node FROM code_combinations WHERE code LIKE '%?%'`,
      );
      expect(partial?.codes).toBeGreaterThan(0n);
      const node = partial?.node ?? "";
      await post(db, tags([{ code: node, intervention: "zinc", from: 2021, to: 2021, share: 33 }]), {
        agreement: "BA-1",
      });
      await expectSound(db, runs, [2021]);
    });
  });

  it("are not used before they are built, and are built by the next import", async () => {
    await withStore(engine, async (db) => {
      await ensureReferences(db);
      await post(db, realization(payments(0, 50, 2019, 1)));
      await post(db, budget(lines(0, 50, 2019)));
      const asked: ReconciliationRequest = {
        by: ["satker", "month"],
        window: { from: "2019-01", to: "2019-12" },
        theme: null,
        basis: "whole",
        where: {},
      };
      const before = await reconcile(db, asked, "id");
      // A store of before the columns, as its migration leaves it.
      await db.tx(async (tx) => {
        await tx.run(sql`DELETE FROM balance_totals`);
        await tx.run(sql`DELETE FROM balance_columns WHERE name <> 'codes'`);
        await tx.run(sql`UPDATE balance_columns SET name = 'missing'`);
      });
      expect(await reconcile(db, asked, "id")).toEqual(before);
      expect((await verifyStore(db)).findings).toEqual([]);
      const extract = await post(db, realization(payments(50, 60, 2019, 1)));
      await expectSameAnswers(db, asked);
      await revertExtract(db, extract, "2026-01-02T00:00:00.000Z");
      await expectSameAnswers(db, asked);
      expect((await verifyStore(db)).findings).toEqual([]);
      expect((await reconcile(db, asked, "id")).rows).toEqual(before.rows);
    });
  });
});
