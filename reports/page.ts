import type { Worksheet } from "exceljs";
import { columnName } from "./cells.ts";
import { FONT } from "./styles.ts";
import type { WorkbookInfo } from "./workbook.ts";

/** How a sheet is printed. */
export interface PrintOptions {
  /** Rows repeated on every page, first and last; 0 for none. */
  repeat: [number, number];
  lastColumn: number;
  lastRow: number;
  /** Shrinks the sheet to a single page. */
  onePage?: boolean;
}

/** What an A4 page lying down holds between its margins: points in height, digits of the body font in width. */
const PAGE_HEIGHT = 500;
const PAGE_WIDTH = 145;

/** Points of rows that a page holds when columns of that width, in digits, are shrunk to fit it. */
export function pageHeight(width: number): number {
  return PAGE_HEIGHT * Math.max(1, width / PAGE_WIDTH);
}

/** Excel refuses a header or footer that is longer. */
const LONGEST_EDGE = 255;

/** A4 lying down, one page wide, header rows repeated, title and page number at the edges of every page. */
export function setUpPage(sheet: Worksheet, info: WorkbookInfo, options: PrintOptions): void {
  const { repeat, lastColumn, lastRow, onePage } = options;
  Object.assign(sheet.pageSetup, {
    paperSize: 9,
    orientation: "landscape",
    fitToPage: true,
    fitToWidth: 1,
    fitToHeight: onePage ? 1 : 0,
    horizontalCentered: true,
    margins: { left: 0.4, right: 0.4, top: 0.6, bottom: 0.6, header: 0.3, footer: 0.3 },
    printArea: `A$1:${columnName(lastColumn)}$${lastRow}`,
  });
  if (repeat[1] > 0) sheet.pageSetup.printTitlesRow = `${repeat[0]}:${repeat[1]}`;
  sheet.headerFooter.oddHeader = edge(["L", info.title], ["R", info.subject]);
  sheet.headerFooter.oddFooter = edge(["L", sheet.name], ["C", info.notice ?? "", "Bold", "&KC00000"]);
  sheet.headerFooter.oddFooter += `&R&"${FONT},Regular"&8${info.pageNumber}`;
}

/** Texts at places of a page edge, in the codes of headers and footers; the last gives way when all is too long. */
function edge(...texts: [place: string, text: string, weight?: string, colour?: string][]): string {
  const room = LONGEST_EDGE - 60;
  let used = 0;
  return texts
    .filter(([, text]) => text !== "")
    .map(([place, text, weight = "Regular", colour = ""]) => {
      const safe = text.slice(0, Math.max(0, room - used)).replaceAll("&", "&&");
      used += safe.length + 25;
      // A digit after the size would be read as part of it.
      const gap = /^\d/.test(safe) ? " " : "";
      return `&${place}&"${FONT},${weight}"&8${colour}${gap}${safe}`;
    })
    .join("");
}
