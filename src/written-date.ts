/**
 * How a printed date is written: a day of the calendar, two numbers whose order the column must tell, or bare digits.
 */

/** A printed date taken apart. Years of two digits belong to this century. */
export type WrittenDate =
  /** `2026-04-06`, `22-Mei-2026`, `6 April 2026`: day, month and year are certain. */
  | { form: "parts"; year: number; month: number; day: number }
  /** `06/04/2026`: day and month, in the order of the column. */
  | { form: "numeric"; first: number; second: number; year: number }
  /** `45387` or `20260406`: a serial number of a spreadsheet, or year, month and day without marks. */
  | { form: "digits"; digits: string };

const MONTH_NAMES = new Map<string, number>(
  Object.entries({
    jan: 1,
    januari: 1,
    january: 1,
    feb: 2,
    peb: 2,
    februari: 2,
    pebruari: 2,
    february: 2,
    mar: 3,
    maret: 3,
    march: 3,
    apr: 4,
    april: 4,
    mei: 5,
    may: 5,
    jun: 6,
    juni: 6,
    june: 6,
    jul: 7,
    juli: 7,
    july: 7,
    agu: 8,
    ags: 8,
    agt: 8,
    agustus: 8,
    aug: 8,
    august: 8,
    sep: 9,
    sept: 9,
    september: 9,
    okt: 10,
    oktober: 10,
    oct: 10,
    october: 10,
    nov: 11,
    nop: 11,
    november: 11,
    nopember: 11,
    des: 12,
    desember: 12,
    dec: 12,
    december: 12,
  }),
);

/** Number of the month of an Indonesian or English name or its short form, 1 … 12; null when it is none. */
export function monthNamed(name: string): number | null {
  return MONTH_NAMES.get(name.toLowerCase()) ?? null;
}

const YEAR_FIRST = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/;
const YEAR_LAST = /^(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d{2})$/;
const NAMED_LOOSELY = /^(\d{1,2})[-/. ]+([a-z]+)\.?[-/., ]+(\d{4}|\d{2})$/i;
const MONTH_FIRST = /^([a-z]+)\.? (\d{1,2}),? (\d{4})$/i;
const DIGITS = /^(\d{8}|\d{5})(?:[.,]\d+)?$/;

/** A time behind a date: `13:45`, `13.45.10`, `1:45 PM`, with a zone. */
const TIME =
  /(?:T|,? +)(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?(?: *([ap]m))?(?: *(WIB|WITA|WIT|Z|[+-]\d{2}:?\d{2}))?$/i;

/** Zones of Indonesia: the day that is written is the day there. Any other zone may mean the day before or after. */
const LOCAL_ZONE = /^(WIB|WITA|WIT|\+0[789]:?00)$/i;

/** Takes a printed date apart, or names the rule it breaks: DAT-001 empty, DAT-002 not a date. */
export function writtenDate(text: string): WrittenDate | "DAT-001" | "DAT-002" {
  const body = withoutTime(text.replace(/[\u00a0\u202f\t]/g, " ").trim());
  if (body === null) return "DAT-002";
  if (body === "") return "DAT-001";
  const yearFirst = YEAR_FIRST.exec(body);
  if (yearFirst) {
    const [, year, , month, day] = yearFirst;
    return { form: "parts", year: Number(year), month: Number(month), day: Number(day) };
  }
  if (DIGITS.test(body)) return { form: "digits", digits: body.replace(/[.,].*$/, "") };
  const yearLast = YEAR_LAST.exec(body);
  if (!yearLast) return named(body) ?? "DAT-002";
  const [, first, , second, year = ""] = yearLast;
  return { form: "numeric", first: Number(first), second: Number(second), year: fullYear(year) };
}

function named(body: string): WrittenDate | null {
  const monthFirst = MONTH_FIRST.exec(body);
  const [, day = "", name = "", year = ""] = monthFirst
    ? ["", monthFirst[2], monthFirst[1], monthFirst[3]]
    : (NAMED_LOOSELY.exec(body) ?? []);
  const month = monthNamed(name);
  return month === null ? null : { form: "parts", year: fullYear(year), month, day: Number(day) };
}

function fullYear(year: string): number {
  return year.length === 2 ? 2000 + Number(year) : Number(year);
}

/** The date before a time of day; null when the time does not exist or its zone leaves the day open. */
function withoutTime(body: string): string | null {
  const match = TIME.exec(body);
  if (!match) return body;
  const [, hour, minute, second = "0", half = "", zone = ""] = match;
  if (Number(hour) > (half ? 12 : 23) || Number(minute) > 59 || Number(second) > 59) return null;
  const isMidnight = Number(hour) + Number(minute) + Number(second) === 0 && !half;
  if (zone !== "" && !isMidnight && !LOCAL_ZONE.test(zone)) return null;
  return body.slice(0, match.index).trim();
}
