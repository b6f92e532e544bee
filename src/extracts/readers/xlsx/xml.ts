import { TextDecoder } from "node:util";
import { SaxesParser, type SaxesTagNS } from "saxes";
import { asUnreadable, unreadable, type XlsxLimits } from "./limits.ts";
import type { XlsxPackage } from "./package.ts";

/** Namespaces of the parts that are read, transitional and strict (ISO/IEC 29500-1, -4) and of relationships (-2). */
const NAMESPACES: ReadonlySet<string> = new Set([
  "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
  "http://purl.oclc.org/ooxml/spreadsheetml/main",
  "http://schemas.openxmlformats.org/package/2006/relationships",
]);

const XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace";
const MAX_DEPTH = 256;
const ENCODINGS = /^(?:utf-?8|us-ascii|utf-?16(?:le|be)?)$/i;

/** The attributes of an element. */
export interface Attributes {
  /** The value of an attribute without prefix. */
  get(name: string): string | null;
  /** The relationship id, `r:id` whatever its prefix is. */
  relationshipId(): string | null;
}

/**
 * Receives the elements of a part. Names are local names; an element of a foreign namespace (extensions, compatibility
 * blocks) has the name `""`, and so has the parent of its children.
 */
export interface XmlHandler {
  open(name: string, attributes: Attributes, parent: string): void;
  text?(text: string): void;
  /** `tag` is the name as written, with its prefix. */
  close?(name: string, parent: string, tag: string): void;
}

/** A part's XML as a push parser: namespaces resolved, any error of form and any DOCTYPE refused, sizes bounded. */
export class XmlReader {
  /** Row of the sheet that is being read; refusals name it. */
  row = 1;
  readonly #part: string;
  readonly #limits: XlsxLimits;
  readonly #handler: XmlHandler;
  readonly #parser = new SaxesParser({ xmlns: true, position: false });
  readonly #path: string[] = [];
  /** Characters since the last event: the length of an unfinished text or tag, which the parser holds in memory. */
  #pending = 0;
  /** Depth of the outermost element that says `xml:space="preserve"`; 0 when there is none. */
  #preservedFrom = 0;

  constructor(part: string, handler: XmlHandler, limits: XlsxLimits) {
    this.#part = part;
    this.#handler = handler;
    this.#limits = limits;
    const parser = this.#parser;
    // Six handlers and no more: with a seventh V8 keeps the parser's properties in a dictionary, four times as slow.
    parser.on("error", (error) => this.#refuse(error.message));
    parser.on("doctype", () => this.#refuse("DOCTYPE"));
    parser.on("opentag", (tag) => this.#open(tag));
    parser.on("closetag", (tag) => this.#close(tag));
    parser.on("text", (text) => this.#text(text));
    parser.on("cdata", (text) => this.#text(text));
  }

  /** Whether white space at the ends of a text counts, said by an element that is open now. */
  get preservesSpace(): boolean {
    return this.#preservedFrom > 0;
  }

  write(text: string): void {
    this.#pending += text.length;
    this.#parser.write(text);
    if (this.#pending > this.#limits.textCharacters) {
      this.#refuse(`> ${this.#limits.textCharacters} karakter/characters`);
    }
  }

  /** @throws UnreadableFile FILE-014 when the document is not complete. */
  end(): void {
    this.#parser.close();
  }

  #open(tag: SaxesTagNS): void {
    this.#pending = 0;
    if (this.#path.length === 0) this.#checkDeclaration();
    const parent = this.#path.at(-1) ?? "";
    const name = NAMESPACES.has(tag.uri) ? tag.local : "";
    if (this.#path.push(name) > MAX_DEPTH) this.#refuse(`> ${MAX_DEPTH} tingkat/levels`);
    if (this.#preservedFrom === 0 && preservesSpace(tag)) this.#preservedFrom = this.#path.length;
    this.#handler.open(name, attributesOf(tag), parent);
  }

  #close(tag: SaxesTagNS): void {
    this.#pending = 0;
    const name = this.#path.pop() ?? "";
    this.#handler.close?.(name, this.#path.at(-1) ?? "", tag.name);
    if (this.#path.length < this.#preservedFrom) this.#preservedFrom = 0;
  }

  #text(text: string): void {
    this.#pending = 0;
    this.#handler.text?.(text);
  }

  #checkDeclaration(): void {
    const { version = "1.0", encoding = "UTF-8" } = this.#parser.xmlDecl;
    if (version !== "1.0") this.#refuse(`XML ${version}`);
    if (!ENCODINGS.test(encoding)) this.#refuse(`encoding ${encoding}`);
  }

  #refuse(detail: string): never {
    throw unreadable(`${this.#part}: ${detail}`, this.row);
  }
}

function preservesSpace(tag: SaxesTagNS): boolean {
  const space = tag.attributes["xml:space"];
  return space !== undefined && space.uri === XML_NAMESPACE && space.value === "preserve";
}

function attributesOf(tag: SaxesTagNS): Attributes {
  return {
    get: (name) => tag.attributes[name]?.value ?? null,
    relationshipId: () => {
      const ids = Object.values(tag.attributes).filter(({ local }) => local === "id");
      return ids.find(({ uri }) => uri.endsWith("/relationships"))?.value ?? null;
    },
  };
}

/** Bytes that become text at once: so few that the text is garbage before the collector takes it for an old one. */
const PIECE = 16_384;

/** Decodes the bytes of a part: UTF-8 or UTF-16, by its byte order mark or first characters (XML 1.0, appendix F). */
export async function* textOf(bytes: AsyncIterable<Buffer>, part: string): AsyncGenerator<string> {
  let decoder: TextDecoder | null = null;
  let head = Buffer.alloc(0);
  try {
    for await (const chunk of bytes) {
      if (decoder) {
        for (let start = 0; start < chunk.length; start += PIECE) {
          yield decoder.decode(chunk.subarray(start, start + PIECE), { stream: true });
        }
        continue;
      }
      head = Buffer.concat([head, chunk]);
      if (head.length < 4) continue;
      decoder = new TextDecoder(encodingOf(head), { fatal: true });
      yield decoder.decode(head, { stream: true });
    }
    yield decoder ? decoder.decode() : "";
  } catch (error) {
    throw asUnreadable(error, part);
  }
}

function encodingOf(head: Buffer): "utf-8" | "utf-16le" | "utf-16be" {
  const [first = 0, second = 0] = head;
  if ((first === 0xff && second === 0xfe) || (first === 0x3c && second === 0)) return "utf-16le";
  if ((first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c)) return "utf-16be";
  return "utf-8";
}

/**
 * Reads a whole describing part (workbook, relationships, styles).
 *
 * @throws UnreadableFile FILE-014 when it is missing, damaged or beyond a limit.
 */
export async function readPart(pkg: XlsxPackage, part: string, handler: XmlHandler, limits: XlsxLimits): Promise<void> {
  const reader = new XmlReader(part, handler, limits);
  for await (const text of textOf(pkg.bytes(part, limits.describingBytes), part)) reader.write(text);
  reader.end();
}
