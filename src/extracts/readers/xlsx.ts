import { type TableRow, UnreadableFile } from "./csv-parser.ts";
import type { Source } from "./source.ts";
import { XLSX_LIMITS, type XlsxLimits } from "./xlsx/limits.ts";
import { readSheet } from "./xlsx/sheet.ts";
import { openWorkbook, type Workbook, type Worksheet } from "./xlsx/workbook.ts";

export interface XlsxOptions {
  /** Name of the worksheet to read; without it the first visible one that has data. */
  sheet?: string;
  limits?: XlsxLimits;
}

/** A worksheet of a workbook. */
export interface SheetInfo {
  name: string;
  visible: boolean;
  /** Whether any cell holds a text; only the first visible sheet with data is read unless another is named. */
  hasData: boolean;
}

/**
 * Reads a worksheet as a stream of row batches (about 100 rows each). Only rows that hold any text come; their number is
 * the sheet's own. A row's cells stand at their columns, `""` where the sheet has none, and end with the last filled one,
 * so that rows differ in length.
 *
 * Cells are text: numbers in plain decimals, dates as `YYYY-MM-DD[ HH:MM:SS]`, `TRUE`/`FALSE`, errors as `#N/A`, formulas
 * as their cached value. Rows hidden or filtered away are read like any other. Damage may show only at the end of the
 * file, so rows count only when the stream ends without an error.
 *
 * @throws UnreadableFile FILE-001 (no sheet with data), FILE-006 (endless row), FILE-014 (damaged, protected by a
 * password, beyond a limit), FILE-013 (another kind of document, such as xlsb or docx).
 */
export async function* readXlsx(source: Source, options: XlsxOptions = {}): AsyncGenerator<TableRow[]> {
  const workbook = await openWorkbook(source.path, options.limits ?? XLSX_LIMITS, (bytes) => {
    source.progress.bytesRead += bytes;
  });
  source.found.date1904 = workbook.date1904;
  try {
    for (const sheet of workbook.sheets.filter((one) => isWanted(one, options.sheet))) {
      let hasData = false;
      for await (const rows of readSheet(workbook, sheet)) {
        hasData = true;
        yield rows;
      }
      if (hasData) return;
    }
  } finally {
    workbook.pkg.close();
  }
  throw new UnreadableFile("FILE-001", 1);
}

function isWanted(sheet: Worksheet, name: string | undefined): boolean {
  return name === undefined ? sheet.visible : sheet.name === name;
}

/**
 * The worksheets of a workbook in the order of their tabs.
 *
 * @throws UnreadableFile like `readXlsx`.
 */
export async function listSheets(source: Source, limits: XlsxLimits = XLSX_LIMITS): Promise<SheetInfo[]> {
  const workbook = await openWorkbook(source.path, limits);
  try {
    const sheets: SheetInfo[] = [];
    for (const sheet of workbook.sheets) {
      sheets.push({ name: sheet.name, visible: sheet.visible, hasData: await hasData(workbook, sheet) });
    }
    return sheets;
  } finally {
    workbook.pkg.close();
  }
}

async function hasData(workbook: Workbook, sheet: Worksheet): Promise<boolean> {
  for await (const _ of readSheet(workbook, sheet)) return true;
  return false;
}
