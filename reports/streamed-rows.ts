import type { Language } from "../src/i18n/index.ts";
import type { BulkCell } from "./bulk-rows.ts";
import { cellText, columnName, exactText, fitsCell } from "./cells.ts";
import { xml } from "./xml.ts";

/** A cell that stands out from its row. */
export interface FlaggedCell {
  flagged: BulkCell;
}

export type StreamedCell = BulkCell | FlaggedCell;

/** Rows that come while they are written, so that a sheet of a million of them is never in memory as a whole. */
export interface StreamedRows {
  count: number;
  /** The rows, some at a time; one cell per column. */
  batches: () => AsyncIterable<readonly (readonly StreamedCell[])[]>;
  language: Language;
}

/** Style numbers per column: of plain cells, and of flagged ones. */
export interface StreamedStyles {
  plain: readonly string[];
  flagged: readonly string[];
}

/**
 * Sheet XML of the rows. Texts stand in their cells: a table of shared texts would have to know all of them first.
 *
 * @throws Error when there are not as many rows as were announced: the sheet would lie about its size
 */
export async function* streamedRowsXml(
  rows: StreamedRows,
  firstRow: number,
  styles: StreamedStyles,
): AsyncGenerator<Buffer> {
  const names = styles.plain.map((_, index) => columnName(index + 1));
  let row = firstRow;
  for await (const batch of rows.batches()) {
    const parts = batch.map((cells) => rowXml(cells, row++, names, styles, rows.language));
    yield Buffer.from(parts.join(""));
  }
  if (row - firstRow !== rows.count) throw new Error(`${row - firstRow} rows were written, ${rows.count} announced`);
}

function rowXml(
  cells: readonly StreamedCell[],
  row: number,
  names: readonly string[],
  styles: StreamedStyles,
  language: Language,
): string {
  let text = `<row r="${row}">`;
  for (let index = 0; index < cells.length; index++) {
    const cell = cells[index] ?? null;
    const isFlagged = typeof cell === "object" && cell !== null;
    const value = isFlagged ? cell.flagged : cell;
    const open = `<c r="${names[index]}${row}" s="${(isFlagged ? styles.flagged : styles.plain)[index]}"`;
    if (value === null || value === "") text += `${open}/>`;
    else if (typeof value === "number" || (typeof value === "bigint" && fitsCell(value)))
      text += `${open}><v>${value}</v></c>`;
    else text += `${open} t="inlineStr"><is><t xml:space="preserve">${textOf(value, language)}</t></is></c>`;
  }
  return `${text}</row>`;
}

function textOf(value: string | bigint, language: Language): string {
  return xml(typeof value === "string" ? cellText(value) : exactText(value, language));
}
