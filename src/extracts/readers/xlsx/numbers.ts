const INTEGER = /^-?\d+$/;
const DECIMAL = /^([+-]?)(?:(\d+)\.?(\d*)|\.(\d+))(?:[eE]([+-]?\d{1,9}))?$/;

/** Digits that a spreadsheet program keeps of a number that a person types. */
const TYPED_DIGITS = 15;
/** Digits that it may write to store such a number as a double. */
const DOUBLE_DIGITS = 17;
/** No double has an exponent beyond ±324. */
const MAX_EXPONENT = 400;
/** The largest integer up to which doubles, and so numbers in scientific notation, are exact. */
const TWO_TO_53 = "9007199254740992";

/**
 * The number of a cell as plain decimal text: `5E+6` → `5000000`, `1.1000000000000001` → `1.1` (the same double, as a
 * person sees it). Text that does not say an exact number stays as it is, so that whoever reads amounts refuses it:
 * integers above 2^53 in scientific notation, whose last digits the writing program has dropped, and what is no number.
 */
export function plainNumber(literal: string): string {
  if (INTEGER.test(literal)) return literal === "-0" ? "0" : literal;
  const match = DECIMAL.exec(literal);
  if (!match) return literal;
  const [, sign, whole = "", fraction = "", bareFraction = "", exponent] = match;
  const plain = shifted(whole, fraction + bareFraction, Number(exponent ?? 0));
  if (plain === "0") return plain;
  if (plain === null || (exponent !== undefined && isBeyondExact(plain))) return literal;
  return (sign === "-" ? "-" : "") + asTyped(plain);
}

/** `whole.fraction` × 10^exponent without a sign, superfluous zeros or an exponent; null when no double is that large or small. */
function shifted(whole: string, fraction: string, exponent: number): string | null {
  const significant = trimZeros(whole + fraction);
  if (significant.digits === "") return "0";
  if (Math.abs(exponent) > MAX_EXPONENT) return null;
  const { digits, leading } = significant;
  const point = whole.length - leading + exponent;
  if (point <= 0) return `0.${"0".repeat(-point)}${digits}`;
  if (point >= digits.length) return digits + "0".repeat(point - digits.length);
  return `${digits.slice(0, point)}.${digits.slice(point)}`;
}

function trimZeros(text: string): { digits: string; leading: number } {
  let start = 0;
  let end = text.length;
  while (start < end && text[start] === "0") start++;
  while (end > start && text[end - 1] === "0") end--;
  return { digits: text.slice(start, end), leading: start };
}

function isBeyondExact(plain: string): boolean {
  const [whole = ""] = plain.split(".");
  return whole.length > TWO_TO_53.length || (whole.length === TWO_TO_53.length && whole > TWO_TO_53);
}

/** A fraction in the 16 or 17 digits of a double becomes the at most 15 digits that stand for the same double, if any do. */
function asTyped(plain: string): string {
  const digits = countDigits(plain);
  if (!plain.includes(".") || digits <= TYPED_DIGITS || digits > DOUBLE_DIGITS) return plain;
  const [, , whole = "", fraction = "", , exponent] = DECIMAL.exec(String(Number(plain))) ?? [];
  const shortest = shifted(whole, fraction, Number(exponent ?? 0));
  return shortest?.includes(".") && countDigits(shortest) <= TYPED_DIGITS ? shortest : plain;
}

function countDigits(plain: string): number {
  return trimZeros(plain.replace(".", "")).digits.length;
}
