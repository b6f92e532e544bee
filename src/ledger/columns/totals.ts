import { type SQL, sql } from "drizzle-orm";
import { type Month, monthsByYear } from "../../periods.ts";
import type { Reader, Transaction, Value } from "../../store/index.ts";
import { type Amount, plus } from "./amounts.ts";
import { ANNUAL_MEASURES, type BalanceMeasure } from "./layout.ts";

/** The class of an account of which the first digit is not known. */
export const UNKNOWN_CLASS = "?";

/** Changes of `balance_totals`, gathered and stored at once. */
export class TotalChanges {
  readonly #groups = new Map<string, (number | bigint)[]>();

  /** @param sign 1 for what a code has from now on, -1 for what it had */
  add(
    fiscalYear: number,
    measure: BalanceMeasure,
    ministry: string,
    account: string | null,
    amounts: readonly Amount[],
    sign: 1 | -1,
  ): void {
    const key = `${fiscalYear} ${measure} ${ministry} ${account?.charAt(0) ?? UNKNOWN_CLASS}`;
    let sums = this.#groups.get(key);
    if (!sums) {
      sums = Array<number>(amounts.length).fill(0);
      this.#groups.set(key, sums);
    }
    for (const [month, amount] of amounts.entries()) {
      if (amount !== null)
        sums[month] = plus(sums[month] ?? 0, typeof amount === "bigint" ? amount * BigInt(sign) : amount * sign);
    }
  }

  /** Sums that leave 64 bits wrap around here: nobody reads them then (`SAFE_MAGNITUDE`), and a posting is not the place to fail. */
  async store(tx: Transaction): Promise<void> {
    const rows: Value[][] = [];
    for (const [key, sums] of this.#groups) {
      const [year = "", measure = "", ministry = "", accountClass = ""] = key.split(" ");
      const first = (ANNUAL_MEASURES as readonly string[]).includes(measure) ? 0 : 1;
      const stored = await storedTotals(tx, Number(year), measure, ministry, accountClass);
      for (const [index, sum] of sums.entries()) {
        if (BigInt(sum) === 0n) continue;
        const amount = BigInt.asIntN(64, BigInt(sum) + (stored.get(index + first) ?? 0n));
        rows.push([BigInt(year), measure, BigInt(index + first), ministry, accountClass, amount]);
      }
    }
    const columns = ["fiscal_year", "measure", "month", "ministry", "account_class", "amount"];
    const onConflict = `ON CONFLICT (${columns.slice(0, -1).join(", ")}) DO UPDATE SET amount = excluded.amount`;
    await tx.bulkInsert("balance_totals", columns, rows, { onConflict });
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
