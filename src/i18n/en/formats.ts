import type { formats as source } from "../id/formats.ts";

/** How columns write amounts and dates. */
export const formats: Record<keyof typeof source, string> = {
  "format.column": "Column {column}: {parts}. {verdict}",
  "format.columnAgainst": "Column {column}: {parts}; against it: rows {rows}. {verdict}",
  "format.readAs": "Read as {style}.",
  "format.undecided": "It cannot be decided, so doubtful cells are rejected.",
  "format.plainOnly": "plain numbers or dates",
  "format.sign.dotThousands": "{cells} cells with thousands dots",
  "format.sign.dotDecimal": "{cells} cells with a decimal dot",
  "format.sign.commaThousands": "{cells} cells with thousands commas",
  "format.sign.commaDecimal": "{cells} cells with a decimal comma",
  "format.sign.spaceThousands": "{cells} cells with thousands spaces",
  "format.sign.quoteThousands": "{cells} cells with thousands apostrophes",
  "format.sign.dotOpen": "{cells} cells like 1.234",
  "format.sign.commaOpen": "{cells} cells like 1,234",
  "format.sign.plain": "{cells} cells of plain digits",
  "format.sign.certain": "{cells} cells with a certain date (year first, or the name of the month)",
  "format.sign.dayFirst": "{cells} cells with the day first",
  "format.sign.monthFirst": "{cells} cells with the month first",
  "format.sign.either": "{cells} cells whose day and month may be exchanged",
  "format.sign.serial": "{cells} cells with an Excel serial number",
  "format.sign.compact": "{cells} cells like 20260422",
  "format.sign.blank": "{cells} blank cells",
  "format.sign.unreadable": "{cells} cells that cannot be read",
};
