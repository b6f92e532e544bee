/**
 * Rupiah: whole, signed, 64-bit, held in bigint; and shares in basis points.
 * Reading of printed amounts follows the traps of the field: Indonesian thousands dots,
 * decimals only when they are zero, parentheses for negatives. What is ambiguous is refused.
 */

export const INT64_MAX = 9_223_372_036_854_775_807n;
export const INT64_MIN = -9_223_372_036_854_775_808n;

/** Why a printed amount was refused; each is a rule of the catalogue. */
export type AmountProblem = "AMT-001" | "AMT-002" | "AMT-003" | "AMT-004" | "AMT-005" | "AMT-006";

export type AmountResult = { ok: true; value: bigint } | { ok: false; rule: AmountProblem };

const PLAIN = /^\d+$/;
// Grouped thousands never begin with a zero: 0.123 is a fraction, not 123.
const DOTTED = /^[1-9]\d{0,2}(\.\d{3})+$/;
const SPACED = /^[1-9]\d{0,2}( \d{3})+$/;
const COMMAED = /^[1-9]\d{0,2}(,\d{3})+$/;
const SCIENTIFIC = /^\d+([.,]\d+)?e[+-]?\d+$/i;

/**
 * Reads one printed rupiah amount: `6776000`, `6.776.000`, `6.776.000,00`, `Rp 6.776.000`, `6 776 000`,
 * `6,776,000`, `(1.000)`, `-1.000`. `1.234` is 1234; `1,234` is refused because it may be a fraction.
 *
 * @returns whole rupiah, or the rule that the text breaks: AMT-001 empty, AMT-002 not a number,
 * AMT-003 grouping broken, AMT-004 fraction of a rupiah, AMT-005 beyond 64 bits, AMT-006 ambiguous or scientific.
 */
export function parseRupiah(text: string): AmountResult {
  let body = text;
  if (PLAIN.test(body) && body.length <= 15) return { ok: true, value: BigInt(body) };
  body = body
    .replace(/[\u00a0\u2007\u202f\t]/g, " ")
    .replace(/[\u2212\u2013]/g, "-")
    .trim();
  if (body === "") return { ok: false, rule: "AMT-001" };

  let negative = false;
  if (body.startsWith("(") && body.endsWith(")")) {
    negative = true;
    body = body.slice(1, -1).trim();
  }
  body = body.replace(/^(-?)\s*(?:rp\.?|idr)\s*/i, "$1");
  if (body.startsWith("-") || body.startsWith("+")) {
    if (negative) return { ok: false, rule: "AMT-002" };
    negative = body.startsWith("-");
    body = body.slice(1).trim();
  }

  const digits = wholeDigits(body);
  if (digits.startsWith("AMT-")) return { ok: false, rule: digits as AmountProblem };
  const value = negative ? -BigInt(digits) : BigInt(digits);
  if (value > INT64_MAX || value < INT64_MIN) return { ok: false, rule: "AMT-005" };
  return { ok: true, value };
}

/** The digits of an unsigned amount without grouping, or the id of the rule it breaks. */
function wholeDigits(body: string): string {
  if (PLAIN.test(body)) return body;
  if (SCIENTIFIC.test(body)) return "AMT-006";
  const tail = /[.,](\d+)$/.exec(body);
  if (!tail) return SPACED.test(body) ? body.replaceAll(" ", "") : "AMT-002";
  if (DOTTED.test(body)) return body.replaceAll(".", "");
  // One comma alone may be a decimal one.
  if (COMMAED.test(body) && body.indexOf(",") !== body.lastIndexOf(",")) return body.replaceAll(",", "");

  // What follows the last separator is not a thousands group, so it can only be decimals.
  const separator = body.charAt(tail.index);
  const whole = body.slice(0, tail.index);
  const decimals = tail[1] ?? "";
  if (!/^[\d., ]+$/.test(body)) return "AMT-002";
  const grouped =
    PLAIN.test(whole) || SPACED.test(whole) || (separator === "," ? DOTTED.test(whole) : COMMAED.test(whole));
  if (!grouped) return "AMT-003";
  if (decimals.length === 3 && separator === "," && PLAIN.test(whole) && whole.length <= 3) return "AMT-006";
  if (/^0+$/.test(decimals) && decimals.length <= 2) return whole.replace(/[., ]/g, "");
  return decimals.length <= 4 ? "AMT-004" : "AMT-003";
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
