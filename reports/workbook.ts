import ExcelJS from "exceljs";
import type { Language } from "../src/i18n/index.ts";
import type { BulkRows } from "./bulk-rows.ts";
import type { Chart } from "./chart.ts";
import { finishPackage, type SheetExtras } from "./package.ts";
import { Sheet } from "./sheet.ts";
import type { StreamedRows } from "./streamed-rows.ts";
import { Styles } from "./styles.ts";

/** What a workbook says about itself. Nothing else about the moment or the machine gets into the file. */
export interface WorkbookInfo {
  title: string;
  subject: string;
  company: string;
  language: Language;
  /** Stands as created and modified: derived from the data, so that the same inputs give the same bytes. */
  moment: Date;
  /** Printed on top and at the foot of every sheet; null for none. */
  notice: string | null;
  /** `Halaman &P dari &N`. */
  pageNumber: string;
  /** What to say under a table about amounts that a spreadsheet cannot show in full. */
  exactNote: (address: string, amount: string) => string;
}

/** Links inside the workbook that a sheet carries. */
export interface SheetLink {
  cell: string;
  sheet: string;
}

/**
 * The one place that knows exceljs. It lays out sheets in the house style; what exceljs cannot write (native charts,
 * links inside the workbook, long sheets at speed) is put into the package afterwards.
 */
export class ReportWorkbook {
  readonly styles: Styles;
  readonly info: WorkbookInfo;
  readonly #book = new ExcelJS.Workbook();
  readonly #sheets: Sheet[] = [];
  readonly #extras = new Map<Sheet, SheetExtras>();

  constructor(info: WorkbookInfo) {
    this.info = info;
    this.styles = new Styles(info.language);
    this.#book.title = info.title;
    this.#book.subject = info.subject;
    this.#book.company = info.company;
    this.#book.creator = "Tandai";
    this.#book.lastModifiedBy = "Tandai";
    this.#book.created = info.moment;
    this.#book.modified = info.moment;
  }

  /** Adds a sheet at the end. Sheets may be filled in any order. */
  sheet(name: string, tab: string): Sheet {
    const sheet = new Sheet(this.#book.addWorksheet(name, { properties: { tabColor: { argb: tab } } }), this);
    this.#sheets.push(sheet);
    this.#extras.set(sheet, { charts: [], links: [], bulk: null, streamed: null });
    return sheet;
  }

  get sheets(): number {
    return this.#sheets.length;
  }

  addChart(sheet: Sheet, chart: Chart): void {
    this.#extra(sheet).charts.push(chart);
  }

  addLink(sheet: Sheet, link: SheetLink): void {
    this.#extra(sheet).links.push(link);
  }

  /** Puts many rows under the last row of a sheet; that row is the pattern of their styles and is replaced. */
  addBulk(sheet: Sheet, rows: BulkRows): void {
    this.#extra(sheet).bulk = rows;
  }

  /**
   * Puts rows that come while they are written under the last rows of a sheet; the last two rows are the patterns of plain
   * and of flagged cells and are replaced.
   */
  addStream(sheet: Sheet, rows: StreamedRows): void {
    this.#extra(sheet).streamed = rows;
  }

  #extra(sheet: Sheet): SheetExtras {
    const extras = this.#extras.get(sheet);
    if (!extras) throw new Error(`sheet ${sheet.name} belongs to another workbook`);
    return extras;
  }

  /**
   * The finished file as a stream of bytes. `progress` counts the bytes of sheets that have been packed, in percent.
   */
  async pack(progress: (percent: number) => void): Promise<NodeJS.ReadableStream> {
    const written = Buffer.from(await this.#book.xlsx.writeBuffer());
    const extras = this.#sheets.map((sheet) => this.#extra(sheet));
    return finishPackage(written, extras, this.info.moment, progress);
  }
}
