import { Readable } from "node:stream";
import JSZip from "jszip";
import { type BulkRows, bulkRowsXml, SharedStrings, shareTexts } from "./bulk-rows.ts";
import { quoted } from "./cells.ts";
import { type Chart, chartXml, drawingXml } from "./chart.ts";
import { type StreamedRows, streamedRowsXml } from "./streamed-rows.ts";
import { FONT } from "./styles.ts";
import type { SheetLink } from "./workbook.ts";
import { XML_HEAD, xml } from "./xml.ts";

/** What a sheet gets after exceljs has written it. */
export interface SheetExtras {
  charts: Chart[];
  links: SheetLink[];
  bulk: BulkRows | null;
  streamed: StreamedRows | null;
}

/** A part of the package: its text, or its bytes piece by piece. */
type Part = string | Readable;

const RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml";
const DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.drawing+xml";
const SHARED_STRINGS = "xl/sharedStrings.xml";
const CONTENT_TYPES = "[Content_Types].xml";
const STYLES = "xl/styles.xml";

/** The first font is that of the empty workbook: column widths are counted in its digits. exceljs fixes it to Calibri 11. */
const BODY_FONT = `<font><sz val="10"/><name val="${FONT}"/><family val="2"/></font>`;

/**
 * Adds charts, links and long sheets to the package that exceljs wrote, and packs it again in a fixed order with one
 * fixed date, so that equal contents are equal bytes. Sheet `n` of `extras` is `xl/worksheets/sheet<n+1>.xml`.
 */
export async function finishPackage(
  written: Buffer,
  extras: readonly SheetExtras[],
  moment: Date,
  progress: (percent: number) => void,
): Promise<NodeJS.ReadableStream> {
  const source = await JSZip.loadAsync(written);
  const parts = new Map<string, Part>();
  for (const name of Object.keys(source.files)) {
    const entry = source.files[name];
    if (entry && !entry.dir) parts.set(name, await entry.async("string"));
  }
  const finisher = new Finisher(parts);
  extras.forEach((extra, index) => {
    finisher.finishSheet(index + 1, extra);
  });
  finisher.close();
  return repack(parts, moment, progress);
}

function repack(parts: Map<string, Part>, moment: Date, progress: (percent: number) => void): NodeJS.ReadableStream {
  const target = new JSZip();
  for (const name of [...parts.keys()].sort()) {
    target.file(name, parts.get(name) ?? "", { date: moment, createFolders: false, unixPermissions: 0o644 });
  }
  return target.generateNodeStream(
    {
      type: "nodebuffer",
      compression: "DEFLATE",
      compressionOptions: { level: 4 },
      streamFiles: true,
      platform: "UNIX",
    },
    ({ percent }) => progress(percent),
  );
}

class Finisher {
  readonly #parts: Map<string, Part>;
  readonly #strings: SharedStrings;
  readonly #types: string[] = [];
  #charts = 0;
  #drawings = 0;

  constructor(parts: Map<string, Part>) {
    this.#parts = parts;
    this.#strings = new SharedStrings((this.#text(SHARED_STRINGS).match(/<si>/g) ?? []).length);
  }

  #text(name: string): string {
    const part = this.#parts.get(name);
    if (typeof part !== "string") throw new Error(`the package has no ${name}`);
    return part;
  }

  finishSheet(number: number, extra: SheetExtras): void {
    const name = `xl/worksheets/sheet${number}.xml`;
    let sheet = this.#text(name).replace(MISPLACED_OUTLINE, "$2$1");
    if (extra.links.length > 0) sheet = insertBefore(sheet, PRINT_PART, linksXml(extra.links));
    if (extra.charts.length > 0) {
      sheet = sheet.replace("</worksheet>", `<drawing r:id="rId1"/></worksheet>`);
      this.#addDrawing(number, extra.charts);
    }
    if (extra.streamed) this.#parts.set(name, withStream(sheet, extra.streamed));
    else this.#parts.set(name, extra.bulk ? this.#withRows(sheet, extra.bulk) : sheet);
  }

  #addDrawing(sheet: number, charts: readonly Chart[]): void {
    const drawing = ++this.#drawings;
    const relations = charts.map((chart, index) => {
      const id = ++this.#charts;
      this.#parts.set(`xl/charts/chart${id}.xml`, chartXml(chart));
      this.#types.push(`<Override PartName="/xl/charts/chart${id}.xml" ContentType="${CHART_TYPE}"/>`);
      return relation(index + 1, "chart", `../charts/chart${id}.xml`);
    });
    this.#parts.set(`xl/drawings/drawing${drawing}.xml`, drawingXml(charts));
    this.#parts.set(`xl/drawings/_rels/drawing${drawing}.xml.rels`, relationsXml(relations));
    this.#parts.set(
      `xl/worksheets/_rels/sheet${sheet}.xml.rels`,
      relationsXml([relation(1, "drawing", `../drawings/drawing${drawing}.xml`)]),
    );
    this.#types.push(`<Override PartName="/xl/drawings/drawing${drawing}.xml" ContentType="${DRAWING_TYPE}"/>`);
  }

  /** Puts the rows in place of the last row of the sheet, which carries their styles. */
  #withRows(sheet: string, bulk: BulkRows): Part {
    if (bulk.count === 0) return sheet;
    const { head, tail, firstRow, patterns } = cutPatterns(sheet, 1, bulk.count);
    shareTexts(bulk, this.#strings);
    const strings = this.#strings;
    return Readable.from(
      (function* () {
        yield Buffer.from(head);
        yield* bulkRowsXml(bulk, firstRow, patterns[0] ?? [], strings);
        yield Buffer.from(tail);
      })(),
      { objectMode: false },
    );
  }

  close(): void {
    this.#parts.set(STYLES, this.#text(STYLES).replace(/<font>.*?<\/font>/, BODY_FONT));
    this.#parts.set(SHARED_STRINGS, this.#strings.extend(this.#text(SHARED_STRINGS)));
    const types = this.#text(CONTENT_TYPES);
    this.#parts.set(CONTENT_TYPES, types.replace("</Types>", `${this.#types.join("")}</Types>`));
  }
}

/** A sheet around its rows: what comes before and after the pattern rows, and the style numbers of those. */
interface CutSheet {
  head: string;
  tail: string;
  /** Row of the first pattern. */
  firstRow: number;
  patterns: string[][];
}

/** Cuts the last rows, the patterns, out of a sheet that will have `count` rows in their place. */
function cutPatterns(sheet: string, patterns: number, count: number): CutSheet {
  const end = sheet.indexOf("</sheetData>");
  let start = end;
  const rows: string[] = [];
  for (let index = 0; index < patterns; index++) {
    const before = sheet.lastIndexOf("<row ", start - 1);
    rows.unshift(sheet.slice(before, start));
    start = before;
  }
  const firstRow = Number(/^<row r="(\d+)"/.exec(rows[0] ?? "")?.[1]);
  const head = sheet
    .slice(0, start)
    .replace(/<dimension ref="A1:([A-Z]+)\d+"\/>/, `<dimension ref="A1:$1${Math.max(firstRow + count - 1, 1)}"/>`);
  const styles = (row: string) => [...row.matchAll(/<c r="[A-Z]+\d+" s="(\d+)"/g)].map(([, style = "0"]) => style);
  return { head, tail: sheet.slice(end), firstRow, patterns: rows.map(styles) };
}

function withStream(sheet: string, rows: StreamedRows): Part {
  const { head, tail, firstRow, patterns } = cutPatterns(sheet, 2, rows.count);
  const [plain = [], flagged = []] = patterns;
  return Readable.from(
    (async function* () {
      yield Buffer.from(head);
      yield* streamedRowsXml(rows, firstRow, { plain, flagged });
      yield Buffer.from(tail);
    })(),
    { objectMode: false },
  );
}

/** exceljs writes these two in the wrong order (ECMA-376 part 1 §18.3.1.82 is a sequence). */
const MISPLACED_OUTLINE = /(<pageSetUpPr [^>]*\/>)(<outlinePr [^>]*\/>)/;

/** Everything that may follow links in a sheet (ECMA-376 part 1 §18.3.1.99). */
const PRINT_PART = /<(printOptions|pageMargins|pageSetup|headerFooter)[ />]/;

function insertBefore(document: string, place: RegExp, text: string): string {
  const index = document.search(place);
  if (index < 0) throw new Error("the sheet has no print settings");
  return document.slice(0, index) + text + document.slice(index);
}

function linksXml(links: readonly SheetLink[]): string {
  const items = links.map(
    ({ cell, sheet }) => `<hyperlink ref="${cell}" location="${xml(`${quoted(sheet)}!A1`)}" display="${xml(sheet)}"/>`,
  );
  return `<hyperlinks>${items.join("")}</hyperlinks>`;
}

function relation(id: number, type: string, target: string): string {
  return `<Relationship Id="rId${id}" Type="${OFFICE}/${type}" Target="${target}"/>`;
}

function relationsXml(relations: readonly string[]): string {
  return `${XML_HEAD}<Relationships xmlns="${RELATIONS}">${relations.join("")}</Relationships>`;
}
