/**
 * Rupiah: whole, signed, 64-bit, held in bigint; and shares in basis points.
 * Reading of printed amounts follows the traps of the field: Indonesian thousands dots,
 * decimals only when they are zero, parentheses for negatives. What is ambiguous is refused.
 */
import { AppError } from "./errors.ts";
import { type AmountProblem, writtenAmount } from "./written-amount.ts";

export const INT64_MAX = 9_223_372_036_854_775_807n;
export const INT64_MIN = -9_223_372_036_854_775_808n;

export type AmountResult = { ok: true; value: bigint } | { ok: false; rule: AmountProblem };

/** An amount of so few digits needs no check of its range. */
const SHORT_PLAIN = /^\d{1,15}$/;

/**
 * Reads one printed rupiah amount that no column explains: `6776000`, `6.776.000`, `6.776.000,00`, `Rp 6.776.000,-`,
 * `6 776 000`, `6,776,000`, `(1.000)`, `-1.000`, `1.000-`. `1.234` is 1234; `1,234` is refused because it may be a fraction.
 *
 * @returns whole rupiah, or the rule that the text breaks: AMT-001 empty, AMT-002 not a number,
 * AMT-003 grouping broken, AMT-004 fraction of a rupiah, AMT-005 beyond 64 bits, AMT-006 ambiguous or scientific.
 */
export function parseRupiah(text: string): AmountResult {
  if (SHORT_PLAIN.test(text)) return { ok: true, value: BigInt(text) };
  const written = writtenAmount(text);
  if (typeof written === "string") return { ok: false, rule: written };
  const { negative, whole, decimals, open } = written;
  if (open === ",") return { ok: false, rule: "AMT-006" };
  if (open === ".") return rupiahOf(whole + decimals, negative);
  if (/^0{0,2}$/.test(decimals)) return rupiahOf(whole, negative);
  return { ok: false, rule: decimals.length <= 4 ? "AMT-004" : "AMT-003" };
}

/** Digits with a sign as rupiah; AMT-005 beyond 64 bits. */
export function rupiahOf(digits: string, negative: boolean): AmountResult {
  const value = negative ? -BigInt(digits) : BigInt(digits);
  return value > INT64_MAX || value < INT64_MIN ? { ok: false, rule: "AMT-005" } : { ok: true, value };
}

/** a × b ÷ c rounded half away from zero, exact for every bigint; c > 0. */
export function mulDivRound(a: bigint, b: bigint, c: bigint): bigint {
  const product = a * b;
  const twice = product * 2n;
  return product >= 0n ? (twice + c) / (2n * c) : (twice - c) / (2n * c);
}

/**
 * Spreads an annual amount over twelve months by cumulative rounding, so that the months add up to it:
 * month m = round(a·m/12) − round(a·(m−1)/12), half away from zero (contract, Reconciliation).
 */
export function twelfths(amount: bigint): bigint[] {
  const months: bigint[] = [];
  let before = 0n;
  for (let month = 1n; month <= 12n; month++) {
    const upTo = mulDivRound(amount, month, 12n);
    months.push(upTo - before);
    before = upTo;
  }
  return months;
}

/** One hundred percent in basis points. */
export const FULL_SHARE = 10_000;

/** Reads a share printed in percent (`33.33`, `33,33`, `100`) into basis points; null when it is not within 0.01 … 100. */
export function parseShare(text: string): number | null {
  const match = /^(\d{1,3})(?:[.,](\d{1,2})0*)?\s*%?$/.exec(text.trim());
  if (!match) return null;
  const points = Number(match[1]) * 100 + Number((match[2] ?? "").padEnd(2, "0"));
  return points >= 1 && points <= FULL_SHARE ? points : null;
}

/** Basis points as percent text without trailing zeros: 3333 → `33.33`, 10000 → `100`. */
export function formatShare(points: number): string {
  const whole = Math.trunc(points / 100);
  const rest = String(points % 100)
    .padStart(2, "0")
    .replace(/0+$/, "");
  return rest === "" ? String(whole) : `${whole}.${rest}`;
}

/** Rupiah added up exactly: as a number while it stays within 2^53, as bigint beyond. */
export class ExactSum {
  #small = 0;
  #large = 0n;

  add(amount: number | bigint): void {
    if (typeof amount === "bigint") {
      this.#large += amount;
      return;
    }
    const sum = this.#small + amount;
    if (Number.isSafeInteger(sum)) this.#small = sum;
    else {
      this.#large += BigInt(this.#small);
      this.#small = amount;
    }
  }

  get value(): bigint {
    return this.#large + BigInt(this.#small);
  }
}

/** Rupiah that leave 64 bits, in a file or in a sum: never wrapped, never rounded. */
export function outOfRange(): AppError {
  return new AppError(
    "AMT-RANGE",
    400,
    "Jumlah rupiah melampaui 64 bit / a sum of rupiah exceeds 64 bits",
    "Periksa jumlah yang terlalu besar / check for amounts that are far too large",
  );
}
