import type { TextParams } from "../../i18n/index.ts";
import { rupiahOf } from "../../money.ts";
import { type AmountProblem, type PointMark, type ThousandsMark, writtenAmount } from "../../written-amount.ts";

/** An amount of a column: whole rupiah, or the rule it breaks with the values that the sentence of the rule needs. */
export type AmountReading =
  | { ok: true; value: bigint }
  | { ok: false; rule: AmountProblem | "AMT-007" | "AMT-008"; params?: TextParams };

/** A way to write amounts: what groups thousands, and what begins decimals. */
interface AmountMarks {
  thousands: ThousandsMark | null;
  point: PointMark;
}

/** The ways to write amounts, each named by how it writes one and a quarter million rupiah and some cents. */
export const AMOUNT_STYLES = {
  "1.234.567,89": { thousands: ".", point: "," },
  "1,234,567.89": { thousands: ",", point: "." },
  "1 234 567,89": { thousands: " ", point: "," },
  "1 234 567.89": { thousands: " ", point: "." },
  "1'234'567.89": { thousands: "'", point: "." },
  "1234567,89": { thousands: null, point: "," },
  "1234567.89": { thousands: null, point: "." },
} as const satisfies Record<string, AmountMarks>;

export type AmountStyle = keyof typeof AMOUNT_STYLES;

export function isAmountStyle(text: string): text is AmountStyle {
  return Object.hasOwn(AMOUNT_STYLES, text);
}

/** What one printed unit is worth: tables in thousands or millions of rupiah say so in their heading. */
export type AmountUnit = 1 | 1_000 | 1_000_000 | 1_000_000_000;

/**
 * Reads an amount of a column that is known to be written in one style; digits without grouping fit every style.
 *
 * @param unit rupiah per printed unit; `12,345` in millions is 12 345 000
 * @returns whole rupiah, or AMT-001 … 006, or AMT-007 when the text is written in another style
 */
export function readAmount(text: string, style: AmountStyle, unit: AmountUnit = 1): AmountReading {
  const written = writtenAmount(text);
  if (typeof written === "string") return { ok: false, rule: written };
  const { thousands, point } = AMOUNT_STYLES[style];
  const { negative, whole, decimals, open } = written;
  const isForeign =
    (written.thousands !== null && written.thousands !== thousands) ||
    (written.point !== null && written.point !== point) ||
    (open !== null && open !== thousands && open !== point);
  if (isForeign) return { ok: false, rule: "AMT-007", params: { style } };
  if (open !== null && open === thousands) return inUnits(whole + decimals, "", negative, unit);
  return inUnits(whole, decimals, negative, unit);
}

/** A decimal number of units as rupiah; AMT-004 when a fraction of a rupiah remains. */
function inUnits(whole: string, decimals: string, negative: boolean, unit: AmountUnit): AmountReading {
  const fraction = decimals.replace(/0+$/, "");
  const zeros = String(unit).length - 1;
  if (fraction.length > zeros) return { ok: false, rule: "AMT-004" };
  return rupiahOf(whole + fraction.padEnd(zeros, "0"), negative);
}
