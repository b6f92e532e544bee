import type { Column } from "./sheet.ts";
import { BOLD, linesOf, POINTS_PER_LINE } from "./text-width.ts";

/** The header of a table: rows count from 0, columns from 1. */
export interface Header {
  cells: { row: number; column: number; text: string | null }[];
  /** First row, first column, last row, last column. */
  merges: [number, number, number, number][];
  /** Height of each header row in points. */
  heights: number[];
}

/** Lays out one header row, or two when some columns stand under a common heading. */
export function layHeader(columns: readonly Column[]): Header {
  const titles = columns.map(({ title, width }) => linesOf(title, width / BOLD));
  const height = Math.max(...titles) * POINTS_PER_LINE + 6;
  if (columns.every(({ group }) => group === undefined)) {
    const cells = columns.map(({ title }, index) => ({ row: 0, column: index + 1, text: title }));
    return { cells, merges: [], heights: [height] };
  }
  const header: Header = { cells: [], merges: [], heights: [18, height] };
  columns.forEach(({ title, group }, index) => {
    const column = index + 1;
    header.cells.push({ row: 0, column, text: group ?? title });
    header.cells.push({ row: 1, column, text: group === undefined ? null : title });
    if (group === undefined) {
      header.merges.push([0, column, 1, column]);
    } else if (columns[index - 1]?.group !== group) {
      const last = endOfGroup(columns, index);
      if (last > index) header.merges.push([0, column, 0, last + 1]);
    }
  });
  return header;
}

/** Index of the last neighbouring column with the same heading. */
function endOfGroup(columns: readonly Column[], start: number): number {
  let last = start;
  while (columns[last + 1]?.group === columns[start]?.group) last++;
  return last;
}
