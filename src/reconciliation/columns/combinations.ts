/** Up to this many possible pairs are numbered by a table (16 MB), more by a map. */
const TABLE_SIZE = 4 * 2 ** 20;

/** Numbers pairs of small numbers in the order in which they appear: how groups of several dimensions come about. */
export class Combinations {
  readonly #width: number;
  readonly #table: Int32Array | null;
  readonly #map = new Map<number, number>();
  readonly #firsts: number[] = [];
  readonly #seconds: number[] = [];

  /** @param firsts how many first numbers there can be @param seconds how many second ones */
  constructor(firsts: number, seconds: number) {
    this.#width = seconds;
    this.#table = firsts * seconds <= TABLE_SIZE ? new Int32Array(firsts * seconds) : null;
  }

  get count(): number {
    return this.#firsts.length;
  }

  /** The number of a pair. */
  of(first: number, second: number): number {
    const at = first * this.#width + second;
    // The table holds the number plus one: 0 stands for a pair that has not appeared.
    const known = this.#table ? (this.#table[at] as number) - 1 : (this.#map.get(at) ?? -1);
    if (known >= 0) return known;
    const number = this.#firsts.push(first) - 1;
    this.#seconds.push(second);
    if (this.#table) this.#table[at] = number + 1;
    else this.#map.set(at, number);
    return number;
  }

  /**
   * Refines numbers in place: the number of each, paired with the second number at its position. Numbers below 0 stay.
   *
   * @param positions null when all have the second number at position 0
   */
  refine(numbers: Int32Array, seconds: readonly number[], positions: Uint16Array | null): void {
    const table = this.#table;
    const width = this.#width;
    for (let index = 0; index < numbers.length; index++) {
      const first = numbers[index] as number;
      if (first < 0) continue;
      const second = seconds[positions ? (positions[index] as number) : 0] as number;
      const known = table ? (table[first * width + second] as number) : 0;
      numbers[index] = known > 0 ? known - 1 : this.of(first, second);
    }
  }

  first(number: number): number {
    return this.#firsts[number] as number;
  }

  second(number: number): number {
    return this.#seconds[number] as number;
  }
}

/** Numbers texts (or their absence) in the order in which they appear. */
export class Numbering {
  readonly #numbers = new Map<string | null, number>();
  readonly #keys: (string | null)[] = [];

  get count(): number {
    return this.#keys.length;
  }

  of(key: string | null): number {
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.#keys.push(key) - 1;
      this.#numbers.set(key, number);
    }
    return number;
  }

  key(number: number): string | null {
    return this.#keys[number] ?? null;
  }
}
