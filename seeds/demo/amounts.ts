import { mulDivRound } from "../../src/money.ts";

/** Splits an amount by whole weights with cumulative rounding: the parts add up to the amount. */
export function apportion(amount: bigint, weights: readonly number[]): bigint[] {
  const total = BigInt(weights.reduce((sum, weight) => sum + weight, 0));
  if (total === 0n) throw new Error("weights add up to nothing");
  let running = 0n;
  let before = 0n;
  return weights.map((weight) => {
    running += BigInt(weight);
    const upTo = mulDivRound(amount, running, total);
    const part = upTo - before;
    before = upTo;
    return part;
  });
}

/** So many percent of an amount. */
export function percentOf(amount: bigint, percent: number): bigint {
  return mulDivRound(amount, BigInt(percent), 100n);
}

export function sum(amounts: Iterable<bigint>): bigint {
  let total = 0n;
  for (const amount of amounts) total += amount;
  return total;
}
