import type { TableRow } from "../csv-parser.ts";
import type { CellContent } from "./cells.ts";
import { ItemLane } from "./item-lane.ts";
import { unreadable } from "./limits.ts";
import { PlainRows } from "./plain-rows.ts";
import { RowBuilder } from "./row-builder.ts";
import { StringItem } from "./texts.ts";
import type { Workbook, Worksheet } from "./workbook.ts";
import { type Attributes, textOf, type XmlHandler, XmlReader } from "./xml.ts";

/** So few that a batch is garbage before the collector takes its cells for old ones, which would pile up. */
const BATCH_ROWS = 128;
/** Rows are given out earlier when they are so wide that many of them would take much memory. */
const BATCH_CELLS = 250_000;

/**
 * The rows of a worksheet that hold any text, in batches, while the part is inflated.
 *
 * @throws UnreadableFile FILE-006 (a row beyond the limit), FILE-014 (damaged or beyond another limit).
 */
export async function* readSheet(workbook: Workbook, sheet: Worksheet): AsyncGenerator<TableRow[]> {
  const { pkg, limits } = workbook;
  const rows = new RowBuilder(sheet.part, workbook);
  const { reader, lane } = new SheetHandler(sheet.part, rows, workbook);
  for await (const text of textOf(pkg.bytes(sheet.part, limits.unpackedBytes), sheet.part)) {
    lane.push(text);
    yield* fullBatches(lane, rows);
  }
  lane.finish();
  yield* fullBatches(lane, rows);
  reader.end();
  if (rows.length > 0) yield rows.take();
}

function* fullBatches(lane: ItemLane, rows: RowBuilder): Generator<TableRow[]> {
  while (lane.step()) {
    if (rows.length >= BATCH_ROWS || rows.waiting >= BATCH_CELLS) yield rows.take();
  }
}

/** Follows the XML of a worksheet; everything outside `sheetData` is passed over. */
class SheetHandler implements XmlHandler {
  readonly reader: XmlReader;
  readonly lane: ItemLane;
  readonly #part: string;
  readonly #rows: RowBuilder;
  #plain: PlainRows | null = null;
  #inWorksheet = false;
  #reference: string | null = null;
  #cell: CellContent | null = null;
  #target: "value" | "formula" | null = null;
  #inline: StringItem | null = null;

  constructor(part: string, rows: RowBuilder, workbook: Workbook) {
    this.#part = part;
    this.#rows = rows;
    this.reader = new XmlReader(part, this, workbook.limits);
    this.lane = new ItemLane(
      this.reader,
      (text, from, to) => this.#plain?.read(text, from, to, this.reader.preservesSpace) ?? false,
    );
  }

  open(name: string, attributes: Attributes, parent: string): void {
    if (!this.#inWorksheet && name !== "worksheet") throw unreadable(`${this.#part}: worksheet?`);
    this.#inWorksheet = true;
    if (name === "row" && parent === "sheetData") this.#openRow(attributes);
    else if (name === "c" && parent === "row") this.#openCell(attributes);
    else if (this.#cell) this.#openContent(this.#cell, name, parent);
  }

  text(text: string): void {
    if (this.#cell && this.#target) this.#cell[this.#target] += text;
    else this.#inline?.add(text);
  }

  close(name: string, parent: string, tag: string): void {
    if (name === "row" && parent === "sheetData") this.#closeRow(tag);
    else if (name === "c" && parent === "row") this.#closeCell();
    else if (this.#cell) this.#closeContent(this.#cell, name, parent);
  }

  #openRow(attributes: Attributes): void {
    this.#rows.begin(attributes.get("r"));
    this.reader.row = this.#rows.row;
  }

  #openCell(attributes: Attributes): void {
    this.#reference = attributes.get("r");
    const [type, style] = [attributes.get("t"), attributes.get("s")];
    this.#cell = { type, style, value: null, formula: null, inline: null };
  }

  #openContent(cell: CellContent, name: string, parent: string): void {
    if (parent !== "c") {
      this.#inline?.open(name, parent);
    } else if (name === "v" || name === "f") {
      this.#target = name === "v" ? "value" : "formula";
      cell[this.#target] = "";
    } else if (name === "is") {
      this.#inline = new StringItem(this.reader);
    }
  }

  #closeContent(cell: CellContent, name: string, parent: string): void {
    if (parent !== "c") {
      this.#inline?.close(name);
      return;
    }
    this.#target = null;
    if (name === "is") {
      cell.inline = this.#inline?.text ?? "";
      this.#inline = null;
    }
  }

  #closeCell(): void {
    if (this.#cell) this.#rows.addAt(this.#reference, this.#cell);
    this.#cell = null;
  }

  #closeRow(tag: string): void {
    this.#rows.end();
    this.#plain ??= new PlainRows(this.#rows, tag.slice(0, -"row".length));
    this.#plain.learn();
    this.lane.itemEnds(tag);
  }
}
