import { AppError } from "../errors.ts";
import type { Problem } from "../rules.ts";
import { LAYOUTS } from "./layouts/index.ts";
import { readCsv } from "./readers/csv.ts";
import { type TableRow, UnreadableFile } from "./readers/csv-parser.ts";
import { contentOf, type Source } from "./readers/source.ts";
import type { ExtractKind, RowView } from "./types.ts";

export type KnownLayout = (typeof LAYOUTS)[number];

/** What the caller already knows about a file. */
export interface TableHints {
  /** The layout asked for by name. */
  layout: string | null;
  /** The kinds that fit the command, such as only tags. */
  kinds: readonly ExtractKind[] | null;
}

/** A recognised table: its layout, its header, and its data rows in batches. */
export interface Table {
  layout: KnownLayout;
  header: string[];
  /** Columns that no layout knows; they are not read, and the import says so. */
  ignored: string[];
  rows: AsyncIterable<TableRow[]>;
}

/** Rows of any readable container; cells are text. The reader of workbooks is loaded when there is one to read. */
async function* readRows(source: Source): AsyncGenerator<TableRow[]> {
  if (source.container === "xlsx") yield* (await import("./readers/xlsx.ts")).readXlsx(source);
  else yield* readCsv(contentOf(source));
}

/**
 * Reads up to the header and recognises the layout by it.
 *
 * @throws AppError for a layout nobody knows; UnreadableFile with FILE-001, 002, 003, 004, 005, 006, 007, 011, 012 or 013.
 */
export async function openTable(source: Source, hints: TableHints): Promise<Table> {
  if (hints.layout !== null && !LAYOUTS.some(({ id }) => id === hints.layout)) {
    const known = LAYOUTS.map(({ id }) => id).join(" · ");
    throw new AppError("USAGE", 400, `--layout ${hints.layout}: tidak dikenali / not recognised`, known);
  }
  const batches = readRows(source);
  for (;;) {
    const next = await batches.next();
    if (next.done) throw new UnreadableFile("FILE-001", 1);
    const at = next.value.findIndex(({ cells }) => !isBlank(cells));
    const first = next.value[at];
    if (!first) continue;
    const header = first.cells.map((cell) =>
      cell
        .replace(/^\ufeff/, "")
        .trim()
        .toLowerCase(),
    );
    const layout = recognise(header, first.row, hints);
    const known = new Set<string>([...layout.required, ...layout.optional]);
    return {
      layout,
      header: first.cells.map((cell) => cell.replace(/^\ufeff/, "")),
      ignored: header.filter((name) => name !== "" && !known.has(name)),
      rows: follow(next.value.slice(at + 1), batches, source.container === "xlsx" ? header.length : 0),
    };
  }
}

/** The rows after the header; rows of a workbook end at their last filled cell and are completed to the width. */
async function* follow(first: TableRow[], rest: AsyncGenerator<TableRow[]>, width: number): AsyncGenerator<TableRow[]> {
  const complete = (rows: TableRow[]) => {
    for (const { cells } of rows) while (cells.length < width) cells.push("");
    return rows;
  };
  yield complete(first);
  for await (const rows of rest) yield complete(rows);
}

function recognise(header: string[], row: number, hints: TableHints): KnownLayout {
  const doubled = header.find((name, index) => name !== "" && header.indexOf(name) !== index);
  if (doubled) throw new UnreadableFile("FILE-005", row, doubled, { column: doubled });
  const has = (name: string) => header.includes(name);
  const fitting = LAYOUTS.filter(({ required }) => required.every(has)).sort(
    (a, b) => b.required.length - a.required.length,
  );
  const wanted = LAYOUTS.filter(({ id, kind }) =>
    hints.layout ? id === hints.layout : (hints.kinds?.includes(kind) ?? true),
  );
  const found = fitting.find((layout) => wanted.includes(layout));
  if (found) return found;
  const [other] = fitting;
  const asked = wanted.map(({ id }) => id).join(", ");
  if (other) throw new UnreadableFile("FILE-011", row, other.id, { asked, found: other.id });
  const [nearest] = [...wanted].sort((a, b) => overlap(b, header) - overlap(a, header));
  if (nearest && overlap(nearest, header) >= 0.5) {
    const missing = nearest.required.filter((name) => !has(name)).join(", ");
    throw new UnreadableFile("FILE-004", row, header.join(","), { column: missing, layout: nearest.id });
  }
  const layouts = wanted.map(({ id, required }) => `${id}: ${required.join(",")}`).join("; ");
  throw new UnreadableFile("FILE-003", row, header.join(",").slice(0, 200), { layouts });
}

/** Part of the required columns that the header has. */
function overlap({ required }: KnownLayout, header: string[]): number {
  return required.filter((name) => header.includes(name)).length / required.length;
}

export function isBlank(cells: readonly string[]): boolean {
  return cells.every((cell) => cell.trim() === "");
}

/** Reads cells by column name; one view serves all rows of a table. */
export class HeaderView implements RowView {
  row = 0;
  cells: readonly string[] = [];
  readonly #columns: ReadonlyMap<string, number>;

  constructor(header: readonly string[]) {
    this.#columns = new Map(header.map((name, index) => [name.trim().toLowerCase(), index]));
  }

  show(row: number, cells: readonly string[]): this {
    this.row = row;
    this.cells = cells;
    return this;
  }

  /** Where a column stands in the cells of a row; -1 when the file does not have it. */
  columnOf(name: string): number {
    return this.#columns.get(name) ?? -1;
  }

  cell(column: string): string {
    const index = this.#columns.get(column);
    return index === undefined ? "" : (this.cells[index] ?? "");
  }
}

/** The problem of a file that cannot be read, as a reject of its row. */
export function fileProblem(error: UnreadableFile): Problem {
  const column = typeof error.params.column === "string" ? error.params.column : null;
  return { rule: error.rule, column, value: error.value || null, params: error.params };
}
