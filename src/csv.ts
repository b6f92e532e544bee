/** One line of CSV (RFC 4180): fields with commas, quotation marks or line breaks are quoted; null is an empty field. */
export function csvLine(cells: readonly (string | number | bigint | null)[]): string {
  return cells.map((cell) => field(cell === null ? "" : String(cell))).join(",");
}

function field(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
