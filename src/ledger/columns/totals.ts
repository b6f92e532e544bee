import type { Transaction } from "../../store/index.ts";
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

  async store(tx: Transaction): Promise<void> {
    const rows = [...this.#groups].flatMap(([key, sums]) => {
      const [year = "", measure = "", ministry = "", accountClass = ""] = key.split(" ");
      const first = (ANNUAL_MEASURES as readonly string[]).includes(measure) ? 0 : 1;
      return sums.flatMap((sum, index) =>
        BigInt(sum) === 0n ? [] : [[BigInt(year), measure, BigInt(index + first), ministry, accountClass, BigInt(sum)]],
      );
    });
    await tx.bulkInsert(
      "balance_totals",
      ["fiscal_year", "measure", "month", "ministry", "account_class", "amount"],
      rows,
      {
        onConflict: `ON CONFLICT (fiscal_year, measure, month, ministry, account_class)
          DO UPDATE SET amount = balance_totals.amount + excluded.amount`,
      },
    );
  }
}
