import { endianness } from "node:os";

/**
 * How balances lie in `balance_columns`. The codes of a ministry that have a balance in a fiscal year stand in chunks, in
 * order of arrival; a code keeps its place. Per chunk there is
 *
 * - `codes`: the numbers of the code combinations, 32 bits each;
 * - a column per part of the code: `keys` lists its distinct values (JSON, null where a code does not print the part),
 *   `data` the position of each code's value in that list, 16 bits each;
 * - per measure `realization_present`: for each code one bit per month, January lowest, set where something speaks (16
 *   bits each, a lone bit for annual measures); `keys` is an upper bound of the sum of all absolute amounts;
 * - per measure and month `realization_04`: the amounts of the codes that have that bit, 64 bits each; and
 *   `realization_year`: the sums of the codes that have any bit. Annual measures have the year alone.
 *
 * A present column may be shorter than `codes`: the codes behind its end have nothing of that measure. Year sums wrap
 * around at 64 bits; whoever reads them makes sure by the bounds that what he adds up does not (`SAFE_MAGNITUDE`).
 */

export const CHUNK_SIZE = 4096;

export const MONTHLY_MEASURES = ["budget", "twelfths", "realization"] as const;
export const ANNUAL_MEASURES = ["original", "revised", "blocked"] as const;
export type BalanceMeasure = (typeof MONTHLY_MEASURES)[number] | (typeof ANNUAL_MEASURES)[number];

/** Parts of a code that have a column; of the fund only its source. */
export const CODE_PARTS = ["satker", "program", "account", "fund", "authority", "location", "node"] as const;
export type CodePart = (typeof CODE_PARTS)[number];

export const CODES_COLUMN = "codes";

/** A row of this name says that a year has balances but no columns yet: the store is older than the columns. */
export const MISSING_COLUMN = "missing";

/** Bounds are added as floating numbers: half of what 64 bits hold leaves more room than they can be wrong by. */
export const SAFE_MAGNITUDE = 2 ** 62;

export function isAnnual(measure: BalanceMeasure): boolean {
  return (ANNUAL_MEASURES as readonly string[]).includes(measure);
}

/** @param month 1 … 12 */
export function monthColumn(measure: BalanceMeasure, month: number): string {
  return `${measure}_${String(month).padStart(2, "0")}`;
}

export function yearColumn(measure: BalanceMeasure): string {
  return `${measure}_year`;
}

export function presentColumn(measure: BalanceMeasure): string {
  return `${measure}_present`;
}

/** Every column of a measure: what is present, the months, the year. */
export function columnsOf(measure: BalanceMeasure): { present: string; months: string[]; year: string } {
  const months = Array.from({ length: 12 }, (_, index) => monthColumn(measure, index + 1));
  return { present: presentColumn(measure), months: isAnnual(measure) ? [] : months, year: yearColumn(measure) };
}

// Columns are read and written as the machine holds numbers. Every platform that the database engines are built for puts
// the low byte first; on another one a store could not be carried over.
if (endianness() !== "LE") throw new Error("this machine puts the high byte of a number first; it is not supported");

/** The bytes of a column as numbers. Bytes that came over a socket may lie anywhere and are then copied. */
export function asInt64(data: Uint8Array): BigInt64Array {
  const { buffer, byteOffset, byteLength } = aligned(data, 8);
  return new BigInt64Array(buffer, byteOffset, byteLength / 8);
}

export function asUint32(data: Uint8Array): Uint32Array {
  const { buffer, byteOffset, byteLength } = aligned(data, 4);
  return new Uint32Array(buffer, byteOffset, byteLength / 4);
}

export function asUint16(data: Uint8Array): Uint16Array {
  const { buffer, byteOffset, byteLength } = aligned(data, 2);
  return new Uint16Array(buffer, byteOffset, byteLength / 2);
}

function aligned(data: Uint8Array, size: number): Uint8Array {
  return data.byteOffset % size === 0 ? data : data.slice();
}

/** The first `count` numbers of a column as bytes. */
export function asBytes(column: BigInt64Array | Uint32Array | Uint16Array, count: number): Uint8Array {
  return new Uint8Array(column.buffer, column.byteOffset, count * column.BYTES_PER_ELEMENT);
}
