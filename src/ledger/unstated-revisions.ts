import { sql } from "drizzle-orm";
import type { Transaction } from "../store/index.ts";

/**
 * The revision numbers for a budget whose file does not say which revision it is: by satker, for a fiscal year.
 *
 * It is the budget in force, so it stands above every revision that an extract states by number, and never takes the place
 * of one: its number is the highest in force plus one. A later file of this kind restates the same number. Where nothing is
 * in force it is 1 and not 0: what the original budget was is not known, and stays so until an extract states it.
 */
export async function unstatedRevisions(
  tx: Transaction,
  fiscalYear: number,
  satkers: readonly string[],
): Promise<Map<string, number>> {
  const numbers = new Map(satkers.map((satker) => [satker, 1]));
  if (satkers.length === 0) return numbers;
  const list = tx.list(
    { satker: "text" },
    satkers.map((satker) => [satker]),
  );
  const rows = await tx.rows<{ satker: string; period: string; kind: string }>(sql`
    SELECT f.satker AS satker, f.period AS period, x.kind AS kind
    FROM ${list} AS s
    JOIN cells_in_force f ON f.kind = 'budget' AND f.satker = s.satker AND f.fiscal_year = ${fiscalYear}
    JOIN extracts x ON x.id = f.extract_id
    ORDER BY f.satker, f.period`);
  // The last one of a satker is its highest revision.
  for (const { satker, period, kind } of rows) {
    numbers.set(satker, Number(period) + (kind === "budget-and-realization" ? 0 : 1));
  }
  return numbers;
}
