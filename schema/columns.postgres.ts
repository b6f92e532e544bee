import { customType } from "drizzle-orm/pg-core";

/** Column types of the PostgreSQL twin; the pool reads every integer as bigint, like the SQLite connection. */

/** 64-bit integer: rupiah. */
export const int64 = customType<{ data: bigint; driverData: bigint }>({
  dataType: () => "bigint",
});

/** Small integer: years, row numbers, ids, basis points. */
export const int = customType<{ data: number; driverData: bigint }>({
  dataType: () => "integer",
  fromDriver: Number,
  toDriver: BigInt,
});

/** A document as JSON text: same bytes on both engines, read whole. */
export const json = customType<{ data: unknown; driverData: string }>({
  dataType: () => "text",
  fromDriver: (value) => JSON.parse(value) as unknown,
  toDriver: (value) => JSON.stringify(value),
});

/** Bytes as they are. */
export const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({
  dataType: () => "bytea",
});
