import type { CodeColumns } from "../../extracts/index.ts";
import { asBytes, asUint16, asUint32, CHUNK_SIZE, CODE_PARTS, CODES_COLUMN, type CodePart } from "./layout.ts";

/** A column as it is stored. */
export interface StoredColumn {
  name: string;
  keys: string | null;
  data: Uint8Array;
}

/** The codes of one chunk and their parts, to be added to. Used again for the next chunk after `clear`. */
export class ChunkCodes {
  readonly #ids = new Uint32Array(CHUNK_SIZE);
  readonly #parts = CODE_PARTS.map((part) => new PartColumn(part));
  #count = 0;

  get isFull(): boolean {
    return this.#count === CHUNK_SIZE;
  }

  get count(): number {
    return this.#count;
  }

  clear(): void {
    this.#count = 0;
    for (const part of this.#parts) part.clear();
  }

  /** Takes over what is stored. */
  load(columns: ReadonlyMap<string, StoredColumn>): void {
    const stored = (name: string) => {
      const column = columns.get(name);
      if (!column) throw new Error(`column ${name} of a chunk is missing`);
      return column;
    };
    const ids = asUint32(stored(CODES_COLUMN).data);
    this.#ids.set(ids);
    this.#count = ids.length;
    for (const part of this.#parts) part.load(stored(part.name));
  }

  /** @returns the place of the code in the chunk */
  add(id: number, columns: CodeColumns): number {
    const slot = this.#count++;
    this.#ids[slot] = id;
    for (const part of this.#parts) part.set(slot, columns);
    return slot;
  }

  columns(): StoredColumn[] {
    return [
      { name: CODES_COLUMN, keys: null, data: asBytes(this.#ids, this.#count) },
      ...this.#parts.map((part) => part.column(this.#count)),
    ];
  }
}

/** One part of the codes of a chunk: distinct values, and which one each code has. */
class PartColumn {
  readonly name: CodePart;
  readonly #positions = new Uint16Array(CHUNK_SIZE);
  #values: (string | null)[] = [];
  #byValue = new Map<string | null, number>();
  // Codes come sorted more often than not: the next one has most parts of this one.
  #last: string | null = null;
  #lastPosition = -1;

  constructor(name: CodePart) {
    this.name = name;
  }

  clear(): void {
    this.#values = [];
    this.#byValue = new Map();
    this.#lastPosition = -1;
  }

  load({ keys, data }: StoredColumn): void {
    this.#values = JSON.parse(keys ?? "[]") as (string | null)[];
    this.#byValue = new Map(this.#values.map((value, position) => [value, position]));
    this.#lastPosition = -1;
    this.#positions.set(asUint16(data));
  }

  set(slot: number, columns: CodeColumns): void {
    const value = partOf(columns, this.name);
    if (this.#lastPosition === -1 || value !== this.#last) {
      let position = this.#byValue.get(value);
      if (position === undefined) {
        position = this.#values.push(value) - 1;
        this.#byValue.set(value, position);
      }
      this.#last = value;
      this.#lastPosition = position;
    }
    this.#positions[slot] = this.#lastPosition;
  }

  column(count: number): StoredColumn {
    return { name: this.name, keys: JSON.stringify(this.#values), data: asBytes(this.#positions, count) };
  }
}

/** The value of a part; of the fund only its source, the first character. */
export function partOf(columns: CodeColumns, part: CodePart): string | null {
  return part === "fund" ? (columns.fund?.slice(0, 1) ?? null) : columns[part];
}
