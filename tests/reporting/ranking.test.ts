import { describe, expect, it } from "vitest";
import { RANKING_LENGTH, RANKING_MINIMUM, rankSatkers } from "../../src/reporting/ranking.ts";
import type { SatkerRow } from "../../src/reporting/types.ts";

function satker(code: string, budget: bigint, realization: bigint): SatkerRow {
  const figures = { original: 0n, revised: 0n, blocked: 0n, budget, realization };
  return { code, name: code, ministry: { code: "024", name: null }, figures };
}

const PLAN = RANKING_MINIMUM * 10n;

describe("ranking satkers", () => {
  it("lets ties share a rank: 1, 2, 2, 4", () => {
    const { highestAbsorption } = rankSatkers([
      satker("d", PLAN, 1n),
      satker("c", PLAN, PLAN / 2n),
      satker("a", PLAN, PLAN),
      satker("b", PLAN * 2n, PLAN),
    ]);
    expect(highestAbsorption.map(({ code, rank }) => [code, rank])).toEqual([
      ["a", 1],
      ["b", 2],
      ["c", 2],
      ["d", 4],
    ]);
  });

  it("ranks a plan at the minimum and sets one rupiah less apart", () => {
    const lists = rankSatkers([satker("a", RANKING_MINIMUM, 5n), satker("b", RANKING_MINIMUM - 1n, 5n)]);
    expect(lists.ranked).toBe(1);
    expect(lists.small).toBe(1);
    expect(lists.highestAbsorption.map(({ code }) => code)).toEqual(["a"]);
  });

  it("lists who has no plan apart, the largest realization first", () => {
    const lists = rankSatkers([satker("a", 0n, 5n), satker("b", -1n, 9n), satker("c", PLAN, 0n)]);
    expect(lists.withoutPlan.map(({ code }) => code)).toEqual(["b", "a"]);
    expect(lists.lowestAbsorption.map(({ code }) => code)).toEqual(["c"]);
    expect(lists.small).toBe(0);
  });

  it("names as many as a list holds, the lowest with the ranks they have among all", () => {
    const many = Array.from({ length: RANKING_LENGTH + 5 }, (_, index) => satker(`s${index}`, PLAN, BigInt(index)));
    const lists = rankSatkers(many);
    expect(lists.lowestAbsorption).toHaveLength(RANKING_LENGTH);
    expect(lists.lowestAbsorption.at(-1)).toMatchObject({ code: "s0", rank: RANKING_LENGTH + 5 });
    expect(lists.largestRealization[0]).toMatchObject({ code: `s${RANKING_LENGTH + 4}`, rank: 1 });
  });
});
