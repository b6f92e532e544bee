import type { TextParams } from "../../i18n/index.ts";
import { calendarDate, type DateProblem, type DateResult } from "../../periods.ts";
import { writtenDate } from "../../written-date.ts";

/** A date of a column: `YYYY-MM-DD`, or the rule it breaks with the values that the sentence of the rule needs. */
export type DateReading =
  | { ok: true; value: string }
  | { ok: false; rule: DateProblem | "DAT-005"; params?: TextParams };

/**
 * The ways to write dates. Marks may differ, and a day with the name of its month or with the year in front fits all:
 * nothing about it is open.
 */
export const DATE_STYLES = ["yyyy-mm-dd", "dd-mm-yyyy", "mm-dd-yyyy", "yyyymmdd", "serial"] as const;

export type DateStyle = (typeof DATE_STYLES)[number];

export function isDateStyle(text: string): text is DateStyle {
  return (DATE_STYLES as readonly string[]).includes(text);
}

/** Day 0 of spreadsheet serials from March 1900 on, and of workbooks that count from 1904. */
const SERIAL_EPOCH = Date.UTC(1899, 11, 30);
const SERIAL_EPOCH_1904 = Date.UTC(1904, 0, 1);
const MILLISECONDS_PER_DAY = 86_400_000;

/**
 * Reads a date of a column that is known to be written in one style.
 *
 * @param date1904 whether serials count from 1904, as workbooks of old Macintosh computers say they do
 */
export function readDate(text: string, style: DateStyle, date1904 = false): DateReading {
  const written = writtenDate(text);
  if (typeof written === "string") return { ok: false, rule: written };
  if (written.form === "parts") return calendarDate(written.year, written.month, written.day);
  if (written.form === "numeric") {
    const { first, second, year } = written;
    if (style === "dd-mm-yyyy") return calendarDate(year, second, first);
    return style === "mm-dd-yyyy" ? calendarDate(year, first, second) : { ok: false, rule: "DAT-002" };
  }
  const fits = written.digits.length === 8 ? style === "yyyymmdd" : style === "serial";
  return fits ? dateOfDigits(written.digits, date1904) : { ok: false, rule: "DAT-002" };
}

/** `20260406`, or the serial number of a day in a spreadsheet. */
export function dateOfDigits(digits: string, date1904: boolean): DateResult {
  if (digits.length === 8) {
    return calendarDate(Number(digits.slice(0, 4)), Number(digits.slice(4, 6)), Number(digits.slice(6)));
  }
  const day = new Date((date1904 ? SERIAL_EPOCH_1904 : SERIAL_EPOCH) + Number(digits) * MILLISECONDS_PER_DAY);
  return calendarDate(day.getUTCFullYear(), day.getUTCMonth() + 1, day.getUTCDate());
}
