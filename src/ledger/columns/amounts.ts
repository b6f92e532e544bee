import type { StoredColumn } from "./codes.ts";
import { asBytes, asInt64, asUint16, type BalanceMeasure, CHUNK_SIZE, columnsOf } from "./layout.ts";
import type { MonthAmounts } from "./month-amounts.ts";

const HALF = 2 ** 32;

/** 64-bit amounts by place. The same memory is seen as halves, so that no bigint is made of what a number holds. */
class AmountList {
  readonly exact: BigInt64Array;
  readonly #halves: Int32Array;

  constructor(size: number) {
    this.exact = new BigInt64Array(size);
    this.#halves = new Int32Array(this.exact.buffer);
  }

  /** The amount as a number; beyond 2^53 near it. */
  near(at: number): number {
    return (this.#halves[2 * at + 1] as number) * HALF + ((this.#halves[2 * at] as number) >>> 0);
  }

  /** @param amount a whole number within 2^53 */
  set(at: number, amount: number): void {
    this.#halves[2 * at] = amount | 0;
    this.#halves[2 * at + 1] = Math.floor(amount / HALF);
  }

  copy(at: number, from: AmountList, place: number): void {
    this.#halves[2 * at] = from.#halves[2 * place] as number;
    this.#halves[2 * at + 1] = from.#halves[2 * place + 1] as number;
  }
}

/** The amounts of one measure in one chunk, to be changed. Used again for the next chunk after `load`. */
export class ChunkAmounts {
  readonly #columns: ReturnType<typeof columnsOf>;
  /** By month (annual: one), with a place for every code. */
  readonly #months: AmountList[];
  readonly #packed: AmountList[];
  readonly #year = new AmountList(CHUNK_SIZE);
  readonly #present = new Uint16Array(CHUNK_SIZE);
  #length = 0;

  constructor(measure: BalanceMeasure) {
    this.#columns = columnsOf(measure);
    this.#months = Array.from({ length: Math.max(1, this.#columns.months.length) }, () => new AmountList(CHUNK_SIZE));
    this.#packed = this.#columns.months.map(() => new AmountList(CHUNK_SIZE));
  }

  /** Names of the columns that `load` wants to know. */
  get names(): string[] {
    const { present, months, year } = this.#columns;
    return [present, ...(months.length > 0 ? months : [year])];
  }

  /** Takes over what is stored, which may be nothing. */
  load(stored: ReadonlyMap<string, StoredColumn>): void {
    this.#present.fill(0);
    const present = stored.get(this.#columns.present);
    this.#length = present ? present.data.length / Uint16Array.BYTES_PER_ELEMENT : 0;
    if (!present) return;
    this.#present.set(asUint16(present.data));
    const [, ...names] = this.names;
    for (const [month, name] of names.entries()) {
      const packed = stored.get(name);
      if (!packed) throw new Error(`column ${name} of a chunk is missing`);
      this.#unpack(month, asInt64(packed.data));
    }
  }

  #unpack(month: number, packed: BigInt64Array): void {
    const { exact } = this.#months[month] as AmountList;
    let at = 0;
    for (let slot = 0; slot < this.#length; slot++) {
      if ((this.#present[slot] as number) & (1 << month)) exact[slot] = packed[at++] as bigint;
    }
  }

  /** The amounts of a code. */
  read(slot: number, into: MonthAmounts): void {
    into.clear();
    const bits = this.#present[slot] as number;
    for (let month = 0; month < this.#months.length; month++) {
      if ((bits & (1 << month)) === 0) continue;
      const list = this.#months[month] as AmountList;
      const near = list.near(slot);
      into.set(month, Number.isSafeInteger(near) ? near : (list.exact[slot] as bigint));
    }
  }

  /** Puts amounts in the place of what a code had. */
  write(slot: number, amounts: MonthAmounts): void {
    const { numbers, hasLarge } = amounts;
    this.#present[slot] = amounts.bits;
    if (slot >= this.#length) this.#length = slot + 1;
    for (let bits = amounts.bits; bits !== 0; bits &= bits - 1) {
      const month = lowestBit(bits);
      const list = this.#months[month] as AmountList;
      if (hasLarge) list.exact[slot] = amounts.exact(month);
      else list.set(slot, numbers[month] as number);
    }
  }

  /** The columns as they are to be stored; none where nothing speaks. */
  columns(): StoredColumn[] {
    if (this.#length === 0) return [];
    const { present, months, year } = this.#columns;
    const { counts, magnitude } = this.#pack();
    const dataOf = ({ exact }: AmountList, count: number) => asBytes(exact, count).slice();
    return [
      { name: present, keys: String(magnitude), data: asBytes(this.#present, this.#length).slice() },
      ...months.map((name, month) => {
        return { name, keys: null, data: dataOf(this.#packed[month] as AmountList, counts[month] as number) };
      }),
      { name: year, keys: null, data: dataOf(this.#year, counts[YEAR] as number) },
    ];
  }

  /**
   * Leaves out the places where nothing speaks, and adds up the years; `magnitude` is an upper bound of the sum of all
   * absolute amounts, and being a bound it may be a floating number.
   */
  #pack(): { counts: Int32Array; magnitude: number } {
    const counts = new Int32Array(YEAR + 1);
    let magnitude = 0;
    for (let slot = 0; slot < this.#length; slot++) {
      const present = this.#present[slot] as number;
      if (present === 0) continue;
      let sum = 0;
      let isExact = true;
      for (let bits = present; bits !== 0; bits &= bits - 1) {
        const month = lowestBit(bits);
        const list = this.#months[month] as AmountList;
        const near = list.near(slot);
        sum += near;
        isExact &&= Number.isSafeInteger(near) && Number.isSafeInteger(sum);
        magnitude += Math.abs(near);
        this.#packed[month]?.copy(counts[month] as number, list, slot);
        counts[month] = (counts[month] as number) + 1;
      }
      const at = counts[YEAR] as number;
      if (isExact) this.#year.set(at, sum);
      else this.#year.exact[at] = this.#exactSum(slot, present);
      counts[YEAR] = at + 1;
    }
    return { counts, magnitude };
  }

  #exactSum(slot: number, bits: number): bigint {
    return this.#months.reduce(
      (sum, { exact }, month) => (bits & (1 << month) ? sum + (exact[slot] as bigint) : sum),
      0n,
    );
  }
}

/** Where the count of the year stands behind those of the months. */
const YEAR = 12;

function lowestBit(bits: number): number {
  return 31 - Math.clz32(bits & -bits);
}
