import { type Encoding, NotText, type TextBytes } from "./not-text.ts";

const LONE_SURROGATE = /\p{Surrogate}/u;

/** UTF-16 to UTF-8. A NUL character is the mark of a binary file; half a character is no text. */
export class Utf16Bytes implements TextBytes {
  readonly encoding: Encoding;
  #rest = Buffer.alloc(0);

  constructor(encoding: "utf-16le" | "utf-16be") {
    this.encoding = encoding;
  }

  push(chunk: Buffer): Buffer {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const end = this.#wholeCharacters(bytes);
    this.#rest = Buffer.from(bytes.subarray(end));
    const text = textOf(bytes.subarray(0, end), this.encoding);
    const nul = text.indexOf("\0");
    if (nul !== -1) throw new NotText("FILE-002", "NUL", Buffer.from(text.slice(0, nul)));
    const lone = text.search(LONE_SURROGATE);
    if (lone !== -1) throw new NotText("FILE-007", "UTF-16", Buffer.from(text.slice(0, lone)));
    return Buffer.from(text);
  }

  finish(): Buffer {
    if (this.#rest.length > 0) throw new NotText("FILE-007", "UTF-16");
    return this.#rest;
  }

  /** How many bytes hold whole characters: an even number, and no surrogate at the end that waits for its other half. */
  #wholeCharacters(bytes: Buffer): number {
    const even = bytes.length - (bytes.length % 2);
    if (even === 0) return 0;
    const last = this.encoding === "utf-16le" ? bytes.readUInt16LE(even - 2) : bytes.readUInt16BE(even - 2);
    return last >= 0xd800 && last < 0xdc00 ? even - 2 : even;
  }
}

function textOf(bytes: Buffer, encoding: Encoding): string {
  return (encoding === "utf-16le" ? bytes : Buffer.from(bytes).swap16()).toString("utf16le");
}

const MIN_UNITS = 8;
const PLAIN = /^[\t\n\r\u0020-\u007e\u00a0-\ufffd]*$/;

/**
 * UTF-16 without a byte order mark, when the bytes leave no doubt: nearly every second byte is zero, on one side only,
 * and what they spell is plain text. Null in all other cases.
 */
export function guessUtf16(head: Buffer): "utf-16le" | "utf-16be" | null {
  const bytes = head.subarray(0, head.length - (head.length % 2));
  const units = bytes.length / 2;
  if (units < MIN_UNITS) return null;
  const zeros: [first: number, second: number] = [0, 0];
  for (let at = 0; at < bytes.length; at++) if (bytes[at] === 0) zeros[at % 2 === 0 ? 0 : 1]++;
  const [first, second] = zeros;
  const encoding = first === 0 ? "utf-16le" : "utf-16be";
  if (Math.min(first, second) > 0 || Math.max(first, second) < units * 0.9) return null;
  return PLAIN.test(textOf(bytes, encoding)) ? encoding : null;
}
