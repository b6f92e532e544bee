import type { RealizationLine } from "./types.ts";

/**
 * Payment lines side by side, one place per line in every column: as they go from the thread that reads to the one that
 * posts. Columns are longer than `length`.
 */
export interface Payments {
  length: number;
  /** Row number a person sees in the file. */
  rows: Int32Array;
  /** Position of the code in the code book. */
  codes: Int32Array;
  /** Date as the number `YYYYMMDD`. */
  dates: Int32Array;
  /** Rupiah; NaN where they exceed 2^53 and stand in `large`. */
  amounts: Float64Array;
  /** Rupiah beyond 2^53 by place. */
  large: Map<number, bigint>;
  documents: Texts;
  descriptions: Texts;
  /** The ASCII texts of all lines, one behind the other. */
  text: string;
  /** All other texts. */
  others: string[];
}

/** Where the texts of a column stand: from–to in `text`; from -2 on downwards in `others`; -1 for null. */
export interface Texts {
  starts: Int32Array;
  ends: Int32Array;
}

const NULL = -1;
const FIRST_OTHER = -2;

/** Rupiah of a line, a number while that is exact. */
export function amountAt({ amounts, large }: Payments, at: number): number | bigint {
  const amount = amounts[at] as number;
  return Number.isNaN(amount) ? (large.get(at) ?? 0n) : amount;
}

/** The text of a column at a place. */
export function textAt({ text, others }: Payments, { starts, ends }: Texts, at: number): string | null {
  const start = starts[at] as number;
  if (start >= 0) return text.slice(start, ends[at]);
  return start === NULL ? null : (others[FIRST_OTHER - start] ?? null);
}

/** Whether any line of a batch has a text in the column. */
export function hasTexts({ length }: Payments, { starts }: Texts): boolean {
  for (let at = 0; at < length; at++) if (starts[at] !== NULL) return true;
  return false;
}

/** Collects the lines of one batch. */
export class PaymentsBuilder {
  readonly payments: Payments;
  #ascii: Buffer;
  #used = 0;

  /** @param capacity lines that `payments` has room for; `add` makes more */
  constructor(capacity: number) {
    const texts = () => ({ starts: new Int32Array(capacity), ends: new Int32Array(capacity) });
    this.payments = {
      length: 0,
      rows: new Int32Array(capacity),
      codes: new Int32Array(capacity),
      dates: new Int32Array(capacity),
      amounts: new Float64Array(capacity),
      large: new Map(),
      documents: texts(),
      descriptions: texts(),
      text: "",
      others: [],
    };
    this.#ascii = Buffer.allocUnsafe(capacity * 16);
  }

  add({ row, code, date, document, amount, description }: RealizationLine): void {
    const { payments } = this;
    this.reserve(1);
    const at = payments.length++;
    payments.rows[at] = row;
    payments.codes[at] = code.index;
    payments.dates[at] = dateNumber(date);
    const exact = Number(amount);
    if (Number.isSafeInteger(exact)) payments.amounts[at] = exact;
    else {
      payments.amounts[at] = Number.NaN;
      payments.large.set(at, amount);
    }
    this.putText(payments.documents, at, document);
    this.putText(payments.descriptions, at, description);
  }

  /** Makes room for so many lines more. */
  reserve(count: number): void {
    const { payments } = this;
    if (payments.length + count <= payments.rows.length) return;
    const capacity = Math.max(payments.rows.length * 2, payments.length + count);
    const longer = (column: Int32Array) => {
      const copy = new Int32Array(capacity);
      copy.set(column);
      return copy;
    };
    payments.rows = longer(payments.rows);
    payments.codes = longer(payments.codes);
    payments.dates = longer(payments.dates);
    for (const texts of [payments.documents, payments.descriptions]) {
      texts.starts = longer(texts.starts);
      texts.ends = longer(texts.ends);
    }
    const amounts = new Float64Array(capacity);
    amounts.set(payments.amounts);
    payments.amounts = amounts;
  }

  finish(): Payments {
    this.payments.text = this.#ascii.toString("latin1", 0, this.#used);
    return this.payments;
  }

  /** Notes a text that is at hand as such. */
  putText({ starts }: Texts, at: number, text: string | null): void {
    starts[at] = text === null ? NULL : FIRST_OTHER - (this.payments.others.push(text) - 1);
  }

  /** Notes a text that is at hand as ASCII bytes. */
  putAscii({ starts, ends }: Texts, at: number, bytes: Uint8Array, from: number, to: number): void {
    if (this.#used + to - from > this.#ascii.length) this.#grow(to - from);
    const ascii = this.#ascii;
    let used = this.#used;
    starts[at] = used;
    for (let index = from; index < to; index++) ascii[used++] = bytes[index] as number;
    ends[at] = used;
    this.#used = used;
  }

  #grow(length: number): void {
    const larger = Buffer.allocUnsafe(this.#ascii.length * 2 + length);
    this.#ascii.copy(larger, 0, 0, this.#used);
    this.#ascii = larger;
  }
}

/** Lines that were read one by one, side by side. */
export function toPayments(lines: readonly RealizationLine[]): Payments {
  const builder = new PaymentsBuilder(lines.length);
  for (const line of lines) builder.add(line);
  return builder.finish();
}

/** `2019-04-05` → 20190405. */
export function dateNumber(date: string): number {
  return Number(date.slice(0, 4)) * 10_000 + Number(date.slice(5, 7)) * 100 + Number(date.slice(8, 10));
}

/** 20190405 → `2019-04-05`. */
export function dateText(date: number): string {
  const digits = String(date);
  return `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`;
}
