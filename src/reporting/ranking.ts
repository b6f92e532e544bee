import type { SatkerRow } from "./types.ts";

/** Satkers with a smaller plan in the window are set apart: a few purchases would put them on top or at the bottom. */
export const RANKING_MINIMUM = 1_000_000_000n;

/** How many satkers a list names. */
export const RANKING_LENGTH = 10;

export interface RankedSatker extends SatkerRow {
  /** Ties share a rank: 1, 2, 2, 4. */
  rank: number;
}

/** The league of satkers inside the report. */
export interface SatkerLists {
  /** Satkers whose plan reaches the minimum: those that are ranked. */
  ranked: number;
  /** Satkers with a plan below the minimum. */
  small: number;
  highestAbsorption: RankedSatker[];
  lowestAbsorption: RankedSatker[];
  largestRealization: RankedSatker[];
  smallestRealization: RankedSatker[];
  /** Budget or realization, but no plan in the window: absorption means nothing, so they have no rank. */
  withoutPlan: SatkerRow[];
}

/** realization ÷ plan, the double that a spreadsheet computes too, so that both give the same order. */
function absorption({ figures }: SatkerRow): number {
  return Number(figures.realization) / Number(figures.budget);
}

/** Ranks the satkers of a report by absorption and by realization. Rank 1 is the highest. */
export function rankSatkers(satkers: readonly SatkerRow[]): SatkerLists {
  const ranked = satkers.filter(({ figures }) => figures.budget >= RANKING_MINIMUM);
  const withoutPlan = satkers.filter(({ figures }) => figures.budget <= 0n);
  const byAbsorption = rank(ranked, absorption);
  const byRealization = rank(ranked, ({ figures }) => Number(figures.realization));
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
