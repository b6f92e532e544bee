import { type SQL, sql } from "drizzle-orm";
import type { Reader, Transaction } from "../store/index.ts";
import type { Touched } from "./in-force.ts";

/** Month columns of `month_balances` in order. */
export const MONTH_COLUMNS = Array.from({ length: 12 }, (_, index) => `month_${String(index + 1).padStart(2, "0")}`);

/** The extract in force for the cell of line `l` with code `c`. */
export const LINE_IN_FORCE = `f.kind = 'realization' AND f.satker = c.satker
  AND f.fiscal_year = CAST(substr(l.date, 1, 4) AS integer) AND f.period = substr(l.date, 1, 7) AND f.extract_id = l.extract_id`;

/** Realization per code and fiscal year with its twelve months, from the lines in force; `only` limits satkers and years. */
export function realizationFromLines(only: SQL | null): SQL {
  const months = MONTH_COLUMNS.map(
    (column) =>
      `CAST(sum(CASE WHEN substr(l.date, 6, 2) = '${column.slice(-2)}' THEN l.amount END) AS bigint) AS ${column}`,
  );
  const limit = only ? sql`JOIN ${only} AS t ON t.satker = f.satker AND t.fiscal_year = f.fiscal_year` : sql``;
  return sql`SELECT l.code_id AS code_id, l.ministry AS ministry, f.fiscal_year AS fiscal_year, 'realization' AS measure,
      ${sql.raw(months.join(", "))}
    FROM ledger_lines l
    JOIN code_combinations c ON c.id = l.code_id AND c.ministry = l.ministry
    JOIN cells_in_force f ON ${sql.raw(LINE_IN_FORCE)}
    ${limit}
    GROUP BY l.code_id, l.ministry, f.fiscal_year`;
}

export function touchedList(reader: Reader, touched: readonly Touched[]): SQL {
  return reader.list(
    { satker: "text", fiscal_year: "int" },
    touched.map(({ satker, fiscalYear }) => [satker, BigInt(fiscalYear)]),
  );
}

/** Computes the realization balances of satkers and years again from their lines in force. */
export async function rebuildRealization(tx: Transaction, touched: readonly Touched[]): Promise<void> {
  if (touched.length === 0) return;
  const list = touchedList(tx, touched);
  await tx.run(sql`
    DELETE FROM month_balances WHERE measure = 'realization' AND EXISTS (
      SELECT 1 FROM code_combinations c JOIN ${list} AS t ON t.satker = c.satker
      WHERE c.id = month_balances.code_id AND c.ministry = month_balances.ministry
        AND t.fiscal_year = month_balances.fiscal_year)`);
  const columns = ["code_id", "ministry", "fiscal_year", "measure", ...MONTH_COLUMNS].join(", ");
  await tx.run(sql`INSERT INTO month_balances (${sql.raw(columns)}) ${realizationFromLines(list)}`);
}
