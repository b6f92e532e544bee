import { isAscii } from "node:buffer";
import { parseDate } from "../periods.ts";
import type { RuleId } from "../rules.ts";
import type { CodeBook } from "./code-book.ts";
import type { ColumnFormats } from "./formats/index.ts";
import { dateText, type Payments, PaymentsBuilder } from "./payments.ts";
import { notText } from "./readers/csv.ts";
import { CsvParser, MAX_RECORD_CHARACTERS, type TableRow } from "./readers/csv-parser.ts";
import { contentOf, type Source } from "./readers/source.ts";
import { type CheckedBatch, emptyBatch, rowChecker } from "./rows.ts";
import type { Table } from "./table.ts";
import type { Layout, LayoutContext, RowLayout } from "./types.ts";

const NEWLINE = 10;
const RETURN = 13;
const SPACE = 32;
const QUOTE = 34;
const COMMA = 44;
const DASH = 45;
const ZERO = 48;

const LONG_CODE = 91;
const SHORT_CODE = 73;
const DATE = 10;
const SP2D_DIGITS = 15;
/** Digits of an amount that a number holds exactly. */
const MOST_DIGITS = 15;
/** No line that gives a payment is shorter: a code without dots alone has 62 characters. */
const SHORTEST_LINE = 62;

const MOST_LINES_AS_TEXT = 1024;

const COLUMNS = "code,date,document,amount";

/** A batch of scanned lines: payments, and what became of the rows that gave none. */
export interface ScannedBatch {
  rows: CheckedBatch<"realization">;
  payments: Payments;
}

/**
 * Reads plain ledger lines from bytes. A line in canonical form (code with dots, ISO date, plain digits, no quotation
 * marks) becomes a payment without ever being text; every other line takes the way of `rowChecker`, so that what is
 * accepted, refused or warned about is decided in one place.
 */
export class PaymentScanner {
  readonly #pieces: AsyncIterator<Buffer>;
  /** What was read behind the header while looking for it. */
  readonly #begun: Buffer;
  readonly #hasDescription: boolean;
  readonly #codes: CodeBook;
  readonly #formats: ColumnFormats;
  readonly #warn: (rule: RuleId) => void;
  readonly #check: ReturnType<typeof rowChecker<"realization">>;
  readonly #parser = new CsvParser(",");
  /** Dates `YYYYMMDD` that exist; each is looked at once. */
  readonly #dates = new Set<number>();
  #lastDate = -1;
  /** Row number of the last line. */
  #row: number;
  /** How many lines to read as text when the next is not canonical: others like it often follow. */
  #linesAsText = 1;

  private constructor(
    layout: RowLayout<"realization">,
    table: Table,
    context: LayoutContext,
    { pieces, begun }: { pieces: AsyncIterator<Buffer>; begun: Buffer },
  ) {
    this.#pieces = pieces;
    this.#begun = begun;
    this.#hasDescription = table.header.length > COLUMNS.split(",").length;
    this.#row = table.headerRow;
    this.#codes = context.codes;
    this.#formats = table.formats;
    this.#warn = context.warn;
    this.#check = rowChecker(layout, table, context);
  }

  /** A scanner behind the header, when the file can be scanned: comma-separated, the columns in their order; else null. */
  static async open(
    layout: Layout<"realization">,
    source: Source,
    table: Table,
    context: LayoutContext,
  ): Promise<PaymentScanner | null> {
    const header = table.header.join(",");
    const isKnown = header === COLUMNS || header === `${COLUMNS},description`;
    if (
      layout.id !== "realization" ||
      !("reader" in layout) ||
      !isKnown ||
      source.container === "xlsx" ||
      source.corrections
    )
      return null;
    source.progress.bytesRead = 0;
    const pieces = contentOf(source)[Symbol.asyncIterator]();
    let begun: Buffer = Buffer.alloc(0);
    for (;;) {
      const end = endOfRows(begun, table.headerRow);
      if (end !== -1) {
        const isHeader = begun.toString("latin1", 0, end).trimEnd().endsWith(header);
        if (isHeader) return new PaymentScanner(layout, table, context, { pieces, begun: begun.subarray(end) });
        break;
      }
      const next = await pieces.next();
      if (next.done) break;
      begun = Buffer.concat([begun, next.value]);
    }
    await pieces.return?.();
    return null;
  }

  /** @throws UnreadableFile FILE-002, FILE-007 (no text), FILE-006 (endless line) */
  async *batches(): AsyncGenerator<ScannedBatch> {
    let rest = this.#begun;
    try {
      for (;;) {
        const end = rest.lastIndexOf(NEWLINE) + 1;
        const tail = rest.subarray(end);
        if (end > 0 || tail.length > MAX_RECORD_CHARACTERS) yield await this.#scan(rest.subarray(0, end), tail);
        const next = await this.#pieces.next();
        if (next.done) {
          yield await this.#scanEnd(tail);
          return;
        }
        rest = tail.length === 0 ? next.value : Buffer.concat([tail, next.value]);
      }
    } catch (error) {
      throw notText(error, () => this.#row + 1);
    } finally {
      await this.#pieces.return?.();
    }
  }

  /** Scans complete lines. What follows them is looked at only when it is too long to be one. */
  async #scan(chunk: Buffer, tail: Buffer): Promise<ScannedBatch> {
    const rows = emptyBatch<"realization">();
    const builder = new PaymentsBuilder(mostLines(chunk.length));
    const isPlain = isAscii(chunk);
    for (let start = 0; start < chunk.length; ) {
      const next = this.#parser.isWaiting ? -1 : this.#scanLine(chunk, start, isPlain, builder);
      if (next !== -1) {
        start = next;
        this.#linesAsText = 1;
        continue;
      }
      const end = endOfLines(chunk, start, this.#linesAsText);
      await this.#readLines(chunk.toString("utf8", start, end), rows, builder);
      // A quotation mark that was waited for in vain sets free more lines than this piece has.
      builder.reserve(mostLines(chunk.length - end));
      this.#linesAsText = Math.min(this.#linesAsText * 2, MOST_LINES_AS_TEXT);
      start = end;
    }
    if (tail.length > MAX_RECORD_CHARACTERS) await this.#readLines(tail.toString("utf8"), rows, builder);
    return { rows, payments: builder.finish() };
  }

  /** The last line may have no line break, and its quotation mark no partner. */
  async #scanEnd(tail: Buffer): Promise<ScannedBatch> {
    const nothing = Buffer.alloc(0);
    if (tail.length > 0 && !this.#parser.isWaiting && !tail.includes(QUOTE)) {
      return this.#scan(Buffer.concat([tail, Buffer.of(NEWLINE)]), nothing);
    }
    const rows = emptyBatch<"realization">();
    const builder = new PaymentsBuilder(1);
    await this.#readLines(tail.toString("utf8"), rows, builder);
    await this.#readRecords(this.#parser.finish(), rows, builder);
    return { rows, payments: builder.finish() };
  }

  /** Reads lines as text, the long way. */
  async #readLines(text: string, rows: CheckedBatch<"realization">, builder: PaymentsBuilder): Promise<void> {
    this.#parser.startAfter(this.#row);
    await this.#readRecords(this.#parser.push(text), rows, builder);
    this.#row = this.#parser.rows;
  }

  async #readRecords(
    records: readonly TableRow[],
    rows: CheckedBatch<"realization">,
    builder: PaymentsBuilder,
  ): Promise<void> {
    await this.#formats.prepare(records);
    for (const record of records) this.#check(record, rows);
    for (const line of rows.lines.splice(0)) builder.add(line);
  }

  /** Adds the payment of the line that begins at `start` and returns where the next begins; -1 when it is not canonical. */
  #scanLine(bytes: Buffer, start: number, isPlain: boolean, builder: PaymentsBuilder): number {
    const codeEnd = start + (bytes[start + LONG_CODE] === COMMA ? LONG_CODE : SHORT_CODE);
    const documentStart = codeEnd + DATE + 2;
    if (bytes[codeEnd] !== COMMA || bytes[documentStart - 1] !== COMMA) return -1;
    const date = dateAt(bytes, codeEnd + 1);
    if (date !== this.#lastDate && !this.#isDate(date)) return -1;
    this.#lastDate = date;

    let at = documentStart;
    let isSp2d = true;
    for (; bytes[at] !== COMMA; at++) {
      const sign = bytes[at] as number;
      if (sign < SPACE || sign === QUOTE || sign > 126) return -1;
      if (sign < ZERO || sign > ZERO + 9) isSp2d = false;
    }
    const documentEnd = at++;
    if (bytes[documentStart] === SPACE || bytes[documentEnd - 1] === SPACE) return -1;

    const isNegative = bytes[at] === DASH;
    if (isNegative) at++;
    const digitsStart = at;
    let amount = 0;
    for (let digit = (bytes[at] as number) - ZERO; digit >= 0 && digit <= 9; digit = (bytes[++at] as number) - ZERO) {
      amount = amount * 10 + digit;
    }
    const digits = at - digitsStart;
    // A zero in front or a minus zero is for the long way to judge.
    if (digits === 0 || digits > MOST_DIGITS || (bytes[digitsStart] === ZERO && (digits > 1 || isNegative))) return -1;

    const descriptionStart = at + 1;
    if (this.#hasDescription) {
      if (bytes[at++] !== COMMA) return -1;
      for (; bytes[at] !== NEWLINE; at++) {
        const sign = bytes[at];
        if (sign === COMMA || sign === QUOTE) return -1;
      }
    } else {
      if (bytes[at] === RETURN) at++;
      if (bytes[at] !== NEWLINE) return -1;
    }
    const code = this.#codes.positionOf(bytes, start, codeEnd, Math.floor(date / 10_000));
    if (code === -1) return -1;

    for (const rule of this.#codes.warnings(code)) this.#warn(rule);
    if (!isSp2d || documentEnd - documentStart !== SP2D_DIGITS) this.#warn("DOC-001");
    const { payments } = builder;
    const place = payments.length++;
    payments.rows[place] = ++this.#row;
    payments.codes[place] = code;
    payments.dates[place] = date;
    payments.amounts[place] = isNegative ? -amount : amount;
    builder.putAscii(payments.documents, place, bytes, documentStart, documentEnd);
    const descriptionEnd = bytes[at - 1] === RETURN ? at - 1 : at;
    if (!this.#hasDescription || descriptionEnd === descriptionStart)
      builder.putText(payments.descriptions, place, null);
    else if (isPlain) builder.putAscii(payments.descriptions, place, bytes, descriptionStart, descriptionEnd);
    else builder.putText(payments.descriptions, place, bytes.toString("utf8", descriptionStart, descriptionEnd));
    return at + 1;
  }

  #isDate(date: number): boolean {
    if (this.#dates.has(date)) return true;
    const isDate = date > 0 && parseDate(dateText(date)).ok;
    if (isDate) this.#dates.add(date);
    return isDate;
  }
}

function mostLines(bytes: number): number {
  return Math.ceil(bytes / SHORTEST_LINE) + 1;
}

/** The date `YYYY-MM-DD` at a place as a number; 0 when there is none. */
function dateAt(bytes: Buffer, at: number): number {
  if (bytes[at + 4] !== DASH || bytes[at + 7] !== DASH) return 0;
  let date = 0;
  for (let index = 0; index < DATE; index++) {
    if (index === 4 || index === 7) continue;
    const digit = (bytes[at + index] as number) - ZERO;
    if (digit < 0 || digit > 9) return 0;
    date = date * 10 + digit;
  }
  return date;
}

/** Where the line breaks of so many lines from a place on end, or the bytes do. */
function endOfLines(bytes: Buffer, start: number, lines: number): number {
  let end = start;
  for (let line = 0; line < lines && end < bytes.length; line++) end = bytes.indexOf(NEWLINE, end) + 1;
  return end;
}

/** Where the bytes after a number of rows begin, line breaks inside quotation marks not counted; -1 when not yet here. */
function endOfRows(bytes: Buffer, rows: number): number {
  let isQuoted = false;
  let left = rows;
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] === QUOTE) isQuoted = !isQuoted;
    if (bytes[at] === NEWLINE && !isQuoted && --left === 0) return at + 1;
  }
  return -1;
}
