import { existsSync } from "node:fs";
import type Database from "better-sqlite3";
import { DrizzleQueryError } from "drizzle-orm";
import { AppError, isSystemError } from "../errors.ts";
import { outOfRange } from "../money.ts";

/**
 * The rows of a query. No column of the store is REAL: SQLite turns an integer sum that leaves 64 bits into a floating
 * value, and that must never pass for rupiah. Only computed columns can hold one.
 *
 * @throws AppError AMT-RANGE
 */
export function exactRows<T extends Record<string, unknown>>(statement: Database.Statement, params: unknown[]): T[] {
  // Statements are shared with the query builder, which asks for rows as arrays.
  const rows = statement.raw(false).all(params) as T[];
  const computed = computedColumns(statement);
  if (computed.length > 0) for (const row of rows) assertExact(row, computed);
  return rows;
}

/** The rows of a query one after the other. @throws AppError AMT-RANGE */
export function* exactRowByRow<T extends Record<string, unknown>>(
  statement: Database.Statement,
  params: unknown[],
): Generator<T> {
  const computed = computedColumns(statement);
  for (const row of statement.raw(false).iterate(params) as Iterable<T>) {
    assertExact(row, computed);
    yield row;
  }
}

function computedColumns(statement: Database.Statement): string[] {
  return statement.columns().flatMap(({ name, column }) => (column === null ? name : []));
}

function assertExact(row: Record<string, unknown>, computed: readonly string[]): void {
  for (const name of computed) if (typeof row[name] === "number") throw outOfRange();
}

/** Turns what the engine says into a sentence; anything unexpected goes on unchanged. */
export function sqliteError(thrown: unknown, path: string): unknown {
  const error = thrown instanceof DrizzleQueryError ? thrown.cause : thrown;
  if (isOverflow(error)) return outOfRange();
  if (!isSystemError(error) || error instanceof AppError) return thrown;
  const { code } = error;
  if (isBusy(error)) {
    return new AppError(
      "STORE-BUSY",
      503,
      `${path}: proses lain sedang menulis / another process is writing`,
      "Coba lagi / try again",
    );
  }
  if (code === "SQLITE_FULL" || code === "ENOSPC") {
    return new AppError(
      "STORE-FULL",
      507,
      `${path}: penyimpanan penuh / the disk is full`,
      "Kosongkan ruang / free some space",
    );
  }
  if (code.startsWith("SQLITE_IOERR")) {
    return new AppError(
      "STORE-IO",
      500,
      `${path}: gagal membaca atau menulis / reading or writing failed (${code})`,
      "Periksa ruang kosong dan cakramnya / check free space and the disk",
    );
  }
  if (code === "SQLITE_NOTADB" || code.startsWith("SQLITE_CORRUPT")) {
    return new AppError(
      "STORE-DAMAGED",
      500,
      `${path}: bukan basis data Tandai atau rusak / not a Tandai store, or damaged`,
      "Pulihkan dari cadangan / restore a backup",
    );
  }
  if (CANNOT_OPEN.has(code) || code.startsWith("SQLITE_READONLY") || code.startsWith("SQLITE_CANTOPEN")) {
    const reason = existsSync(path)
      ? "tidak dapat ditulis / cannot be written"
      : "tidak dapat dibuat / cannot be created";
    return new AppError(
      "STORE-OPEN",
      400,
      `${path}: ${reason}`,
      "Periksa --db dan hak akses / check --db and permissions",
    );
  }
  return thrown;
}

const CANNOT_OPEN = new Set(["ENOENT", "EACCES", "EPERM", "EROFS", "ENOTDIR", "EISDIR", "EEXIST", "ENAMETOOLONG"]);

/** Another connection has the write lock. */
export function isBusy(error: unknown): boolean {
  return isSystemError(error) && error.code.startsWith("SQLITE_BUSY");
}

/** A sum, a balance or a bound value beyond 64 bits. */
function isOverflow(error: unknown): boolean {
  if (error instanceof RangeError) return error.message.includes("bigint");
  if (!isSystemError(error)) return false;
  // A STRICT table refuses the floating value that an addition of integers became.
  return error.message === "integer overflow" || error.code === "SQLITE_CONSTRAINT_DATATYPE";
}
