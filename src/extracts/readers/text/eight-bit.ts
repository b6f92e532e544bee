import { isAscii, isUtf8 } from "node:buffer";
import { type Encoding, NotText, type TextBytes } from "./not-text.ts";

/** What Windows-1252 has at 0x80–0x9f; NUL where it has nothing. Everywhere else it is Latin-1. */
const AT_0X80 = "€\0‚ƒ„…†‡ˆ‰Š‹Œ\0Ž\0\0‘’“”•–—˜™š›œ\0žŸ";
const C1 = /[\u0080-\u009f]/g;
const WINDOWS = "UTF-8 / Windows-1252";

/** A real Windows-1252 text is mostly ASCII: at most one byte in so many is not. */
const MIN_BYTES_PER_HIGH = 4;

/** Control characters that occur in text: tab, line feed, vertical tab, form feed, carriage return, end of file (DOS). */
const TEXT_CONTROLS: ReadonlySet<number> = new Set([9, 10, 11, 12, 13, 26]);

/**
 * Text in UTF-8, or else in Windows-1252. The whole text decides: the first character beyond ASCII says which of the two
 * it can be, and every later one must agree. A text in which both occur, or which has bytes that neither knows, is
 * refused where that shows: nobody could say which of its characters are the right ones. Plain ASCII and UTF-8 pass
 * through as they are.
 */
export class EightBitBytes implements TextBytes {
  #kind: "ascii" | "utf-8" | "windows-1252";
  #rest = Buffer.alloc(0);
  #bytes = 0;
  #high = 0;

  /** @param kind `utf-8` when a byte order mark has said so */
  constructor(kind: "ascii" | "utf-8") {
    this.#kind = kind;
  }

  get encoding(): Encoding {
    return this.#kind === "windows-1252" ? "windows-1252" : "utf-8";
  }

  push(chunk: Buffer): Buffer {
    const nul = chunk.indexOf(0);
    if (nul !== -1) throw new NotText("FILE-002", "NUL", this.#upTo(chunk.subarray(0, nul)));
    this.#bytes += chunk.length;
    // Nearly every ledger file is plain ASCII.
    if (this.#rest.length === 0 && isAscii(chunk)) return chunk;
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const end = wholeCharacters(bytes);
    this.#rest = Buffer.from(bytes.subarray(end));
    return this.#read(bytes.subarray(0, end));
  }

  finish(): Buffer {
    const last = this.#rest;
    // A file that ends in the middle of its only character beyond ASCII was cut off.
    if (last.length > 0 && this.#kind !== "windows-1252") throw new NotText("FILE-007", WINDOWS);
    const text = this.#read(last);
    if (this.#kind === "windows-1252" && this.#high * MIN_BYTES_PER_HIGH > this.#bytes) {
      throw new NotText("FILE-007", WINDOWS, text);
    }
    return text;
  }

  #read(bytes: Buffer): Buffer {
    if (isAscii(bytes)) return bytes;
    if (this.#kind !== "windows-1252" && isUtf8(bytes)) {
      this.#kind = "utf-8";
      return bytes;
    }
    this.#check(bytes);
    return fromWindows(bytes);
  }

  /** Sees to it that all of the bytes are Windows-1252, as those before. @throws NotText */
  #check(bytes: Buffer): void {
    for (let at = 0; at < bytes.length; at++) {
      const byte = bytes[at] ?? 0;
      if (byte < 0x80) {
        if (byte >= 0x20 || TEXT_CONTROLS.has(byte)) continue;
        if (this.#kind === "windows-1252") throw new NotText("FILE-007", WINDOWS, fromWindows(bytes.subarray(0, at)));
        continue;
      }
      const length = characterLength(bytes, at);
      if (this.#kind === "ascii") this.#kind = length > 0 ? "utf-8" : "windows-1252";
      if (this.#kind === "utf-8") {
        if (length === 0) throw new NotText("FILE-007", WINDOWS, bytes.subarray(0, at));
        at += length - 1;
        continue;
      }
      if (length > 0 || isUndefined(byte)) throw new NotText("FILE-007", WINDOWS, fromWindows(bytes.subarray(0, at)));
      this.#high++;
    }
  }

  /** The text before a NUL, only for the number of its row. */
  #upTo(bytes: Buffer): Buffer {
    const all = Buffer.concat([this.#rest, bytes]);
    return isUtf8(all) ? all : fromWindows(all);
  }
}

function fromWindows(bytes: Buffer): Buffer {
  return Buffer.from(
    bytes.toString("latin1").replace(C1, (character) => AT_0X80[character.charCodeAt(0) - 0x80] ?? ""),
  );
}

function isUndefined(byte: number): boolean {
  return byte < 0xa0 && AT_0X80[byte - 0x80] === "\0";
}

/** Where a character that may go on in the next piece begins; the length of the bytes when there is none. */
function wholeCharacters(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) break;
    if (byte >= 0xc0) return leadLength(byte) > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

/** How many bytes a UTF-8 character with this first byte has; 0 when no character begins so. */
function leadLength(byte: number): number {
  if (byte >= 0xc2 && byte < 0xe0) return 2;
  if (byte >= 0xe0 && byte < 0xf0) return 3;
  return byte >= 0xf0 && byte < 0xf5 ? 4 : 0;
}

/** Length of the well-formed UTF-8 character at a place; 0 when there is none. */
function characterLength(bytes: Buffer, at: number): number {
  const length = leadLength(bytes[at] ?? 0);
  return length > 0 && at + length <= bytes.length && isUtf8(bytes.subarray(at, at + length)) ? length : 0;
}
