import { asc, eq } from "drizzle-orm";
import type { Db, Reader } from "../store/index.ts";

/** Priority cohort of each location: the first fiscal year in which its district had priority. */
export interface Cohorts {
  rows: [location: string, cohort: string][];
}

/** Reads the cohort of every location code of a priority district, its older codes included. */
export async function loadCohorts(db: Db, reader: Reader): Promise<Cohorts> {
  const { priorityDistricts, districts, codeSuccessors } = db.tables;
  const chosen = await reader
    .select({ location: districts.spanCode, cohort: priorityDistricts.firstYear })
    .from(priorityDistricts)
    .innerJoin(districts, eq(districts.kemendagriCode, priorityDistricts.kemendagriCode))
    .orderBy(asc(districts.spanCode));
  const older = await reader.select().from(codeSuccessors).where(eq(codeSuccessors.list, "locations"));
  const rows = new Map<string, string>();
  for (const { location, cohort } of chosen) if (location !== null) rows.set(location, String(cohort));
  for (const { oldCode, newCode } of older) {
    const cohort = rows.get(newCode);
    if (cohort !== undefined && !rows.has(oldCode)) rows.set(oldCode, cohort);
  }
  return { rows: [...rows] };
}
