import { getTableColumns, getTableName } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import * as postgresJobTables from "../../schema/jobs.postgres.ts";
import type * as sqliteJobTables from "../../schema/jobs.sqlite.ts";
import * as postgresTables from "../../schema/postgres.ts";
import type * as sqliteTables from "../../schema/sqlite.ts";
import type { JobTables, Tables } from "./db.ts";

type Rows<T> = { [K in keyof T]: T[K] extends { $inferSelect: infer Row } ? Row : never };
type Equal<A, B> = (<X>() => X extends A ? 1 : 2) extends <X>() => X extends B ? 1 : 2 ? true : false;

/** Fails to compile when the twins differ in a table, a column, a type or nullability. */
const twinsAreEqual: Equal<Rows<typeof sqliteTables>, Rows<typeof postgresTables>> &
  Equal<Rows<typeof sqliteJobTables>, Rows<typeof postgresJobTables>> = true;

/** The PostgreSQL tables, seen as their SQLite twins. */
export function sameTables(): { tables: Tables; jobTables: JobTables } {
  if (!twinsAreEqual) throw new Error("schema twins differ");
  return { tables: postgresTables as unknown as Tables, jobTables: postgresJobTables as unknown as JobTables };
}

const BY_NAME = new Map(
  Object.values(postgresTables as unknown as Record<string, PgTable>).map((table) => [getTableName(table), table]),
);

/** PostgreSQL types of columns, for arrays of values. */
export function columnTypes(table: string, columns: readonly string[]): string[] {
  const definition = BY_NAME.get(table);
  const types = new Map(
    Object.values(definition ? getTableColumns(definition) : {}).map((column) => [column.name, column.getSQLType()]),
  );
  return columns.map((name) => types.get(name) ?? "text");
}
