import type { Style, Worksheet } from "exceljs";
import {
  cellText,
  columnName,
  exactText,
  fitsCell,
  type Live,
  magnitude,
  quoted,
  SHOWN_LIMIT,
  serialDay,
} from "./cells.ts";
import { type PrintOptions, pageHeight, setUpPage } from "./page.ts";
import { type CellFormat, COLOURS, type RowLook } from "./styles.ts";
import { layHeader } from "./table-header.ts";
import { BOLD, linesOf, POINTS_PER_LINE } from "./text-width.ts";
import type { ReportWorkbook } from "./workbook.ts";

/** A column of a table. */
export interface Column {
  title: string;
  format: CellFormat;
  /** Width in characters of the body font. */
  width: number;
  /** What stands in the row of column numbers when it is more than the number: `8=6-7`. */
  formula?: string;
  /** Heading above several neighbouring columns; the same text joins them. */
  group?: string;
}

export type CellValue = string | bigint | number | null | Live<string | bigint | number>;

export interface LineOptions {
  look?: RowLook;
  /** Outline level; 0 is always visible. */
  level?: number;
  /** Steps to the right of the first text cell. */
  indent?: number;
}

const DEFAULT_HEIGHT = 14;

/** One sheet that is written from top to bottom; `row` is the row that comes next. */
export class Sheet {
  row = 1;
  readonly name: string;
  readonly #sheet: Worksheet;
  readonly #book: ReportWorkbook;
  #columns: readonly Column[] = [];
  readonly #notes: string[] = [];
  #pageStart = 1;
  #columnCount = 0;

  constructor(sheet: Worksheet, book: ReportWorkbook) {
    this.name = sheet.name;
    this.#sheet = sheet;
    this.#book = book;
    sheet.properties.outlineProperties = { summaryBelow: false, summaryRight: false };
    sheet.properties.defaultRowHeight = DEFAULT_HEIGHT;
  }

  /** Absolute address with the sheet, for formulas of other sheets. */
  at(column: number, row: number): string {
    return `${quoted(this.name)}!$${columnName(column)}$${row}`;
  }

  /** Absolute range of one column with the sheet. */
  span(column: number, from: number, to: number): string {
    const name = columnName(column);
    return `${quoted(this.name)}!$${name}$${from}:$${name}$${to}`;
  }

  widths(widths: readonly number[]): void {
    this.#columnCount = widths.length;
    widths.forEach((width, index) => {
      this.#sheet.getColumn(index + 1).width = width;
    });
  }

  /** The block on top of every sheet: title, period, unit and source, and the notice of a demonstration. */
  titles(title: string, lines: readonly string[], lastColumn: number): void {
    this.#across(title, this.#book.styles.title, lastColumn, 22);
    lines.forEach((line, index) => {
      this.#across(line, index === 0 ? this.#book.styles.subtitle : this.#book.styles.source, lastColumn, 15);
    });
    const { notice } = this.#book.info;
    if (notice !== null) this.#across(notice, this.#book.styles.notice, lastColumn, 18);
    this.row++;
  }

  #across(text: string, style: Partial<Style>, lastColumn: number, height: number): void {
    const row = this.row++;
    this.#sheet.mergeCells(row, 1, row, lastColumn);
    this.#put(row, 1, text, style);
    this.#sheet.getRow(row).height = height;
  }

  /** Text over several columns, wrapped; the height follows from the length of the text. */
  words(text: string, style: Partial<Style>, from: number, to: number, height?: number): number {
    const row = this.row++;
    if (to > from) this.#sheet.mergeCells(row, from, row, to);
    this.#put(row, from, text, style);
    const width = this.#width(from, to);
    const needed = height ?? Math.max(1, linesOf(text, width)) * POINTS_PER_LINE + 2;
    this.#sheet.getRow(row).height = Math.max(needed, this.#sheet.getRow(row).height ?? 0);
    return row;
  }

  /** Text beside other text in the row `row`. */
  wordsAt(row: number, column: number, text: string, style: Partial<Style>, to = column): void {
    if (to > column) this.#sheet.mergeCells(row, column, row, to);
    this.#put(row, column, text, style);
  }

  /** An amount outside a table, framed so that it is seen as one to change. */
  amountAt(row: number, column: number, amount: bigint): void {
    this.#cell(row, column, amount, "rupiah", "subtotal", 0);
  }

  /** Takes the columns for lines above their header. */
  useColumns(columns: readonly Column[]): void {
    this.#columns = columns;
  }

  /** A value outside a table. */
  valueAt(row: number, column: number, value: CellValue, style: Partial<Style>): void {
    this.#put(row, column, value, style);
  }

  /** Heading of a block that does not span the sheet; the next row follows. */
  sectionAt(from: number, to: number, text: string): void {
    const row = this.row++;
    this.wordsAt(row, from, text, this.#book.styles.heading, to);
    this.#sheet.getRow(row).height = 18;
  }

  /** A line across the page. */
  rule(from: number, to: number): void {
    for (let column = from; column <= to; column++) this.#put(this.row, column, null, this.#book.styles.rule);
    this.#sheet.getRow(this.row++).height = 6;
  }

  height(row: number, points: number): void {
    this.#sheet.getRow(row).height = points;
  }

  /** Heading of a section inside a sheet. */
  heading(text: string, lastColumn: number): void {
    const row = this.words(text, this.#book.styles.heading, 1, lastColumn, 18);
    for (let column = 2; column <= lastColumn; column++) {
      this.#sheet.getCell(row, column).style = this.#book.styles.heading;
    }
  }

  /**
   * Starts a table: the header row (two rows when columns are grouped) and the row of column numbers that Indonesian
   * tables carry. Lines written afterwards follow these columns. Returns the first and last row of the header.
   */
  table(columns: readonly Column[], options: { setWidths?: boolean; numbers?: boolean } = {}): [number, number] {
    this.#columns = columns;
    if (options.setWidths !== false) this.widths(columns.map(({ width }) => width));
    const top = this.row;
    const { cells, merges, heights } = layHeader(columns);
    for (const { row, column, text } of cells) this.#put(top + row, column, text, this.#book.styles.header);
    for (const [row, column, lastRow, lastColumn] of merges) {
      this.#sheet.mergeCells(top + row, column, top + lastRow, lastColumn);
    }
    for (const [row, height] of heights.entries()) this.#sheet.getRow(top + row).height = height;
    const bottom = top + heights.length - 1;
    this.row = bottom + 1;
    if (options.numbers !== false) {
      columns.forEach(({ formula }, index) => {
        this.#put(this.row, index + 1, `(${formula ?? index + 1})`, this.#book.styles.columnNumber);
      });
      this.row++;
    }
    return [top, this.row - 1];
  }

  /** Writes one row of the table and returns its number. */
  line(values: readonly CellValue[], options: LineOptions = {}): number {
    const { look = "plain", level = 0, indent = 0 } = options;
    const row = this.row++;
    let tallest = 1;
    let indented = indent === 0;
    values.forEach((value, index) => {
      const column = this.#columns[index];
      if (!column) throw new Error(`row of ${values.length} values in a table of ${this.#columns.length}`);
      const steps = !indented && column.format === "text" ? indent : 0;
      if (steps > 0) indented = true;
      this.#cell(row, index + 1, value, column.format, look, steps);
      if (typeof value === "string" && column.format === "text") {
        const width = column.width - steps * 2;
        tallest = Math.max(tallest, linesOf(value, look === "plain" ? width : width / BOLD));
      }
    });
    const target = this.#sheet.getRow(row);
    target.height = tallest * POINTS_PER_LINE + 1.5;
    if (level === 0) return row;
    target.outlineLevel = level;
    this.#sheet.properties.outlineLevelRow = Math.max(level, this.#sheet.properties.outlineLevelRow);
    return row;
  }

  #cell(row: number, column: number, value: CellValue, format: CellFormat, look: RowLook, indent: number): void {
    const inner = typeof value === "object" && value !== null ? value.value : value;
    if (typeof inner === "bigint") this.#noteDigits(row, column, inner);
    const asText = typeof inner === "bigint" && !fitsCell(inner);
    const style = this.#book.styles.cell(format, look, indent, asText);
    this.#put(row, column, asText ? exactText(inner, this.#book.info.language) : value, style, format);
  }

  #noteDigits(row: number, column: number, amount: bigint): void {
    if (magnitude(amount) < SHOWN_LIMIT) return;
    const { exactNote, language } = this.#book.info;
    this.#notes.push(exactNote(`${columnName(column)}${row}`, exactText(amount, language)));
  }

  #put(row: number, column: number, value: CellValue, style: Partial<Style>, format: CellFormat = "text"): void {
    const cell = this.#sheet.getCell(row, column);
    cell.style = style;
    if (value === null) return;
    if (typeof value === "object") {
      cell.value = { formula: value.formula, result: plain(value.value, format) };
    } else {
      cell.value = plain(value, format);
    }
  }

  /** Adds the notes about amounts of more than 15 digits and returns how many there were. */
  notes(lastColumn: number): number {
    for (const note of this.#notes) this.words(note, this.#book.styles.footnote, 1, lastColumn);
    return this.#notes.length;
  }

  footnote(text: string, lastColumn: number): void {
    this.words(text, this.#book.styles.footnote, 1, lastColumn);
  }

  /** Keeps everything above `row` and left of `column` in sight. */
  freeze(row: number, column: number): void {
    const views = {
      state: "frozen",
      xSplit: column - 1,
      ySplit: row - 1,
      showGridLines: false,
      zoomScale: 90,
    } as const;
    this.#sheet.views = [{ ...views, topLeftCell: `${columnName(column)}${row}`, activeCell: "A1" }];
  }

  /** A sheet to be read like a page: no grid, nothing frozen. */
  page(): void {
    this.#sheet.views = [{ state: "normal", showGridLines: false, zoomScale: 100, activeCell: "A1" }];
  }

  /**
   * Starts a new page before the next row when a block of that height, in points, does not fit on this one.
   * `repeated` is the last row that is repeated on top of every page. Widths must be set.
   */
  keepTogether(block: number, repeated: number): void {
    const start = this.#pageStart;
    const above = start === 1 ? 0 : this.#heightOf(1, repeated);
    const used = above + this.#heightOf(start, this.row - 1);
    if (used + block <= pageHeight(this.#width(1, this.#columnCount))) return;
    this.#sheet.getRow(this.row - 1).addPageBreak();
    this.#pageStart = this.row;
  }

  #heightOf(first: number, last: number): number {
    let points = 0;
    for (let row = first; row <= last; row++) points += this.#sheet.getRow(row).height ?? DEFAULT_HEIGHT;
    return points;
  }

  filter(headerRow: number, lastColumn: number, lastRow: number): void {
    this.#sheet.autoFilter = `A${headerRow}:${columnName(lastColumn)}${lastRow}`;
  }

  /** Colours cells of a range whose text equals `text`. */
  highlight(range: string, text: string, fill: string, ink: string): void {
    const [first = ""] = range.split(":");
    this.#sheet.addConditionalFormatting({
      ref: range,
      rules: [
        {
          type: "expression",
          priority: 1,
          formulae: [`${first}="${text}"`],
          style: {
            font: { bold: true, color: { argb: ink } },
            fill: { type: "pattern", pattern: "solid", bgColor: { argb: fill } },
          },
        },
      ],
    });
  }

  /** Colours cells of a range that hold something else than `text`. */
  highlightOthers(range: string, text: string): void {
    const [first = ""] = range.split(":");
    const style = { fill: { type: "pattern", pattern: "solid", bgColor: { argb: COLOURS.amber } } } as const;
    const formulae = [`AND(${first}<>"",${first}<>"${text}")`];
    this.#sheet.addConditionalFormatting({ ref: range, rules: [{ type: "expression", priority: 1, formulae, style }] });
  }

  /** Does to the sheet what only forms need: locks, lists to choose from. */
  edit(change: (sheet: Worksheet) => Promise<void>): Promise<void> {
    return change(this.#sheet);
  }

  /** A4, one page wide, header rows repeated, names and page numbers at the edges. */
  print(options: PrintOptions): void {
    setUpPage(this.#sheet, this.#book.info, options);
  }

  #width(from: number, to: number): number {
    let width = 0;
    for (let column = from; column <= to; column++) width += this.#sheet.getColumn(column).width ?? 9;
    return width;
  }
}

const DAY_OR_MONTH = /^\d{4}-\d{2}(-\d{2})?$/;

function plain(value: string | bigint | number, format: CellFormat): string | number {
  if (typeof value === "bigint") return Number(value);
  if (typeof value === "number") return value;
  return (format === "date" || format === "month") && DAY_OR_MONTH.test(value) ? serialDay(value) : cellText(value);
}
