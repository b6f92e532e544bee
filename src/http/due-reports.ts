import { addMonths, type Month, monthNumber, monthOf, monthsOf, reportWindow, type Window } from "../periods.ts";

/** A report of the calendar and what the ledger holds for it. */
export interface DueReport {
  due: Month;
  window: Window;
  /** Months of the window. */
  months: number;
  /** How many of them the ledger speaks about. */
  monthsWithData: number;
}

/**
 * The reports that are due until now, and those beyond for which there is data already; newest first.
 *
 * @param covered months for which some extract of payments is in force, in order
 */
export function dueReports(covered: readonly Month[], now: Date): DueReport[] {
  const known = new Set(covered);
  const present = monthOf(now.getUTCFullYear(), now.getUTCMonth() + 1);
  const lastData = covered.at(-1) ?? "";
  const reports: DueReport[] = [];
  for (let due = "2019-12"; ; due = addMonths(due, 6)) {
    const window = reportWindow(due);
    if (!window) throw new Error(`the calendar has no report in ${due} (month ${monthNumber(due)})`);
    if (due > present && window.from > lastData) return reports.reverse();
    const months = monthsOf(window);
    reports.push({
      due,
      window,
      months: months.length,
      monthsWithData: months.filter((month) => known.has(month)).length,
    });
  }
}
