import { readDecimal, scaled } from "../../../decimals.ts";

const RUPIAH = /^(rph?|rp\.|idr|rupiah)?$/i;

/**
 * Whether the rupiah of a payment follow from its currency: rupiah have the rate 1 and no foreign amount (or the same one);
 * foreign money is its amount × its rate, as exactly as the rate is printed.
 *
 * @param rupiah what the row states in rupiah
 */
export function isConsistent(currency: string, rate: string, foreign: string, rupiah: bigint): boolean {
  const [kurs, amount] = [numberOf(rate), numberOf(foreign)];
  if (kurs === null || amount === null) return false;
  if (RUPIAH.test(currency.trim())) {
    const isPlainRate = kurs.digits === 0n || kurs.digits === 10n ** BigInt(kurs.scale);
    return isPlainRate && (amount.digits === 0n || amount.digits === rupiah * 10n ** BigInt(amount.scale));
  }
  // Half a unit of the last printed digit of the rate, and one rupiah of the product.
  const scale = kurs.scale + amount.scale;
  const slack = abs(amount.digits) + 2n * 10n ** BigInt(scale);
  return 2n * abs(kurs.digits * amount.digits - rupiah * 10n ** BigInt(scale)) <= slack;
}

/** A number that a program printed: a dot or comma is its decimal mark. Empty is 0; null is no number. */
function numberOf(text: string): { digits: bigint; scale: number } | null {
  if (text.trim() === "") return scaled("0");
  const printed = readDecimal(text);
  if (printed.kind === "none") return null;
  return scaled(printed.kind === "exact" ? printed.value : printed.fraction);
}

function abs(value: bigint): bigint {
  return value < 0n ? -value : value;
}
