/** How many rows of an example are named. */
const NAMED_ROWS = 5;

/** How often something occurs in a column, and where first. */
export interface Evidence {
  cells: number;
  /** The first rows, at most five. */
  rows: number[];
}

/** Counts the cells of a column by sort; memory does not grow with the column. */
export class EvidenceCounter<Sort extends string> {
  readonly #found = new Map<Sort, Evidence>();

  add(sort: Sort, row: number): void {
    const found = this.#found.get(sort);
    if (!found) this.#found.set(sort, { cells: 1, rows: [row] });
    else {
      found.cells++;
      if (found.rows.length < NAMED_ROWS) found.rows.push(row);
    }
  }

  count(sort: Sort): number {
    return this.#found.get(sort)?.cells ?? 0;
  }

  of(sort: Sort): Evidence {
    return this.#found.get(sort) ?? { cells: 0, rows: [] };
  }

  /** The sorts that occur, in the order given. */
  present(sorts: readonly Sort[]): Sort[] {
    return sorts.filter((sort) => this.#found.has(sort));
  }

  /** The counts of several columns together. */
  static merged<Sort extends string>(counters: readonly EvidenceCounter<Sort>[]): EvidenceCounter<Sort> {
    const all = new EvidenceCounter<Sort>();
    for (const counter of counters) {
      for (const [sort, { cells, rows }] of counter.#found) {
        const found = all.#found.get(sort) ?? { cells: 0, rows: [] };
        const named = [...found.rows, ...rows].sort((a, b) => a - b).slice(0, NAMED_ROWS);
        all.#found.set(sort, { cells: found.cells + cells, rows: named });
      }
    }
    return all;
  }
}

/** Examples with their counts and first rows, in no language: `1.234.567 × 998 (2, 3, 4, 5, 6, …) · 1,234 × 2 (17, 23)`. */
export function listEvidence(examples: readonly (readonly [example: string, found: Evidence])[]): string {
  return examples.map(([example, found]) => `${example} × ${found.cells} (${listRows(found)})`).join(" · ");
}

/** `17, 23`, with `…` when there are more. */
export function listRows({ cells, rows }: Evidence): string {
  return rows.length < cells ? `${rows.join(", ")}, …` : rows.join(", ");
}

/** So many times fewer cells are errors among the others, and not another way to write. */
const OUTLIERS = 10;

/** Whether one side decides a column: all cells that tell, or so many that the rest are errors. */
export function decides(cells: number, against: number): boolean {
  return cells > 0 && cells >= against * OUTLIERS;
}
