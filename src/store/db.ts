import type { SQL } from "drizzle-orm";
import type { BetterSQLite3Database } from "drizzle-orm/better-sqlite3";
import type * as sqliteJobTables from "../../schema/jobs.sqlite.ts";
import type * as sqliteTables from "../../schema/sqlite.ts";

/** Every table, typed as the SQLite twin on both engines. */
export type Tables = typeof sqliteTables;

/** The tables of the job queue. */
export type JobTables = typeof sqliteJobTables;

export type Value = string | number | bigint | null;

/** What a bulk insert can store: also bytes. */
export type StoredValue = Value | Uint8Array;

/** Column types of an inline list of rows. */
export type ListColumns = Record<string, "text" | "int">;

/** Questions to the store. Raw rows carry every integer as bigint, on both engines. */
export interface Reader extends Pick<BetterSQLite3Database, "select" | "selectDistinct"> {
  /** Runs a raw query; the caller states the shape of a row. */
  rows<T extends Record<string, string | bigint | null | Uint8Array>>(query: SQL): Promise<T[]>;
  /** Rows of the program as a sub-query that can be joined: `FROM ${reader.list(...)} AS name`. */
  list(columns: ListColumns, rows: readonly (readonly Value[])[]): SQL;
  /** Condition of a full-text search: every word of `words` (or its beginning) occurs in the entry. */
  matchesWords(words: readonly string[]): SQL;
}

/** Writes the values of row `index` into `values` from place `at` on. */
export type RowWriter = (values: Value[], at: number, index: number) => void;

export interface BulkOptions {
  /** How the insert meets a row that is there already; SQL that both engines understand. */
  onConflict?: string;
}

export interface LoadOptions extends BulkOptions {
  /** Columns that have the same value in every row: an engine is told once. */
  constant?: Readonly<Record<string, Value>>;
}

/** A writing transaction: all of it or nothing. There is one at a time. */
export interface Transaction extends Reader, Pick<BetterSQLite3Database, "insert" | "update" | "delete"> {
  run(statement: SQL): Promise<void>;
  /** Runs statements that join many rows with many; a planner that would guess few is told so. */
  joiningMany<T>(work: () => Promise<T>): Promise<T>;
  /**
   * Runs a query whose rows go by one after the other instead of being held. `visit` must not use the store, and must not
   * keep the row.
   */
  each<T extends Record<string, string | bigint | null | Uint8Array>>(
    query: SQL,
    visit: (row: T) => void,
  ): Promise<void>;
  /** Tells the planner how large the tables have become, where an engine needs to be told. */
  analyze(...tables: readonly string[]): Promise<void>;
  /**
   * Inserts rows as fast as the engine can: `write` puts the values of a row, in the order of `columns`, into a list from
   * a place on. Whole numbers within 2^53 may stand for integers.
   */
  bulkLoad(
    table: string,
    columns: readonly string[],
    count: number,
    write: RowWriter,
    options?: LoadOptions,
  ): Promise<void>;
  /**
   * Does work that puts `count` rows into a table. Where that is a large part of what it will hold, an engine may set its
   * indexes aside and build them afterwards, as long as readers are not held up.
   */
  filling<T>(table: string, count: number, work: () => Promise<T>): Promise<T>;
  /** Inserts many rows fast: `columns` are names of the database, each row gives their values in that order. */
  bulkInsert(
    table: string,
    columns: readonly string[],
    rows: readonly StoredValue[][],
    options?: BulkOptions,
  ): Promise<void>;
}

export interface TransactionOptions<T> {
  /** Decides after the work whether it is kept; by default it is. A dry run is the real work, not kept. */
  keep?: (result: T) => boolean;
  /** Ends the transaction early, also while it waits for its turn; its reason is thrown and nothing is kept. */
  signal?: AbortSignal | undefined;
}

/** A result of an engine's own consistency check. */
export interface IntegrityFinding {
  check: string;
  detail: string;
}

/** The store: the only door to the database. Nobody outside src/store knows which engine it is. */
export interface Db<Schema = Tables> {
  readonly tables: Schema;
  /** What `openStore` was given, for a thread that opens the store again. It may hold a password: never shown. */
  readonly location: string;
  readonly read: Reader;
  /** One consistent view of the store for several questions. */
  snapshot<T>(work: (reader: Reader) => Promise<T>): Promise<T>;
  tx<T>(work: (tx: Transaction) => Promise<T>, options?: TransactionOptions<T>): Promise<T>;
  /** The engine's own check of pages, indexes and foreign keys. */
  checkIntegrity(): Promise<IntegrityFinding[]>;
  /** Where the store is, without secrets. */
  describe(): string;
  close(): Promise<void>;
}
