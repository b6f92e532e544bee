import { escapeForRegExp, ItemLane, PLAIN_TEXT, resolveEntities } from "./item-lane.ts";
import { unreadable, type XlsxLimits } from "./limits.ts";
import type { XlsxPackage } from "./package.ts";
import { TextTable } from "./text-table.ts";
import { resolveEscapes, StringItem, trimXmlSpace } from "./texts.ts";
import { type Attributes, textOf, type XmlHandler, XmlReader } from "./xml.ts";

/**
 * The texts that cells of type `s` refer to by number.
 *
 * @throws UnreadableFile FILE-014 when the part is damaged or beyond a limit.
 */
export async function readSharedStrings(pkg: XlsxPackage, part: string, limits: XlsxLimits): Promise<TextTable> {
  const strings = new SharedStrings(part, limits);
  for await (const text of textOf(pkg.bytes(part, limits.sharedStringBytes), part)) strings.push(text);
  return strings.end();
}

class SharedStrings implements XmlHandler {
  readonly #part: string;
  readonly #limits: XlsxLimits;
  readonly #reader: XmlReader;
  readonly #lane: ItemLane;
  readonly #strings = new TextTable();
  #item: StringItem | null = null;
  #plain: RegExp | null = null;

  constructor(part: string, limits: XlsxLimits) {
    this.#part = part;
    this.#limits = limits;
    this.#reader = new XmlReader(part, this, limits);
    this.#lane = new ItemLane(this.#reader, (text, from, to) => this.#readPlain(text, from, to));
  }

  push(text: string): void {
    this.#lane.push(text);
    this.#drain();
  }

  end(): TextTable {
    this.#lane.finish();
    this.#drain();
    this.#reader.end();
    return this.#strings;
  }

  #drain(): void {
    while (this.#lane.step()) {
      if (this.#strings.length > this.#limits.sharedStrings) {
        throw unreadable(`${this.#part} > ${this.#limits.sharedStrings} teks/strings`);
      }
    }
  }

  open(name: string, _attributes: Attributes, parent: string): void {
    if (name === "si" && parent === "sst") this.#item = new StringItem(this.#reader);
    else this.#item?.open(name, parent);
  }

  text(text: string): void {
    this.#item?.add(text);
  }

  close(name: string, parent: string, tag: string): void {
    if (name !== "si" || parent !== "sst") {
      this.#item?.close(name);
      return;
    }
    this.#strings.push(this.#item?.text ?? "");
    this.#item = null;
    this.#plain ??= plainItem(tag.slice(0, -"si".length));
    this.#lane.itemEnds(tag);
  }

  #readPlain(text: string, from: number, to: number): boolean {
    if (!this.#plain) return false;
    this.#plain.lastIndex = from;
    const match = this.#plain.exec(text);
    if (!match || this.#plain.lastIndex !== to) return false;
    const content = resolveEntities(match[2] ?? "");
    if (content === null) return false;
    const preserve = match[1] !== undefined || this.#reader.preservesSpace;
    this.#strings.push(resolveEscapes(preserve ? content : trimXmlSpace(content)));
    return true;
  }
}

/** `<si><t>text</t></si>` with the prefix of the document. */
function plainItem(prefix: string): RegExp {
  const p = escapeForRegExp(prefix);
  return new RegExp(`[ \\t\\n\\r]*<${p}si><${p}t( xml:space="preserve")?>(${PLAIN_TEXT})</${p}t></${p}si>`, "y");
}
