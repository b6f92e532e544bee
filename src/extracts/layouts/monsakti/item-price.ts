import { readDecimal, scaled } from "../../../decimals.ts";
import { mulDivRound } from "../../../money.ts";

/**
 * Volume × unit price of an item, rounded to the rupiah, as far as both are printed so that they can be read.
 *
 * @param total the stated total: of two readings of `1.234`, the one that gives it is meant
 * @returns null when one of them is missing or no number
 */
export function itemPrice(volume: string, price: string, total: bigint): bigint | null {
  const products = readings(volume).flatMap((one) => readings(price).map((other) => product(one, other)));
  return products.find((computed) => computed === total) ?? products[0] ?? null;
}

function readings(text: string): string[] {
  const printed = readDecimal(text);
  if (printed.kind === "none") return [];
  return printed.kind === "exact" ? [printed.value] : [printed.fraction, printed.thousand];
}

function product(one: string, other: string): bigint {
  const [a, b] = [scaled(one), scaled(other)];
  return mulDivRound(a.digits, b.digits, 10n ** BigInt(a.scale + b.scale));
}
