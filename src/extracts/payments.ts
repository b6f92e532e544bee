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
  /** Documents and descriptions as pieces of one text; a description that starts at -1 is null. */
  text: string;
  documents: Span;
  descriptions: Span;
}

/** Where pieces of a text begin and end. */
export interface Span {
  starts: Int32Array;
  ends: Int32Array;
}

/** Rupiah of a line, a number while that is exact. */
export function amountAt({ amounts, large }: Payments, at: number): number | bigint {
  const amount = amounts[at] as number;
  return Number.isNaN(amount) ? (large.get(at) ?? 0n) : amount;
}

/** Collects the lines of one batch. */
export class PaymentsBuilder {
  readonly payments: Payments;
  readonly #texts: string[];
  #textLength: number;

  /** @param text a text that spans may point into from the beginning, such as the chunk of the file */
  constructor(capacity: number, text = "") {
    const span = () => ({ starts: new Int32Array(capacity), ends: new Int32Array(capacity) });
    this.payments = {
      length: 0,
      rows: new Int32Array(capacity),
      codes: new Int32Array(capacity),
      dates: new Int32Array(capacity),
      amounts: new Float64Array(capacity),
      large: new Map(),
      text: "",
      documents: span(),
      descriptions: span(),
    };
    this.#texts = [text];
    this.#textLength = text.length;
  }

  add({ row, code, date, document, amount, description }: RealizationLine): void {
    const { payments } = this;
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
    this.#place(payments.documents, at, document);
    this.#place(payments.descriptions, at, description);
  }

  finish(): Payments {
    this.payments.text = this.#texts.length === 1 ? (this.#texts[0] ?? "") : this.#texts.join("");
    return this.payments;
  }

  /** Puts a text behind the others; returns where it begins. */
  append(text: string): number {
    const start = this.#textLength;
    this.#texts.push(text);
    this.#textLength += text.length;
    return start;
  }

  #place({ starts, ends }: Span, at: number, text: string | null): void {
    const start = text === null ? -1 : this.append(text);
    starts[at] = start;
    ends[at] = start + (text?.length ?? 0);
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
