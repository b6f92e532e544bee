import { formatNumber, type Language } from "../src/i18n/index.ts";

/** A formula with the value it has, computed by the program: `=SUM(E8:E30)`, without the equals sign. */
export interface Live<T> {
  formula: string;
  value: T;
}

/** Pairs a formula with its value. */
export function live<T>(formula: string, value: T): Live<T> {
  return { formula, value };
}

/** Whole numbers up to here are exact in the double that every spreadsheet computes with. */
export const EXACT_LIMIT = 2n ** 53n;

/** Excel shows and types 15 significant digits: from here on the last digit of a number cell reads 0. */
export const SHOWN_LIMIT = 10n ** 15n;

export function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}

/** Whether a number cell holds the value without losing a digit. */
export function fitsCell(value: bigint): boolean {
  return magnitude(value) < EXACT_LIMIT;
}

/** Letters of a column, 1 → `A`, 27 → `AA`. */
export function columnName(index: number): string {
  let name = "";
  for (let rest = index; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name;
  }
  return name;
}

/** A sheet name as formulas write it. */
export function quoted(sheet: string): string {
  return `'${sheet.replaceAll("'", "''")}'`;
}

/** Text as a literal of a formula. */
export function literal(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

const DAY = 86_400_000;
const EPOCH = Date.UTC(1899, 11, 30);

/** Serial number of a day `YYYY-MM-DD`, or of the first day of a month `YYYY-MM`. */
export function serialDay(text: string): number {
  return (Date.parse(text.length === 7 ? `${text}-01T00:00:00Z` : `${text}T00:00:00Z`) - EPOCH) / DAY;
}

const LONGEST_TEXT = 32_767;

/**
 * Text as a cell can hold it. Control characters and broken surrogates, which XML cannot carry, become visible signs;
 * what is longer than a cell is cut and says so.
 */
export function cellText(text: string): string {
  const visible = text
    .replace(/\p{Cc}/gu, (sign) => visibleControl(sign))
    .replace(/\p{Surrogate}|[\ufffe\uffff]/gu, "\ufffd")
    // Spreadsheets read _x0041_ as the letter A.
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, "_x005F_");
  if (visible.length <= LONGEST_TEXT) return visible;
  const mark = ` … [${visible.length}]`;
  return visible.slice(0, LONGEST_TEXT - mark.length) + mark;
}

function visibleControl(sign: string): string {
  const code = sign.charCodeAt(0);
  if (sign === "\t" || sign === "\n" || sign === "\r" || code > 0x7f) return sign;
  return String.fromCharCode(code === 0x7f ? 0x2421 : 0x2400 + code);
}

/** An amount as text, for cells that cannot hold it exactly. */
export function exactText(value: bigint, language: Language): string {
  return formatNumber(value, language);
}

/** y ÷ x as spreadsheets compute it; empty when x is 0. */
export function ratio(y: bigint, x: bigint): number | "" {
  return x === 0n ? "" : Number(y) / Number(x);
}
