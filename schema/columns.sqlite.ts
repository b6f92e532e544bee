import { customType } from "drizzle-orm/sqlite-core";

/**
 * Column types of the SQLite twin. The connection reads every integer as bigint (anything else loses digits above
 * 2^53 in silence), so the types here say what the program sees.
 */

/** 64-bit integer: rupiah. */
export const int64 = customType<{ data: bigint; driverData: bigint }>({
  dataType: () => "integer",
});

/** Small integer: years, row numbers, ids, basis points. */
export const int = customType<{ data: number; driverData: bigint }>({
  dataType: () => "integer",
  fromDriver: Number,
  toDriver: BigInt,
});

/** A document as JSON text. */
export const json = customType<{ data: unknown; driverData: string }>({
  dataType: () => "text",
  fromDriver: (value) => JSON.parse(value) as unknown,
  toDriver: (value) => JSON.stringify(value),
});

/** Bytes as they are. */
export const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({
  dataType: () => "blob",
});
