/**
 * Amounts of one code and measure by month, in memory that is used again for the next. What a number holds exactly is
 * kept as one; what it does not is kept as bigint beside.
 */
export class MonthAmounts {
  /** The months that speak, one bit each, January lowest. */
  bits = 0;
  /** By month, January first; NaN stands for what is large. */
  readonly numbers = new Float64Array(12);
  #large: Map<number, bigint> | null = null;

  get hasLarge(): boolean {
    return this.#large !== null;
  }

  clear(): void {
    this.bits = 0;
    this.#large = null;
  }

  /** @param month 0 … 11 */
  set(month: number, amount: number | bigint): void {
    this.bits |= 1 << month;
    if (this.#large === null && typeof amount === "number" && Number.isSafeInteger(amount)) {
      this.numbers[month] = amount;
      return;
    }
    this.#setExactly(month, BigInt(amount));
  }

  #setExactly(month: number, amount: bigint): void {
    const number = Number(amount);
    if (Number.isSafeInteger(number)) {
      this.numbers[month] = number;
      this.#large?.delete(month);
      return;
    }
    this.numbers[month] = Number.NaN;
    this.#large ??= new Map();
    this.#large.set(month, amount);
  }

  speaks(month: number): boolean {
    return (this.bits & (1 << month)) !== 0;
  }

  /** The amount of a month that speaks. */
  exact(month: number): bigint {
    return this.#large?.get(month) ?? BigInt(this.numbers[month] as number);
  }

  /** Adds other amounts, month by month. */
  add(other: MonthAmounts): void {
    for (let month = 0; month < 12; month++) {
      if (!other.speaks(month)) continue;
      if (!this.speaks(month)) {
        this.set(month, other.#amount(month));
        continue;
      }
      const sum = (this.numbers[month] as number) + (other.numbers[month] as number);
      this.set(month, Number.isSafeInteger(sum) ? sum : this.exact(month) + other.exact(month));
    }
  }

  equals(other: MonthAmounts): boolean {
    if (this.bits !== other.bits) return false;
    for (let month = 0; month < 12; month++) {
      if (!this.speaks(month) || this.numbers[month] === other.numbers[month]) continue;
      if (this.exact(month) !== other.exact(month)) return false;
    }
    return true;
  }

  #amount(month: number): number | bigint {
    return this.#large?.get(month) ?? (this.numbers[month] as number);
  }
}
