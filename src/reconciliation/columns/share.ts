import type { TagPart } from "../tag-rules.ts";

/** The same as `partOf` in SQL: the difference of two cumulative roundings half away from zero. */
export function shareOf(amount: bigint, { before, upTo, denominator }: TagPart): bigint {
  return roundedShare(amount, upTo, denominator) - roundedShare(amount, before, denominator);
}

function roundedShare(amount: bigint, share: number, denominator: number): bigint {
  const twice = 2n * amount * BigInt(share);
  const whole = BigInt(denominator);
  return (twice + (amount < 0n ? -whole : whole)) / (2n * whole);
}
