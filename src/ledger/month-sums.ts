import type { Payments } from "../extracts/index.ts";
import { outOfRange } from "../money.ts";

/** Sums as plain data, for another thread, which only reads them. */
export interface MonthSumsData {
  sums: Float64Array;
  large: Map<number, bigint>;
  present: Uint16Array;
}

/** Sums of every code of the book for the twelve months of its fiscal year; a month without lines stays absent. */
export class MonthSums {
  #sums: Float64Array;
  /** What does not fit a number exactly, by place. */
  readonly #large: Map<number, bigint>;
  #present: Uint16Array;

  constructor({ sums, large, present }: MonthSumsData = nothing()) {
    this.#sums = sums;
    this.#large = large;
    this.#present = present;
  }

  data(): MonthSumsData {
    return { sums: this.#sums, large: this.#large, present: this.#present };
  }

  add({ length, codes, dates, ...payments }: Payments): void {
    for (let at = 0; at < length; at++) {
      const amount = payments.amounts[at] as number;
      const month = (((dates[at] as number) / 100) | 0) % 100;
      this.#addTo(codes[at] as number, month, Number.isNaN(amount) ? (payments.large.get(at) ?? 0n) : amount);
    }
  }

  #addTo(code: number, month: number, amount: number | bigint): void {
    if (code >= this.#present.length) this.#grow(code);
    const place = code * 12 + month - 1;
    this.#present[code] = (this.#present[code] as number) | (1 << (month - 1));
    if (typeof amount === "number") {
      const sum = (this.#sums[place] as number) + amount;
      // Both are whole numbers, so a sum within 2^53 is exact.
      if (Number.isSafeInteger(sum)) {
        this.#sums[place] = sum;
        return;
      }
    }
    this.#large.set(place, (this.#large.get(place) ?? 0n) + BigInt(amount));
  }

  /** Whether any line has the code. */
  has(code: number): boolean {
    return (this.#present[code] ?? 0) !== 0;
  }

  /** Bits of the months that lines of the code fall into, January first. */
  monthBits(code: number): number {
    return this.#present[code] ?? 0;
  }

  /**
   * Writes the twelve months of a code into a row from a place on, null where no line spoke.
   *
   * @throws AppError when a sum leaves 64 bits
   */
  write<V>(code: number, row: (V | number | bigint | null)[], from: number): void {
    const present = this.#present[code] ?? 0;
    for (let month = 0; month < 12; month++) {
      row[from + month] = present & (1 << month) ? this.#sum(code * 12 + month) : null;
    }
  }

  /** The same into an object that is told month by month (0 … 11). */
  copy(code: number, into: { set(month: number, amount: number | bigint): void }): void {
    const present = this.#present[code] ?? 0;
    for (let month = 0; month < 12; month++) if (present & (1 << month)) into.set(month, this.#sum(code * 12 + month));
  }

  #sum(place: number): number | bigint {
    const small = this.#sums[place] as number;
    const large = this.#large.size === 0 ? undefined : this.#large.get(place);
    if (large === undefined) return small;
    const sum = large + BigInt(small);
    if (BigInt.asIntN(64, sum) !== sum) throw outOfRange();
    return sum;
  }

  #grow(code: number): void {
    let size = this.#present.length;
    while (size <= code) size *= 2;
    const { sums, present } = nothing(size);
    sums.set(this.#sums);
    this.#sums = sums;
    present.set(this.#present);
    this.#present = present;
  }
}

/** Room for some codes, in memory that threads share: one builds columns of the sums while another stores them. */
function nothing(codes = 1024): MonthSumsData {
  const shared = (bytes: number) => new SharedArrayBuffer(codes * bytes);
  return { sums: new Float64Array(shared(12 * 8)), large: new Map(), present: new Uint16Array(shared(2)) };
}
