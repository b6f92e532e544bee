import { AppError } from "../errors.ts";
import type { Problem } from "../rules.ts";
import { CompletesExtract, completionMark, withCorrections } from "./corrections.ts";
import { ColumnFormats } from "./formats/index.ts";
import { type KnownLayout, LAYOUTS } from "./layouts/index.ts";
import { readCsv } from "./readers/csv.ts";
import { type TableRow, UnreadableFile } from "./readers/csv-parser.ts";
import { contentOf, type Source } from "./readers/source.ts";
import { HEAD_ROWS, recogniseLayout, recogniseMapping, type TableHints } from "./recognise.ts";
import type { FileFacts, RowView } from "./types.ts";
import { yearInName } from "./year-in-name.ts";

/** A recognised table: its layout, its header, what its titles say, and its data rows in batches. */
export interface Table {
  layout: KnownLayout;
  header: string[];
  /** Row number of the header. */
  headerRow: number;
  /** Columns that no layout knows; they are not read, and the import says so. */
  ignored: string[];
  facts: FileFacts;
  /** The worksheet, where sheets with other data stand before it. */
  sheet?: string;
  /** Neither the file nor `--year` says the fiscal year; the name of the file does. */
  yearFromName: boolean;
  rows: AsyncIterable<TableRow[]>;
  /** How the columns of amounts and dates are written. */
  formats: ColumnFormats;
  /** Closes the file, also when not all rows, or none, have been read. */
  close(): Promise<void>;
}

/** Rows that are looked at for a header, the blank ones included: a file of line breaks only has no end of them. */
const MAX_HEAD_ROWS = 10_000;

const NO_FACTS: FileFacts = {
  fiscalYear: null,
  period: null,
  ministry: null,
  unit: null,
  satker: null,
  printed: null,
};

/** Rows of any readable container; cells are text. The reader of workbooks is loaded when there is one to read. */
export async function* readRows(source: Source, sheet: string | null): AsyncGenerator<TableRow[]> {
  const rows = await containerRows(source, sheet);
  yield* source.corrections ? withCorrections(rows, source.corrections) : rows;
}

async function containerRows(source: Source, sheet: string | null): Promise<AsyncIterable<TableRow[]>> {
  if (source.container !== "xlsx") return readCsv(contentOf(source));
  return (await import("./readers/xlsx.ts")).readXlsx(source, sheet === null ? {} : { sheet });
}

/**
 * Reads up to the header and recognises the layout by it.
 *
 * @throws AppError for a layout nobody knows; CompletesExtract for a file of corrected rejects; UnreadableFile with FILE-001 to 007, 011 to 014, 031 or 032.
 */
export async function openTable(source: Source, hints: TableHints): Promise<Table> {
  if (hints.layout !== null && !LAYOUTS.some(({ id }) => id === hints.layout)) {
    const known = LAYOUTS.map(({ id }) => id).join(" · ");
    throw new AppError("USAGE", 400, `--layout ${hints.layout}: tidak dikenali / not recognised`, known);
  }
  if (hints.mapping) return openSheet(source, hints.mapping.definition.sheet, hints);
  try {
    return await openSheet(source, null, hints);
  } catch (error) {
    if (!(error instanceof UnreadableFile) || source.container !== "xlsx") throw error;
    // The table may stand on a sheet of its own, which a mapping names.
    const bySheet = (hints.mappings ?? []).filter(({ definition }) => definition.sheet !== null);
    for (const sheet of new Set(bySheet.map(({ definition }) => definition.sheet))) {
      const mappings = bySheet.filter(({ definition }) => definition.sheet === sheet);
      const table = await openSheet(source, sheet, { ...hints, mappings, onlyMappings: true }).catch((reason) => {
        if (!(reason instanceof UnreadableFile) || reason.rule === "FILE-015") throw reason;
        return null;
      });
      if (table) return table;
    }
    return openAnotherSheet(source, hints, error);
  }
}

/**
 * Workbooks have sheets of notes before the one that matters: where the first sheet with data is no known table, the first
 * one that is.
 *
 * @throws UnreadableFile what is wrong with a sheet that nearly is one, else `error`
 */
async function openAnotherSheet(source: Source, hints: TableHints, error: UnreadableFile): Promise<Table> {
  if (error.rule !== "FILE-003") throw error;
  const { listSheets } = await import("./readers/xlsx.ts");
  const [, ...others] = (await listSheets(source)).filter(({ visible, hasData }) => visible && hasData);
  let nearest = error;
  for (const { name } of others) {
    try {
      return { ...(await openSheet(source, name, hints)), sheet: name };
    } catch (reason) {
      if (!(reason instanceof UnreadableFile)) throw reason;
      if (nearest.rule === "FILE-003") nearest = reason;
    }
  }
  throw nearest;
}

/** Opens the table of one worksheet; null is the first visible one with data, or the only table of another file. */
async function openSheet(source: Source, sheet: string | null, hints: TableHints): Promise<Table> {
  const batches = readRows(source, sheet);
  try {
    return await recogniseTable(batches, source, sheet, hints);
  } catch (error) {
    await batches.return(undefined);
    throw error;
  }
}

async function recogniseTable(
  batches: AsyncGenerator<TableRow[]>,
  source: Source,
  sheet: string | null,
  hints: TableHints,
): Promise<Table> {
  const first = await firstRows(batches);
  const head = headOf(first);
  if (head.length === 0) throw new UnreadableFile("FILE-001", 1);
  const mark = head[0] && completionMark(head[0]);
  if (mark) throw new CompletesExtract(mark);
  const { layout, heading } = recogniseMapping(head, hints) ?? recogniseLayout(head, LAYOUTS, hints);
  const known = new Set<string>([...layout.required, ...layout.optional]);
  const names = heading.columns.map((name) => name.trim().toLowerCase());
  const last = head[heading.at];
  const rest = first.slice(last ? first.indexOf(last) + 1 : 0);
  return {
    layout,
    header: heading.columns,
    headerRow: last?.row ?? 1,
    ignored: names.filter((name) => name !== "" && !known.has(name)),
    ...factsOf(layout, head.slice(0, heading.at + 1), hints.year, source.name),
    rows: follow(rest, batches, source.container === "xlsx" ? names.length : 0),
    formats: new ColumnFormats(
      layout.written ?? { amounts: [], dates: [] },
      (column) => names.lastIndexOf(column),
      () => rowsBelow(source, sheet, last?.row ?? 0),
      source.found.date1904,
    ),
    close: async () => void (await batches.return(undefined)),
  };
}

/** The rows below a row once more, without counting as progress. */
async function* rowsBelow(source: Source, sheet: string | null, header: number): AsyncGenerator<TableRow[]> {
  for await (const rows of readRows({ ...source, progress: { bytesRead: 0 } }, sheet)) {
    yield rows.filter(({ row }) => row > header);
  }
}

/**
 * What the titles say; where they do not say the fiscal year, `--year` does, or else the name of the file.
 *
 * @throws UnreadableFile FILE-031 (no year at all), FILE-032 (the file says another year)
 */
function factsOf(
  layout: KnownLayout,
  titles: readonly TableRow[],
  year: number | null,
  file: string,
): Pick<Table, "facts" | "yearFromName"> {
  const facts = { ...NO_FACTS, ...layout.facts?.(titles) };
  if (layout.yearIn !== "titles") return { facts, yearFromName: false };
  const row = titles[0]?.row ?? 1;
  const stated = facts.fiscalYear;
  if (stated !== null && year !== null && stated !== year) {
    throw new UnreadableFile("FILE-032", row, String(stated), { stated, asked: year });
  }
  const named = stated === null && year === null ? yearInName(file) : null;
  const fiscalYear = stated ?? year ?? named;
  if (fiscalYear === null) throw new UnreadableFile("FILE-031", row);
  return { facts: { ...facts, fiscalYear }, yearFromName: named !== null };
}

/** The rows among which a header is looked for. */
export function headOf(rows: readonly TableRow[]): TableRow[] {
  return rows.filter(({ cells }) => !isBlank(cells)).slice(0, HEAD_ROWS);
}

/** The first rows, enough of them to find any header; a large file comes in pieces of many more. */
export async function firstRows(batches: AsyncGenerator<TableRow[]>): Promise<TableRow[]> {
  const rows: TableRow[] = [];
  let filled = 0;
  while (filled < HEAD_ROWS && rows.length < MAX_HEAD_ROWS) {
    const next = await batches.next();
    if (next.done) break;
    for (const row of next.value) {
      rows.push(row);
      if (!isBlank(row.cells)) filled++;
    }
  }
  return rows;
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
