import type { SummedMeasures } from "../measures.ts";
import { MEASURES } from "../measures.ts";
import type { Measures } from "../types.ts";

type Measure = keyof Measures;

/** Amounts of the codes of a chunk that have a bit of the mask, in their order. */
export interface AmountColumn {
  bits: Uint16Array;
  mask: number;
  amounts: BigInt64Array;
  sign: 1 | -1;
}

/** Sums of every group (and month, when months are told apart) by measure; and whether anything speaks there. */
export class GroupSums {
  readonly #groups: number;
  readonly #slots: number;
  readonly #amounts = new Map<Measure, BigInt64Array>();
  readonly #present = new Map<Measure, Uint8Array>();

  /** @param slots 1, or the number of months that are told apart */
  constructor(groups: number, slots: number) {
    this.#groups = groups;
    this.#slots = slots;
  }

  /**
   * Adds (or takes off) the amounts of the codes that have one of the bits of `mask`. Sums cannot leave 64 bits: see
   * `SAFE_MAGNITUDE`.
   */
  add(measure: Measure, slot: number, groups: Int32Array, column: AmountColumn): void {
    const sums = this.#amountsOf(measure);
    const slots = this.#slots;
    const { bits, mask, amounts } = column;
    const isAdded = column.sign === 1;
    let next = 0;
    for (let code = 0; code < bits.length; code++) {
      if (((bits[code] as number) & mask) === 0) continue;
      const amount = amounts[next++] as bigint;
      const group = groups[code] as number;
      if (group < 0) continue;
      const at = group * slots + slot;
      const sum = sums[at] as bigint;
      sums[at] = isAdded ? BigInt.asIntN(64, sum + amount) : BigInt.asIntN(64, sum - amount);
    }
  }

  /** Notes which groups have something in one of the months of `mask`. */
  mark(measure: Measure, slot: number, groups: Int32Array, bits: Uint16Array, mask: number): void {
    const present = this.#presentOf(measure);
    const slots = this.#slots;
    for (let code = 0; code < bits.length; code++) {
      const group = groups[code] as number;
      if (group >= 0 && ((bits[code] as number) & mask) !== 0) present[group * slots + slot] = 1;
    }
  }

  /** Adds one amount to one group. */
  addOne(measure: Measure, slot: number, group: number, amount: bigint): void {
    const at = group * this.#slots + slot;
    const amounts = this.#amountsOf(measure);
    amounts[at] = (amounts[at] as bigint) + amount;
    this.#presentOf(measure)[at] = 1;
  }

  /** The measures of a group; null where nothing speaks, and null altogether where nothing speaks about any. */
  measures(group: number, slot: number): SummedMeasures | null {
    const at = group * this.#slots + slot;
    const measures: SummedMeasures = {
      original: this.#amount("original", at),
      revised: this.#amount("revised", at),
      blocked: this.#amount("blocked", at),
      budget: this.#amount("budget", at),
      twelfths: this.#amount("twelfths", at),
      realization: this.#amount("realization", at),
    };
    return MEASURES.some((measure) => measures[measure] !== null) ? measures : null;
  }

  #amount(measure: Measure, at: number): bigint | null {
    return this.#present.get(measure)?.[at] ? (this.#amounts.get(measure)?.[at] ?? 0n) : null;
  }

  #amountsOf(measure: Measure): BigInt64Array {
    let amounts = this.#amounts.get(measure);
    if (!amounts) {
      amounts = new BigInt64Array(this.#groups * this.#slots);
      this.#amounts.set(measure, amounts);
    }
    return amounts;
  }

  #presentOf(measure: Measure): Uint8Array {
    let present = this.#present.get(measure);
    if (!present) {
      present = new Uint8Array(this.#groups * this.#slots);
      this.#present.set(measure, present);
    }
    return present;
  }
}
