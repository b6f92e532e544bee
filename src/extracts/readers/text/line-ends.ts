const LF = 0x0a;
const CR = 0x0d;
const QUOTE = 0x22;

/** A first line longer than this does not end in a lone carriage return. */
const MAX_UNDECIDED = 65_536;

/**
 * Line ends of old Macintosh programs, a carriage return alone, become line feeds. The first line end outside quotation
 * marks decides; text with other line ends passes through as it is.
 */
export class LineEnds {
  #mode: "undecided" | "other" | "return" = "undecided";
  #seen = 0;
  #quoted = false;
  /** The text so far ends with a carriage return: in an undecided text it is held back, in another its line feed is. */
  #afterReturn = false;

  push(bytes: Buffer): Buffer {
    if (this.#mode === "other") return bytes;
    if (this.#mode === "return") return this.#replaced(bytes);
    const all = this.#afterReturn ? Buffer.concat([Buffer.from([CR]), bytes]) : bytes;
    this.#decide(all);
    // What decides may come with the next piece.
    if (this.#mode === "undecided") return this.#afterReturn ? all.subarray(0, -1) : all;
    return this.push(all);
  }

  finish(): Buffer {
    return Buffer.from(this.#mode === "undecided" && this.#afterReturn ? [LF] : []);
  }

  #decide(bytes: Buffer): void {
    this.#afterReturn = false;
    for (let at = 0; at < bytes.length && this.#mode === "undecided"; at++) {
      const byte = bytes[at];
      if (byte === QUOTE) this.#quoted = !this.#quoted;
      else if (this.#quoted) continue;
      else if (byte === LF) this.#mode = "other";
      else if (byte === CR && at + 1 < bytes.length) this.#mode = bytes[at + 1] === LF ? "other" : "return";
      else if (byte === CR) this.#afterReturn = true;
    }
    this.#seen += bytes.length;
    if (this.#mode === "undecided" && this.#seen > MAX_UNDECIDED) this.#mode = "other";
  }

  #replaced(bytes: Buffer): Buffer {
    const out = Buffer.allocUnsafe(bytes.length);
    let length = 0;
    for (const byte of bytes) {
      if (byte !== LF || !this.#afterReturn) out[length++] = byte === CR ? LF : byte;
      this.#afterReturn = byte === CR;
    }
    return out.subarray(0, length);
  }
}
