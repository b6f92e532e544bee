import { fiscalYearOf } from "../periods.ts";
import type { Formats } from "./formats/index.ts";
import { ownText } from "./own-text.ts";

/** A day of a line with its fiscal year. */
export interface LineDate {
  value: string;
  year: number;
}

/** Reads the dates of one column: a year has few days and a file many lines, so each printed date is read once. */
export class RememberedDates {
  readonly #formats: Formats;
  readonly #column: string;
  readonly #dates = new Map<string, LineDate | null>();

  constructor(formats: Formats, column: string) {
    this.#formats = formats;
    this.#column = column;
  }

  /** The day of a cell; null when it holds none. */
  read(text: string): LineDate | null {
    const known = this.#dates.get(text);
    if (known !== undefined) return known;
    const date = this.#formats.date(this.#column, text);
    const read = date.ok ? { value: date.value, year: fiscalYearOf(date.value) } : null;
    this.#dates.set(ownText(text), read);
    return read;
  }
}
