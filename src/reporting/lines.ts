import { FULL_SHARE, mulDivRound, twelfths } from "../money.ts";
import { fiscalYearOf, type Month, monthNumber, monthsOf, type Window } from "../periods.ts";
import type { BudgetLine, LineBudget, Placement, RealizationLine, ReportLine } from "./types.ts";

/** A payment line in force, as the store has it. */
export interface PaymentSource {
  extract: number;
  row: number;
  /** Index into the codes of the report. */
  code: number;
  date: string;
  document: string;
  description: string | null;
  amount: bigint;
}

/** A DIPA line in force: of revision 0, of the highest revision of its satker and year, or both. */
export interface BudgetSource {
  extract: number;
  row: number;
  code: number;
  fiscalYear: number;
  revision: number;
  revisionDate: string | null;
  /** Whether this is the highest revision of the satker and year. */
  highest: boolean;
  amount: bigint;
  /** Null where the extract does not state it. */
  blocked: bigint | null;
  /** Twelve months; null where the extract has no plan. */
  plan: (bigint | null)[];
}

/** What a line's node receives: one placement per intervention, in the order of their codes. */
export interface PlacedNode {
  placements: { placement: Placement; before: number; upTo: number }[];
  /** What the shares add up to, basis points. */
  total: number;
}

export type LineMatch = PlacedNode | "needs-ro" | "untagged";

export interface SplitLines {
  lines: ReportLine[];
  placements: Placement[];
}

/**
 * Splits source lines among interventions so that the parts agree to the rupiah with the reconciliation, which rounds
 * per printed code and month (annual: per code and year). Lines of one code and month are taken in file order; each
 * gets what its running total adds to the cumulative rounding, so the parts telescope to the same sums.
 * Lines that no tag touches are left out.
 *
 * @param match what the tags of a fiscal year say about a code
 */
export function splitLines(
  payments: readonly PaymentSource[],
  budgets: readonly BudgetSource[],
  window: Window,
  match: (code: number, fiscalYear: number) => LineMatch,
): SplitLines {
  const splitter = new Splitter(monthsOf(window), match);
  for (const payment of [...payments].sort(byOrigin)) splitter.payment(payment);
  for (const budget of [...budgets].sort(byOrigin)) splitter.budget(budget);
  return { lines: splitter.lines, placements: [...splitter.placements.keys()] };
}

function byOrigin(a: { extract: number; row: number }, b: { extract: number; row: number }): number {
  return a.extract - b.extract || a.row - b.row;
}

/** Amount of each part on both bases. */
interface Parts {
  whole: bigint[];
  weighted: bigint[];
}

class Splitter {
  readonly lines: ReportLine[] = [];
  readonly placements = new Map<Placement, number>();
  readonly #months: Month[];
  readonly #match: (code: number, fiscalYear: number) => LineMatch;
  /** Running total per code, measure and month or year. */
  readonly #running = new Map<string, bigint>();

  constructor(months: Month[], match: (code: number, fiscalYear: number) => LineMatch) {
    this.#months = months;
    this.#match = match;
  }

  payment(source: PaymentSource): void {
    const fiscalYear = Number(source.date.slice(0, 4));
    const match = this.#match(source.code, fiscalYear);
    if (match === "untagged") return;
    const { extract, row, code, date, document, description, amount } = source;
    const line = { kind: "realization", extract, row, code, fiscalYear, date, document, description } as const;
    if (match === "needs-ro") {
      this.lines.push({ ...line, placement: null, whole: amount, weighted: null });
      return;
    }
    const parts = this.#split(match, `${code} realization ${date.slice(0, 7)}`, amount);
    match.placements.forEach(({ placement }, index) => {
      const part: RealizationLine = {
        ...line,
        placement: this.#indexOf(placement),
        whole: parts.whole[index] ?? 0n,
        weighted: parts.weighted[index] ?? 0n,
      };
      this.lines.push(part);
    });
  }

  budget(source: BudgetSource): void {
    const match = this.#match(source.code, source.fiscalYear);
    if (match === "untagged") return;
    const { extract, row, code, fiscalYear, revision, revisionDate, highest } = source;
    const spread = source.plan.some((month) => month === null);
    const line = { kind: "budget", extract, row, code, fiscalYear, revision, revisionDate } as const;
    const plan = this.#planOf(source, spread);
    if (match === "needs-ro") {
      const whole: LineBudget = {
        original: revision === 0 ? source.amount : null,
        revised: highest ? source.amount : null,
        blocked: highest ? source.blocked : null,
        budget: highest ? sum(plan) : null,
      };
      this.lines.push({ ...line, placement: null, whole, weighted: null, plan, spread: highest && spread });
      return;
    }
    const annual = (applies: boolean, measure: string, amount: bigint | null): Parts | null =>
      applies && amount !== null ? this.#split(match, `${code} ${measure} ${fiscalYear}`, amount) : null;
    const original = annual(revision === 0, "original", source.amount);
    const revised = annual(highest, "revised", source.amount);
    const blocked = annual(highest, "blocked", source.blocked);
    const months = plan.map((amount, index) =>
      amount === null ? null : this.#split(match, `${code} budget ${this.#months[index]}`, amount),
    );
    match.placements.forEach(({ placement }, index) => {
      const amounts = (basis: keyof Parts): LineBudget => ({
        original: original?.[basis][index] ?? null,
        revised: revised?.[basis][index] ?? null,
        blocked: blocked?.[basis][index] ?? null,
        budget: highest ? sum(months.map((month) => month?.[basis][index] ?? null)) : null,
      });
      const part: BudgetLine = {
        ...line,
        placement: this.#indexOf(placement),
        whole: amounts("whole"),
        weighted: amounts("weighted"),
        plan: months.map((month) => month?.whole[index] ?? null),
        spread: highest && spread,
      };
      this.lines.push(part);
    });
  }

  /** The plan of the months of the window; only the highest revision plans, and only its own year. */
  #planOf({ fiscalYear, highest, amount, plan }: BudgetSource, spread: boolean): (bigint | null)[] {
    const months = spread ? twelfths(amount) : plan;
    return this.#months.map((month) =>
      highest && fiscalYearOf(month) === fiscalYear ? (months[monthNumber(month) - 1] ?? null) : null,
    );
  }

  #split({ placements, total }: PlacedNode, key: string, amount: bigint): Parts {
    const before = this.#running.get(key) ?? 0n;
    const after = before + amount;
    this.#running.set(key, after);
    const apportion = (denominator: number): bigint[] =>
      placements.map((part) => partOf(after, part, denominator) - partOf(before, part, denominator));
    return { whole: apportion(total), weighted: apportion(FULL_SHARE) };
  }

  #indexOf(placement: Placement): number {
    let index = this.placements.get(placement);
    if (index === undefined) {
      index = this.placements.size;
      this.placements.set(placement, index);
    }
    return index;
  }
}

/** One part of an amount by cumulative rounding (contract, Reconciliation). */
function partOf(amount: bigint, { before, upTo }: { before: number; upTo: number }, denominator: number): bigint {
  const whole = BigInt(denominator);
  return mulDivRound(amount, BigInt(upTo), whole) - mulDivRound(amount, BigInt(before), whole);
}

/** Sum of what is stated; null amounts belong to other years. */
function sum(amounts: readonly (bigint | null)[]): bigint {
  return amounts.reduce<bigint>((total, amount) => total + (amount ?? 0n), 0n);
}
