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

/**
 * Sorts rows by key; lines that do not carry a level come last. Keys are ranked dimension by dimension first, so that
 * rows are compared as small numbers: there may be hundreds of thousands.
 */
export function sortedByKeys(rows: readonly SumRow[]): SumRow[] {
  const dimensions = (rows[0]?.keys ?? []).map((_, place) => ranksOf(rows, place));
  const order = Uint32Array.from(rows, (_, row) => row).sort((a, b) => {
    for (const ranks of dimensions) {
      const difference = (ranks[a] as number) - (ranks[b] as number);
      if (difference !== 0) return difference;
    }
    return 0;
  });
  return Array.from(order, (row) => rows[row] as SumRow);
}

/** For every row the rank of its key among all keys of a dimension. */
function ranksOf(rows: readonly SumRow[], place: number): Uint32Array {
  const numbers = new Map<string | null, number>();
  const numbered = Uint32Array.from(rows, ({ keys }) => {
    const key = keys[place] ?? null;
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, numbers.size);
    return numbers.size - 1;
  });
  const rankOf = new Uint32Array(numbers.size);
  const sorted = [...numbers].sort(([a], [b]) => compareKeys(a, b));
  for (const [rank, [, number]] of sorted.entries()) rankOf[number] = rank;
  return numbered.map((number) => rankOf[number] as number);
}

function compareKeys(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return a < b ? -1 : 1;
}
