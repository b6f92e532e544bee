import { sql } from "drizzle-orm";
import { codeColumns } from "../../extracts/index.ts";
import type { Transaction } from "../../store/index.ts";
import { type Amount, ChunkAmounts, plus } from "./amounts.ts";
import { ChunkCodes, type StoredColumn } from "./codes.ts";
import {
  amountColumn,
  asUint32,
  type BalanceMeasure,
  CHUNK_SIZE,
  CODE_PARTS,
  CODES_COLUMN,
  monthsOfMeasure,
  presentColumn,
} from "./layout.ts";
import { TotalChanges } from "./totals.ts";

/** Balances of codes as the program has them in memory. A code stands in a source once per fiscal year. */
export interface BalanceSource {
  readonly count: number;
  readonly measures: readonly BalanceMeasure[];
  codeId(index: number): number;
  ministry(index: number): string;
  fiscalYear(index: number): number;
  /** The printed code. */
  code(index: number): string;
  /** Puts the amounts of a measure into a list by month (annual: one), null where nothing speaks. */
  amounts(index: number, measure: BalanceMeasure, into: Amount[]): void;
  /** Whether nothing speaks about the code: then it only loses what it had. */
  isEmpty(index: number): boolean;
}

/** `add` adds to what codes have; `replace` states what they have from now on. */
export type ColumnMode = "add" | "replace";

/**
 * Keeps the columns and totals in step with `month_balances` and `year_balances`, within the transaction that changed
 * those. Codes that are not in the source, and measures that are not, stay as they are; so do the years of `except`.
 */
export async function writeColumns(
  tx: Transaction,
  source: BalanceSource,
  mode: ColumnMode,
  except: ReadonlySet<number> = new Set(),
): Promise<void> {
  const totals = new TotalChanges();
  const writer = new ChunkWriter(tx, source, mode, totals);
  for (const [fiscalYear, ministries] of byMinistry(source)) {
    if (except.has(fiscalYear)) continue;
    const stored = await storedCodes(tx, fiscalYear, [...ministries.keys()]);
    for (const [ministry, indexes] of ministries) {
      const chunks = stored.get(ministry) ?? [];
      const { known, fresh } = separate(source, indexes, chunks);
      for (const [chunk, places] of known) await writer.change(fiscalYear, ministry, chunk, places);
      const last = chunks.length - 1;
      const room = last < 0 ? 0 : CHUNK_SIZE - (chunks[last]?.length ?? 0);
      if (room > 0 && fresh.length > 0) await writer.append(fiscalYear, ministry, last, fresh.slice(0, room));
      for (let start = room, chunk = chunks.length; start < fresh.length; start += CHUNK_SIZE, chunk++) {
        await writer.append(fiscalYear, ministry, chunk, fresh.slice(start, start + CHUNK_SIZE));
      }
    }
  }
  await totals.store(tx);
}

/** Places in the source by fiscal year and ministry. */
function byMinistry(source: BalanceSource): Map<number, Map<string, number[]>> {
  const years = new Map<number, Map<string, number[]>>();
  for (let index = 0; index < source.count; index++) {
    const year = source.fiscalYear(index);
    let ministries = years.get(year);
    if (!ministries) {
      ministries = new Map();
      years.set(year, ministries);
    }
    const ministry = source.ministry(index);
    const indexes = ministries.get(ministry);
    if (indexes) indexes.push(index);
    else ministries.set(ministry, [index]);
  }
  return years;
}

/** Numbers of the codes in every chunk of some ministries. */
async function storedCodes(
  tx: Transaction,
  fiscalYear: number,
  ministries: string[],
): Promise<Map<string, Uint32Array[]>> {
  const wanted = new Set(ministries);
  const rows = await tx.rows<{ ministry: string; data: Uint8Array }>(sql`
    SELECT ministry, data FROM balance_columns WHERE fiscal_year = ${fiscalYear} AND name = ${CODES_COLUMN}
    ORDER BY ministry, chunk`);
  const chunks = new Map<string, Uint32Array[]>();
  for (const { ministry, data } of rows) {
    if (wanted.has(ministry)) chunks.set(ministry, [...(chunks.get(ministry) ?? []), asUint32(data)]);
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
  readonly #codes = new ChunkCodes();
  readonly #measures: { measure: BalanceMeasure; amounts: ChunkAmounts }[];
  readonly #given: Amount[] = [];

  constructor(tx: Transaction, source: BalanceSource, mode: ColumnMode, totals: TotalChanges) {
    this.#tx = tx;
    this.#source = source;
    this.#mode = mode;
    this.#totals = totals;
    this.#measures = source.measures.map((measure) => ({
      measure,
      amounts: new ChunkAmounts(monthsOfMeasure(measure)),
    }));
  }

  /** Changes codes that have a place in a chunk. */
  async change(fiscalYear: number, ministry: string, chunk: number, places: readonly Place[]): Promise<void> {
    const names = this.#measures.flatMap(({ measure, amounts }) => [
      presentColumn(measure),
      ...Array.from({ length: amounts.months }, (_, month) => amountColumn(measure, month + 1)),
    ]);
    const stored = await this.#stored(fiscalYear, ministry, chunk, names);
    const columns: StoredColumn[] = [];
    for (const { measure, amounts } of this.#measures) {
      load(amounts, measure, stored);
      let changed = false;
      for (const place of places) changed = this.#change(fiscalYear, ministry, measure, amounts, place) || changed;
      if (changed) columns.push(...amountColumns(measure, amounts));
    }
    await this.#store(fiscalYear, ministry, chunk, columns);
  }

  #change(
    fiscalYear: number,
    ministry: string,
    measure: BalanceMeasure,
    amounts: ChunkAmounts,
    { index, slot }: Place,
  ): boolean {
    const before = amounts.read(slot);
    const given = this.#amountsOf(index, measure, amounts.months);
    const after = this.#mode === "add" ? before.map((amount, month) => sum(amount, given[month] ?? null)) : given;
    if (before.every((amount, month) => isSame(amount, after[month] ?? null))) return false;
    const { account } = codeColumns(this.#source.code(index));
    this.#totals.add(fiscalYear, measure, ministry, account, before, -1);
    this.#totals.add(fiscalYear, measure, ministry, account, after, 1);
    amounts.write(slot, after);
    return true;
  }

  /** Gives codes that have no place one in a chunk, which may be new. */
  async append(fiscalYear: number, ministry: string, chunk: number, indexes: readonly number[]): Promise<void> {
    const names = this.#measures.flatMap(({ measure, amounts }) => [
      presentColumn(measure),
      ...Array.from({ length: amounts.months }, (_, month) => amountColumn(measure, month + 1)),
    ]);
    const stored = await this.#stored(fiscalYear, ministry, chunk, [CODES_COLUMN, ...CODE_PARTS, ...names]);
    this.#codes.clear();
    if (stored.size > 0) this.#codes.load(stored);
    for (const { measure, amounts } of this.#measures) load(amounts, measure, stored);
    for (const index of indexes) {
      const columns = codeColumns(this.#source.code(index));
      const slot = this.#codes.add(this.#source.codeId(index), columns);
      for (const { measure, amounts } of this.#measures) {
        const given = this.#amountsOf(index, measure, amounts.months);
        if (given.every((amount) => amount === null)) continue;
        this.#totals.add(fiscalYear, measure, ministry, columns.account, given, 1);
        amounts.write(slot, given);
      }
    }
    const written = this.#measures.flatMap(({ measure, amounts }) => amountColumns(measure, amounts));
    await this.#store(fiscalYear, ministry, chunk, [...this.#codes.columns(), ...written]);
  }

  #amountsOf(index: number, measure: BalanceMeasure, months: number): readonly Amount[] {
    this.#given.length = months;
    this.#given.fill(null);
    this.#source.amounts(index, measure, this.#given);
    return this.#given;
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

function load(amounts: ChunkAmounts, measure: BalanceMeasure, stored: ReadonlyMap<string, StoredColumn>): void {
  const present = stored.get(presentColumn(measure));
  amounts.clear();
  if (!present) return;
  const running = Array.from({ length: amounts.months }, (_, month) => {
    const column = stored.get(amountColumn(measure, month + 1));
    if (!column) throw new Error(`column ${amountColumn(measure, month + 1)} of a chunk is missing`);
    return column.data;
  });
  amounts.load(running, present.data);
}

/** Nothing at all where no code has anything of the measure. */
function amountColumns(measure: BalanceMeasure, amounts: ChunkAmounts): StoredColumn[] {
  const { running, present, magnitude } = amounts.columns();
  if (present.length === 0) return [];
  return [
    { name: presentColumn(measure), keys: String(magnitude), data: present },
    ...running.map((data, month) => ({ name: amountColumn(measure, month + 1), keys: null, data })),
  ];
}

function sum(a: bigint | null, b: Amount): Amount {
  if (a === null || b === null) return a ?? b;
  return plus(a, b);
}

function isSame(a: Amount, b: Amount): boolean {
  return a === null || b === null ? a === b : BigInt(a) === BigInt(b);
}
