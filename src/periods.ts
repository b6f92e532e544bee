/** Months, windows, fiscal years and the calendar of the rolling reports. Fiscal year = calendar year. */
import { writtenDate } from "./written-date.ts";

/** A month as `YYYY-MM`. */
export type Month = string;

/** A window of whole months, both ends included. */
export interface Window {
  from: Month;
  to: Month;
}

const MONTH = /^(\d{4})-(0[1-9]|1[0-2])$/;

/** Earliest and latest fiscal year the service accepts; a date outside is a typing error, not a budget. */
export const FIRST_YEAR = 2005;
export const LAST_YEAR = 2099;

export function isMonth(text: string): boolean {
  const match = MONTH.exec(text);
  return match !== null && Number(match[1]) >= FIRST_YEAR && Number(match[1]) <= LAST_YEAR;
}

export function fiscalYearOf(month: Month): number {
  return Number(month.slice(0, 4));
}

/** Number of the month within its year, 1 … 12. */
export function monthNumber(month: Month): number {
  return Number(month.slice(5, 7));
}

export function monthOf(year: number, month: number): Month {
  return `${year}-${String(month).padStart(2, "0")}`;
}

/** Moves a month by a number of months, negative to go back. */
export function addMonths(month: Month, count: number): Month {
  const index = fiscalYearOf(month) * 12 + monthNumber(month) - 1 + count;
  return monthOf(Math.floor(index / 12), (index % 12) + 1);
}

/** All months of a window in order. */
export function monthsOf(window: Window): Month[] {
  const months: Month[] = [];
  for (let month = window.from; month <= window.to; month = addMonths(month, 1)) months.push(month);
  return months;
}

/** Months by fiscal year: `2019 → [4 … 12], 2020 → [1 … 3]`. */
export function monthsByYear(months: readonly Month[]): Map<number, number[]> {
  const years = new Map<number, number[]>();
  for (const month of months) {
    const year = fiscalYearOf(month);
    const list = years.get(year) ?? [];
    list.push(monthNumber(month));
    years.set(year, list);
  }
  return years;
}

/**
 * The window of the report that is due in a month. The first report (December 2019) covers six months; every later
 * June covers April … March, every later December October … September (loan calendar, brief §6).
 *
 * @returns null when no report is due in that month.
 */
export function reportWindow(due: Month): Window | null {
  if (!isMonth(due) || due < "2019-12") return null;
  if (due === "2019-12") return { from: "2019-04", to: "2019-09" };
  const year = fiscalYearOf(due);
  if (monthNumber(due) === 6) return { from: monthOf(year - 1, 4), to: monthOf(year, 3) };
  if (monthNumber(due) === 12) return { from: monthOf(year - 1, 10), to: monthOf(year, 9) };
  return null;
}

/** The due month of the newest report whose whole window lies in data up to `lastMonth`; null when there is none yet. */
export function newestDue(lastMonth: Month): Month | null {
  let newest: Month | null = null;
  for (let due = "2019-12"; ; due = addMonths(due, 6)) {
    const window = reportWindow(due);
    if (!window || window.to > lastMonth) return newest;
    newest = due;
  }
}

/** Why a printed date was refused: DAT-001 empty, DAT-002 not a date, DAT-003 no such day, DAT-004 year outside the service. */
export type DateProblem = "DAT-001" | "DAT-002" | "DAT-003" | "DAT-004";

export type DateResult = { ok: true; value: string } | { ok: false; rule: DateProblem };

/**
 * Reads one printed date that no column explains into `YYYY-MM-DD`: `2026-04-06`, `06-04-2026` (6 April: the day comes
 * first in Indonesia), `22-Mei-2026`, `17-Nov-20`, each also with a time of day. Month names are Indonesian or English.
 */
export function parseDate(text: string): DateResult {
  const written = writtenDate(text);
  if (typeof written === "string") return { ok: false, rule: written };
  switch (written.form) {
    case "parts":
      return calendarDate(written.year, written.month, written.day);
    case "numeric":
      return calendarDate(written.year, written.second, written.first);
    case "digits":
      return { ok: false, rule: "DAT-002" };
  }
}

/** A day as `YYYY-MM-DD`, when the calendar has it and the service covers its year. */
export function calendarDate(year: number, month: number, day: number): DateResult {
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return { ok: false, rule: "DAT-003" };
  if (year < FIRST_YEAR || year > LAST_YEAR) return { ok: false, rule: "DAT-004" };
  return { ok: true, value: `${monthOf(year, month)}-${String(day).padStart(2, "0")}` };
}

/** The last day of a month, `YYYY-MM-DD`. */
export function lastDayOf(month: Month): string {
  return `${month}-${daysIn(fiscalYearOf(month), monthNumber(month))}`;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
