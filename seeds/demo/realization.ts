/** The realization extracts: payments by half-year, and one provisional extract that a later one corrects. */

import { mulDivRound } from "../../src/money.ts";
import type { YearBudget } from "./budget.ts";
import { csvField } from "./csv.ts";
import type { Payment } from "./payments.ts";
import { Random } from "./random.ts";

export const REALIZATION_HEADER = "code,date,document,amount,description";

export type Semester = 1 | 2;

/** The fiscal year whose first half was extracted twice. */
export const PROVISIONAL_YEAR = 2021;

/** The payments of one half of a year. */
export function inSemester(payments: readonly Payment[], semester: Semester): Payment[] {
  return payments.filter((payment) => payment.date.slice(5, 7) <= "06" === (semester === 1));
}

/** Rows of the layout `realization`. */
export function* realizationRows(payments: readonly Payment[]): Generator<string> {
  for (const { code, date, document, amount, description } of payments) {
    yield `${code},${date},${document},${amount},${csvField(description)}`;
  }
}

/** How many SP2D the provisional extract books on another line of the satker, and how many it prints with another amount. */
const MOVED = 42;
const MISPRINTED = 17;

/**
 * The extract as it first came: the same months, satkers and SP2D numbers, but some SP2D still sit on the line from
 * which they were corrected later, and some amounts differ.
 */
export function provisional(budget: YearBudget, payments: readonly Payment[], seed: number): Payment[] {
  const random = new Random(seed, `provisional ${budget.year}`);
  const lines = new Map<string, string[]>();
  for (const line of budget.lines) lines.set(line.satker.code, [...(lines.get(line.satker.code) ?? []), line.code]);
  const copy = payments.map((payment) => ({ ...payment }));
  const candidates = random.shuffle(copy.filter((payment) => payment.plain && payment.amount > 0n));
  let moved = 0;
  let misprinted = 0;
  for (const payment of candidates) {
    if (moved < MOVED) {
      const elsewhere = (lines.get(payment.satker.code) ?? []).filter((code) => code !== payment.code);
      if (elsewhere.length === 0) continue;
      payment.code = random.pick(elsewhere);
      moved++;
    } else if (misprinted < MISPRINTED) {
      payment.amount = mulDivRound(payment.amount, BigInt(random.between(9100, 10_700)), 10_000n);
      misprinted++;
    }
  }
  return copy;
}
