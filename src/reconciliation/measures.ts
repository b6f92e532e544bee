import type { Measures } from "./types.ts";

/** Measures of a group as they were summed; null where nothing speaks. */
export type SummedMeasures = { [K in keyof Measures]: bigint | null };

export const MEASURES = ["original", "revised", "blocked", "budget", "twelfths", "realization"] as const;

/**
 * Measures of a group: what nothing speaks about adds up to 0. With months as a dimension the annual measures have no
 * place and are null.
 */
export function filled(measures: SummedMeasures, byMonth: boolean): Measures {
  return {
    original: byMonth ? null : (measures.original ?? 0n),
    revised: byMonth ? null : (measures.revised ?? 0n),
    blocked: byMonth ? null : (measures.blocked ?? 0n),
    budget: measures.budget ?? 0n,
    twelfths: measures.twelfths ?? 0n,
    realization: measures.realization ?? 0n,
  };
}

const NOTHING: SummedMeasures = {
  original: null,
  revised: null,
  blocked: null,
  budget: null,
  twelfths: null,
  realization: null,
};

/** The measures of nothing. */
export function zero(byMonth: boolean): Measures {
  return filled(NOTHING, byMonth);
}

/** Combines measures one by one; null (no annual measures) stays null. */
function combine(a: Measures, b: Measures, operation: (x: bigint, y: bigint) => bigint): Measures {
  const value = (name: keyof Measures): bigint | null => {
    const [x, y] = [a[name], b[name]];
    return x === null || y === null ? null : operation(x, y);
  };
  return {
    original: value("original"),
    revised: value("revised"),
    blocked: value("blocked"),
    budget: operation(a.budget, b.budget),
    twelfths: operation(a.twelfths, b.twelfths),
    realization: operation(a.realization, b.realization),
  };
}

export function plus(a: Measures, b: Measures): Measures {
  return combine(a, b, (x, y) => x + y);
}

export function minus(a: Measures, b: Measures): Measures {
  return combine(a, b, (x, y) => x - y);
}

/** Remaining money and absorption; absorption may exceed 1 (pagu minus) and is null without a budget. */
export function ratios(measures: Measures): { remaining: bigint; absorption: number | null } {
  const { budget, realization } = measures;
  return { remaining: budget - realization, absorption: budget === 0n ? null : ratio(realization, budget) };
}

/** a ÷ b to six decimals, half away from zero, computed in integers. */
function ratio(a: bigint, b: bigint): number {
  const scaled = a * 2_000_000n;
  const [numerator, denominator] = b < 0n ? [-scaled, -b] : [scaled, b];
  const rounded = (numerator + (numerator < 0n ? -denominator : denominator)) / (2n * denominator);
  return Number(rounded) / 1_000_000;
}

/** The sum of groups, measure by measure; without months as a dimension what nothing speaks about adds up to 0. */
export function addedUp(groups: readonly { measures: SummedMeasures }[], byMonth: boolean): Measures {
  const sums: SummedMeasures = { ...NOTHING };
  for (const { measures } of groups) {
    for (const name of MEASURES) {
      const amount = measures[name];
      if (amount !== null) sums[name] = (sums[name] ?? 0n) + amount;
    }
  }
  return filled(sums, byMonth);
}

/** How far the parts are from the whole: distances of the measures added up, so that errors cannot cancel. */
export function distance(whole: Measures, parts: readonly Measures[]): bigint {
  const rest = parts.reduce(minus, whole);
  return MEASURES.reduce((sum, name) => sum + abs(rest[name] ?? 0n), 0n);
}

function abs(value: bigint): bigint {
  return value < 0n ? -value : value;
}
