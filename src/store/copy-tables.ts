import { sql } from "drizzle-orm";
import { getTableConfig, type SQLiteTable } from "drizzle-orm/sqlite-core";
import * as tables from "../../schema/sqlite.ts";
import type { Reader, Transaction } from "./db.ts";

/** Rows per query; few where one may hold many bytes. */
const PAGE = 20_000;
const PAGE_OF_BYTES = 200;

/** What the schema twins do not define: the index of names, which each engine keeps in its own way. */
const NAMES = { name: "reference_search", columns: ["list", "code", "name"] } as const;

/** A table of the store: its columns, its key, and the tables it refers to. */
interface Table {
  name: string;
  columns: string[];
  key: string[];
  parents: string[];
  /** A column holds bytes, not text or a number. */
  hasBytes: boolean;
}

type Row = Record<string, string | bigint | null>;

/** Every table that both engines have, those that are referred to first. */
export function storeTables(): string[] {
  return [...inOrder().map(({ name }) => name), NAMES.name];
}

/**
 * Copies all rows of a store into another one whose tables are empty, whatever engines they are.
 *
 * @returns the number of rows of each table
 * @throws Error when a table has other rows afterwards than it gave
 */
export async function copyTables(from: Reader, to: Transaction): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of inOrder()) counts[table.name] = await copyTable(from, to, table);
  const names = await from.rows<Row>(sql.raw(`SELECT ${NAMES.columns.join(", ")} FROM ${NAMES.name}`));
  const values = names.map((row) => NAMES.columns.map((column) => row[column] ?? null));
  await to.bulkInsert(NAMES.name, NAMES.columns, values);
  counts[NAMES.name] = names.length;
  const copied = await countRows(to);
  for (const [name, count] of Object.entries(counts)) {
    if (copied[name] !== count) throw new Error(`${name}: ${count} rows were given, ${copied[name]} are there`);
  }
  await to.analyze(...inOrder().map(({ name }) => name));
  return counts;
}

/** Takes all rows out of a store. */
export async function clearTables(tx: Transaction): Promise<void> {
  for (const name of storeTables().reverse()) await tx.run(sql.raw(`DELETE FROM "${name}"`));
}

/** The number of rows of each table. */
export async function countRows(reader: Reader): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const name of storeTables()) {
    const [row] = await reader.rows<{ n: bigint }>(sql.raw(`SELECT count(*) AS n FROM "${name}"`));
    counts[name] = Number(row?.n ?? 0n);
  }
  return counts;
}

/** Page by page along the key, so that no more than a page is in memory. */
async function copyTable(from: Reader, to: Transaction, { name, columns, key, hasBytes }: Table): Promise<number> {
  const size = hasBytes ? PAGE_OF_BYTES : PAGE;
  const quoted = (names: readonly string[]) => names.map((one) => `"${one}"`).join(", ");
  const page = sql.raw(`SELECT ${quoted(columns)} FROM "${name}"`);
  const order = sql.raw(`ORDER BY ${quoted(key)} LIMIT ${size}`);
  let copied = 0;
  let last: Row | undefined;
  for (;;) {
    const after = last;
    const beyond = after
      ? sql`WHERE (${sql.raw(quoted(key))}) > (${sql.join(
          key.map((one) => sql`${after[one] ?? null}`),
          sql`, `,
        )})`
      : sql``;
    const rows = await from.rows<Row>(sql`${page} ${beyond} ${order}`);
    const valuesOf = (row: Row) => columns.map((column) => row[column] ?? null);
    // The fastest way in takes no bytes.
    if (hasBytes) await to.bulkInsert(name, columns, rows.map(valuesOf));
    else {
      await to.bulkLoad(name, columns, rows.length, (values, at, index) => {
        for (const [offset, value] of valuesOf(rows[index] ?? {}).entries()) values[at + offset] = value;
      });
    }
    copied += rows.length;
    last = rows.at(-1);
    if (rows.length < size) return copied;
  }
}

function inOrder(): Table[] {
  const waiting = Object.values(tables).map((table) => describe(table as SQLiteTable));
  const ordered: Table[] = [];
  while (waiting.length > 0) {
    const done = new Set(ordered.map(({ name }) => name));
    const at = waiting.findIndex(({ name, parents }) => parents.every((one) => one === name || done.has(one)));
    const [next] = waiting.splice(at, 1);
    if (at === -1 || !next) throw new Error("tables refer to each other in a circle");
    ordered.push(next);
  }
  return ordered;
}

function describe(table: SQLiteTable): Table {
  const { name, columns, primaryKeys, foreignKeys } = getTableConfig(table);
  const composite = primaryKeys[0]?.columns ?? columns.filter(({ primary }) => primary);
  return {
    name,
    columns: columns.map((column) => column.name),
    key: composite.map((column) => column.name),
    hasBytes: columns.some((column) => column.getSQLType() === "blob"),
    parents: foreignKeys.map((key) => getTableConfig(key.reference().foreignTable).name),
  };
}
