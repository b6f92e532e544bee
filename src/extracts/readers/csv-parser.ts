import type { RuleId } from "../../rules.ts";

/** One record of a table with the row number a person sees: the header is row 1, blank rows count. */
export interface TableRow {
  row: number;
  cells: string[];
  /** Set when the record itself is malformed; its cells are then the raw text. */
  malformed: RuleId | null;
}

/** A record longer than this is a file that lost its line breaks, not a record. */
export const MAX_RECORD_CHARACTERS = 1_048_576;

/** The whole file cannot be read further; carries the rule and the row. */
export class UnreadableFile extends Error {
  readonly rule: RuleId;
  readonly row: number;
  readonly value: string;
  readonly params: Record<string, string | number>;

  constructor(rule: RuleId, row: number, value = "", params: Record<string, string | number> = {}) {
    super(rule);
    this.rule = rule;
    this.row = row;
    this.value = value;
    this.params = params;
  }
}

/**
 * Incremental CSV parser (RFC 4180, LF or CRLF, quotes doubled inside quotes). Text comes in pieces of any size;
 * complete records come out. Records without quotation marks, nearly all of a ledger file, take a path of plain splits.
 */
export class CsvParser {
  readonly #delimiter: string;
  #rest = "";
  #row = 0;

  constructor(delimiter: string) {
    this.#delimiter = delimiter;
  }

  /** Number of records given out so far. */
  get rows(): number {
    return this.#row;
  }

  /** Whether a record has begun that has not ended yet. */
  get isWaiting(): boolean {
    return this.#rest !== "";
  }

  /** Goes on counting after records that were read elsewhere. */
  startAfter(row: number): void {
    this.#row = row;
  }

  push(text: string): TableRow[] {
    const rows: TableRow[] = [];
    const all = this.#rest + text;
    const quoted = all.includes('"');
    let position = 0;
    for (;;) {
      const end = quoted ? this.#recordEnd(all, position) : all.indexOf("\n", position);
      if (end === -1) break;
      rows.push(this.#record(all.slice(position, end), quoted));
      position = end + 1;
    }
    this.#rest = all.slice(position);
    if (this.#rest.length > MAX_RECORD_CHARACTERS) {
      throw new UnreadableFile("FILE-006", this.#row + 1, "", { limit: MAX_RECORD_CHARACTERS });
    }
    return rows;
  }

  /** The last record, when the file does not end with a line break. */
  finish(): TableRow[] {
    if (this.#rest === "") return [];
    const last = this.#record(this.#rest, this.#rest.includes('"'));
    this.#rest = "";
    return [last];
  }

  /** Index of the line break that ends the record, looking past line breaks inside quotes; -1 when it is not here yet. */
  #recordEnd(text: string, from: number): number {
    let newline = text.indexOf("\n", from);
    let quote = text.indexOf('"', from);
    while (newline !== -1 && quote !== -1 && quote < newline) {
      if (!opensField(text, quote, from, this.#delimiter)) {
        quote = text.indexOf('"', quote + 1);
        continue;
      }
      const close = closingQuote(text, quote + 1);
      if (close === -1) return this.#giveUpOnQuote(text, from);
      if (close > newline) newline = text.indexOf("\n", close);
      quote = text.indexOf('"', close + 1);
    }
    return newline;
  }

  /** An open quote without end: wait for more text, but never swallow more than one record may hold. */
  #giveUpOnQuote(text: string, from: number): number {
    return text.length - from > MAX_RECORD_CHARACTERS ? text.indexOf("\n", from) : -1;
  }

  #record(raw: string, quoted: boolean): TableRow {
    const line = raw.endsWith("\r") ? raw.slice(0, -1) : raw;
    this.#row++;
    if (line.length > MAX_RECORD_CHARACTERS) {
      throw new UnreadableFile("FILE-006", this.#row, "", { limit: MAX_RECORD_CHARACTERS });
    }
    if (!quoted || !line.includes('"')) return { row: this.#row, cells: line.split(this.#delimiter), malformed: null };
    const cells = splitQuoted(line, this.#delimiter);
    return cells
      ? { row: this.#row, cells, malformed: null }
      : { row: this.#row, cells: [line], malformed: "FILE-009" };
  }
}

function opensField(text: string, quote: number, recordStart: number, delimiter: string): boolean {
  return quote === recordStart || text[quote - 1] === delimiter;
}

/** Index of the quote that closes a quoted field whose content starts at `from`. */
function closingQuote(text: string, from: number): number {
  let at = text.indexOf('"', from);
  while (at !== -1 && text[at + 1] === '"') at = text.indexOf('"', at + 2);
  return at;
}

/** Fields of a record that contains quotation marks; null when a quote is not closed or followed by text. */
function splitQuoted(line: string, delimiter: string): string[] | null {
  const cells: string[] = [];
  let position = 0;
  for (;;) {
    if (line[position] === '"') {
      const close = closingQuote(line, position + 1);
      if (close === -1) return null;
      cells.push(line.slice(position + 1, close).replaceAll('""', '"'));
      position = close + 1;
      if (position < line.length && line[position] !== delimiter) return null;
    } else {
      const end = line.indexOf(delimiter, position);
      cells.push(end === -1 ? line.slice(position) : line.slice(position, end));
      position = end === -1 ? line.length : end;
    }
    if (position >= line.length) return cells;
    position++;
  }
}

/** All records of a small CSV text such as a seed list. */
export function parseCsv(text: string, delimiter = ","): string[][] {
  const parser = new CsvParser(delimiter);
  const body = text.startsWith("\ufeff") ? text.slice(1) : text;
  return [...parser.push(body), ...parser.finish()]
    .filter(({ cells }) => cells.join("") !== "")
    .map(({ cells }) => cells);
}

/** Records of a small CSV text by header name. */
export function parseCsvObjects(text: string): Record<string, string>[] {
  const [header = [], ...records] = parseCsv(text);
  return records.map((cells) => Object.fromEntries(header.map((name, index) => [name, cells[index] ?? ""])));
}
