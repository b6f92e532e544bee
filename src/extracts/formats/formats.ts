import { parseRupiah } from "../../money.ts";
import { parseDate } from "../../periods.ts";
import { type AmountReading, type AmountStyle, readAmount } from "./amount-styles.ts";
import { type DateReading, type DateStyle, readDate } from "./date-styles.ts";
import { type DecimalReading, decimalReading } from "./decimal-columns.ts";

/** How the amounts, dates and decimals of a table are read, column by column. */
export interface Formats {
  amount(column: string, text: string): AmountReading;
  date(column: string, text: string): DateReading;
  decimal(column: string, text: string): DecimalReading;
}

/** Every cell for itself; for tables without columns of amounts or dates that could be written in several ways. */
export const CELL_BY_CELL: Formats = {
  amount: (_, text) => parseRupiah(text),
  date: (_, text) => parseDate(text),
  decimal: (_, text) => decimalReading(text),
};

/** The formats of a layout that states how it writes, such as `1,234,567.89` and `dd-mm-yyyy`. */
export function fixedFormats(amounts: AmountStyle, dates: DateStyle): Formats {
  return {
    amount: (_, text) => readAmount(text, amounts),
    date: (_, text) => readDate(text, dates),
    decimal: (_, text) => decimalReading(text),
  };
}
