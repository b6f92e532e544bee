import { readDecimal } from "../../decimals.ts";
import { AmountProfile, DateProfile } from "../formats/index.ts";
import { readMonth } from "../month-cell.ts";
import type { TableRow } from "../readers/csv-parser.ts";

/** Rows that are looked at to see what a column holds. */
export const SAMPLE_ROWS = 500;

const EXAMPLES = 3;
const MAX_DISTINCT = 12;

/** What the first cells of a column look like. */
export interface ColumnSample {
  column: string;
  index: number;
  /** Cells that are not blank. */
  filled: number;
  examples: string[];
  amounts: AmountProfile;
  dates: DateProfile;
  /** Counts of distinct texts; null when there are many. */
  distinct: Map<string, number> | null;
  texts: string[];
}

/** Looks at the first rows below a header, column by column. */
export function sampleColumns(columns: readonly string[], rows: readonly TableRow[]): ColumnSample[] {
  return columns.map((column, index) => {
    const amounts = new AmountProfile();
    const dates = new DateProfile();
    const texts: string[] = [];
    const distinct = new Map<string, number>();
    for (const { row, cells, malformed } of rows) {
      const text = malformed ? "" : (cells[index] ?? "").trim();
      if (text === "") continue;
      texts.push(text);
      amounts.add(row, text);
      dates.add(row, text);
      distinct.set(text, (distinct.get(text) ?? 0) + 1);
    }
    return {
      column,
      index,
      filled: texts.length,
      examples: [...distinct.keys()].slice(0, EXAMPLES),
      amounts,
      dates,
      distinct: distinct.size <= MAX_DISTINCT ? distinct : null,
      texts,
    };
  });
}

/** The part of the filled cells that has a form, 0 for a blank column. */
export function partOf(sample: ColumnSample, form: RegExp): number {
  return partThat(sample, (text) => form.test(text));
}

function partThat({ texts, filled }: ColumnSample, fits: (text: string) => boolean): number {
  return filled === 0 ? 0 : texts.filter(fits).length / filled;
}

const AMOUNT = /^[(-]?\s*(rp\.?|idr)?\s*[-(]?\d[\d., ']*\)?[-,]*$/i;

/** The part of the filled cells that can be amounts. */
export function amountPart(sample: ColumnSample): number {
  return partOf(sample, AMOUNT);
}

/** The part of the filled cells that can be decimals. */
export function decimalPart(sample: ColumnSample): number {
  return partThat(sample, (text) => readDecimal(text).kind !== "none");
}

/** Any year: a month may be a number or a name, and its year stand elsewhere. */
const SOME_YEAR = 2020;

/** The part of the filled cells that can be months. */
export function monthPart(sample: ColumnSample): number {
  return partThat(sample, (text) => readMonth(text, SOME_YEAR) !== null);
}

/** The part of the filled cells that can be dates. */
export function datePart({ dates, filled }: ColumnSample): number {
  return filled === 0 ? 0 : 1 - dates.signs.count("unreadable") / filled;
}

/** The part of the filled cells that has a code of 12 or 16 segments, with or without marks. */
export function codePart(sample: ColumnSample): number {
  return partThat(sample, (text) => {
    const bare = text.replace(/[.\-, ]/g, "");
    return (bare.length === 62 || bare.length === 76) && /^[0-9A-Z]+$/i.test(bare);
  });
}
