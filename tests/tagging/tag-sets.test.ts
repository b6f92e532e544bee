import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { revertExtract } from "../../src/ledger/index.ts";
import { FULL_SHARE } from "../../src/money.ts";
import { reconcile } from "../../src/reconciliation/index.ts";
import { ensureReferences } from "../../src/references/index.ts";
import type { Db } from "../../src/store/index.ts";
import { fitGroup } from "../../src/tagging/fit-group.ts";
import { ClosestTag } from "../../src/tagging/index.ts";
import { groupByPlace } from "../../src/tagging/stored-tags.ts";
import { code, importText, post, realization, tags as tagFile } from "../ledger/world.ts";
import { patience, rounds } from "../support/rounds.ts";
import { ENGINES, withStore } from "../support/stores.ts";

/** How many random tag sets are tried: most of them by rules alone, some through each store. */
const CASES = { pure: 9_850, sqlite: 100, postgres: 50 } as const;

const YEARS = [2019, 2020, 2021];
const INTERVENTIONS = ["deworming", "vitamin-a", "zinc"];
/** Two activities with two outputs, two RO and two komponen each: every level can be tagged. */
const LEAVES = ["2078", "2080"].flatMap((activity) =>
  ["001", "002"].flatMap((output) =>
    ["001", "002"].flatMap((ro) => ["051", "052"].map((component) => [activity, output, ro, component] as const)),
  ),
);
const NODES = [...new Set(LEAVES.flatMap((leaf) => leaf.map((_, depth) => leaf.slice(0, depth + 1).join("."))))];

interface RandomTag {
  theme: string;
  node: string;
  intervention: string;
  fiscalYearFrom: number;
  fiscalYearTo: number;
  share: number;
}

const tag: fc.Arbitrary<RandomTag> = fc
  .record({
    node: fc.constantFrom(...NODES),
    intervention: fc.constantFrom(...INTERVENTIONS),
    years: fc.tuple(fc.constantFrom(...YEARS), fc.constantFrom(...YEARS)),
    share: fc.oneof(fc.integer({ min: 1, max: FULL_SHARE }), fc.constantFrom(1, 3333, 5000, 6667, FULL_SHARE)),
  })
  .map(({ years: [a, b], ...rest }) => ({
    theme: "stunting",
    ...rest,
    fiscalYearFrom: Math.min(a, b),
    fiscalYearTo: Math.max(a, b),
  }));

/** A payment on a code of 12 or 16 segments. */
interface Payment {
  node: string;
  year: number;
  amount: bigint;
}

const payment: fc.Arbitrary<Payment> = fc.record({
  node: fc.constantFrom(...LEAVES.flatMap((leaf) => [leaf.join("."), leaf.slice(0, 2).join(".")])),
  year: fc.constantFrom(...YEARS),
  amount: fc.oneof(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), fc.bigInt({ min: -7n, max: 7n })),
});

/** The slow obvious model: what may stand together, tag by tag and year by year. */
function fits(tags: readonly RandomTag[]): boolean {
  return NODES.every((node) =>
    YEARS.every((year) => {
      const here = tags.filter((one) => one.node === node && one.fiscalYearFrom <= year && year <= one.fiscalYearTo);
      const names = here.map(({ intervention }) => intervention);
      return new Set(names).size === names.length && here.reduce((sum, { share }) => sum + share, 0) <= FULL_SHARE;
    }),
  );
}

/** The slow obvious model: the shares that the closest tagged level of a line gives, or why it has none. */
function sharesOf(tags: readonly RandomTag[], { node, year }: Payment): [string, number][] | "needs-ro" | "untagged" {
  const inYear = tags.filter((one) => one.fiscalYearFrom <= year && year <= one.fiscalYearTo);
  for (let above = node; above !== ""; above = above.slice(0, Math.max(above.lastIndexOf("."), 0))) {
    const here = inYear.filter((one) => one.node === above);
    if (here.length > 0)
      return here
        .map(({ intervention, share }): [string, number] => [intervention, share])
        .sort(([a], [b]) => (a < b ? -1 : 1));
  }
  const isBelow = inYear.some((one) => one.node.startsWith(`${node}.`));
  return isBelow && node.split(".").length === 2 ? "needs-ro" : "untagged";
}

/** a × b ÷ c to the nearest rupiah, half away from zero. */
function rounded(a: bigint, b: number, c: number): bigint {
  const [product, divisor] = [a * BigInt(b), BigInt(c)];
  const size = product < 0n ? -product : product;
  const nearest = (2n * size + divisor) / (2n * divisor);
  return product < 0n ? -nearest : nearest;
}

/** Parts of an amount, in the order of interventions. */
function partsOf(amount: bigint, shares: readonly [string, number][], basis: "whole" | "weighted"): [string, bigint][] {
  const total = shares.reduce((sum, [, share]) => sum + share, 0);
  const denominator = basis === "whole" ? total : FULL_SHARE;
  let [before, said] = [0, 0n];
  return shares.map(([intervention, share]) => {
    before += share;
    const upTo = rounded(amount, before, denominator);
    const part = upTo - said;
    said = upTo;
    return [intervention, part];
  });
}

describe("random tag sets", () => {
  it(
    "are let in exactly as far as they fit, the closest level wins, and no rupiah is counted twice",
    () => {
      const { seed, ...parameters } = rounds("tag sets", CASES.pure, 40);
      let tried = 0;
      fc.assert(
        fc.property(
          fc.array(tag, { maxLength: 14 }),
          fc.array(payment, { minLength: 1, maxLength: 4 }),
          (tags, payments) => {
            tried++;
            const judged = [...groupByPlace(tags).values()].map((group) => fitGroup([], group));
            const accepted = judged.flatMap(({ fitting }) => fitting);
            const refused = judged.flatMap((one) => one.refused);
            expect(accepted.length + refused.length).toBe(tags.length);
            expect(fits(accepted)).toBe(true);
            // A set that fits is let in whole; what is refused for an overlap alone would not have fitted.
            if (fits(tags)) expect(refused).toEqual([]);
            for (const { tag: one, problem } of refused)
              if (problem.rule === "TAG-011") expect(fits([...tags.slice(0, tags.indexOf(one)), one])).toBe(false);
            for (const year of YEARS) {
              const closest = new ClosestTag(
                accepted.filter((one) => one.fiscalYearFrom <= year && year <= one.fiscalYearTo),
              );
              for (const line of payments.map((one) => ({ ...one, year }))) {
                const expected = sharesOf(accepted, line);
                const match = closest.match(line.node);
                if (match.kind !== "tagged") {
                  expect(match.kind).toBe(expected);
                  continue;
                }
                expect(match.node.parts.map(({ intervention, before, upTo }) => [intervention, upTo - before])).toEqual(
                  expected,
                );
                if (typeof expected === "string") continue;
                const sum = (basis: "whole" | "weighted") =>
                  partsOf(line.amount, expected, basis).reduce((all, [, part]) => all + part, 0n);
                expect(sum("whole")).toBe(line.amount);
                const size = (amount: bigint) => (amount < 0n ? -amount : amount);
                expect(size(sum("weighted")) <= size(line.amount)).toBe(true);
              }
            }
          },
        ),
        { ...parameters, seed },
      );
      console.log(`tag sets: ${tried} tried`);
    },
    patience(40),
  );
});

/** What the model says a reconciliation by intervention comes to. */
function modelled(tags: readonly RandomTag[], payments: readonly Payment[], basis: "whole" | "weighted") {
  const rows = new Map<string, bigint>();
  let [needsRo, untagged] = [0n, 0n];
  // The grain of rounding is one printed code and month.
  const grains = new Map<string, Payment>();
  for (const one of payments) {
    const key = `${one.node} ${one.year}`;
    grains.set(key, { ...one, amount: one.amount + (grains.get(key)?.amount ?? 0n) });
  }
  for (const grain of grains.values()) {
    const shares = sharesOf(tags, grain);
    if (shares === "needs-ro") needsRo += grain.amount;
    else if (shares === "untagged") untagged += grain.amount;
    else {
      const parts = partsOf(grain.amount, shares, basis);
      for (const [intervention, part] of parts) rows.set(intervention, (rows.get(intervention) ?? 0n) + part);
      untagged += grain.amount - parts.reduce((sum, [, part]) => sum + part, 0n);
    }
  }
  return { rows: Object.fromEntries([...rows].sort()), needsRo, untagged };
}

async function answered(db: Db, basis: "whole" | "weighted") {
  const window = { from: "2019-01", to: "2021-12" };
  const result = await reconcile(db, { by: ["intervention"], window, theme: "stunting", basis, where: {} }, "id");
  expect(result.residual).toBe(0n);
  return {
    rows: Object.fromEntries(result.rows.map(({ keys, realization: paid }) => [keys.intervention ?? "", paid])),
    needsRo: result.unallocated[0]?.realization ?? 0n,
    untagged: result.untagged.realization,
  };
}

describe.each(ENGINES)("random tag sets on %s", (engine) => {
  it(
    "give what the slow obvious model gives, on both bases, as soon as they are agreed",
    async () => {
      const { seed, ...parameters } = rounds(`tag sets on ${engine}`, CASES[engine], 60);
      const [payments = []] = fc.sample(fc.array(payment, { minLength: 40, maxLength: 40 }), { seed, numRuns: 1 });
      await withStore(engine, async (db) => {
        await ensureReferences(db);
        await post(
          db,
          realization(
            payments.map(({ node, year, amount }) => {
              const [activity, output, ro, component] = node.split(".");
              const detail = ro === undefined ? null : `${ro}.${component}.0A.000001`;
              return [code({ output: `${activity}${output}`, detail }), `${year}-06-15`, amount];
            }),
          ),
        );
        let day = 0;
        await fc.assert(
          fc.asyncProperty(fc.array(tag, { minLength: 1, maxLength: 14 }), async (tags) => {
            const at = new Date(Date.UTC(2026, 0, ++day)).toISOString();
            const distinct = [...new Map(tags.map((one) => [JSON.stringify({ ...one, share: 0 }), one])).values()];
            const rows = distinct.map(({ node, intervention, fiscalYearFrom, fiscalYearTo, share }) => {
              return { code: node, intervention, from: fiscalYearFrom, to: fiscalYearTo, share: `${share / 100}` };
            });
            const result = await importText(db, tagFile(rows), { agreement: `BA-${day}`, at });
            const refused = new Set(result.rejects.map(({ row }) => row));
            const accepted = distinct.filter((_, index) => !refused.has(index + 2));
            expect(fits(accepted)).toBe(true);
            for (const basis of ["whole", "weighted"] as const) {
              const { rows: sums, ...rest } = await answered(db, basis);
              expect({ rows: Object.fromEntries(Object.entries(sums).sort()), ...rest }).toEqual(
                modelled(accepted, payments, basis),
              );
            }
            if (result.extract !== null) await revertExtract(db, result.extract, at);
          }),
          { ...parameters, seed },
        );
      });
    },
    patience(60),
  );
});
