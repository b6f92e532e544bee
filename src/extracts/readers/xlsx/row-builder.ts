import { type TableRow, UnreadableFile } from "../csv-parser.ts";
import { type CellContent, type CellContext, cellText, InvalidCell } from "./cells.ts";
import { unreadable, type XlsxLimits } from "./limits.ts";

/** The size of a sheet (Excel specifications and limits). */
const MAX_ROWS = 1_048_576;
const MAX_COLUMNS = 16_384;

const REFERENCE = /^([A-Z]{1,3})(\d{1,7})$/;
const A = 64;

/** Puts cells into rows: columns by their letters, numbers of rows as the sheet has them. Rows without any text are left out. */
export class RowBuilder {
  readonly #part: string;
  readonly #workbook: CellContext;
  readonly #limits: XlsxLimits;
  #rows: TableRow[] = [];
  /** Cells of the rows that are not taken yet, and of the whole sheet so far. */
  #waiting = 0;
  #total = 0;
  #row = 0;
  #previousRow = 0;
  #column = 0;
  #cells: string[] = [];
  #characters = 0;

  constructor(part: string, workbook: CellContext & { limits: XlsxLimits }) {
    this.#part = part;
    this.#limits = workbook.limits;
    this.#workbook = workbook;
  }

  /** Rows that wait to be taken. */
  get length(): number {
    return this.#rows.length;
  }

  /** Cells that wait to be taken. */
  get waiting(): number {
    return this.#waiting;
  }

  /** Number of the row in hand. */
  get row(): number {
    return this.#row;
  }

  take(): TableRow[] {
    const rows = this.#rows;
    this.#rows = [];
    this.#waiting = 0;
    return rows;
  }

  /** A row begins; without a number it follows the one before. */
  begin(number: string | null): void {
    const row = number === null ? this.#row + 1 : rowNumber(number);
    if (row <= this.#row || row > MAX_ROWS) this.#refuse(`row r="${number ?? row}"`);
    this.#previousRow = this.#row;
    this.#row = row;
    this.#column = 0;
    this.#cells = [];
    this.#characters = 0;
  }

  /** A cell at a reference such as `AB12`; without one it follows the cell before. */
  addAt(reference: string | null, content: CellContent): void {
    if (reference === null) {
      this.add(null, "", content);
      return;
    }
    const [, letters, digits] = REFERENCE.exec(reference) ?? [];
    if (letters === undefined || digits === undefined) this.#refuse(`c r="${reference}"`);
    this.add(letters, digits, content);
  }

  /** A cell by the letters of its column (null: the next one) and the digits of its row. */
  add(letters: string | null, digits: string, content: CellContent): void {
    const column = letters === null ? this.#column + 1 : columnNumber(letters);
    const elsewhere = letters !== null && Number(digits) !== this.#row;
    if (elsewhere || column <= this.#column || column > MAX_COLUMNS)
      this.#refuse(`c r="${letters ?? column}${digits}"`);
    this.#column = column;
    const text = this.#textOf(content, letters);
    if (text === "") return;
    while (this.#cells.length < column - 1) this.#cells.push("");
    this.#cells.push(text);
    this.#characters += text.length;
  }

  end(): void {
    if (this.#cells.length === 0) return;
    const { cells, rowCharacters } = this.#limits;
    if (this.#characters > rowCharacters) throw new UnreadableFile("FILE-006", this.#row, "", { limit: rowCharacters });
    this.#waiting += this.#cells.length;
    this.#total += this.#cells.length;
    if (this.#total > cells) this.#refuse(`> ${cells} sel/cells`);
    this.#rows.push({ row: this.#row, cells: this.#cells, malformed: null });
  }

  /** Forgets the row in hand, as if it had not begun. */
  abandon(): void {
    this.#row = this.#previousRow;
  }

  #textOf(content: CellContent, letters: string | null): string {
    try {
      return cellText(content, this.#workbook);
    } catch (error) {
      if (error instanceof InvalidCell) this.#refuse(`${letters ?? ""}${this.#row} ${error.message}`);
      throw error;
    }
  }

  #refuse(detail: string): never {
    throw unreadable(`${this.#part}: ${detail}`, Math.max(this.#row, 1));
  }
}

/** The row that an attribute `r` names; 0, which no row has, when it is no number. */
function rowNumber(text: string): number {
  return /^\d{1,7}$/.test(text) ? Number(text) : 0;
}

/** 1 for `A`, 27 for `AA`. */
function columnNumber(letters: string): number {
  let column = 0;
  for (let index = 0; index < letters.length; index++) column = column * 26 + letters.charCodeAt(index) - A;
  return column;
}
