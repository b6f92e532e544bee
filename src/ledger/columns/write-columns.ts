import { sql } from "drizzle-orm";
import type { Transaction } from "../../store/index.ts";
import { ChunkAmounts } from "./amounts.ts";
import { ChunkBuilder } from "./build-chunk.ts";
import type { StoredColumn } from "./codes.ts";
import { byMinistry, type FreshColumns, type FreshContent } from "./fresh-columns.ts";
import { asBytes, asUint32, type BalanceMeasure, CHUNK_SIZE, CODES_COLUMN } from "./layout.ts";
import { MonthAmounts } from "./month-amounts.ts";
import { type TotalChange, TotalChanges } from "./totals.ts";

/** Balances of codes as the program has them in memory. A code stands in a source once per fiscal year. */
export interface BalanceSource extends FreshContent {
  codeId(index: number): number;
  /** Whether nothing speaks about the code: then it only loses what it had. */
  isEmpty(index: number): boolean;
}

/** `add` adds to what codes have; `replace` states what they have from now on. */
export type ColumnMode = "add" | "replace";

/** How columns are written. */
interface WriteOptions {
  mode: ColumnMode;
  /** Fiscal years that stay as they are. */
  except?: ReadonlySet<number>;
  /** The whole source as columns that were built before; used where the store has none. */
  fresh?: readonly FreshColumns[];
}

/**
 * Keeps the columns and totals in step with `month_balances` and `year_balances`, within the transaction that changed
 * those. Codes that are not in the source, and measures that are not, stay as they are.
 */
export async function writeColumns(
  tx: Transaction,
  source: BalanceSource,
  { mode, except, fresh: built = [] }: WriteOptions,
): Promise<void> {
  const totals = new TotalChanges();
  const writer = new ChunkWriter(tx, source, mode, totals);
  const stored = new Map<number, Map<string, Uint32Array[]>>();
  const fresh = new Map(built.map((columns) => [`${columns.fiscalYear} ${columns.ministry}`, columns]));
  for (const { fiscalYear, ministry, indexes } of byMinistry(source)) {
    if (except?.has(fiscalYear)) continue;
    const ofYear = stored.get(fiscalYear) ?? (await storedCodes(tx, fiscalYear));
    stored.set(fiscalYear, ofYear);
    const chunks = ofYear.get(ministry) ?? [];
    const complete = fresh.get(`${fiscalYear} ${ministry}`);
    if (chunks.length === 0 && complete) await writer.storeAll(complete);
    else await writer.merge(fiscalYear, ministry, indexes, chunks);
  }
  await totals.store(tx);
}

/** Numbers of the codes in every chunk of a fiscal year, by ministry. */
async function storedCodes(tx: Transaction, fiscalYear: number): Promise<Map<string, Uint32Array[]>> {
  const rows = await tx.rows<{ ministry: string; data: Uint8Array }>(sql`
    SELECT ministry, data FROM balance_columns WHERE fiscal_year = ${fiscalYear} AND name = ${CODES_COLUMN}
    ORDER BY ministry, chunk`);
  const chunks = new Map<string, Uint32Array[]>();
  for (const { ministry, data } of rows) {
    const known = chunks.get(ministry);
    if (known) known.push(asUint32(data));
    else chunks.set(ministry, [asUint32(data)]);
  }
  return chunks;
}

/** Where a code of the source stands in a chunk. */
interface Place {
  index: number;
  slot: number;
}

/** Tells codes that have a place from those that need one. */
function separate(source: BalanceSource, indexes: number[], chunks: Uint32Array[]) {
  const places = new Map<number, number>();
  for (const [chunk, ids] of chunks.entries()) {
    for (const [slot, id] of ids.entries()) places.set(id, chunk * CHUNK_SIZE + slot);
  }
  const known = new Map<number, Place[]>();
  const fresh: number[] = [];
  for (const index of indexes) {
    const place = places.get(source.codeId(index));
    if (place === undefined) {
      if (!source.isEmpty(index)) fresh.push(index);
      continue;
    }
    const chunk = Math.floor(place / CHUNK_SIZE);
    const list = known.get(chunk) ?? [];
    list.push({ index, slot: place % CHUNK_SIZE });
    known.set(chunk, list);
  }
  return { known, fresh };
}

/** Writes one chunk after the other, always in the same memory. */
class ChunkWriter {
  readonly #tx: Transaction;
  readonly #source: BalanceSource;
  readonly #mode: ColumnMode;
  readonly #totals: TotalChanges;
  readonly #builder: ChunkBuilder;
  readonly #measures: { measure: BalanceMeasure; amounts: ChunkAmounts }[];
  readonly #given = new MonthAmounts();
  readonly #before = new MonthAmounts();

  constructor(tx: Transaction, source: BalanceSource, mode: ColumnMode, totals: TotalChanges) {
    this.#tx = tx;
    this.#source = source;
    this.#mode = mode;
    this.#totals = totals;
    this.#builder = new ChunkBuilder(source);
    this.#measures = source.measures.map((measure) => ({ measure, amounts: new ChunkAmounts(measure) }));
  }

  /** Stores columns of a ministry and year that has none. */
  async storeAll({ fiscalYear, ministry, chunks, totals }: FreshColumns): Promise<void> {
    for (const [chunk, { indexes, columns }] of chunks.entries()) {
      await this.#store(fiscalYear, ministry, chunk, [this.#numbers(indexes), ...columns]);
    }
    for (const { measure, accountClass, sums } of totals) {
      this.#totals.of(fiscalYear, measure, ministry).ofClass(accountClass).addAll(sums);
    }
  }

  /** Changes codes that have a place in a chunk, and gives the others one. */
  async merge(fiscalYear: number, ministry: string, indexes: number[], chunks: Uint32Array[]): Promise<void> {
    const { known, fresh } = separate(this.#source, indexes, chunks);
    for (const [chunk, places] of known) await this.#change(fiscalYear, ministry, chunk, places);
    const last = chunks.length - 1;
    const room = last < 0 ? 0 : CHUNK_SIZE - (chunks[last]?.length ?? 0);
    if (room > 0 && fresh.length > 0) await this.#append(fiscalYear, ministry, last, fresh.slice(0, room));
    for (let start = room, chunk = chunks.length; start < fresh.length; start += CHUNK_SIZE, chunk++) {
      await this.#append(fiscalYear, ministry, chunk, fresh.slice(start, start + CHUNK_SIZE));
    }
  }

  /** Changes codes that have a place in a chunk. */
  async #change(fiscalYear: number, ministry: string, chunk: number, places: readonly Place[]): Promise<void> {
    const names = this.#measures.flatMap(({ amounts }) => amounts.names);
    const stored = await this.#stored(fiscalYear, ministry, chunk, names);
    const columns: StoredColumn[] = [];
    for (const { measure, amounts } of this.#measures) {
      amounts.load(stored);
      const classes = this.#totals.of(fiscalYear, measure, ministry);
      let changed = false;
      for (const { index, slot } of places) {
        changed = this.#changeOne(measure, amounts, index, slot, classes.of(this.#source.code(index))) || changed;
      }
      if (changed) columns.push(...amounts.columns());
    }
    await this.#store(fiscalYear, ministry, chunk, columns);
  }

  #changeOne(measure: BalanceMeasure, amounts: ChunkAmounts, index: number, slot: number, total: TotalChange): boolean {
    amounts.read(slot, this.#before);
    this.#take(index, measure);
    if (this.#mode === "add") this.#given.add(this.#before);
    if (this.#given.equals(this.#before)) return false;
    total.add(this.#before, -1);
    total.add(this.#given, 1);
    amounts.write(slot, this.#given);
    return true;
  }

  /** Gives codes that have no place one in a chunk, which may be new. */
  async #append(fiscalYear: number, ministry: string, chunk: number, indexes: readonly number[]): Promise<void> {
    const stored = await this.#stored(fiscalYear, ministry, chunk, this.#builder.names);
    const totalsOf = (measure: BalanceMeasure) => this.#totals.of(fiscalYear, measure, ministry);
    const columns = this.#builder.append(stored, indexes, totalsOf);
    await this.#store(fiscalYear, ministry, chunk, [this.#numbers(indexes, stored.get(CODES_COLUMN)), ...columns]);
  }

  /** The column of the numbers of codes: those that are stored, and behind them those of the source. */
  #numbers(indexes: readonly number[], stored?: StoredColumn): StoredColumn {
    const before = stored ? asUint32(stored.data) : new Uint32Array();
    const ids = new Uint32Array(before.length + indexes.length);
    ids.set(before);
    for (const [at, index] of indexes.entries()) ids[before.length + at] = this.#source.codeId(index);
    return { name: CODES_COLUMN, keys: null, data: asBytes(ids, ids.length) };
  }

  #take(index: number, measure: BalanceMeasure): void {
    this.#given.clear();
    this.#source.amounts(index, measure, this.#given);
  }

  async #stored(
    fiscalYear: number,
    ministry: string,
    chunk: number,
    names: string[],
  ): Promise<Map<string, StoredColumn>> {
    const list = this.#tx.list(
      { name: "text" },
      names.map((name) => [name]),
    );
    const rows = await this.#tx.rows<{ name: string; keys: string | null; data: Uint8Array }>(sql`
      SELECT b.name AS name, b.keys AS keys, b.data AS data FROM ${list} AS n
      JOIN balance_columns b ON b.fiscal_year = ${fiscalYear} AND b.name = n.name
        AND b.ministry = ${ministry} AND b.chunk = ${chunk}`);
    return new Map(rows.map((row) => [row.name, row]));
  }

  async #store(fiscalYear: number, ministry: string, chunk: number, columns: readonly StoredColumn[]): Promise<void> {
    await this.#tx.bulkInsert(
      "balance_columns",
      ["fiscal_year", "name", "ministry", "chunk", "keys", "data"],
      columns.map(({ name, keys, data }) => [BigInt(fiscalYear), name, ministry, BigInt(chunk), keys, data]),
      {
        onConflict:
          "ON CONFLICT (fiscal_year, name, ministry, chunk) DO UPDATE SET keys = excluded.keys, data = excluded.data",
      },
    );
  }
}
