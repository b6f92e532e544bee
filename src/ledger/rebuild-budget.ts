import { sql } from "drizzle-orm";
import type { Transaction } from "../store/index.ts";
import { type LineRow, lineOf, linesInForce } from "./budget-balances.ts";
import { BudgetSums } from "./budget-sums.ts";
import type { Touched } from "./in-force.ts";
import { isTouched, refreshInSlices } from "./realization-balances.ts";
import { type Slice, slicesOf } from "./satker-codes.ts";

/** Codes whose balances are added up at once: every slice reads the lines of its extracts. */
const ADDED_AT_ONCE = 65_536;

/** Computes the budget balances of satkers and years again from their lines in force. */
export async function rebuildBudget(tx: Transaction, touched: readonly Touched[]): Promise<void> {
  if (touched.length === 0) return;
  for (const slice of await slicesOf(tx, touched, ADDED_AT_ONCE)) await rebuildSlice(tx, slice);
  await refreshInSlices(tx, "budget", touched);
}

async function rebuildSlice(tx: Transaction, { touched, codes }: Slice): Promise<void> {
  const sums = new BudgetSums(codes);
  await tx.joiningMany(async () => {
    await tx.run(sql`DELETE FROM month_balances WHERE measure <> 'realization' AND ${isTouched(tx, touched)}`);
    await tx.run(sql`DELETE FROM year_balances WHERE ${isTouched(tx, touched)}`);
    const highest = await highestRevisions(tx, touched);
    await tx.each<LineRow>(linesInForce(tx, touched), (row) => {
      const line = lineOf(row);
      sums.add(line, highest.get(`${line.satker} ${line.fiscalYear}`) ?? line.revision);
    });
  });
  await sums.store(tx);
}

/** The highest revision of satkers and years that has lines. */
async function highestRevisions(tx: Transaction, touched: readonly Touched[]): Promise<Map<string, bigint>> {
  const rows = await tx.rows<{ satker: string; fiscal_year: bigint; revision: bigint }>(sql`
    SELECT satker, fiscal_year, max(revision) AS revision FROM (${linesInForce(tx, touched)}) AS lines
    GROUP BY satker, fiscal_year`);
  return new Map(rows.map(({ satker, fiscal_year, revision }) => [`${satker} ${fiscal_year}`, revision]));
}
