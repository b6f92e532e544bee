import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import JSZip from "jszip";
import { type TableRow, UnreadableFile } from "../../../src/extracts/readers/csv-parser.ts";
import { openSource, type Source } from "../../../src/extracts/readers/source.ts";
import { XLSX_LIMITS, type XlsxLimits } from "../../../src/extracts/readers/xlsx/limits.ts";
import { readXlsx, type XlsxOptions } from "../../../src/extracts/readers/xlsx.ts";

/** Parts of a workbook by name; `undefined` takes a part of `parts()` away. */
export type Parts = Record<string, string | Buffer | undefined>;

export const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
export const STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main";
export const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships";

export function relationships(entries: Record<string, [type: string, target: string]>): string {
  const list = Object.entries(entries).map(
    ([id, [type, target]]) => `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`,
  );
  return `<Relationships xmlns="${PACKAGE}">${list.join("")}</Relationships>`;
}

/** A worksheet with the given content of `sheetData`. */
export function sheet(rows: string, head = ""): string {
  return `<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="${MAIN}">${head}<sheetData>${rows}</sheetData></worksheet>`;
}

export function sharedStrings(items: string): string {
  return `<sst xmlns="${MAIN}">${items}</sst>`;
}

/** Styles 0, 1, 2 … with the given number formats: an id of a built-in one or a custom code. */
export function styles(...formats: (number | string)[]): string {
  const custom = formats.flatMap((format, index) =>
    typeof format === "string" ? [`<numFmt numFmtId="${200 + index}" formatCode="${escapeXml(format)}"/>`] : [],
  );
  const xfs = formats.map((format, index) => `<xf numFmtId="${typeof format === "string" ? 200 + index : format}"/>`);
  return `<styleSheet xmlns="${MAIN}"><numFmts>${custom.join("")}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${xfs.join("")}</cellXfs></styleSheet>`;
}

export function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

/** The parts of a workbook with one sheet, shared strings and styles, with some of them replaced. */
export function parts(replaced: Parts = {}): Parts {
  return {
    "[Content_Types].xml": "<Types/>",
    "_rels/.rels": relationships({ rId1: ["officeDocument", "xl/workbook.xml"] }),
    "xl/workbook.xml": `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="Data" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": relationships({
      rId1: ["worksheet", "worksheets/sheet1.xml"],
      rId2: ["sharedStrings", "sharedStrings.xml"],
      rId3: ["styles", "styles.xml"],
    }),
    "xl/worksheets/sheet1.xml": sheet('<row r="1"><c r="A1"><v>1</v></c></row>'),
    "xl/sharedStrings.xml": sharedStrings("<si><t>zero</t></si><si><t>one</t></si>"),
    "xl/styles.xml": styles(0),
    ...replaced,
  };
}

export async function zipOf(content: Parts, compression: "STORE" | "DEFLATE" = "DEFLATE"): Promise<Buffer> {
  const zip = new JSZip();
  for (const [name, text] of Object.entries(content)) if (text !== undefined) zip.file(name, text);
  return zip.generateAsync({ type: "nodebuffer", compression });
}

/** A workbook whose only sheet has this content of `sheetData`. */
export function workbookOf(rows: string, replaced: Parts = {}): Promise<Buffer> {
  return zipOf(parts({ "xl/worksheets/sheet1.xml": sheet(rows), ...replaced }));
}

export async function withSource<T>(file: Buffer, use: (source: Source) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "tandai-xlsx-"));
  try {
    const path = join(folder, "test.xlsx");
    await writeFile(path, file);
    return await use(await openSource(path));
  } finally {
    await rm(folder, { recursive: true });
  }
}

export async function collect(batches: AsyncIterable<TableRow[]>): Promise<TableRow[]> {
  const rows: TableRow[] = [];
  for await (const batch of batches) rows.push(...batch);
  return rows;
}

/** All rows of a workbook as `[row, ...cells]`. */
export function read(file: Buffer, options: XlsxOptions = {}): Promise<(number | string)[][]> {
  return withSource(file, async (source) =>
    (await collect(readXlsx(source, options))).map(({ row, cells }) => [row, ...cells]),
  );
}

/** The only cells of a workbook's rows, for tests of one cell a row. */
export async function readTexts(rows: string, replaced: Parts = {}): Promise<(string | number | undefined)[]> {
  return (await read(await workbookOf(rows, replaced))).map((cells) => cells.at(-1));
}

/** The refusal of a workbook; fails when it is read or when anything but a refusal is thrown. */
export async function refusal(file: Buffer, limits: Partial<XlsxLimits> = {}): Promise<UnreadableFile> {
  const outcome = await attempt(file, limits);
  if (outcome instanceof UnreadableFile) return outcome;
  throw new Error(`was read: ${JSON.stringify(outcome).slice(0, 200)}`);
}

/** The rows of a workbook or its refusal; anything else that is thrown is passed on. */
export async function attempt(
  file: Buffer,
  limits: Partial<XlsxLimits> = {},
): Promise<(number | string)[][] | UnreadableFile> {
  try {
    return await read(file, { limits: { ...XLSX_LIMITS, ...limits } });
  } catch (error) {
    if (error instanceof UnreadableFile) return error;
    throw error;
  }
}
