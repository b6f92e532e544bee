import type { XmlReader } from "./xml.ts";

const ESCAPE = /_x([0-9A-Fa-f]{4})_/g;

/**
 * Resolves `_xHHHH_`, the way SpreadsheetML writes characters that XML cannot hold (ISO/IEC 29500-1, 22.9.2.19).
 * Surrogates stay as they are written: half a character is no text.
 */
export function resolveEscapes(text: string): string {
  if (!text.includes("_x")) return text;
  return text.replace(ESCAPE, (written, hex: string) => {
    const code = Number.parseInt(hex, 16);
    return code >= 0xd800 && code <= 0xdfff ? written : String.fromCharCode(code);
  });
}

/** Takes white space off both ends, as a spreadsheet does with a text that is not marked `xml:space="preserve"`. */
export function trimXmlSpace(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isXmlSpace(text.charCodeAt(start))) start++;
  while (end > start && isXmlSpace(text.charCodeAt(end - 1))) end--;
  return text.slice(start, end);
}

function isXmlSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

/** Collects a string item (`si`, `is`): its text, or its rich text runs joined; phonetic runs (`rPh`) are left out. */
export class StringItem {
  text = "";
  readonly #reader: XmlReader;
  #run: string | null = null;
  #preserve = false;

  constructor(reader: XmlReader) {
    this.#reader = reader;
  }

  open(name: string, parent: string): void {
    if (name !== "t" || parent === "rPh") return;
    this.#run = "";
    this.#preserve = this.#reader.preservesSpace;
  }

  add(text: string): void {
    if (this.#run !== null) this.#run += text;
  }

  close(name: string): void {
    if (name !== "t" || this.#run === null) return;
    this.text += resolveEscapes(this.#preserve ? this.#run : trimXmlSpace(this.#run));
    this.#run = null;
  }
}
