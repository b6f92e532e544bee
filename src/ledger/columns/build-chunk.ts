import { ChunkAmounts } from "./amounts.ts";
import { ChunkCodes, type StoredColumn } from "./codes.ts";
import { type BalanceMeasure, CODE_PARTS, CODES_COLUMN } from "./layout.ts";
import { MonthAmounts } from "./month-amounts.ts";
import type { ClassChanges } from "./totals.ts";

/** What goes into a chunk: printed codes and their amounts, by index. */
export interface ChunkContent {
  readonly measures: readonly BalanceMeasure[];
  /** The printed code. */
  code(index: number): string;
  /** Puts the amounts of a measure by month (annual: in January) into an empty object. */
  amounts(index: number, measure: BalanceMeasure, into: MonthAmounts): void;
}

/** Puts codes into chunks, one chunk after the other, always in the same memory. */
export class ChunkBuilder {
  readonly #content: ChunkContent;
  readonly #codes = new ChunkCodes();
  readonly #measures: { measure: BalanceMeasure; amounts: ChunkAmounts }[];
  readonly #given = new MonthAmounts();

  constructor(content: ChunkContent) {
    this.#content = content;
    this.#measures = content.measures.map((measure) => ({ measure, amounts: new ChunkAmounts(measure) }));
  }

  /** Names of the columns that `append` wants to know of a chunk that is stored. */
  get names(): string[] {
    return [CODES_COLUMN, ...CODE_PARTS, ...this.#measures.flatMap(({ amounts }) => amounts.names)];
  }

  /**
   * Gives codes a place behind those that a chunk has.
   *
   * @param stored columns of the chunk by name; empty for a new one
   * @param totalsOf what the amounts are added to
   * @returns its columns but that of the numbers of its codes
   */
  append(
    stored: ReadonlyMap<string, StoredColumn>,
    indexes: readonly number[],
    totalsOf: (measure: BalanceMeasure) => ClassChanges,
  ): StoredColumn[] {
    this.#codes.load(stored);
    const slots = indexes.map((index) => this.#codes.add(this.#content.code(index)));
    const columns = this.#codes.columns();
    for (const { measure, amounts } of this.#measures) {
      amounts.load(stored);
      const totals = totalsOf(measure);
      for (const [at, index] of indexes.entries()) {
        this.#given.clear();
        this.#content.amounts(index, measure, this.#given);
        if (this.#given.bits === 0) continue;
        totals.of(this.#content.code(index)).add(this.#given, 1);
        amounts.write(slots[at] as number, this.#given);
      }
      columns.push(...amounts.columns());
    }
    return columns;
  }
}
