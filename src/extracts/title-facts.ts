import { FIRST_YEAR, LAST_YEAR, monthOf, parseDate, type Window } from "../periods.ts";
import { monthNamed } from "../written-date.ts";
import type { TableRow } from "./readers/csv-parser.ts";
import type { FileFacts } from "./types.ts";

const YEAR = /\b(?:tahun\s+anggaran|TA)\b\.?\s*:?\s*(\d{4})\b/i;
const PRINTED =
  /\b(?:tanggal|tgl\.?)\s*cetak\s*:?\s*(\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[-/. ](?:\d{1,2}|[a-z]+)[-/. ]\d{4})/i;
const MINISTRY = /^kementerian\b[^\d]*(\d{1,3})(?!\d)/i;
const UNIT = /^unit\s+organisasi\b[^\d]*(?:\d{3}[.\s-]?)?(\d{1,2})(?!\d)/i;
const SATKER = /^(?:satuan\s+kerja|satker)\b[^\d]*(\d{1,6})(?!\d)/i;
const PERIOD = /^periode\b\s*:?\s*(.+)$/i;

/**
 * What title rows say: `TAHUN ANGGARAN 2021`, `Periode : Juli 2021`, `Kementerian : 054`, `Satuan Kerja : 006018`,
 * `Tanggal Cetak :05-01-2022, 8:15 am`. Label and value may stand in cells of their own; a code that a number cell has
 * robbed of its leading zeros gets them back.
 */
export function titleFacts(titles: readonly TableRow[]): FileFacts {
  const texts = titles.map(textOf);
  const find = (form: RegExp): string | null => {
    for (const text of texts) {
      const [, value] = form.exec(text) ?? [];
      if (value !== undefined) return value;
    }
    return null;
  };
  const stated = serviceYear(find(YEAR));
  const period = texts.map((text) => periodOf(text, stated)).find((found) => found !== null) ?? null;
  const printed = parseDate(find(PRINTED) ?? "");
  return {
    fiscalYear: stated ?? (period === null ? null : Number(period.to.slice(0, 4))),
    period,
    ministry: find(MINISTRY)?.padStart(3, "0") ?? null,
    unit: find(UNIT)?.padStart(2, "0") ?? null,
    satker: find(SATKER)?.padStart(6, "0") ?? null,
    printed: printed.ok ? printed.value : null,
  };
}

/** The filled cells of a row as one text. */
export function textOf({ cells }: { cells: readonly string[] }): string {
  return cells
    .map((cell) => cell.replace(/^\ufeff/, "").trim())
    .filter((cell) => cell !== "")
    .join(" ")
    .replace(/\s+/g, " ");
}

function serviceYear(text: string | null): number | null {
  const year = Number(text);
  return text !== null && year >= FIRST_YEAR && year <= LAST_YEAR ? year : null;
}

const UNTIL = /^(?:s\.?\s*\/?\s*d\.?|sampai(?:\s+dengan)?)(?=\s|$)/i;
const QUARTER = /^triwulan\s+(IV|I{1,3}|[1-4])\b(?:\D*(\d{4}))?/i;
const HALF = /^semester\s+(I{1,2}|[12])\b(?:\D*(\d{4}))?/i;
const ORDINALS = ["I", "II", "III", "IV"];

/**
 * The months of a title such as `Periode Juli 2021`, `Januari s.d. Juli 2021`, `01-07-2021 s.d. 31-07-2021`, `s.d. Juli
 * 2021` (from January) or `Triwulan II 2021`; null for a row that is no such title, as the header `Periode Lalu`.
 */
function periodOf(text: string, fiscalYear: number | null): Window | null {
  const [, body = ""] = PERIOD.exec(text) ?? [];
  const parts = partOfYear(body, fiscalYear);
  if (parts) return parts;
  const months = monthsIn(body);
  const last = months.at(-1);
  const year = last?.year ?? fiscalYear;
  const [first] = months;
  if (!first || !last || year === null || serviceYear(String(year)) === null) return null;
  const to = monthOf(year, last.month);
  const from = UNTIL.test(body) && months.length === 1 ? monthOf(year, 1) : monthOf(first.year ?? year, first.month);
  return from <= to ? { from, to } : null;
}

function partOfYear(body: string, fiscalYear: number | null): Window | null {
  for (const [form, months] of [
    [QUARTER, 3],
    [HALF, 6],
  ] as const) {
    const [, ordinal, stated] = form.exec(body) ?? [];
    const year = serviceYear(stated ?? null) ?? fiscalYear;
    if (ordinal === undefined || year === null) continue;
    const number = ORDINALS.indexOf(ordinal.toUpperCase()) + 1 || Number(ordinal);
    return { from: monthOf(year, (number - 1) * months + 1), to: monthOf(year, number * months) };
  }
  return null;
}

/** The months named in a text in their order, with their year where one stands behind them. */
function monthsIn(body: string): { month: number; year: number | null }[] {
  const found: { month: number; year: number | null }[] = [];
  for (const [, date, name = "", year] of body.matchAll(
    /(\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|\d{4}-\d{2}-\d{2})|([a-z]+)\.?(?:[\s-]*(\d{4}))?/gi,
  )) {
    if (date !== undefined) {
      const day = parseDate(date);
      if (day.ok) found.push({ month: Number(day.value.slice(5, 7)), year: Number(day.value.slice(0, 4)) });
      continue;
    }
    const month = monthNamed(name);
    if (month !== null) found.push({ month, year: year === undefined ? null : Number(year) });
  }
  return found;
}
