import { isAscii } from "node:buffer";

/** Texts by number. */
export interface Texts {
  at(index: number): string | undefined;
}

const PAGE = 2 ** 20;
const FIRST_SIZE = 1 << 10;

/** Texts that were asked for last: codes and names come back from row to row. A power of two. */
const RECENT = 1 << 10;

/**
 * The shared texts of a workbook, as their bytes: there may be a million of them, nearly all read once, and as strings
 * they would fill the memory.
 */
export class TextTable implements Texts {
  /** Every page holds whole texts, one behind the other. */
  readonly #pages: Buffer[] = [];
  #used = 0;
  #pageOf = new Uint16Array(FIRST_SIZE);
  /** End of each text in its page; it starts where the one before ends, or at the beginning of the page. */
  #ends = new Uint32Array(FIRST_SIZE);
  #count = 0;
  readonly #recent = new Array<string>(RECENT).fill("");
  readonly #recentIndexes = new Int32Array(RECENT).fill(-1);

  get length(): number {
    return this.#count;
  }

  /** @param text well-formed; half a character would not come back */
  push(text: string): void {
    if (this.#count === this.#ends.length) this.#grow();
    const page = this.#pageFor(text.length * 3);
    this.#used += page.write(text, this.#used, "utf8");
    this.#pageOf[this.#count] = this.#pages.length - 1;
    this.#ends[this.#count++] = this.#used;
  }

  at(index: number): string | undefined {
    if (index >= this.#count) return undefined;
    const slot = index & (RECENT - 1);
    if (this.#recentIndexes[slot] === index) return this.#recent[slot];
    const page = this.#pageOf[index] as number;
    const start = index > 0 && this.#pageOf[index - 1] === page ? (this.#ends[index - 1] as number) : 0;
    const bytes = (this.#pages[page] as Buffer).subarray(start, this.#ends[index]);
    const text = bytes.toString(isAscii(bytes) ? "latin1" : "utf8");
    this.#recentIndexes[slot] = index;
    this.#recent[slot] = text;
    return text;
  }

  /** The page that has room for so many bytes more. */
  #pageFor(bytes: number): Buffer {
    const last = this.#pages.at(-1);
    if (last && this.#used + bytes <= last.length) return last;
    const page = Buffer.allocUnsafeSlow(Math.max(PAGE, bytes));
    this.#pages.push(page);
    this.#used = 0;
    return page;
  }

  #grow(): void {
    const pageOf = new Uint16Array(this.#ends.length * 2);
    pageOf.set(this.#pageOf);
    this.#pageOf = pageOf;
    const ends = new Uint32Array(this.#ends.length * 2);
    ends.set(this.#ends);
    this.#ends = ends;
  }
}
