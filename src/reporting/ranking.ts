import type { RankedSatker, SatkerLists, SatkerRow } from "./types.ts";

/** Satkers with a smaller plan in the window are set apart: a few purchases would put them on top or at the bottom. */
export const RANKING_MINIMUM = 1_000_000_000n;

/** How many satkers a list names. */
export const RANKING_LENGTH = 10;

/** realization ÷ plan, the double that a spreadsheet computes too, so that both give the same order. */
function absorption({ figures }: SatkerRow): number {
  return Number(figures.realization) / Number(figures.budget);
}

/** Ranks the satkers of a report by absorption and by realization. Rank 1 is the highest. */
export function rankSatkers(satkers: readonly SatkerRow[]): SatkerLists {
  const ranked = satkers.filter(({ figures }) => figures.budget >= RANKING_MINIMUM);
  const withoutPlan = satkers.filter(({ figures }) => figures.budget <= 0n);
  const byAbsorption = rank(ranked, absorption);
  const byRealization = rank(ranked, realization);
  return {
    ranked: ranked.length,
    small: satkers.length - ranked.length - withoutPlan.length,
    highestAbsorption: byAbsorption.slice(0, RANKING_LENGTH),
    lowestAbsorption: byAbsorption.slice(-RANKING_LENGTH),
    largestRealization: byRealization.slice(0, RANKING_LENGTH),
    smallestRealization: byRealization.slice(-RANKING_LENGTH),
    withoutPlan: [...withoutPlan].sort(
      (a, b) => descending(a.figures.realization, b.figures.realization) || byCode(a, b),
    ),
  };
}

/**
 * Listed satkers whose rank is not what counting gives: how many ranked satkers have more, plus one. Counting knows
 * nothing of sorting, so it finds errors of the order.
 */
export function wronglyRanked(lists: SatkerLists, satkers: readonly SatkerRow[]): RankedSatker[] {
  const ranked = satkers.filter(({ figures }) => figures.budget >= RANKING_MINIMUM);
  const wrong = (listed: readonly RankedSatker[], value: (satker: SatkerRow) => number): RankedSatker[] =>
    listed.filter((satker) => ranked.filter((other) => value(other) > value(satker)).length + 1 !== satker.rank);
  return [
    ...wrong([...lists.highestAbsorption, ...lists.lowestAbsorption], absorption),
    ...wrong([...lists.largestRealization, ...lists.smallestRealization], realization),
  ];
}

function realization({ figures }: SatkerRow): number {
  return Number(figures.realization);
}

function rank(satkers: readonly SatkerRow[], value: (satker: SatkerRow) => number): RankedSatker[] {
  const sorted = [...satkers].sort((a, b) => value(b) - value(a) || byCode(a, b));
  let place = 0;
  return sorted.map((satker, index) => {
    const before = sorted[index - 1];
    if (!before || value(before) !== value(satker)) place = index + 1;
    return { ...satker, rank: place };
  });
}

function byCode(a: SatkerRow, b: SatkerRow): number {
  return a.code < b.code ? -1 : a.code > b.code ? 1 : 0;
}

function descending(a: bigint, b: bigint): number {
  return a > b ? -1 : a < b ? 1 : 0;
}
