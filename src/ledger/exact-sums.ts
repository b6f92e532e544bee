import { outOfRange } from "../money.ts";

/** Sums of rupiah by place, 0 where nothing was added: numbers while those are exact. */
export class ExactSums {
  #sums: Float64Array;
  /** What does not fit a number exactly, by place. */
  readonly #large = new Map<number, bigint>();

  /** @param size places that there is room for; more are made as needed */
  constructor(size = 1024) {
    this.#sums = new Float64Array(size);
  }

  add(place: number, amount: bigint): void {
    if (place >= this.#sums.length) this.#grow(place);
    const sum = (this.#sums[place] as number) + Number(amount);
    // Whole numbers: where amount and sum are within 2^53, both are exact.
    if (Number.isSafeInteger(sum) && Number.isSafeInteger(Number(amount))) this.#sums[place] = sum;
    else this.#large.set(place, (this.#large.get(place) ?? 0n) + amount);
  }

  /** The sum of a place, a number while that is exact. @throws AppError AMT-RANGE when it leaves 64 bits */
  at(place: number): number | bigint {
    const small = this.#sums[place] ?? 0;
    const large = this.#large.get(place);
    if (large === undefined) return small;
    const sum = large + BigInt(small);
    if (BigInt.asIntN(64, sum) !== sum) throw outOfRange();
    return sum;
  }

  #grow(place: number): void {
    const sums = new Float64Array(Math.max(this.#sums.length * 2, place + 1));
    sums.set(this.#sums);
    this.#sums = sums;
  }
}
