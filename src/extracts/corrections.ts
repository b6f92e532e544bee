import { type TableRow, UnreadableFile } from "./readers/csv-parser.ts";

/** What a file of corrected rejects says about itself: the extract it completes, and which column has the row numbers. */
export interface CompletionMark {
  extract: number;
  /** First 16 digits of the SHA-256 of the file whose rows were rejected. */
  sha256: string;
  column: number;
  headerRow: number;
}

/** Rows to be read in place of those that a file has, by row number. */
export type Corrections = Map<number, string[]>;

const MARK = /\[(?:ekstrak|extract) (\d{1,9}) #([0-9a-f]{16})\]\s*$/i;
const ROW_NUMBER = /^\d{1,9}$/;

/** Digits of the hash that stand in the mark: enough to notice another store. */
export const MARK_DIGITS = 16;

/** The file is no extract of its own: it carries the corrected rejects of one. */
export class CompletesExtract extends Error {
  readonly mark: CompletionMark;

  constructor(mark: CompletionMark) {
    super(`completes extract ${mark.extract}`);
    this.mark = mark;
  }
}

/** The mark in the header of a file of rejects; null in any other row. */
export function completionMark({ row, cells }: TableRow): CompletionMark | null {
  for (const [column, cell] of cells.entries()) {
    const [, extract, sha256] = MARK.exec(cell) ?? [];
    if (extract !== undefined && sha256 !== undefined) {
      return { extract: Number(extract), sha256: sha256.toLowerCase(), column, headerRow: row };
    }
  }
  return null;
}

/**
 * The corrected rows of a file of rejects: every column before that of the row number, in the order of the source.
 *
 * @throws UnreadableFile FILE-042 for a row without a number, or with one that stood before
 */
export async function readCorrections(rows: AsyncIterable<TableRow[]>, mark: CompletionMark): Promise<Corrections> {
  const corrections: Corrections = new Map();
  for await (const batch of rows) {
    for (const { row, cells } of batch) {
      if (row <= mark.headerRow || cells.every((cell) => cell.trim() === "")) continue;
      const text = (cells[mark.column] ?? "").trim();
      const number = ROW_NUMBER.test(text) ? Number(text) : Number.NaN;
      if (Number.isNaN(number) || corrections.has(number)) {
        throw new UnreadableFile("FILE-042", row, text, { extract: mark.extract });
      }
      corrections.set(number, cells.slice(0, mark.column));
    }
  }
  return corrections;
}

/** Whether two rows say the same; cells that are missing at the end are empty ones. */
export function sameCells(a: readonly string[], b: readonly string[]): boolean {
  const length = Math.max(a.length, b.length);
  for (let at = 0; at < length; at++) if ((a[at] ?? "") !== (b[at] ?? "")) return false;
  return true;
}

/** Rows of a file with corrected ones in their places. */
export async function* withCorrections(
  batches: AsyncIterable<TableRow[]>,
  corrections: ReadonlyMap<number, readonly string[]>,
): AsyncGenerator<TableRow[]> {
  for await (const rows of batches) {
    yield rows.map((row): TableRow => {
      const cells = corrections.get(row.row);
      return cells ? { row: row.row, cells: [...cells], malformed: null } : row;
    });
  }
}
