import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { setImmediate, setTimeout } from "node:timers/promises";
import type Database from "better-sqlite3";
import { type SQL, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/better-sqlite3";
import { SQLiteSyncDialect } from "drizzle-orm/sqlite-core";
import * as jobTables from "../../schema/jobs.sqlite.ts";
import * as tables from "../../schema/sqlite.ts";
import type {
  BulkOptions,
  Db,
  IntegrityFinding,
  JobTables,
  ListColumns,
  LoadOptions,
  Reader,
  RowWriter,
  StoredValue,
  Transaction,
  TransactionOptions,
  Value,
} from "./db.ts";
import { listJson } from "./list-json.ts";
import { migrateSqlite } from "./migrate-sqlite.ts";
import type { MigrationTrack } from "./migrations.ts";
import { Mutex } from "./mutex.ts";
import { openConnection } from "./sqlite-connection.ts";
import { exactRowByRow, exactRows, isBusy, sqliteError } from "./sqlite-errors.ts";
import { sqlitePath } from "./sqlite-path.ts";

const dialect = new SQLiteSyncDialect();

/** How long a process waits for another one that is writing, in milliseconds. */
const BUSY_TIMEOUT = 30_000;
const BUSY_PAUSE = 20;

/** Opens (and creates and migrates) an SQLite store. */
export function openSqlite(location: string): Promise<Db> {
  return open(location, sqlitePath(location), "sqlite", tables);
}

/** Opens (and creates and migrates) the job queue beside an SQLite store. */
export function openSqliteJobs(location: string): Promise<Db<JobTables>> {
  return open(location, `${sqlitePath(location)}.jobs`, "sqlite-jobs", jobTables);
}

async function open<Schema>(
  location: string,
  path: string,
  track: MigrationTrack,
  schema: Schema,
): Promise<Db<Schema>> {
  try {
    mkdirSync(dirname(path), { recursive: true });
    // A store that another process is just creating is locked in ways that the engine itself does not wait for.
    await whenFree(() => migrateSqlite(path, track));
    return new SqliteDb(location, path, schema);
  } catch (error) {
    throw sqliteError(error, path);
  }
}

/**
 * Pages that a connection keeps, in KiB. A bulk import writes each page once or a few times in a row: what it keeps beyond
 * that would only be memory.
 */
const READER_CACHE = 64_000;
const WRITER_CACHE = 16_000;

function connect(path: string, cache: number): Database.Database {
  const client = openConnection(path, BUSY_TIMEOUT);
  client.defaultSafeIntegers(true);
  client.pragma("journal_mode = WAL");
  client.pragma("synchronous = FULL");
  client.pragma("foreign_keys = ON");
  client.pragma("temp_store = MEMORY");
  client.pragma(`cache_size = -${cache}`);
  return client;
}

/** Does something as soon as no other process stands in its way, without holding up this one. */
async function whenFree(work: () => void | Promise<void>, signal?: AbortSignal): Promise<void> {
  const deadline = performance.now() + BUSY_TIMEOUT;
  for (;;) {
    try {
      await work();
      return;
    } catch (error) {
      if (!isBusy(error) || performance.now() > deadline) throw error;
    }
    await setTimeout(BUSY_PAUSE);
    signal?.throwIfAborted();
  }
}

class SqliteDb<Schema> implements Db<Schema> {
  readonly tables: Schema;
  readonly location: string;
  readonly read: Reader;
  readonly #path: string;
  readonly #writing = new Mutex();
  readonly #writer: Database.Database;
  readonly #reader: Database.Database;
  readonly #idle: Database.Database[] = [];

  constructor(location: string, path: string, schema: Schema) {
    this.tables = schema;
    this.location = location;
    this.#path = path;
    this.#writer = connect(path, WRITER_CACHE);
    // Waiting for the write lock is done by `whenFree`, without holding up the rest of the program.
    this.#writer.pragma("busy_timeout = 0");
    this.#reader = this.#openReader();
    this.read = reader(this.#reader);
  }

  #openReader(): Database.Database {
    const client = connect(this.#path, READER_CACHE);
    client.pragma("query_only = ON");
    return client;
  }

  async snapshot<T>(work: (view: Reader) => Promise<T>): Promise<T> {
    const client = this.#idle.pop() ?? this.#openReader();
    try {
      client.exec("BEGIN");
      return await work(reader(client));
    } finally {
      if (client.inTransaction) client.exec("COMMIT");
      this.#idle.push(client);
    }
  }

  tx<T>(work: (tx: Transaction) => Promise<T>, { keep, signal }: TransactionOptions<T> = {}): Promise<T> {
    return this.#writing.run(async () => {
      try {
        await whenFree(() => void this.#writer.exec("BEGIN IMMEDIATE"), signal);
        const result = await work(transaction(this.#writer, signal));
        signal?.throwIfAborted();
        this.#writer.exec(keep?.(result) === false ? "ROLLBACK" : "COMMIT");
        return result;
      } catch (error) {
        if (this.#writer.inTransaction) this.#writer.exec("ROLLBACK");
        throw sqliteError(error, this.#path);
      }
    });
  }

  async checkIntegrity(): Promise<IntegrityFinding[]> {
    const findings: IntegrityFinding[] = [];
    for (const row of this.#reader.pragma("integrity_check") as { integrity_check: string }[]) {
      if (row.integrity_check !== "ok") findings.push({ check: "integrity_check", detail: row.integrity_check });
    }
    for (const row of this.#reader.pragma("foreign_key_check") as { table: string; parent: string }[]) {
      findings.push({ check: "foreign_key_check", detail: `${row.table} → ${row.parent}` });
    }
    return findings;
  }

  describe(): string {
    return this.#path;
  }

  async close(): Promise<void> {
    for (const client of [...this.#idle, this.#reader, this.#writer]) client.close();
  }
}

function reader(client: Database.Database): Reader {
  const orm = drizzle(client);
  return {
    select: orm.select.bind(orm),
    selectDistinct: orm.selectDistinct.bind(orm),
    rows: async <T extends Record<string, string | bigint | null | Uint8Array>>(query: SQL) => {
      const { sql: text, params } = dialect.sqlToQuery(query);
      try {
        return exactRows<T>(client.prepare(text), params.map(bindable));
      } catch (error) {
        throw sqliteError(error, client.name);
      }
    },
    list,
    matchesWords: (words) => {
      const query = words.map((word) => `"${word.replaceAll('"', '""')}"*`).join(" ");
      return sql`reference_search MATCH ${query}`;
    },
  };
}

function transaction(client: Database.Database, signal: AbortSignal | undefined): Transaction {
  const orm = drizzle(client);
  const inserts = new BulkInserts(client);
  const questions = reader(client);
  // A row of long statements leaves no turn in which the signal could be given.
  const goOn = async (): Promise<void> => {
    if (!signal) return;
    await setImmediate();
    signal.throwIfAborted();
  };
  return {
    ...questions,
    rows: async <T extends Record<string, string | bigint | null | Uint8Array>>(query: SQL) => {
      await goOn();
      return questions.rows<T>(query);
    },
    insert: orm.insert.bind(orm),
    update: orm.update.bind(orm),
    delete: orm.delete.bind(orm),
    run: async (statement) => {
      await goOn();
      const { sql: text, params } = dialect.sqlToQuery(statement);
      client.prepare(text).run(params.map(bindable));
    },
    each: async <T extends Record<string, string | bigint | null | Uint8Array>>(
      query: SQL,
      visit: (row: T) => void,
    ) => {
      await goOn();
      const { sql: text, params } = dialect.sqlToQuery(query);
      try {
        for (const row of exactRowByRow<T>(client.prepare(text), params.map(bindable))) visit(row);
      } catch (error) {
        throw sqliteError(error, client.name);
      }
    },
    joiningMany: (work) => work(),
    // SQLite plans these queries well from keys alone; old statistics would mislead it more than none.
    analyze: async () => undefined,
    bulkInsert: async (table, columns, rows, options) => {
      await goOn();
      inserts.insert(table, columns, rows, options);
    },
    bulkLoad: async (table, columns, count, write, options) => inserts.load(table, columns, count, write, options),
    filling: (table, count, work) => withoutIndexes(client, table, count, work),
  };
}

/** A JavaScript number would be bound as a floating value and turn integer division into a real one. */
function bindable(value: unknown): unknown {
  return typeof value === "number" && Number.isInteger(value) ? BigInt(value) : value;
}

function list(columns: ListColumns, rows: readonly (readonly Value[])[]): SQL {
  // Types and limit let the planner put an index on the list: without a type it compares value by value, and without
  // the limit it folds the list into the query and reads the JSON again for every row.
  const picks = Object.entries(columns).map(([name, type], index) =>
    sql.raw(`CAST(json_extract(value, '$[${index}]') AS ${type === "int" ? "INTEGER" : "TEXT"}) AS "${name}"`),
  );
  return sql`(SELECT ${sql.join(picks, sql`, `)} FROM json_each(${listJson(rows)}) LIMIT -1)`;
}

/** From this part of a table on, building its indexes again is faster than keeping them. */
const LARGE_PART = 1 / 4;

/** Sets the indexes of a table aside during work that fills it, all within the transaction of the connection. */
async function withoutIndexes<T>(
  client: Database.Database,
  table: string,
  count: number,
  work: () => Promise<T>,
): Promise<T> {
  const held = Number(client.prepare(`SELECT count(*) FROM "${table}"`).pluck().get());
  if (count < held * LARGE_PART) return work();
  const indexes = client
    .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL")
    .all(table) as { name: string; sql: string }[];
  for (const { name } of indexes) client.exec(`DROP INDEX "${name}"`);
  const result = await work();
  for (const { sql: text } of indexes) client.exec(text);
  return result;
}

/** Rows per statement: larger ones gain nothing measurable. */
const ROWS_PER_STATEMENT = 64;

/** Multi-row inserts. */
class BulkInserts {
  readonly #client: Database.Database;

  constructor(client: Database.Database) {
    this.#client = client;
  }

  insert(table: string, columns: readonly string[], rows: readonly StoredValue[][], options: BulkOptions = {}): void {
    this.#fill(table, columns, rows.length, options, (values: StoredValue[], at, index) => {
      const row = rows[index] ?? [];
      for (let column = 0; column < columns.length; column++) values[at + column] = row[column] ?? null;
    });
  }

  load(table: string, columns: readonly string[], count: number, write: RowWriter, options: LoadOptions = {}): void {
    this.#fill(table, columns, count, options, write);
  }

  #fill<V extends StoredValue>(
    table: string,
    columns: readonly string[],
    count: number,
    options: LoadOptions,
    write: (values: V[], at: number, index: number) => void,
  ): void {
    const width = columns.length;
    const { constant = {} } = options;
    let done = 0;
    if (count >= ROWS_PER_STATEMENT) {
      const many = this.#statement(table, columns, ROWS_PER_STATEMENT, options);
      const values: V[] = [];
      for (; done + ROWS_PER_STATEMENT <= count; done += ROWS_PER_STATEMENT) {
        for (let row = 0; row < ROWS_PER_STATEMENT; row++) write(values, row * width, done + row);
        many.run(values, constant);
      }
    }
    if (done === count) return;
    const single = this.#statement(table, columns, 1, options);
    const values: V[] = [];
    for (; done < count; done++) {
      write(values, 0, done);
      single.run(values, constant);
    }
  }

  #statement(
    table: string,
    columns: readonly string[],
    count: number,
    { onConflict = "", constant = {} }: LoadOptions,
  ): Database.Statement {
    // A named place is bound once for all rows.
    const constants = Object.keys(constant);
    const tuple = `(${[...columns.map(() => "?"), ...constants.map((name) => `@${name}`)].join(",")})`;
    const names = [...columns, ...constants].map((name) => `"${name}"`).join(",");
    const text = `INSERT INTO "${table}" (${names}) VALUES ${Array(count).fill(tuple).join(",")} ${onConflict}`;
    return this.#client.prepare(text);
  }
}
