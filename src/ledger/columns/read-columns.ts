import { type SQL, sql } from "drizzle-orm";
import type { Reader } from "../../store/index.ts";
import {
  asInt64,
  asUint16,
  asUint32,
  type BalanceMeasure,
  CODES_COLUMN,
  type CodePart,
  MISSING_COLUMN,
  monthColumn,
  presentColumn,
  yearColumn,
} from "./layout.ts";

/** A chunk of codes of one ministry in one fiscal year. */
export interface ChunkName {
  ministry: string;
  chunk: number;
}

/** The values of one part of the codes of a chunk, and which of them each code has. */
export interface PartChunk extends ChunkName {
  values: (string | null)[];
  positions: Uint16Array;
}

/** Amounts of the codes that have the bit of a month, or of the codes that have any bit, in their order. */
export interface AmountChunk extends ChunkName {
  amounts: BigInt64Array;
}

/** In which months something speaks, one bit each, January lowest; and an upper bound of all absolute amounts. */
export interface PresentChunk extends ChunkName {
  present: Uint16Array;
  magnitude: number;
}

/** Ministries to be read; null for all. */
export type Ministries = readonly string[] | null;

/**
 * Reads the columns of a fiscal year. The chunks of every column come in the same order, by ministry and number; an
 * amount column has none for a chunk in which no code has anything of the measure.
 */
export class YearColumns {
  readonly #reader: Reader;
  readonly #year: number;

  constructor(reader: Reader, fiscalYear: number) {
    this.#reader = reader;
    this.#year = fiscalYear;
  }

  /** Whether the columns of the year have not been built: the store is older than they are. */
  async areMissing(): Promise<boolean> {
    return (await this.#read(MISSING_COLUMN, null)).length > 0;
  }

  async codes(): Promise<(ChunkName & { ids: Uint32Array })[]> {
    const rows = await this.#read(CODES_COLUMN, null);
    return rows.map(({ ministry, chunk, data }) => ({ ministry, chunk: Number(chunk), ids: asUint32(data) }));
  }

  async part(part: CodePart, ministries: Ministries): Promise<PartChunk[]> {
    const rows = await this.#read(part, ministries);
    return rows.map(({ ministry, chunk, keys, data }) => ({
      ministry,
      chunk: Number(chunk),
      values: JSON.parse(keys ?? "[]") as (string | null)[],
      positions: asUint16(data),
    }));
  }

  /** @param month 1 … 12, or null for the whole year, which is all an annual measure has */
  async amounts(measure: BalanceMeasure, month: number | null, ministries: Ministries): Promise<AmountChunk[]> {
    const rows = await this.#read(month === null ? yearColumn(measure) : monthColumn(measure, month), ministries);
    return rows.map(({ ministry, chunk, data }) => ({ ministry, chunk: Number(chunk), amounts: asInt64(data) }));
  }

  async present(measure: BalanceMeasure, ministries: Ministries): Promise<PresentChunk[]> {
    const rows = await this.#read(presentColumn(measure), ministries);
    return rows.map(({ ministry, chunk, keys, data }) => ({
      ministry,
      chunk: Number(chunk),
      present: asUint16(data),
      magnitude: Number(keys),
    }));
  }

  #read(name: string, ministries: Ministries) {
    const limit: SQL = ministries
      ? sql`AND ministry IN (SELECT ministry FROM ${this.#reader.list(
          { ministry: "text" },
          ministries.map((ministry) => [ministry]),
        )} AS wanted)`
      : sql``;
    return this.#reader.rows<{ ministry: string; chunk: bigint; keys: string | null; data: Uint8Array }>(sql`
      SELECT ministry, chunk, keys, data FROM balance_columns
      WHERE fiscal_year = ${this.#year} AND name = ${name} ${limit} ORDER BY ministry, chunk`);
  }
}
