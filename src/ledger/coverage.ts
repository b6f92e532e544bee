import { sql } from "drizzle-orm";
import type { Month } from "../periods.ts";
import type { Reader } from "../store/index.ts";

/** What the ledger speaks about. */
export interface Coverage {
  /** Months for which some extract of payments is in force, in order. */
  months: Month[];
  /** Fiscal years for which some budget is in force, in order. */
  budgetYears: number[];
}

/** The months and years that extracts in force cover, for at least one satker each. */
export async function ledgerCoverage(reader: Reader): Promise<Coverage> {
  const months = await reader.rows<{ period: string }>(
    sql`SELECT DISTINCT period FROM periods_in_force WHERE kind = 'realization' ORDER BY period`,
  );
  const years = await reader.rows<{ year: bigint }>(
    sql`SELECT DISTINCT fiscal_year AS year FROM periods_in_force WHERE kind = 'budget' ORDER BY fiscal_year`,
  );
  return { months: months.map(({ period }) => period), budgetYears: years.map(({ year }) => Number(year)) };
}
