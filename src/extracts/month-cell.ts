import { isMonth, type Month, monthOf, parseDate } from "../periods.ts";

const YEAR_FIRST = /^(\d{4})[-/. ]?(\d{1,2})$/;
const MONTH_FIRST = /^(\d{1,2})[-/. ](\d{4})$/;
const NUMBER = /^\d{1,2}$/;
/** How a spreadsheet shows the month it took `2021-07` for. */
const FIRST_DAY = /^(\d{4}-\d{2})-01(?:[T ]00:00.*)?$/;

/**
 * Reads a month: `2021-07`, `202107`, `07/2021`, `Juli 2021`, the first day of one, and `7` or `Juli` of a fiscal year
 * that the row states.
 *
 * @param fiscalYear year of the row; null when it states none
 * @returns null for a text that is no month
 */
export function readMonth(text: string, fiscalYear: number | null): Month | null {
  const body = text.trim();
  const day = FIRST_DAY.exec(body);
  if (day) return valid(day[1] ?? "");
  const yearFirst = YEAR_FIRST.exec(body);
  if (yearFirst) return valid(monthOf(Number(yearFirst[1]), Number(yearFirst[2])));
  const monthFirst = MONTH_FIRST.exec(body);
  if (monthFirst) return valid(monthOf(Number(monthFirst[2]), Number(monthFirst[1])));
  if (NUMBER.test(body)) return fiscalYear === null ? null : valid(monthOf(fiscalYear, Number(body)));
  if (!/^[a-z]/i.test(body)) return null;
  const named = parseDate(/\d{4}$/.test(body) ? `1 ${body}` : `1 ${body} ${fiscalYear ?? ""}`);
  return named.ok ? named.value.slice(0, 7) : null;
}

function valid(month: Month): Month | null {
  return isMonth(month) ? month : null;
}
