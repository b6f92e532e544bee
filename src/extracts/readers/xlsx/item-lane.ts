import type { XmlReader } from "./xml.ts";

/** Text without a known item end is fed to the parser in slices of this size, so that no step makes much at once. */
const SLICE = 4096;

/** An item longer than this is not waited for. */
const MAX_ITEM = 2 ** 20;

/** Reads an item such as a row at `text[from, to)` by itself if it is of the plainest form; false leaves it to the parser. */
export type ReadPlain = (text: string, from: number, to: number) => boolean;

/**
 * Feeds a part whose content is a long list of like items (rows, shared strings) to the XML parser, except those items
 * that are so plain that one regular expression reads them, which is several times faster. The parser stays in charge:
 * an item bypasses it only while the parser stands exactly behind the end of an item of the same list, so that leaving
 * out a whole well-formed element changes nothing for it.
 */
export class ItemLane {
  readonly #reader: XmlReader;
  readonly #readPlain: ReadPlain;
  #text = "";
  /** Everything before is done. */
  #position = 0;
  /** No item ends between the position and here. */
  #searched = 0;
  /** `</row>` with the prefix of this document; null until the first item has ended. */
  #endTag: string | null = null;
  /** Whether the parser stands exactly behind the end of an item. */
  #atRest = false;
  #finished = false;

  constructor(reader: XmlReader, readPlain: ReadPlain) {
    this.#reader = reader;
    this.#readPlain = readPlain;
  }

  /** To be called by the handler of the parser when an item of the list ends; `tag` is its name as written. */
  itemEnds(tag: string): void {
    this.#endTag ??= `</${tag}>`;
    this.#atRest = true;
  }

  push(text: string): void {
    this.#text = this.#text.slice(this.#position) + text;
    this.#searched -= this.#position;
    this.#position = 0;
  }

  /** Handles one item or one slice; false when more text is needed. */
  step(): boolean {
    const end = this.#endOfItem();
    if (end === -1) return this.#mayWait() ? false : this.#parseSlice();
    const bypasses = this.#atRest && this.#readPlain(this.#text, this.#position, end);
    if (!bypasses && end - this.#position > SLICE) return this.#parseSlice();
    if (!bypasses) this.#parseItem(end);
    this.#position = end;
    this.#searched = end;
    return true;
  }

  /** No more text comes: the steps after this hand over what is left. */
  finish(): void {
    this.#finished = true;
  }

  /** Index behind the next end tag; -1 when it is not here yet. */
  #endOfItem(): number {
    if (this.#endTag === null) return -1;
    const start = this.#text.indexOf(this.#endTag, this.#searched);
    if (start !== -1) return start + this.#endTag.length;
    this.#searched = Math.max(this.#position, this.#text.length - this.#endTag.length);
    return -1;
  }

  #mayWait(): boolean {
    return !this.#finished && this.#endTag !== null && this.#text.length - this.#position < MAX_ITEM;
  }

  /** The last character goes alone: only if it is what ends the item is the parser at rest (and not in a comment). */
  #parseItem(end: number): void {
    this.#reader.write(this.#text.slice(this.#position, end - 1));
    this.#atRest = false;
    this.#reader.write(this.#text.slice(end - 1, end));
  }

  #parseSlice(): boolean {
    if (this.#position === this.#text.length) return false;
    const end = Math.min(this.#position + SLICE, this.#text.length);
    this.#reader.write(this.#text.slice(this.#position, end));
    this.#atRest = false;
    this.#position = end;
    this.#searched = Math.max(this.#searched, end);
    return true;
  }
}

/** Characters of a plain text: valid in XML and untouched by its normalisation of line ends. */
export const PLAIN_TEXT = "[\\t\\n -;=?-\\ufffd]*";

const ENTITY = /&(?:(amp|lt|gt|quot|apos);)?/g;
const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** Resolves the five named entities of XML; null when there is any other use of `&`. */
export function resolveEntities(text: string): string | null {
  if (!text.includes("&")) return text;
  let known = true;
  const resolved = text.replace(ENTITY, (_, name: string | undefined) => {
    if (name === undefined) known = false;
    return ENTITIES[name ?? ""] ?? "";
  });
  return known ? resolved : null;
}

/** A tag name or prefix as part of a regular expression. */
export function escapeForRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
