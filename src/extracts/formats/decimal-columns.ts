import { DecimalColumn, readDecimal } from "../../decimals.ts";
import type { TableRow } from "../readers/csv-parser.ts";

/** An exact decimal as text, or the rule that the cell breaks: NUM-001 no number, NUM-002 to be read in two ways. */
export type DecimalReading = { ok: true; value: string } | { ok: false; rule: "NUM-001" | "NUM-002" };

/** A cell by itself, or as the other cells of its column show. */
export function decimalReading(text: string, column: DecimalColumn = new DecimalColumn()): DecimalReading {
  const printed = readDecimal(text);
  const value = column.value(printed);
  if (value !== null) return { ok: true, value };
  return { ok: false, rule: printed.kind === "none" ? "NUM-001" : "NUM-002" };
}

/** Reads decimals as the columns write them; columns of one family are written alike. */
export class DecimalColumns {
  readonly #columns: readonly { name: string; index: number; family: DecimalColumn }[];
  readonly #reread: () => AsyncIterable<TableRow[]>;
  #decided = false;

  constructor(
    families: readonly (readonly string[])[],
    indexOf: (column: string) => number,
    reread: () => AsyncIterable<TableRow[]>,
  ) {
    this.#columns = families
      .flatMap((names) => {
        const family = new DecimalColumn();
        return names.map((name) => ({ name, index: indexOf(name), family }));
      })
      .filter(({ index }) => index >= 0);
    this.#reread = reread;
  }

  /** Must see every batch of rows before it is read: with the first open number the whole table is looked through. */
  async prepare(rows: readonly TableRow[]): Promise<void> {
    if (this.#decided || !rows.some(({ cells }) => this.#isOpen(cells))) return;
    this.#decided = true;
    for await (const all of this.#reread()) {
      for (const { cells, malformed } of all) {
        if (malformed) continue;
        for (const { index, family } of this.#columns) family.see(readDecimal(cells[index] ?? ""));
      }
    }
  }

  read(column: string, text: string): DecimalReading {
    return decimalReading(text, this.#columns.find(({ name }) => name === column)?.family);
  }

  #isOpen(cells: readonly string[]): boolean {
    return this.#columns.some(({ index }) => readDecimal(cells[index] ?? "").kind === "open");
  }
}
