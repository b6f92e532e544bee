import { UnreadableFile } from "../csv-parser.ts";

/** How much of a workbook is read at most. Beyond a limit the file is refused; nothing is cut off. */
export interface XlsxLimits {
  /** Files inside the zip. */
  readonly entries: number;
  /** Sheets that the workbook lists. */
  readonly sheets: number;
  /** Cell styles and number formats; Excel has room for 65,490 of the ones and a few hundred of the others. */
  readonly styles: number;
  /** How many times its packed size so far a part may unfold to, once it is larger than `ratioFrom` bytes. */
  readonly ratio: number;
  readonly ratioFrom: number;
  /** Bytes of all parts that are read, unpacked. */
  readonly unpackedBytes: number;
  /** Bytes of a describing part (workbook, relationships, styles), unpacked. */
  readonly describingBytes: number;
  /** Bytes of the shared strings part, unpacked: it is the one part held in memory. */
  readonly sharedStringBytes: number;
  readonly sharedStrings: number;
  /** Characters of one piece of XML (a text, a tag) and so of one cell before it is joined to others. */
  readonly textCharacters: number;
  /** Characters of one row, as for a record of a CSV file. */
  readonly rowCharacters: number;
  /** Cells of a sheet, the empty ones before the last filled one of each row included. */
  readonly cells: number;
}

/** A sheet of Excel's full 1,048,576 rows with the widest real layout (51 columns) fits in. */
export const XLSX_LIMITS: XlsxLimits = {
  entries: 10_000,
  sheets: 1000,
  styles: 200_000,
  ratio: 200,
  ratioFrom: 4 * 2 ** 20,
  unpackedBytes: 4 * 2 ** 30,
  describingBytes: 64 * 2 ** 20,
  sharedStringBytes: 256 * 2 ** 20,
  sharedStrings: 4_000_000,
  textCharacters: 8 * 2 ** 20,
  rowCharacters: 2 ** 20,
  cells: 100_000_000,
};

/** The refusal of a workbook that is damaged, malformed or beyond a limit; the detail is for the reader's `value`. */
export function unreadable(detail: string, row = 1): UnreadableFile {
  return new UnreadableFile("FILE-014", row, detail);
}

/** Errors of the zip and inflate libraries as the refusal of the file. */
export function asUnreadable(error: unknown, where: string): UnreadableFile {
  if (error instanceof UnreadableFile) return error;
  return unreadable(`${where}: ${error instanceof Error ? error.message : String(error)}`);
}
