/** The catalogue is read whole; what is written goes to disk in pieces. */

import { readFileSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { parseCsv } from "../../src/extracts/index.ts";

/** One row by column name; asking for a column that the file does not have is an error, never an empty text. */
export class Row {
  readonly #file: string;
  readonly #fields: ReadonlyMap<string, string>;

  constructor(file: string, fields: ReadonlyMap<string, string>) {
    this.#file = file;
    this.#fields = fields;
  }

  get(column: string): string {
    const value = this.#fields.get(column);
    if (value === undefined) throw new Error(`${this.#file}: column ${column} is missing`);
    return value;
  }
}

/** Reads a whole CSV file with a header. Throws when a row is longer or shorter than the header. */
export function readCsv(path: string): Row[] {
  const [columns = [], ...records] = parseCsv(readFileSync(path, "utf8"));
  return records.map((cells, index) => {
    if (cells.length !== columns.length) throw new Error(`${path}: row ${index + 2} has ${cells.length} fields`);
    return new Row(path, new Map(columns.map((column, at) => [column, cells[at] ?? ""])));
  });
}

/** A field as it is written: quoted only when it must be. */
export function csvField(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const CHUNK = 256 * 1024;

/** Writes lines to a file in large pieces, so that no file is ever whole in memory. */
export class CsvWriter {
  readonly #handle: FileHandle;
  #pending = "";

  private constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  static async create(path: string, header: string): Promise<CsvWriter> {
    const writer = new CsvWriter(await open(path, "w"));
    await writer.line(header);
    return writer;
  }

  async line(text: string): Promise<void> {
    this.#pending += `${text}\n`;
    if (this.#pending.length >= CHUNK) await this.#flush();
  }

  async #flush(): Promise<void> {
    const piece = this.#pending;
    this.#pending = "";
    await this.#handle.writeFile(piece, "utf8");
  }

  async close(): Promise<void> {
    await this.#flush();
    await this.#handle.close();
  }
}
