import { DrizzleQueryError, type SQL, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import { PgDialect } from "drizzle-orm/pg-core";
import pg from "pg";
import { AppError, isSystemError } from "../errors.ts";
import { outOfRange } from "../money.ts";
import type {
  Db,
  IntegrityFinding,
  JobTables,
  ListColumns,
  Reader,
  Transaction,
  TransactionOptions,
  Value,
} from "./db.ts";
import { migratePostgres, type PostgresTrack } from "./migrate-postgres.ts";
import { copyIn } from "./postgres-copy.ts";
import { exactInteger } from "./range.ts";
import { columnTypes, sameTables } from "./twins.ts";

const dialect = new PgDialect();

// Every integer is read as bigint, as on SQLite; columns that hold small ones convert themselves.
// A sum of 64-bit integers is `numeric` here; the store has no fractions.
for (const oid of [20, 21, 23]) pg.types.setTypeParser(oid, BigInt);
pg.types.setTypeParser(1700, exactInteger);

/** Writers take turns, as on SQLite: balances and code numbers are computed from what is there. */
const WRITER_LOCK = 7_243_001;

/** Changes of the job queue take turns too, but never wait for an import. */
const JOBS_LOCK = 7_243_002;

/** SQLSTATE of what a person can do something about. */
const NUMERIC_OUT_OF_RANGE = "22003";
const DISK_FULL = "53100";
const QUERY_CANCELED = "57014";

type Client = pg.Pool | pg.PoolClient;

/** Opens (and migrates) a PostgreSQL store named by a URL. */
export async function openPostgres(url: string): Promise<Db> {
  return new PostgresDb(await openPool(url, 8, WRITER_LOCK, "postgres"), url, sameTables().tables, WRITER_LOCK);
}

/** Opens (and migrates) the job queue of a PostgreSQL store. */
export async function openPostgresJobs(url: string): Promise<Db<JobTables>> {
  return new PostgresDb(await openPool(url, 3, JOBS_LOCK, "postgres-jobs"), url, sameTables().jobTables, JOBS_LOCK);
}

async function openPool(url: string, max: number, lock: number, track: PostgresTrack): Promise<pg.Pool> {
  const pool = new pg.Pool({ connectionString: url, max, application_name: "tandai" });
  // A connection that breaks while idle is replaced by the pool; the next query reports what is wrong.
  pool.on("error", () => undefined);
  try {
    await migratePostgres(pool, lock, track);
  } catch (error) {
    await pool.end();
    if (error instanceof AppError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new AppError("STORE-OPEN", 503, `${withoutSecret(url)}: ${reason}`, "Periksa TANDAI_DB / check TANDAI_DB");
  }
  return pool;
}

/** The URL without passwords, wherever they may stand in it. */
function withoutSecret(url: string): string {
  return url.replace(/\/\/([^:@/]*):[^@/]*@/, "//$1@").replace(/([?&](?:ssl)?password=)[^&]*/gi, "$1…");
}

/** What interrupts a transaction, until it is ended. */
interface Interruption {
  end(): Promise<void>;
}

const NOT_INTERRUPTED: Interruption = { end: async () => undefined };

class PostgresDb<Schema> implements Db<Schema> {
  readonly tables: Schema;
  readonly location: string;
  readonly read: Reader;
  readonly #pool: pg.Pool;
  /** Writers take turns under this number. */
  readonly #lock: number;

  constructor(pool: pg.Pool, url: string, schema: Schema, lock: number) {
    this.tables = schema;
    this.location = url;
    this.#pool = pool;
    this.#lock = lock;
    this.read = reader(pool);
  }

  snapshot<T>(work: (view: Reader) => Promise<T>): Promise<T> {
    return this.#inTransaction("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", (client) => work(reader(client)));
  }

  tx<T>(work: (tx: Transaction) => Promise<T>, options: TransactionOptions<T> = {}): Promise<T> {
    return this.#inTransaction(
      "BEGIN",
      async (client) => {
        await client.query("SELECT pg_advisory_xact_lock($1)", [this.#lock]);
        return work(transaction(client, options.signal));
      },
      options,
    );
  }

  async #inTransaction<T>(
    begin: string,
    work: (client: pg.PoolClient) => Promise<T>,
    { keep = () => true, signal }: TransactionOptions<T> = {},
  ): Promise<T> {
    signal?.throwIfAborted();
    const client = await this.#pool.connect();
    let interruption: Interruption = NOT_INTERRUPTED;
    try {
      if (signal) interruption = await this.#interruption(client, signal);
      await client.query(begin);
      const result = await work(client);
      signal?.throwIfAborted();
      await client.query(keep(result) ? "COMMIT" : "ROLLBACK");
      await interruption.end();
      client.release();
      return result;
    } catch (error) {
      // It must not strike whoever has the connection next.
      await interruption.end();
      // A connection that cannot even roll back is thrown away instead of going back to the pool.
      await client.query("ROLLBACK").then(
        () => client.release(),
        (broken: Error) => client.release(broken),
      );
      throw signal?.aborted && isCancelled(error) ? signal.reason : postgresError(error);
    }
  }

  /** Cancels the statement of a connection when the signal is given, even one that waits for a lock. */
  async #interruption(client: pg.PoolClient, signal: AbortSignal): Promise<Interruption> {
    const { rows } = await client.query<{ pid: bigint }>("SELECT pg_backend_pid() AS pid");
    let sent: Promise<unknown> = Promise.resolve();
    const cancel = (): void => {
      sent = this.#pool.query("SELECT pg_cancel_backend($1)", [rows[0]?.pid]).catch(() => undefined);
    };
    signal.addEventListener("abort", cancel, { once: true });
    return {
      end: async () => {
        signal.removeEventListener("abort", cancel);
        await sent;
      },
    };
  }

  async checkIntegrity(): Promise<IntegrityFinding[]> {
    const { rows } = await this.#pool.query<{ name: string }>(
      "SELECT conrelid::regclass || '.' || conname AS name FROM pg_constraint WHERE NOT convalidated",
    );
    return rows.map(({ name }) => ({ check: "constraint_not_validated", detail: name }));
  }

  describe(): string {
    return withoutSecret(this.location);
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }
}

function reader(client: Client): Reader {
  // The one cast of the house: the twins have equal row types, so the builder's results do too.
  const orm = drizzle(client) as unknown as Pick<Transaction, "select" | "selectDistinct">;
  return {
    select: orm.select.bind(orm),
    selectDistinct: orm.selectDistinct.bind(orm),
    rows: async <T>(query: SQL) => {
      const { sql: text, params } = dialect.sqlToQuery(query);
      try {
        return (await client.query(text, params)).rows as T[];
      } catch (error) {
        throw postgresError(error);
      }
    },
    list,
    matchesWords: (words) => {
      const query = words.map((word) => `'${word.replaceAll("\\", "\\\\").replaceAll("'", "''")}':*`).join(" & ");
      return sql`to_tsvector('simple', "code" || ' ' || "name") @@ to_tsquery('simple', ${query})`;
    },
  };
}

/** Rows of a cursor that are in memory at once. */
const ROWS_AT_ONCE = 2000;

function transaction(client: pg.PoolClient, signal: AbortSignal | undefined): Transaction {
  const orm = drizzle(client) as unknown as Pick<Transaction, "insert" | "update" | "delete">;
  return {
    ...reader(client),
    insert: orm.insert.bind(orm),
    update: orm.update.bind(orm),
    delete: orm.delete.bind(orm),
    run: async (statement) => {
      // The engine forgets a request to cancel that comes between two statements.
      signal?.throwIfAborted();
      const { sql: text, params } = dialect.sqlToQuery(statement);
      await client.query(text, params);
    },
    each: async <T>(query: SQL, visit: (row: T) => void) => {
      signal?.throwIfAborted();
      const { sql: text, params } = dialect.sqlToQuery(query);
      try {
        await client.query(`DECLARE going_by NO SCROLL CURSOR FOR ${text}`, params);
        for (;;) {
          const { rows } = await client.query(`FETCH ${ROWS_AT_ONCE} FROM going_by`);
          for (const row of rows) visit(row as T);
          if (rows.length < ROWS_AT_ONCE) break;
        }
        await client.query("CLOSE going_by");
      } catch (error) {
        throw postgresError(error);
      }
    },
    // Satker, year, period and extract of a cell depend on each other; the planner multiplies their chances, expects next
    // to nothing and loops over everything.
    joiningMany: async (work) => {
      await client.query("SET LOCAL enable_nestloop = off");
      const result = await work();
      await client.query("SET LOCAL enable_nestloop = on");
      return result;
    },
    // Without it the planner takes a table that was just filled for an empty one and loops over it.
    analyze: async (...tables) => {
      for (const table of tables) await client.query(`ANALYZE "${table}"`);
    },
    bulkLoad: (table, columns, count, write, options = {}) => copyIn(client, { table, columns, count, write }, options),
    // To drop an index would hold up every reader of the table until the end.
    filling: (_table, _count, work) => work(),
    bulkInsert: async (table, columns, rows, options = {}) => {
      if (rows.length === 0) return;
      const types = columnTypes(table, columns);
      const arrays = columns.map((_, index) => rows.map((row) => row[index] ?? null));
      const names = columns.map((name) => `"${name}"`).join(",");
      const lists = types.map((type, index) => `$${index + 1}::${type}[]`).join(",");
      await client.query(
        `INSERT INTO "${table}" (${names}) SELECT * FROM unnest(${lists}) ${options.onConflict ?? ""}`,
        arrays,
      );
    },
  };
}

/** A statement that was cancelled on request. */
function isCancelled(thrown: unknown): boolean {
  const error = thrown instanceof DrizzleQueryError ? thrown.cause : thrown;
  return isSystemError(error) && error.code === QUERY_CANCELED;
}

/** Turns what the engine says into a sentence; anything unexpected goes on unchanged. */
function postgresError(thrown: unknown): unknown {
  const error = thrown instanceof DrizzleQueryError ? thrown.cause : thrown;
  if (!isSystemError(error) || error instanceof AppError) return thrown;
  if (error.code === NUMERIC_OUT_OF_RANGE) return outOfRange();
  if (error.code === DISK_FULL) {
    return new AppError(
      "STORE-FULL",
      507,
      "Penyimpanan PostgreSQL penuh / the disk of PostgreSQL is full",
      "Kosongkan ruang / free some space",
    );
  }
  return thrown;
}

function list(columns: ListColumns, rows: readonly (readonly Value[])[]): SQL {
  // Arrays of columns: the planner knows their length, and a value costs nothing to read again.
  const types = Object.values(columns).map((type) => (type === "int" ? "bigint" : "text"));
  const arrays = types.map(
    (type, index) => sql`${sql.param(rows.map((row) => row[index] ?? null))}::${sql.raw(type)}[]`,
  );
  const names = Object.keys(columns).map((name) => sql.raw(`"${name}"`));
  return sql`(SELECT * FROM unnest(${sql.join(arrays, sql`, `)}) AS listed(${sql.join(names, sql`, `)}))`;
}
