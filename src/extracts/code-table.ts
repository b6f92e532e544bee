/** Numbers given per key; grows by doubling. */
const FIRST_SIZE = 1 << 12;

/**
 * Printed codes of one import, each kept once as its bytes: a file may hold half a million, and as strings with maps they
 * would fill the memory. A key is a text of ASCII bytes within a fiscal year; keys are numbered in order of appearance.
 */
export class CodeTable {
  #bytes = Buffer.alloc(FIRST_SIZE * 96);
  #used = 0;
  /** End of a key's bytes; it starts where the key before ends. */
  #ends = new Uint32Array(FIRST_SIZE);
  #years = new Uint16Array(FIRST_SIZE);
  #hashes = new Int32Array(FIRST_SIZE);
  /** Open addressing: key number + 1, or 0 for a free slot. Never more than half full. */
  #slots = new Int32Array(FIRST_SIZE * 2);
  #count = 0;

  get size(): number {
    return this.#count;
  }

  /** The number of a key whose hash is known, or -1. */
  find(code: number, bytes: Uint8Array, start: number, end: number, year: number): number {
    const mask = this.#slots.length - 1;
    for (let slot = code & mask; ; slot = (slot + 1) & mask) {
      const key = (this.#slots[slot] as number) - 1;
      if (key < 0) return -1;
      if (this.#hashes[key] === code && this.is(key, bytes, start, end, year)) return key;
    }
  }

  /** The number of a key, which is new if it was not there. */
  add(bytes: Uint8Array, start: number, end: number, year: number): number {
    const code = hash(bytes, start, end, year);
    const known = this.find(code, bytes, start, end, year);
    return known >= 0 ? known : this.addNew(code, bytes, start, end, year);
  }

  /** The number of a key whose hash is known and which is not there yet. */
  addNew(code: number, bytes: Uint8Array, start: number, end: number, year: number): number {
    if (this.#count === this.#ends.length) this.#grow();
    this.#makeRoom(end - start);
    for (let at = start; at < end; at++) this.#bytes[this.#used++] = bytes[at] as number;
    const key = this.#count++;
    this.#ends[key] = this.#used;
    this.#years[key] = year;
    this.#hashes[key] = code;
    this.#place(key, code);
    return key;
  }

  /** Whether a key has these bytes and this year: the next line of an extract often has the code of this one. */
  is(key: number, bytes: Uint8Array, start: number, end: number, year: number): boolean {
    const from = this.#start(key);
    if (this.#years[key] !== year || (this.#ends[key] as number) - from !== end - start) return false;
    const own = this.#bytes;
    // Codes that follow each other differ near their end, if at all.
    for (let mine = from + end - start - 1, theirs = end - 1; theirs >= start; mine--, theirs--) {
      if (own[mine] !== bytes[theirs]) return false;
    }
    return true;
  }

  text(key: number): string {
    return this.#bytes.toString("latin1", this.#start(key), this.#ends[key]);
  }

  year(key: number): number {
    return this.#years[key] as number;
  }

  #start(key: number): number {
    return key === 0 ? 0 : (this.#ends[key - 1] as number);
  }

  #place(key: number, code: number): void {
    const mask = this.#slots.length - 1;
    let slot = code & mask;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
    this.#slots[slot] = key + 1;
  }

  #makeRoom(length: number): void {
    if (this.#used + length <= this.#bytes.length) return;
    const bytes = Buffer.alloc(Math.max(this.#bytes.length * 2, this.#used + length));
    this.#bytes.copy(bytes);
    this.#bytes = bytes;
  }

  #grow(): void {
    const size = this.#ends.length * 2;
    this.#ends = extended(this.#ends, new Uint32Array(size));
    this.#years = extended(this.#years, new Uint16Array(size));
    this.#hashes = extended(this.#hashes, new Int32Array(size));
    this.#slots = new Int32Array(size * 2);
    for (let key = 0; key < this.#count; key++) this.#place(key, this.#hashes[key] as number);
  }
}

function extended<T extends Uint32Array | Uint16Array | Int32Array>(old: T, larger: T): T {
  larger.set(old);
  return larger;
}

/** The hash of a key: FNV-1a over the bytes, begun with the year. */
export function hash(bytes: Uint8Array, start: number, end: number, year: number): number {
  let code = 0x811c9dc5 ^ year;
  for (let at = start; at < end; at++) code = Math.imul(code ^ (bytes[at] as number), 0x01000193);
  return code ^ (code >>> 15);
}
