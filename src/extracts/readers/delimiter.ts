import { CsvParser, type TableRow } from "./csv-parser.ts";

const DELIMITERS = [",", ";", "\t", "|"] as const;

/** How much text is looked at. */
const SAMPLE = 32_768;
const MAX_RECORDS = 60;

/** What stands in the cells of a data row and not in a header: figures, dates, amounts, with or without a currency. */
const FIGURES = /^(?:Rp|IDR)?[\d\s.,()%/:+-]*$/i;

/** Excel's own way of saying it: a first line `sep=;`, which is no row of the table. */
const SEPARATOR_LINE = /^\s*"?sep=([^"\r\n\p{L}\p{N}])"?[,;\t|]*\r?(?:\n|$)/iu;

/** How the records of a text are split. */
export interface Dialect {
  delimiter: string;
  /** The first record is the line `sep=` and no row. */
  separatorLine: boolean;
}

/**
 * Decides the delimiter from the beginning of a text: the one that gives the widest header, that is a row of names and not
 * of figures, in the form of most rows. Titles above the header and decimal commas below it do not mislead it.
 */
export function dialectOf(head: string): Dialect {
  const [, stated] = SEPARATOR_LINE.exec(head) ?? [];
  if (stated !== undefined) return { delimiter: stated, separatorLine: true };
  const sample = wholeLines(head.slice(0, SAMPLE));
  const scores = DELIMITERS.map((delimiter) => score(recordsOf(sample, delimiter), delimiter));
  const best = Math.max(...scores);
  const delimiter = best > 0 ? DELIMITERS[scores.indexOf(best)] : widest(sample);
  return { delimiter: delimiter ?? ",", separatorLine: false };
}

function wholeLines(text: string): string {
  const end = text.lastIndexOf("\n");
  return end === -1 || text.slice(0, end).trim() === "" ? text : text.slice(0, end + 1);
}

function recordsOf(sample: string, delimiter: string): string[][] {
  const parser = new CsvParser(delimiter);
  return [...parser.push(sample), ...parser.finish()]
    .filter((record) => record.cells.some((cell) => cell.trim() !== ""))
    .slice(0, MAX_RECORDS)
    .map(widthOf);
}

/** A record that is malformed under a delimiter is no evidence for it. */
function widthOf({ cells, malformed }: TableRow): string[] {
  return malformed === null ? cells : [cells.join("")];
}

/**
 * Names of the best header, weighed by how many records are as wide; the root lets a header count whose rows are spoiled
 * by delimiters inside texts.
 */
function score(records: readonly string[][], delimiter: string): number {
  const others = DELIMITERS.filter((other) => other !== delimiter);
  let best = 0;
  for (const cells of records) {
    const names = cells.filter((cell) => cell.trim() !== "");
    if (names.length < 2 || names.some((cell) => FIGURES.test(cell.trim()))) continue;
    const clean = names.filter((name) => !others.some((other) => name.includes(other))).length;
    const alike = records.filter(({ length }) => length === cells.length).length;
    best = Math.max(best, clean * Math.sqrt(alike / records.length));
  }
  return best;
}

/** Without any header: what splits the first record into most columns. */
function widest(sample: string): string | undefined {
  const widths = DELIMITERS.map((delimiter) => recordsOf(sample, delimiter)[0]?.length ?? 0);
  return DELIMITERS[widths.indexOf(Math.max(...widths))];
}
