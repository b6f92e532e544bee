import { sql } from "drizzle-orm";
import type { Reader } from "../../store/index.ts";
import { BUDGET_COLUMNS } from "../budget-columns.ts";
import type { LedgerKind } from "../in-force.ts";
import { LINE_TABLES } from "./line-tables.ts";
import type { LineChange } from "./pair-lines.ts";

/** Columns of a line as people see them, in order; `row` is its row in the file of `extract`. */
export const LINE_FIELDS: Record<LedgerKind, readonly string[]> = {
  realization: ["code", "date", "document", "amount", "description"],
  budget: ["code", ...BUDGET_COLUMNS],
};

type FieldValue = string | number | bigint | null;

/** A line with its place and its values by column; integers that are no rupiah are numbers. */
export type LineView = { extract: number; row: number } & Record<string, FieldValue>;

/** A changed line with what it was and what it is. `number` orders the changes of one extract. */
export interface ChangedLine {
  number: number;
  state: LineChange["state"];
  /** Its rupiah went to another code of the same document, or came from one. */
  moved: boolean;
  before: LineView | null;
  after: LineView | null;
}

/** Rupiah of a document that stand under another code than before. */
export interface MoveView {
  ministry: string;
  satker: string;
  document: string;
  date: string;
  fromCode: string;
  toCode: string;
  amount: bigint;
}

interface Place {
  extract: number;
  row: number;
}

/** A change of which only the places of its lines are known. */
export type Unread = Omit<ChangedLine, "before" | "after"> & { before: Place | null; after: Place | null };

type Row = Record<string, string | bigint | null>;

const SMALL = new Set(["fiscal_year", "revision"]);

/** Reads the lines that changes point to. */
export async function viewChanges(
  reader: Reader,
  kind: LedgerKind,
  changes: readonly Unread[],
): Promise<ChangedLine[]> {
  const places = changes.flatMap(({ before, after }) => [before, after].filter((place) => place !== null));
  const views = new Map<string, LineView>();
  if (places.length > 0) {
    const list = reader.list(
      { extract_id: "int", row: "int" },
      places.map(({ extract, row }) => [BigInt(extract), BigInt(row)]),
    );
    const { table } = LINE_TABLES[kind];
    const rows = await reader.rows<Row>(sql`SELECT ${sql.raw(fields(kind))} FROM ${list} AS w
      JOIN ${sql.raw(table)} l ON l.extract_id = w.extract_id AND l.row = w.row
      JOIN code_combinations c ON c.id = l.code_id AND c.ministry = l.ministry`);
    for (const row of rows) views.set(`${row.line_extract} ${row.line_row}`, viewOf(kind, row));
  }
  const find = (place: Place | null) => place && (views.get(`${place.extract} ${place.row}`) ?? null);
  return changes.map((change) => ({ ...change, before: find(change.before), after: find(change.after) }));
}

function fields(kind: LedgerKind): string {
  const columns = LINE_FIELDS[kind].map((name) => `${name === "code" ? "c" : "l"}.${name} AS ${name}`);
  return ["l.extract_id AS line_extract", "l.row AS line_row", ...columns].join(", ");
}

function viewOf(kind: LedgerKind, row: Row): LineView {
  const values = LINE_FIELDS[kind].map((name): [string, FieldValue] => {
    const value = row[name] ?? null;
    return [name, SMALL.has(name) ? Number(value) : value];
  });
  return { extract: Number(row.line_extract), row: Number(row.line_row), ...Object.fromEntries(values) };
}

/** The printed codes of code combinations. */
export async function codesOf(reader: Reader, ids: readonly number[]): Promise<Map<number, string>> {
  if (ids.length === 0) return new Map();
  const list = reader.list(
    { id: "int" },
    [...new Set(ids)].map((id) => [BigInt(id)]),
  );
  const rows = await reader.rows<{ id: bigint; code: string }>(
    sql`SELECT c.id AS id, c.code AS code FROM ${list} AS w JOIN code_combinations c ON c.id = w.id`,
  );
  return new Map(rows.map(({ id, code }) => [Number(id), code]));
}

/** What a listing needs to know of an extract. */
export interface Listed {
  id: number;
  kind: LedgerKind;
  /** Changes that were written down; lines of new cells are numbered after them by their row. */
  recorded: number;
}

/**
 * Changes of an extract in order, from after a number on: first those that were written down, then the lines of cells
 * that nothing spoke for before.
 */
export async function listChanges(
  reader: Reader,
  extract: Listed,
  after: number,
  limit: number,
): Promise<ChangedLine[]> {
  const stored = await storedChanges(reader, extract, after, limit);
  if (stored.length === limit) return stored;
  const rest = await newLines(reader, extract, Math.max(after, extract.recorded), limit - stored.length);
  return [...stored, ...rest];
}

async function storedChanges(reader: Reader, { id, kind }: Listed, after: number, limit: number) {
  const rows = await reader.rows<Row>(sql`
    SELECT number, state, moved, before_extract, before_row, after_row FROM extract_changes
    WHERE extract_id = ${id} AND kind = ${kind} AND number > ${after} ORDER BY number LIMIT ${limit}`);
  const changes = rows.map(
    (row): Unread => ({
      number: Number(row.number),
      state: row.state as ChangedLine["state"],
      moved: row.moved === 1n,
      before: row.before_row === null ? null : { extract: Number(row.before_extract), row: Number(row.before_row) },
      after: row.after_row === null ? null : { extract: id, row: Number(row.after_row) },
    }),
  );
  return viewChanges(reader, kind, changes);
}

async function newLines(reader: Reader, { id, kind, recorded }: Listed, after: number, limit: number) {
  const { table, fiscalYear, period } = LINE_TABLES[kind];
  const rows = await reader.rows<Row>(sql`
    SELECT ${sql.raw(fields(kind))} FROM ${sql.raw(table)} l
    JOIN code_combinations c ON c.id = l.code_id AND c.ministry = l.ministry
    JOIN extract_cells e ON e.extract_id = l.extract_id AND e.kind = ${kind} AND e.satker = c.satker
      AND e.fiscal_year = ${sql.raw(fiscalYear)} AND e.period = ${sql.raw(period)} AND e.previous IS NULL
    WHERE l.extract_id = ${id} AND l.row > ${after - recorded} ORDER BY l.row LIMIT ${limit}`);
  return rows.map((row): ChangedLine => {
    const view = viewOf(kind, row);
    return { number: recorded + view.row, state: "created", moved: false, before: null, after: view };
  });
}

/** Moves of an extract in order, from after a number on. */
export async function listMoves(reader: Reader, id: number, after: number, limit: number): Promise<MoveView[]> {
  const rows = await reader.rows<Row>(sql`
    SELECT m.ministry AS ministry, m.satker AS satker, m.document AS document, m.date AS date, m.amount AS amount,
      (SELECT c.code FROM code_combinations c WHERE c.id = m.from_code) AS from_code,
      (SELECT c.code FROM code_combinations c WHERE c.id = m.to_code) AS to_code
    FROM extract_moves m WHERE m.extract_id = ${id} AND m.number > ${after} ORDER BY m.number LIMIT ${limit}`);
  return rows.map((row) => ({
    ministry: row.ministry as string,
    satker: row.satker as string,
    document: row.document as string,
    date: row.date as string,
    fromCode: row.from_code as string,
    toCode: row.to_code as string,
    amount: row.amount as bigint,
  }));
}
