import type { TableRow } from "../readers/csv-parser.ts";
import { MAPPING_KINDS } from "./definition.ts";
import { columnNames } from "./header.ts";
import { nameMatch } from "./synonyms.ts";
import { fieldsOf, PIECE_NAMES } from "./targets.ts";

/** Where a header stands among the first rows: its last row, how many rows it takes, and what it names. */
export interface HeaderChoice {
  at: number;
  rows: 1 | 2;
  columns: string[];
}

/** Everything that a column of any kind could be. */
const FIELDS: readonly (readonly [kind: string, field: string])[] = MAPPING_KINDS.flatMap((kind) => [
  ...fieldsOf(kind).map(({ name }) => [kind, name] as const),
  ...PIECE_NAMES.map((piece) => [kind, piece] as const),
]);

/**
 * Finds the header by what its names mean: the row, or two rows, with most columns that tables of the field have. Where no
 * name is known, the first row that has a text in most of its columns and numbers below it.
 */
export function findHeader(head: readonly TableRow[]): HeaderChoice {
  let found: (HeaderChoice & { score: number }) | null = null;
  for (const [at, row] of head.entries()) {
    const upper = head[at - 1];
    const single = scored(at, [row]);
    if (single.score > (found?.score ?? 0)) found = single;
    // Two rows must say more than either of them: the upper one may be a title.
    if (!upper || row.row !== upper.row + 1 || single.score < 1) continue;
    const double = scored(at, [upper, row]);
    if (double.score > Math.max(found?.score ?? 0, single.score)) found = double;
  }
  if (found && found.score >= 1) return { at: found.at, rows: found.rows, columns: found.columns };
  const at = Math.max(head.findIndex(isLikeHeader), 0);
  return { at, rows: 1, columns: columnNames(head.slice(at, at + 1)) };
}

function scored(at: number, rows: TableRow[]): HeaderChoice & { score: number } {
  const columns = columnNames(rows);
  const score = rows.some(hasNumbers) ? 0 : columns.reduce((sum, column) => sum + meaning(column), 0);
  return { at, rows: rows.length === 2 ? 2 : 1, columns, score };
}

function meaning(column: string): number {
  // A long sentence is no name, whatever words it holds.
  if (column === "" || column.length > 60) return 0;
  return Math.max(...FIELDS.map(([kind, field]) => nameMatch(kind, field, column)));
}

/** Headers number their columns at most; amounts and codes stand below them. */
function hasNumbers({ cells }: TableRow): boolean {
  return cells.some((cell) => /^[\d.,\s()-]*\d[\d.,\s()-]*$/.test(cell) && cell.replace(/\D/g, "").length > 2);
}

function isLikeHeader({ cells }: TableRow): boolean {
  const filled = cells.filter((cell) => cell.trim() !== "");
  const texts = filled.filter((cell) => /[a-z]/i.test(cell));
  return filled.length >= 2 && texts.length === filled.length && filled.length * 2 >= cells.length;
}
