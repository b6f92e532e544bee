/** Sums of several measures over the rows of a report: of all rows so far, and of those since the last total row. */
export class RunningTotals {
  #all: bigint[];
  #part: bigint[];
  readonly #count: number;

  constructor(measures: number) {
    this.#count = measures;
    this.#all = new Array<bigint>(measures).fill(0n);
    this.#part = [...this.#all];
  }

  /** Adds a row; a measure that the row does not state adds nothing. */
  add(amounts: readonly (bigint | null)[]): void {
    for (let at = 0; at < this.#count; at++) {
      const amount = amounts[at] ?? 0n;
      this.#all[at] = (this.#all[at] ?? 0n) + amount;
      this.#part[at] = (this.#part[at] ?? 0n) + amount;
    }
  }

  /**
   * Compares a total row with the rows above it: all of them, or those since the last total row (of a page, of a satker).
   * The next part begins behind it.
   *
   * @param stated null for what the row does not state
   * @returns the position of the first measure that differs with its computed sum, or null when the row agrees
   */
  close(stated: readonly (bigint | null)[]): { at: number; computed: bigint } | null {
    const part = this.#part;
    this.#part = new Array<bigint>(this.#count).fill(0n);
    const differs = (sums: readonly bigint[]) =>
      stated.findIndex((amount, at) => amount !== null && amount !== sums[at]);
    if (differs(part) === -1) return null;
    const at = differs(this.#all);
    return at === -1 ? null : { at, computed: this.#all[at] ?? 0n };
  }
}
