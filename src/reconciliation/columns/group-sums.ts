import type { SummedMeasures } from "../measures.ts";
import { MEASURES } from "../measures.ts";
import type { Measures } from "../types.ts";

type Measure = keyof Measures;

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

  /** Adds a column, code by code; what `before` holds is taken off. Sums cannot leave 64 bits: see `SAFE_MAGNITUDE`. */
  add(measure: Measure, slot: number, groups: Int32Array, running: BigInt64Array, before: BigInt64Array | null): void {
    const amounts = this.#amountsOf(measure);
    const slots = this.#slots;
    if (before) {
      for (let code = 0; code < running.length; code++) {
        const group = groups[code] as number;
        if (group < 0) continue;
        const at = group * slots + slot;
        const amount = BigInt.asIntN(64, (running[code] as bigint) - (before[code] as bigint));
        amounts[at] = BigInt.asIntN(64, (amounts[at] as bigint) + amount);
      }
      return;
    }
    for (let code = 0; code < running.length; code++) {
      const group = groups[code] as number;
      if (group < 0) continue;
      const at = group * slots + slot;
      amounts[at] = BigInt.asIntN(64, (amounts[at] as bigint) + (running[code] as bigint));
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
    let speaks = false;
    const value = (measure: Measure) => {
      if (!this.#present.get(measure)?.[at]) return null;
      speaks = true;
      return this.#amounts.get(measure)?.[at] ?? 0n;
    };
    const measures = Object.fromEntries(MEASURES.map((measure) => [measure, value(measure)])) as SummedMeasures;
    return speaks ? measures : null;
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
