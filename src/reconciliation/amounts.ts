import { type Month, monthsByYear } from "../periods.ts";

/** The column of a month 1 … 12 in `month_balances`. */
export function monthColumn(month: number): string {
  return `b.month_${String(month).padStart(2, "0")}`;
}

/**
 * The share of an amount that goes to the part `m` of a tag: the difference of two cumulative roundings half away from
 * zero, over basis points or over the node's own total (contract, Reconciliation). Integer arithmetic that stays within
 * 64 bits for every 64-bit amount: the quotient is multiplied exactly, only the remainder is rounded.
 */
export function partOf(amount: string): string {
  const upTo = (share: string) =>
    `((${amount}) / m.denominator * ${share} + (2 * ((${amount}) % m.denominator) * ${share} + CASE WHEN (${amount}) < 0 THEN -m.denominator ELSE m.denominator END) / (2 * m.denominator))`;
  return `(${upTo("m.up_to")} - ${upTo("m.before")})`;
}

/** No share to apply: the amount as it is. */
export function wholeOf(amount: string): string {
  return amount;
}

/**
 * The amount of one balance row within the window, shares applied month by month because that is the grain of
 * rounding; null when no month of the window speaks.
 */
export function windowAmount(months: readonly Month[], apply: (amount: string) => string): string {
  const years = [...monthsByYear(months)].map(([year, numbers]) => {
    const columns = numbers.map(monthColumn);
    const sum = columns.map((column) => `coalesce(${apply(column)}, 0)`).join(" + ");
    const present = columns.map((column) => `${column} IS NOT NULL`).join(" OR ");
    return `WHEN ${year} THEN CASE WHEN ${present} THEN ${sum} END`;
  });
  return `CASE b.fiscal_year ${years.join(" ")} END`;
}
