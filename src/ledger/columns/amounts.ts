import { asBytes, asInt64, asUint16, CHUNK_SIZE } from "./layout.ts";

/** An amount as balances carry it; whole numbers within 2^53 may stand for integers. */
export type Amount = number | bigint | null;

const HALF = 2 ** 32;

/** The amounts of one measure in one chunk, to be changed. Used again for the next chunk after `clear`. */
export class ChunkAmounts {
  readonly months: number;
  readonly #running: BigInt64Array[];
  /** The same memory as halves: numbers are stored without making a bigint of each. */
  readonly #halves: Int32Array[];
  readonly #present = new Uint16Array(CHUNK_SIZE);
  #length = 0;

  /** @param months 12, or 1 for an annual measure */
  constructor(months: number) {
    this.months = months;
    this.#running = Array.from({ length: months }, () => new BigInt64Array(CHUNK_SIZE));
    this.#halves = this.#running.map(({ buffer }) => new Int32Array(buffer));
  }

  clear(): void {
    for (const column of this.#running) column.fill(0n);
    this.#present.fill(0);
    this.#length = 0;
  }

  /** Takes over what is stored, after `clear`. */
  load(running: readonly Uint8Array[], present: Uint8Array): void {
    for (const [month, data] of running.entries()) this.#running[month]?.set(asInt64(data));
    this.#present.set(asUint16(present));
    this.#length = asUint16(present).length;
  }

  /** The amounts of a code by month, null where nothing speaks. */
  read(slot: number): (bigint | null)[] {
    const bits = this.#present[slot] as number;
    return this.#running.map((column, month) => {
      if ((bits & (1 << month)) === 0) return null;
      const before = month === 0 ? 0n : (this.#running[month - 1]?.[slot] as bigint);
      return BigInt.asIntN(64, (column[slot] as bigint) - before);
    });
  }

  /** Puts amounts by month in the place of what a code had. */
  write(slot: number, amounts: readonly Amount[]): void {
    let bits = 0;
    let total: number | bigint = 0;
    for (let month = 0; month < this.months; month++) {
      const amount = amounts[month] ?? null;
      if (amount !== null) {
        bits |= 1 << month;
        total = plus(total, amount);
      }
      this.#set(month, slot, total);
    }
    this.#present[slot] = bits;
    if (slot >= this.#length) this.#length = slot + 1;
  }

  #set(month: number, slot: number, total: number | bigint): void {
    if (typeof total === "bigint") {
      (this.#running[month] as BigInt64Array)[slot] = total;
      return;
    }
    const halves = this.#halves[month] as Int32Array;
    halves[2 * slot] = total | 0;
    halves[2 * slot + 1] = Math.floor(total / HALF);
  }

  /** The columns as they are stored, and the bound of all absolute amounts. */
  columns(): { running: Uint8Array[]; present: Uint8Array; magnitude: number } {
    return {
      running: this.#running.map((column) => asBytes(column, this.#length)),
      present: asBytes(this.#present, this.#length),
      magnitude: this.#magnitude(),
    };
  }

  /** An upper bound of the sum of all absolute amounts; being a bound it may be a floating number. */
  #magnitude(): number {
    let sum = 0;
    for (let month = 0; month < this.months; month++) {
      const halves = this.#halves[month] as Int32Array;
      const before = this.#halves[month - 1];
      for (let slot = 0; slot < this.#length; slot++) {
        const low = (halves[2 * slot] as number) >>> 0;
        const lowBefore = before ? (before[2 * slot] as number) >>> 0 : 0;
        const high = (halves[2 * slot + 1] as number) - (before ? (before[2 * slot + 1] as number) : 0);
        sum += Math.abs(high * HALF + (low - lowBefore));
      }
    }
    return sum;
  }
}

/** Adds exactly; numbers become bigint when they leave what a number holds exactly. */
export function plus(a: number | bigint, b: number | bigint): number | bigint {
  if (typeof a === "number" && typeof b === "number") {
    const sum = a + b;
    if (Number.isSafeInteger(sum)) return sum;
  }
  return BigInt(a) + BigInt(b);
}
