import { csvLine } from "../csv.ts";
import { reconciliationTable } from "./table.ts";
import type { Reconciliation } from "./types.ts";

/**
 * The rows of a reconciliation as a CSV file. Names come from files of others, so one that a spreadsheet would take for
 * a formula is preceded by an apostrophe; keys and amounts are printed as they are.
 */
export function reconciliationCsv(reconciliation: Reconciliation): string {
  const { columns, rows } = reconciliationTable(reconciliation);
  const lines = rows.map((cells) =>
    csvLine(cells.map((cell, index) => (columns[index] === "name" && typeof cell === "string" ? disarm(cell) : cell))),
  );
  return `${[csvLine(columns), ...lines].join("\r\n")}\r\n`;
}

/** Spreadsheets run cells that begin with one of these. */
function disarm(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}
