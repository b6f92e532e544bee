import { type SQL, sql } from "drizzle-orm";
import { CODE_PLACES } from "../../coa/index.ts";
import { type Month, monthsByYear } from "../../periods.ts";
import type { Reader, Transaction, Value } from "../../store/index.ts";
import { type BalanceMeasure, isAnnual } from "./layout.ts";
import type { MonthAmounts } from "./month-amounts.ts";

/** Changes of the totals of one ministry, class of account and measure in a fiscal year. */
export class TotalChange {
  readonly #sums = new Float64Array(12);
  /** What was taken out of `#sums` before they could leave what a number holds exactly. */
  readonly #carried: bigint[] = Array<bigint>(12).fill(0n);

  /** @param sign 1 for what a code has from now on, -1 for what it had */
  add(amounts: MonthAmounts, sign: 1 | -1): void {
    const { numbers } = amounts;
    for (let bits = amounts.bits; bits !== 0; bits &= bits - 1) {
      const month = 31 - Math.clz32(bits & -bits);
      const sum = (this.#sums[month] as number) + sign * (numbers[month] as number);
      if (Number.isSafeInteger(sum)) this.#sums[month] = sum;
      else this.#carry(month, BigInt(sign) * amounts.exact(month));
    }
  }

  #carry(month: number, amount: bigint): void {
    this.#carried[month] = this.sum(month) + amount;
    this.#sums[month] = 0;
  }

  /** Adds sums of twelve months that were added up elsewhere. */
  addAll(sums: readonly bigint[]): void {
    for (const [month, sum] of sums.entries()) this.#carried[month] = (this.#carried[month] as bigint) + sum;
  }

  sum(month: number): bigint {
    return (this.#carried[month] as bigint) + BigInt(this.#sums[month] as number);
  }

  /** The sums of the twelve months. */
  all(): bigint[] {
    return this.#carried.map((_, month) => this.sum(month));
  }
}

/** Changes of the totals of one ministry and measure in a fiscal year, by class of account. */
export class ClassChanges {
  /** By the character code of the class. */
  readonly #classes: (TotalChange | undefined)[] = [];

  /** The change of the class that a printed code belongs to. */
  of(code: string): TotalChange {
    // The first digit of the account; an account that is not known is all `?`.
    return this.#at(code.charCodeAt(ACCOUNT));
  }

  ofClass(accountClass: string): TotalChange {
    return this.#at(accountClass.charCodeAt(0));
  }

  #at(character: number): TotalChange {
    let change = this.#classes[character];
    if (!change) {
      change = new TotalChange();
      this.#classes[character] = change;
    }
    return change;
  }

  /** @returns class and change */
  *entries(): Generator<[string, TotalChange]> {
    for (const [character, change] of this.#classes.entries()) {
      if (change) yield [String.fromCharCode(character), change];
    }
  }
}

const [ACCOUNT] = CODE_PLACES.account;

/** Changes of `balance_totals`, gathered and stored at once. */
export class TotalChanges {
  readonly #changes: { fiscalYear: number; measure: BalanceMeasure; ministry: string; classes: ClassChanges }[] = [];

  of(fiscalYear: number, measure: BalanceMeasure, ministry: string): ClassChanges {
    const known = this.#changes.find(
      (one) => one.fiscalYear === fiscalYear && one.measure === measure && one.ministry === ministry,
    );
    if (known) return known.classes;
    const classes = new ClassChanges();
    this.#changes.push({ fiscalYear, measure, ministry, classes });
    return classes;
  }

  /** Sums that leave 64 bits wrap around here: nobody reads them then (`SAFE_MAGNITUDE`), and a posting is not the place to fail. */
  async store(tx: Transaction): Promise<void> {
    const rows: Value[][] = [];
    for (const { fiscalYear, measure, ministry, classes } of this.#changes) {
      // The one amount of an annual measure stands at month 0.
      const first = isAnnual(measure) ? 0 : 1;
      for (const [accountClass, change] of classes.entries()) {
        const stored = await storedTotals(tx, fiscalYear, measure, ministry, accountClass);
        for (let index = 0; index < 12; index++) {
          const sum = change.sum(index);
          if (sum === 0n) continue;
          const amount = BigInt.asIntN(64, sum + (stored.get(index + first) ?? 0n));
          rows.push([BigInt(fiscalYear), measure, BigInt(index + first), ministry, accountClass, amount]);
        }
      }
    }
    const columns = ["fiscal_year", "measure", "month", "ministry", "account_class", "amount"];
    const onConflict = `ON CONFLICT (${columns.slice(0, -1).join(", ")}) DO UPDATE SET amount = excluded.amount`;
    await tx.bulkInsert("balance_totals", columns, rows, { onConflict });
    await tx.run(sql`DELETE FROM balance_totals WHERE amount = 0`);
  }
}

async function storedTotals(
  reader: Reader,
  year: number,
  measure: string,
  ministry: string,
  accountClass: string,
): Promise<Map<number, bigint>> {
  const rows = await reader.rows<{ month: bigint; amount: bigint }>(sql`
    SELECT month, amount FROM balance_totals WHERE fiscal_year = ${year} AND measure = ${measure}
      AND ministry = ${ministry} AND account_class = ${accountClass}`);
  return new Map(rows.map(({ month, amount }) => [Number(month), amount]));
}

/**
 * Expenditure (classes 5 and 6) of the ledger in some months by measure, the annual measures of their years; measures of
 * which nothing is known are absent. It knows neither codes nor columns: reconciliations are held against it.
 *
 * @param ministries null for all
 */
export async function expenditureTotals(
  reader: Reader,
  months: readonly Month[],
  ministries: readonly string[] | null,
): Promise<Map<BalanceMeasure, bigint>> {
  const windows: SQL[] = [...monthsByYear(months)].map(
    ([year, numbers]) => sql`(fiscal_year = ${year} AND month IN (0, ${sql.raw(numbers.join(", "))}))`,
  );
  const limit = ministries
    ? sql`AND ministry IN (${sql.join(
        ministries.map((ministry) => sql`${ministry}`),
        sql`, `,
      )})`
    : sql``;
  const rows = await reader.rows<{ measure: BalanceMeasure; amount: bigint }>(sql`
    SELECT measure, sum(amount) AS amount FROM balance_totals
    WHERE (${sql.join(windows, sql` OR `)}) AND account_class IN ('5', '6') ${limit} GROUP BY measure`);
  return new Map(rows.map(({ measure, amount }) => [measure, amount]));
}
