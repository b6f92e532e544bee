/** What the format of a cell makes of its number. */
export type NumberKind = "number" | "date" | "time";

const MILLISECONDS_PER_DAY = 86_400_000;
const SECONDS_PER_DAY = 86_400;

/** Serial 60 is 29 February 1900, a day that never was: Excel keeps it for Lotus 1-2-3. */
const LEAP_BUG = 60;
const EPOCH_BEFORE_BUG = Date.UTC(1899, 11, 31);
const EPOCH_AFTER_BUG = Date.UTC(1899, 11, 30);
const EPOCH_1904 = Date.UTC(1904, 0, 1);

/** 31 December 9999 in both systems; a spreadsheet shows no date beyond. */
const LAST_DAY_1900 = 2_958_465;
const LAST_DAY_1904 = 2_957_003;

/**
 * A date serial as `YYYY-MM-DD`, with ` HH:MM:SS` when the time is not midnight; a time of day without date (serial below
 * 1 under a format that shows only time) as `HH:MM:SS`. What a spreadsheet shows and no calendar has (`1900-01-00`,
 * `1900-02-29`) is written as shown. Null for a serial that a spreadsheet cannot show as a date.
 */
export function dateText(serial: number, kind: "date" | "time", date1904: boolean): string | null {
  if (!(serial >= 0)) return null;
  let day = Math.floor(serial);
  let seconds = Math.round((serial - day) * SECONDS_PER_DAY);
  if (seconds === SECONDS_PER_DAY) {
    day++;
    seconds = 0;
  }
  if (day > (date1904 ? LAST_DAY_1904 : LAST_DAY_1900)) return null;
  if (kind === "time" && day === 0) return timeOfDay(seconds);
  const date = dayText(day, date1904);
  return seconds === 0 ? date : `${date} ${timeOfDay(seconds)}`;
}

function dayText(day: number, date1904: boolean): string {
  if (date1904) return isoDay(EPOCH_1904, day);
  if (day === 0) return "1900-01-00";
  if (day === LEAP_BUG) return "1900-02-29";
  return isoDay(day < LEAP_BUG ? EPOCH_BEFORE_BUG : EPOCH_AFTER_BUG, day);
}

function isoDay(epoch: number, day: number): string {
  const date = new Date(epoch + day * MILLISECONDS_PER_DAY);
  return `${date.getUTCFullYear()}-${twoDigits(date.getUTCMonth() + 1)}-${twoDigits(date.getUTCDate())}`;
}

function timeOfDay(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  return `${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}:${twoDigits(seconds % 60)}`;
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}

const ISO_DATE = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}:\d{2})(?:\.\d+)?Z?)?$/;

/** The text of a cell of type `d`, which holds an ISO 8601 date instead of a serial; other forms stay as they are. */
export function isoDateText(value: string): string {
  const [, date, time = "00:00:00"] = ISO_DATE.exec(value) ?? [];
  if (date === undefined) return value;
  return time === "00:00:00" ? date : `${date} ${time}`;
}

/** Built-in formats that show a time only; 32–35 are East Asian, 75–80 Thai. */
const BUILTIN_TIMES: ReadonlySet<number> = new Set([18, 19, 20, 21, 32, 33, 34, 35, 45, 47, 75, 76, 78, 80]);

/** First and last of the built-in formats that show a date or a time. */
const BUILTIN_DATES = [
  [14, 22],
  [27, 36],
  [45, 45],
  [47, 47],
  [50, 58],
  [71, 78],
  [80, 81],
] as const;

/** What a built-in number format shows (ISO/IEC 29500-1, 18.8.30). The durations 46 and 79 (`[h]:mm:ss`) stay numbers. */
export function kindOfBuiltin(id: number): NumberKind {
  if (!BUILTIN_DATES.some(([first, last]) => id >= first && id <= last)) return "number";
  return BUILTIN_TIMES.has(id) ? "time" : "date";
}

/** Quoted text, escaped, padding and filling characters, and bracketed colours, conditions and locales. */
const LITERALS = /"[^"]*"?|\\.|[_*].|\[[^\]]*\]?/gs;
const ELAPSED = /\[(?:h+|m+|s+)\]/i;
const NAMED = /general|am\/pm|a\/p/gi;
const FRACTION_OF_SECOND = /s\.0+/gi;

/** What a custom number format shows, judged by its first section. Durations (`[h]:mm`) stay numbers. */
export function kindOfFormat(code: string): NumberKind {
  const section = firstSection(code);
  if (ELAPSED.test(section)) return "number";
  const tokens = section.replace(LITERALS, "").replace(NAMED, "").replace(FRACTION_OF_SECOND, "s");
  if (/[0#?]/.test(tokens)) return "number";
  if (/[ydb]/i.test(tokens)) return "date";
  if (/[hs]/i.test(tokens)) return "time";
  return /m/i.test(tokens) ? "date" : "number";
}

/** The part of a format before the first `;` that is not inside quotes or escaped. */
function firstSection(code: string): string {
  const end = /^(?:"[^"]*"?|\\.|[^";\\])*/s.exec(code);
  return end?.[0] ?? code;
}
