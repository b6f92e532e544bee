import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ExcelJS from "exceljs";
import JSZip from "jszip";
import { performanceExecutionWorkbook } from "../../reports/performance-execution.ts";
import { writeWorkbook } from "../../reports/write.ts";
import { translator } from "../../src/i18n/index.ts";
import { checkQuality } from "../../src/reporting/quality.ts";
import type { PerformanceExecution } from "../../src/reporting/types.ts";

/** A written workbook, its parts as text, and the same opened by exceljs. */
export interface OpenedWorkbook {
  bytes: Buffer;
  parts: Map<string, string>;
  book: ExcelJS.Workbook;
  sheet: (name: string) => ExcelJS.Worksheet;
}

/** Runs work with a folder that is thrown away afterwards. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "tandai-report-"));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The bytes of a report's workbook. */
export function workbookBytes(report: PerformanceExecution, linesPerSheet?: number): Promise<Buffer> {
  return inFolder(async (folder) => {
    const file = join(folder, "report.xlsx");
    const checks = checkQuality(report, translator(report.language));
    await writeWorkbook(performanceExecutionWorkbook(report, checks, linesPerSheet), file);
    return readFile(file);
  });
}

export async function openWorkbook(report: PerformanceExecution, linesPerSheet?: number): Promise<OpenedWorkbook> {
  return readWorkbook(await workbookBytes(report, linesPerSheet));
}

export async function readWorkbook(bytes: Buffer): Promise<OpenedWorkbook> {
  const zip = await JSZip.loadAsync(bytes);
  const parts = new Map<string, string>();
  for (const [name, entry] of Object.entries(zip.files)) parts.set(name, await entry.async("string"));
  const book = new ExcelJS.Workbook();
  // The declarations of exceljs know only the Buffer of an older Node.
  await book.xlsx.load(bytes as unknown as ExcelJS.Buffer);
  const sheet = (name: string): ExcelJS.Worksheet => {
    const found = book.getWorksheet(name);
    if (!found) throw new Error(`no sheet ${name}; there are ${book.worksheets.map((one) => one.name).join(", ")}`);
    return found;
  };
  return { bytes, parts, book, sheet };
}

/** Every formula cell of a sheet with its cached value. */
export function formulasOf(sheet: ExcelJS.Worksheet): { address: string; formula: string; result: unknown }[] {
  const found: { address: string; formula: string; result: unknown }[] = [];
  sheet.eachRow((row) => {
    row.eachCell((cell) => {
      if (cell.formula) found.push({ address: cell.address, formula: cell.formula, result: cell.result });
    });
  });
  return found;
}

/** Row of the first cell of a column that shows the text. */
export function rowOf(sheet: ExcelJS.Worksheet, column: number, text: string): number {
  for (let row = 1; row <= sheet.rowCount; row++) {
    if (sheet.getCell(row, column).text === text) return row;
  }
  throw new Error(`${sheet.name} has no ${JSON.stringify(text)} in column ${column}`);
}
