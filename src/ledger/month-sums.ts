import { outOfRange } from "../store/index.ts";

/** Sums of one slot (a code in a fiscal year) for the twelve months; a month without lines stays absent. */
export class MonthSums {
  #sums = new BigInt64Array(12 * 1024);
  #present = new Uint16Array(1024);

  /**
   * @param month 1 … 12
   * @throws AppError when the sum leaves 64 bits
   */
  add(slot: number, month: number, amount: bigint): void {
    if (slot >= this.#present.length) this.#grow(slot);
    const at = slot * 12 + month - 1;
    const sum = (this.#sums[at] ?? 0n) + amount;
    if (BigInt.asIntN(64, sum) !== sum) throw outOfRange();
    this.#sums[at] = sum;
    this.#present[slot] = (this.#present[slot] ?? 0) | (1 << (month - 1));
  }

  /** The twelve months of a slot, null where no line spoke; null when there is nothing at all. */
  months(slot: number): (bigint | null)[] | null {
    const present = this.#present[slot] ?? 0;
    if (present === 0) return null;
    const months: (bigint | null)[] = [];
    for (let month = 0; month < 12; month++) {
      months.push(present & (1 << month) ? (this.#sums[slot * 12 + month] ?? null) : null);
    }
    return months;
  }

  #grow(slot: number): void {
    let size = this.#present.length;
    while (size <= slot) size *= 2;
    const sums = new BigInt64Array(size * 12);
    sums.set(this.#sums);
    this.#sums = sums;
    const present = new Uint16Array(size);
    present.set(this.#present);
    this.#present = present;
  }
}
