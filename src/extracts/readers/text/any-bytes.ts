import { EightBitBytes } from "./eight-bit.ts";
import type { Encoding, TextBytes } from "./not-text.ts";
import { guessUtf16, Utf16Bytes } from "./utf-16.ts";

/** How many bytes are looked at to tell the encoding. */
const HEAD = 512;

const NOTHING = Buffer.alloc(0);
const MARKS: readonly { mark: Buffer; text: () => TextBytes }[] = [
  { mark: Buffer.from([0xef, 0xbb, 0xbf]), text: () => new EightBitBytes("utf-8") },
  { mark: Buffer.from([0xff, 0xfe]), text: () => new Utf16Bytes("utf-16le") },
  { mark: Buffer.from([0xfe, 0xff]), text: () => new Utf16Bytes("utf-16be") },
];

/** Text of any encoding that is read, told by its byte order mark or its first bytes; the mark is taken off. */
export class AnyBytes implements TextBytes {
  #head: Buffer = NOTHING;
  #text: TextBytes | null = null;

  get encoding(): Encoding {
    return this.#text?.encoding ?? "utf-8";
  }

  push(chunk: Buffer): Buffer {
    if (this.#text) return this.#text.push(chunk);
    this.#head = this.#head.length === 0 ? chunk : Buffer.concat([this.#head, chunk]);
    return this.#head.length < HEAD ? NOTHING : this.#begin();
  }

  /** The text of a file so short that all of it was waited for. To be called before `finish`. */
  settle(): Buffer {
    return this.#text ? NOTHING : this.#begin();
  }

  finish(): Buffer {
    return this.#text?.finish() ?? NOTHING;
  }

  #begin(): Buffer {
    const head = this.#head;
    this.#head = NOTHING;
    const marked = MARKS.find(({ mark }) => head.subarray(0, mark.length).equals(mark));
    const guessed = guessUtf16(head.subarray(0, HEAD));
    this.#text = marked?.text() ?? (guessed ? new Utf16Bytes(guessed) : new EightBitBytes("ascii"));
    return this.#text.push(head.subarray(marked?.mark.length ?? 0));
  }
}
