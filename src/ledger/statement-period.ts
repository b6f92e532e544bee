import { type FileFacts, type ScopeOption, UnreadableFile } from "../extracts/index.ts";
import { addMonths, fiscalYearOf, lastDayOf, type Month, monthOf } from "../periods.ts";

/** The months that a statement of realization to date is about. */
export interface StatementPeriod {
  fiscalYear: number;
  /** First month of the period; null where the file only states the sum to date. */
  first: Month | null;
  /** The month up to which the sum runs. */
  last: Month;
  /** The day up to which it runs, `YYYY-MM-DD`. */
  until: string;
}

/**
 * The period of a file: the one its titles state, else the month in which it was printed (December when it was printed after
 * its fiscal year), else the last month of `--scope`.
 *
 * @throws UnreadableFile FILE-034 when nothing says it, FILE-035 when it lies outside the fiscal year
 */
export function statementPeriod({ fiscalYear, period, printed }: FileFacts, scope: ScopeOption): StatementPeriod {
  const year = fiscalYear ?? 0;
  if (period) {
    const outside = [period.from, period.to].some((month) => fiscalYearOf(month) !== year);
    if (outside) throw contradiction(`${period.from}..${period.to}`, year);
    return { fiscalYear: year, first: period.from, last: period.to, until: lastDayOf(period.to) };
  }
  if (printed !== null) {
    const printedIn = Number(printed.slice(0, 4));
    if (printedIn < year) throw contradiction(printed, year);
    const until = printedIn > year ? lastDayOf(monthOf(year, 12)) : printed;
    return { fiscalYear: year, first: null, last: until.slice(0, 7), until };
  }
  const last = [...scope.months].sort().at(-1);
  if (last === undefined) throw new UnreadableFile("FILE-034", 1);
  if (fiscalYearOf(last) !== year) throw contradiction(last, year);
  return { fiscalYear: year, first: null, last, until: lastDayOf(last) };
}

function contradiction(value: string, year: number): UnreadableFile {
  return new UnreadableFile("FILE-035", 1, value, { year });
}

/** The month before the period, in which what was realized earlier is settled; null when there is none in the year. */
export function monthBefore({ first }: StatementPeriod): Month | null {
  if (first === null) return null;
  const before = addMonths(first, -1);
  return fiscalYearOf(before) === fiscalYearOf(first) ? before : null;
}
