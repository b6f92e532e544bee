export { AmountProfile, type AmountVerdict, amountEvidence, readByVerdict, styleOf } from "./amount-profile.ts";
export {
  AMOUNT_STYLES,
  type AmountReading,
  type AmountStyle,
  type AmountUnit,
  isAmountStyle,
  readAmount,
} from "./amount-styles.ts";
export { ColumnFormats, type ColumnVerdict, type StatedFormat, type WrittenColumns } from "./column-formats.ts";
export { type ColumnReport, columnReport, describeColumn, type SignReport } from "./column-report.ts";
export { DateProfile, type DateVerdict, dateEvidence, dateStyleOf, readDateByVerdict } from "./date-profile.ts";
export { DATE_STYLES, type DateReading, type DateStyle, isDateStyle, readDate } from "./date-styles.ts";
export { CELL_BY_CELL, type Formats, fixedFormats } from "./formats.ts";
