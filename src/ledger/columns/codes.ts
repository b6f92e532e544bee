import { CODE_LENGTH_12, CODE_PLACES, nodeOf, UNKNOWN_SIGN } from "../../coa/index.ts";
import { type CodeColumns, codeColumns } from "../../extracts/index.ts";
import { asBytes, asUint16, CHUNK_SIZE, CODE_PARTS, CODES_COLUMN, type CodePart } from "./layout.ts";

/** A column as it is stored. */
export interface StoredColumn {
  name: string;
  keys: string | null;
  data: Uint8Array;
}

/** The parts of the codes of one chunk, to be added to. Used again for the next chunk after `load`. */
export class ChunkCodes {
  readonly #parts = CODE_PARTS.map((part) => new PartColumn(part));
  #count = 0;

  /** Takes over what is stored, which may be nothing. */
  load(columns: ReadonlyMap<string, StoredColumn>): void {
    const codes = columns.get(CODES_COLUMN);
    this.#count = codes ? codes.data.length / Uint32Array.BYTES_PER_ELEMENT : 0;
    for (const part of this.#parts) {
      const column = columns.get(part.name);
      if (codes && !column) throw new Error(`column ${part.name} of a chunk is missing`);
      part.load(column ?? null);
    }
  }

  /** @returns the place of the code in the chunk */
  add(code: string): number {
    const slot = this.#count++;
    const partial = code.includes(UNKNOWN_SIGN) ? codeColumns(code) : null;
    for (const part of this.#parts) {
      if (partial) part.set(slot, partOf(partial, part.name));
      else part.setFrom(slot, code);
    }
    return slot;
  }

  columns(): StoredColumn[] {
    return this.#parts.map((part) => part.column(this.#count));
  }
}

/** One part of the codes of a chunk: distinct values, and which one each code has. */
class PartColumn {
  readonly name: CodePart;
  readonly #start: number;
  readonly #end: number;
  readonly #positions = new Uint16Array(CHUNK_SIZE);
  #values: (string | null)[] = [];
  #byValue = new Map<string | null, number>();
  /** Positions by the packed characters of fully known codes: no text is cut out for a value that was seen before. */
  #byCharacters = new Map<number, number>();
  // Codes come sorted more often than not: the next one has most parts of this one.
  #last = Number.NaN;
  #lastPosition = 0;

  constructor(name: CodePart) {
    this.name = name;
    const [start, width] = CODE_PLACES[name === "node" ? "output" : name];
    this.#start = start;
    this.#end = start + width;
  }

  load(column: StoredColumn | null): void {
    this.#values = JSON.parse(column?.keys ?? "[]") as (string | null)[];
    this.#byValue = new Map(this.#values.map((value, position) => [value, position]));
    this.#byCharacters = new Map();
    this.#last = Number.NaN;
    if (column) this.#positions.set(asUint16(column.data));
  }

  /** The part of a code of which everything is known. */
  setFrom(slot: number, code: string): void {
    // A node below the output is told apart by more characters than a number can pack.
    if (this.name === "node" && code.length > CODE_LENGTH_12) {
      this.set(slot, nodeOf(code));
      return;
    }
    const characters = packed(code, this.#start, this.#end);
    if (characters !== this.#last) {
      let position = this.#byCharacters.get(characters);
      if (position === undefined) {
        position = this.#positionOf(this.name === "node" ? nodeOf(code) : code.slice(this.#start, this.#end));
        this.#byCharacters.set(characters, position);
      }
      this.#last = characters;
      this.#lastPosition = position;
    }
    this.#positions[slot] = this.#lastPosition;
  }

  set(slot: number, value: string | null): void {
    this.#positions[slot] = this.#positionOf(value);
  }

  #positionOf(value: string | null): number {
    let position = this.#byValue.get(value);
    if (position === undefined) {
      position = this.#values.push(value) - 1;
      this.#byValue.set(value, position);
    }
    return position;
  }

  column(count: number): StoredColumn {
    return { name: this.name, keys: JSON.stringify(this.#values), data: asBytes(this.#positions, count).slice() };
  }
}

/** Up to seven ASCII characters as one whole number: 7 bits each, so within 2^49. */
function packed(text: string, start: number, end: number): number {
  let number = 0;
  for (let at = start; at < end; at++) number = number * 128 + text.charCodeAt(at);
  return number;
}

/** The value of a part; of the fund only its source, the first character. */
export function partOf(columns: CodeColumns, part: CodePart): string | null {
  return part === "fund" ? (columns.fund?.slice(0, 1) ?? null) : columns[part];
}
