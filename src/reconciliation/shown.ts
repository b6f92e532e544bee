import type { SummedMeasures } from "./measures.ts";
import type { Measures } from "./types.ts";

/** A group of a sum: its keys in the order of the request, and its measures; null where nothing speaks. */
export interface SumRow {
  keys: (string | null)[];
  measures: SummedMeasures;
}

/** Where every rupiah of the ledger's expenditure in the window went. */
export interface Shown {
  /** Sorted by key. */
  rows: SumRow[];
  needsRo: Measures;
  untagged: Measures;
  filteredOut: Measures;
}

/** Sorted by key; lines that do not carry the level come last. */
export function compareKeys(a: readonly (string | null)[], b: readonly (string | null)[]): number {
  for (const [index, left] of a.entries()) {
    const right = b[index] ?? null;
    if (left === right) continue;
    if (left === null) return 1;
    if (right === null) return -1;
    return left < right ? -1 : 1;
  }
  return 0;
}
