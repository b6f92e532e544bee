import { type Figures, MEASURES, type Measure } from "./types.ts";

export function noFigures(): Figures {
  return { original: 0n, revised: 0n, blocked: 0n, budget: 0n, realization: 0n };
}

export function addFigures(a: Figures, b: Figures): Figures {
  return {
    original: a.original + b.original,
    revised: a.revised + b.revised,
    blocked: a.blocked + b.blocked,
    budget: a.budget + b.budget,
    realization: a.realization + b.realization,
  };
}

export function sumFigures(all: Iterable<Figures>): Figures {
  let sum = noFigures();
  for (const one of all) sum = addFigures(sum, one);
  return sum;
}

export function sumOf(values: Iterable<bigint>): bigint {
  let sum = 0n;
  for (const value of values) sum += value;
  return sum;
}

export function isNothing(figures: Figures): boolean {
  return MEASURES.every((measure: Measure) => figures[measure] === 0n);
}
