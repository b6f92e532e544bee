import type { TextParams } from "../i18n/index.ts";
import { FIRST_YEAR, LAST_YEAR } from "../periods.ts";
import type { Problem, RuleId } from "../rules.ts";
import { CELL_BY_CELL, type Formats } from "./formats/index.ts";
import { restoreZeros } from "./leading-zeros.ts";
import type { RowView } from "./types.ts";

const LONGEST_VALUE = 120;

const LOCATION = /^(?!00)\d{4}$/;

/** Reads the cells of one row and collects what is wrong with them, each problem with column, value and rule. */
export class Cells {
  readonly problems: Problem[] = [];
  /** Codes got back the leading zeros that a number cell had dropped. */
  repaired = false;
  readonly #row: RowView;
  readonly #formats: Formats;

  /** @param formats how the table writes amounts and dates */
  constructor(row: RowView, formats: Formats = CELL_BY_CELL) {
    this.#row = row;
    this.#formats = formats;
  }

  fail(rule: RuleId, column: string | null, value: string | null, params: TextParams = {}): void {
    const shown = value !== null && value.length > LONGEST_VALUE ? `${value.slice(0, LONGEST_VALUE)}…` : value;
    this.problems.push({ rule, column, value: shown, params });
  }

  text(column: string): string {
    return this.#row.cell(column).trim();
  }

  optionalText(column: string): string | null {
    const value = this.text(column);
    return value === "" ? null : value;
  }

  requiredText(column: string): string {
    const value = this.text(column);
    if (value === "") this.fail("FLD-001", column, null);
    return value;
  }

  /** Rupiah; 0n with a problem noted when the cell does not hold an amount. */
  amount(column: string): bigint {
    const text = this.#row.cell(column);
    const result = this.#formats.amount(column, text);
    if (result.ok) return result.value;
    this.fail(result.rule, column, text, result.params);
    return 0n;
  }

  /** Rupiah, or null when the cell is empty. */
  optionalAmount(column: string): bigint | null {
    return this.text(column) === "" ? null : this.amount(column);
  }

  /** `YYYY-MM-DD`; "" with a problem noted when the cell does not hold a date. */
  date(column: string): string {
    const text = this.#row.cell(column);
    const result = this.#formats.date(column, text);
    if (result.ok) return result.value;
    this.fail(result.rule, column, text, result.params);
    return "";
  }

  /** An exact decimal as text, or null when the cell is empty. */
  optionalDecimal(column: string): string | null {
    const text = this.text(column);
    if (text === "") return null;
    const result = this.#formats.decimal(column, text);
    if (result.ok) return result.value;
    this.fail(result.rule, column, text);
    return null;
  }

  optionalDate(column: string): string | null {
    return this.text(column) === "" ? null : this.date(column);
  }

  integer(column: string, min: number, max: number): number {
    const text = this.text(column);
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (text === "") this.fail("FLD-001", column, null);
    else if (!(value >= min && value <= max)) this.fail("FLD-002", column, text, { min, max });
    return value;
  }

  year(column: string): number {
    return this.integer(column, FIRST_YEAR, LAST_YEAR);
  }

  /** A code of fixed form such as `024`; the form is a regular expression, `expected` says it in words. */
  code(column: string, form: RegExp, expected: string): string {
    const text = this.text(column).toUpperCase();
    if (text === "") this.fail("FLD-001", column, null);
    else if (!form.test(text)) this.fail("FLD-003", column, text, { expected });
    return text;
  }

  /** A code of digits, in full width: `22` of a number cell is ministry `022`. */
  digits(column: string, width: number, expected: string): string {
    if (this.text(column) === "") this.fail("FLD-001", column, null);
    return this.optionalDigits(column, width, expected) ?? "";
  }

  /** @param form when more than digits of that width are allowed */
  optionalDigits(column: string, width: number, expected: string, form = ofDigits(width)): string | null {
    const text = this.text(column).toUpperCase();
    if (text === "") return null;
    const full = restoreZeros(text, width);
    if (!form.test(full)) this.fail("FLD-003", column, text, { expected });
    else if (full !== text) this.repaired = true;
    return full;
  }

  /** A location of 4 digits. No province is 00: of two digits nobody knows what they are. */
  optionalLocation(column: string): string | null {
    return this.optionalDigits(column, 4, "lokasi/location 4 angka/digits", LOCATION);
  }

  optionalCode(column: string, form: RegExp, expected: string): string | null {
    return this.text(column) === "" ? null : this.code(column, form, expected);
  }
}

function ofDigits(width: number): RegExp {
  return new RegExp(`^\\d{${width}}$`);
}

/** The rupiah of a rejected row, for the control totals: null when they cannot be read. */
export function rejectedAmount(row: RowView, column: string, formats: Formats = CELL_BY_CELL): bigint | null {
  const result = formats.amount(column, row.cell(column));
  return result.ok ? result.value : null;
}
