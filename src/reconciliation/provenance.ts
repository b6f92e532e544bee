import { and, eq, inArray, or } from "drizzle-orm";
import { fiscalYearOf, type Month } from "../periods.ts";
import type { Db, Reader } from "../store/index.ts";

/** The extracts in force behind the months (and behind the budgets of their years), and the date of the newest payment. */
export async function provenance(
  db: Db,
  reader: Reader,
  months: readonly Month[],
): Promise<{ extracts: number[]; dataAsOf: string | null }> {
  const { periodsInForce, extracts } = db.tables;
  const years = [...new Set(months.map(fiscalYearOf))];
  const rows = await reader
    .selectDistinct({ id: periodsInForce.extractId, lastDate: extracts.lastDate })
    .from(periodsInForce)
    .innerJoin(extracts, eq(extracts.id, periodsInForce.extractId))
    .where(
      or(
        and(eq(periodsInForce.kind, "realization"), inArray(periodsInForce.period, [...months])),
        and(eq(periodsInForce.kind, "budget"), inArray(periodsInForce.fiscalYear, years)),
      ),
    );
  const dates = rows.flatMap(({ lastDate }) => lastDate ?? []).sort();
  return { extracts: rows.map(({ id }) => id).sort((a, b) => a - b), dataAsOf: dates.at(-1) ?? null };
}
