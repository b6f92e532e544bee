import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mulDivRound } from "../../src/money.ts";
import {
  type BudgetSource,
  type LineMatch,
  type PaymentSource,
  type PlacedNode,
  splitLines,
} from "../../src/reporting/lines.ts";
import type { BudgetLine, Placement, RealizationLine } from "../../src/reporting/types.ts";

const WINDOW = { from: "2019-11", to: "2020-02" };

function nodeOf(shares: readonly number[]): PlacedNode {
  let sum = 0;
  const placements = shares.map((share, index) => {
    const placement: Placement = { node: "2080.001", intervention: { code: `i${index}`, name: null }, share };
    const before = sum;
    sum += share;
    return { placement, before, upTo: sum };
  });
  return { placements, total: sum };
}

function payment(row: number, amount: bigint, date = "2019-12-31"): PaymentSource {
  return { extract: 1, row, code: 0, date, document: "1", description: null, amount };
}

const BUDGET: BudgetSource = {
  extract: 2,
  row: 5,
  code: 0,
  fiscalYear: 2019,
  revision: 0,
  revisionDate: null,
  highest: true,
  amount: 1200n,
  blocked: 7n,
  plan: Array.from({ length: 12 }, (_, month) => BigInt(month + 1)),
};

const always = (match: LineMatch) => () => match;

const amounts = fc.array(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), { minLength: 1, maxLength: 12 });
const shares = fc
  .array(fc.integer({ min: 1, max: 10_000 }), { minLength: 1, maxLength: 5 })
  .filter((all) => all.reduce((sum, share) => sum + share, 0) <= 10_000);

describe("splitting payment lines among interventions", () => {
  it("gives the parts that the contract rounds per code and month, and loses no rupiah of any line", () => {
    fc.assert(
      fc.property(amounts, shares, (values, parts) => {
        const node = nodeOf(parts);
        const { lines } = splitLines(
          values.map((amount, index) => payment(index + 2, amount)),
          [],
          WINDOW,
          always(node),
        );
        const month = values.reduce((sum, amount) => sum + amount, 0n);
        const payments = lines as RealizationLine[];
        node.placements.forEach(({ before, upTo }, index) => {
          const own = payments.filter(({ placement }) => placement === index);
          for (const [basis, denominator] of [
            ["whole", BigInt(node.total)],
            ["weighted", 10_000n],
          ] as const) {
            const rounded =
              mulDivRound(month, BigInt(upTo), denominator) - mulDivRound(month, BigInt(before), denominator);
            expect(own.reduce((sum, line) => sum + (line[basis] ?? 0n), 0n)).toBe(rounded);
          }
        });
        values.forEach((amount, index) => {
          const line = payments.filter(({ row }) => row === index + 2);
          expect(line.reduce((sum, { whole }) => sum + whole, 0n)).toBe(amount);
        });
      }),
    );
  });

  it("rounds each month by itself", () => {
    const { lines } = splitLines(
      [payment(2, 1n, "2019-11-30"), payment(3, 1n, "2019-12-01")],
      [],
      WINDOW,
      always(nodeOf([5000])),
    );
    expect((lines as RealizationLine[]).map(({ weighted }) => weighted)).toEqual([1n, 1n]);
  });

  it("keeps a line that needs an RO whole, and leaves out what no tag touches", () => {
    const [line] = splitLines([payment(2, 9n)], [], WINDOW, always("needs-ro")).lines;
    expect(line).toMatchObject({ placement: null, whole: 9n, weighted: null });
    expect(splitLines([payment(2, 9n)], [], WINDOW, always("untagged")).lines).toEqual([]);
  });
});

describe("splitting DIPA lines", () => {
  const split = (budget: BudgetSource, node: LineMatch = nodeOf([2500, 5000])): BudgetLine[] =>
    splitLines([], [budget], WINDOW, always(node)).lines as BudgetLine[];

  it("takes the plan of the months of the window in the line's own year", () => {
    const lines = split(BUDGET);
    expect(lines.map(({ plan }) => plan)).toEqual([
      [4n, 4n, null, null],
      [7n, 8n, null, null],
    ]);
    expect(lines.map(({ whole }) => whole.budget)).toEqual([8n, 15n]);
    expect(lines.map(({ whole }) => whole.original)).toEqual([400n, 800n]);
    expect(lines.map(({ weighted }) => weighted?.revised)).toEqual([300n, 600n]);
    expect(lines.map(({ weighted }) => weighted?.blocked)).toEqual([2n, 3n]);
  });

  it("spreads a line over twelfths as soon as one month has no plan", () => {
    const [line] = split({ ...BUDGET, amount: 1000n, plan: [...BUDGET.plan.slice(0, 11), null] }, nodeOf([10_000]));
    expect(line).toMatchObject({ spread: true, plan: [84n, 83n, null, null] });
    expect(line?.whole.budget).toBe(167n);
  });

  it("lets an older revision state only the original budget", () => {
    const [line] = split({ ...BUDGET, highest: false }, nodeOf([10_000]));
    expect(line).toMatchObject({ whole: { original: 1200n, revised: null, blocked: null, budget: null } });
    expect(line?.plan).toEqual([null, null, null, null]);
    const [revised] = split({ ...BUDGET, revision: 3 }, nodeOf([10_000]));
    expect(revised?.whole).toMatchObject({ original: null, revised: 1200n });
  });

  it("keeps a line that needs an RO whole", () => {
    expect(split(BUDGET, "needs-ro")).toMatchObject([
      { placement: null, weighted: null, whole: { original: 1200n, revised: 1200n, blocked: 7n, budget: 23n } },
    ]);
  });
});
