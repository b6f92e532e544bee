import { ChunkBuilder, type ChunkContent } from "./build-chunk.ts";
import type { StoredColumn } from "./codes.ts";
import { type BalanceMeasure, CHUNK_SIZE } from "./layout.ts";
import { ClassChanges } from "./totals.ts";

/** Codes with their amounts, by index, that may be new to the store. */
export interface FreshContent extends ChunkContent {
  readonly count: number;
  ministry(index: number): string;
  fiscalYear(index: number): number;
}

/**
 * The columns of a ministry and fiscal year of which the store may know nothing yet, complete but for the numbers of
 * codes, which only the store can give. Plain data, so that another thread can build them.
 */
export interface FreshColumns {
  fiscalYear: number;
  ministry: string;
  /** By chunk: indexes of its codes, and its columns. */
  chunks: { indexes: number[]; columns: StoredColumn[] }[];
  /** What the amounts add up to, by measure and class of account, the twelve months side by side. */
  totals: { measure: BalanceMeasure; accountClass: string; sums: bigint[] }[];
}

/** Builds the columns of everything that is given, as if the store knew none of it. */
export function freshColumns(content: FreshContent): FreshColumns[] {
  const builder = new ChunkBuilder(content);
  return byMinistry(content).map(({ fiscalYear, ministry, indexes }) => {
    const totals = new Map(content.measures.map((measure) => [measure, new ClassChanges()]));
    const chunks: FreshColumns["chunks"] = [];
    for (let start = 0; start < indexes.length; start += CHUNK_SIZE) {
      const own = indexes.slice(start, start + CHUNK_SIZE);
      const columns = builder.append(new Map(), own, (measure) => totals.get(measure) ?? new ClassChanges());
      chunks.push({ indexes: own, columns });
    }
    const added = [...totals].flatMap(([measure, classes]) =>
      [...classes.entries()].map(([accountClass, change]) => ({ measure, accountClass, sums: change.all() })),
    );
    return { fiscalYear, ministry, chunks, totals: added };
  });
}

/** The memory of columns, which can change hands instead of being copied. */
export function memoryOf(columns: readonly FreshColumns[]): ArrayBuffer[] {
  return columns.flatMap(({ chunks }) =>
    chunks.flatMap((chunk) => chunk.columns.map(({ data }) => data.buffer as ArrayBuffer)),
  );
}

/** Indexes by fiscal year and ministry, in their order. */
export function byMinistry(
  content: Pick<FreshContent, "count" | "ministry" | "fiscalYear">,
): { fiscalYear: number; ministry: string; indexes: number[] }[] {
  const groups = new Map<number, Map<string, number[]>>();
  for (let index = 0; index < content.count; index++) {
    const year = content.fiscalYear(index);
    let ministries = groups.get(year);
    if (!ministries) {
      ministries = new Map();
      groups.set(year, ministries);
    }
    const name = content.ministry(index);
    const indexes = ministries.get(name);
    if (indexes) indexes.push(index);
    else ministries.set(name, [index]);
  }
  return [...groups].flatMap(([year, ministries]) =>
    [...ministries].map(([name, indexes]) => ({ fiscalYear: year, ministry: name, indexes })),
  );
}
