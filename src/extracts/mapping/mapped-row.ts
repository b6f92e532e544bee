import { codeProblem, type KnownSegments } from "../../coa/index.ts";
import type { Problem } from "../../rules.ts";
import type { CodeLookup } from "../code-book.ts";
import type { Formats } from "../formats/index.ts";
import { CELL_BY_CELL } from "../formats/index.ts";
import type { Codes, RowView } from "../types.ts";
import type { ColumnSource, FixedSource, MappingDefinition, PieceName } from "./definition.ts";
import { normalName } from "./header.ts";
import { namesFor, piecesOf } from "./pieces.ts";
import { compositionOf, fieldsOf, NODE_LEVELS, PIECE_NAMES, PIECES } from "./targets.ts";

/** Where the text of a field or piece comes from, ready for many rows. */
interface Reading {
  /** Name of the column as it is printed; null for a fixed text. */
  column: string | null;
  text(cells: readonly string[]): string;
}

const ABSENT: Reading = { column: null, text: () => "" };

/**
 * A row of a mapped table, seen as a row of the plain layout of its kind: the fields stand where the mapping says, codes
 * are composed of their pieces, and whatever is wrong is led back to the columns of the file.
 */
export class MappedRow implements RowView {
  row = 0;
  cells: readonly string[] = [];
  readonly #fields: readonly { name: string; reading: Reading }[];
  readonly #columns: ReadonlyMap<string, number>;
  readonly #pieces: readonly { name: PieceName; reading: Reading }[] | null;
  readonly #isNode: boolean;
  #known: KnownSegments = {};

  /** @param columnOf where a column of the file stands, by its name in small letters */
  constructor(definition: MappingDefinition, columnOf: (name: string) => number) {
    const { fields } = definition;
    this.#fields = fieldsOf(definition.kind).map(({ name, width }) => {
      const source = fields[name];
      const reading = !source || "compose" in source ? ABSENT : readingOf(source, width ?? null, columnOf);
      return { name, reading };
    });
    this.#columns = new Map(this.#fields.map(({ name }, index) => [name, index]));
    const code = fields.code;
    this.#isNode = compositionOf(definition.kind)?.type === "node";
    this.#pieces =
      code && "compose" in code
        ? PIECE_NAMES.flatMap((name) => {
            const source = code.compose[name];
            const width = PIECES.find((piece) => piece.name === name)?.width ?? null;
            return source ? [{ name, reading: readingOf(source, width, columnOf) }] : [];
          })
        : null;
  }

  /** Shows the row of the file whose cells these are. */
  show(row: number, cells: readonly string[]): this {
    this.row = row;
    const shown = this.#fields.map(({ reading }) => reading.text(cells));
    if (this.#pieces) {
      this.#known = Object.assign({}, ...this.#pieces.map(({ name, reading }) => piecesOf(name, reading.text(cells))));
      if (this.#isNode) shown[this.columnOf("code")] = nodeText(this.#known);
    }
    this.cells = shown;
    return this;
  }

  columnOf(name: string): number {
    return this.#columns.get(name) ?? -1;
  }

  cell(field: string): string {
    return this.cells[this.columnOf(field)] ?? "";
  }

  /** The rupiah of a row that is passed over; null when it has none that can be read. */
  amountOf(cells: readonly string[], ofColumns: Formats): bigint | null {
    const amount = this.#fields.find(({ name }) => name === "amount");
    if (!amount || amount.reading.column === null) return null;
    const reading = ofColumns.amount(normalName(amount.reading.column), amount.reading.text(cells));
    return reading.ok ? reading.value : null;
  }

  /** Amounts and dates as the columns behind the fields write them. */
  formats(ofColumns: Formats): Formats {
    const column = (field: string) => this.#columnOf(field);
    return {
      amount: (field, text) => {
        const name = column(field);
        return name === null ? CELL_BY_CELL.amount(field, text) : ofColumns.amount(normalName(name), text);
      },
      date: (field, text) => {
        const name = column(field);
        return name === null ? CELL_BY_CELL.date(field, text) : ofColumns.date(normalName(name), text);
      },
      decimal: (field, text) => {
        const name = column(field);
        return name === null ? CELL_BY_CELL.decimal(field, text) : ofColumns.decimal(normalName(name), text);
      },
    };
  }

  /** Codes as the row states them: one text, or pieces. */
  codes(book: Codes): Codes {
    return {
      compose: (known, year) => book.compose(known, year),
      lookup: (text, year, field) => (this.#pieces ? this.#composed(book, year) : book.lookup(text, year, field)),
    };
  }

  #composed(book: Codes, year: number): CodeLookup {
    const found = book.compose(this.#known, year);
    if ("entry" in found) return found;
    const problems = found.errors.map((error): Problem => {
      const names = namesFor(error.field);
      const piece = this.#pieces?.find(({ name }) => names.includes(name));
      return codeProblem(error, error.text, piece?.reading.column ?? "code");
    });
    return { problems };
  }

  /** A problem of a field as a problem of the column behind it. */
  inFile(problem: Problem): Problem {
    const column = problem.column === null ? null : this.#columnOf(problem.column);
    return column === null ? problem : { ...problem, column };
  }

  #columnOf(field: string): string | null {
    const own = this.#fields[this.columnOf(field)]?.reading.column ?? null;
    if (own !== null || field !== "code" || !this.#pieces) return own;
    const columns = this.#pieces.flatMap(({ reading: { column } }) => column ?? []);
    return columns.length === 0 ? null : columns.join(" + ");
  }
}

/** A node with dots, down to the last level that the row states. */
function nodeText(known: KnownSegments): string {
  const levels = NODE_LEVELS.map((level) => known[level] ?? "");
  return levels.slice(0, levels.findLastIndex((level) => level !== "") + 1).join(".");
}

function readingOf(
  source: ColumnSource | FixedSource,
  width: number | null,
  columnOf: (name: string) => number,
): Reading {
  if ("value" in source) return { column: null, text: () => source.value };
  const index = columnOf(normalName(source.column));
  const pad = source.pad === true && width !== null ? width : 0;
  return {
    column: source.column,
    text: (cells) => {
      const text = cells[index] ?? "";
      if (pad === 0) return text;
      const digits = text.trim();
      return /^\d+$/.test(digits) ? digits.padStart(pad, "0") : text;
    },
  };
}
