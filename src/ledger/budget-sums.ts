import { twelfths } from "../money.ts";
import type { RowWriter, Transaction, Value } from "../store/index.ts";
import { type BudgetInForce, completePlan } from "./budget-balances.ts";
import { ExactSums } from "./exact-sums.ts";
import { MONTH_COLUMNS } from "./realization-balances.ts";

/** Sums of a code: original, revised, blocked, twelve months of budget, twelve of what is spread. */
const PLACES = 27;
const ORIGINAL = 0;
const REVISED = 1;
const BLOCKED = 2;
const BUDGET = 3;
const TWELFTHS = 15;

/** What speaks about a code, as bits; a measure without its bit is null. */
const HAS = { original: 1, revised: 2, blocked: 4, budget: 8, twelfths: 16 } as const;

const MEASURES = [
  { name: "budget", bit: HAS.budget, first: BUDGET },
  { name: "twelfths", bit: HAS.twelfths, first: TWELFTHS },
] as const;

const KEY_COLUMNS = ["code_id", "ministry", "fiscal_year"];
/** A code and a year as one number. */
const LAST_YEAR = 10_000;

/**
 * The balances of `budgetBalances` for many codes while their lines go by, in a quarter of a kilobyte per code. A code has
 * a balance per fiscal year.
 */
export class BudgetSums {
  /** Position by number of the code and fiscal year. */
  readonly #positions = new Map<number, number>();
  readonly #ministries: string[] = [];
  /** One string per ministry. */
  readonly #names = new Map<string, string>();
  readonly #bits: number[] = [];
  readonly #sums: ExactSums;

  /** @param codes how many there will be, about */
  constructor(codes: number) {
    this.#sums = new ExactSums(codes * PLACES);
  }

  /** @param highest the highest revision of the satker in that year */
  add(line: BudgetInForce, highest: bigint): void {
    const isOriginal = line.revision === 0n;
    const isHighest = line.revision === highest;
    if (!isOriginal && !isHighest) return;
    const at = this.#position(line);
    if (isOriginal) this.#put(at, HAS.original, ORIGINAL, line.amount);
    if (!isHighest) return;
    this.#put(at, HAS.revised, REVISED, line.amount);
    if (line.blocked !== null) this.#put(at, HAS.blocked, BLOCKED, line.blocked);
    const plan = completePlan(line.plan);
    const months = plan ?? twelfths(line.amount);
    for (const [month, amount] of months.entries()) {
      this.#put(at, HAS.budget, BUDGET + month, amount);
      if (!plan) this.#put(at, HAS.twelfths, TWELFTHS + month, amount);
    }
  }

  /** Stores the balances, which are not there yet, in the order of the codes. */
  async store(tx: Transaction): Promise<void> {
    const keys = Float64Array.from(this.#positions.keys()).sort();
    for (const measure of MEASURES) {
      const own = keys.filter((key) => (this.#bitsOf(key) & measure.bit) !== 0);
      const write: RowWriter = (values, at, index) => {
        const first = this.#writeKey(values, at, own[index] as number) + measure.first;
        values[at + 3] = measure.name;
        for (let month = 0; month < 12; month++) values[at + 4 + month] = this.#sums.at(first + month);
      };
      await tx.bulkLoad("month_balances", [...KEY_COLUMNS, "measure", ...MONTH_COLUMNS], own.length, write);
    }
    const write: RowWriter = (values, at, index) => {
      const key = keys[index] as number;
      const first = this.#writeKey(values, at, key);
      const bits = this.#bitsOf(key);
      for (const [column, bit] of [HAS.original, HAS.revised, HAS.blocked].entries()) {
        values[at + 3 + column] = bits & bit ? this.#sums.at(first + column) : null;
      }
    };
    await tx.bulkLoad("year_balances", [...KEY_COLUMNS, "original", "revised", "blocked"], keys.length, write);
  }

  #position({ codeId, fiscalYear, ministry }: BudgetInForce): number {
    const key = Number(codeId) * LAST_YEAR + Number(fiscalYear);
    let position = this.#positions.get(key);
    if (position === undefined) {
      position = this.#ministries.push(this.#shared(ministry)) - 1;
      this.#positions.set(key, position);
      this.#bits.push(0);
    }
    return position;
  }

  #shared(ministry: string): string {
    const known = this.#names.get(ministry);
    if (known !== undefined) return known;
    this.#names.set(ministry, ministry);
    return ministry;
  }

  #put(position: number, bit: number, place: number, amount: bigint): void {
    this.#bits[position] = (this.#bits[position] ?? 0) | bit;
    this.#sums.add(position * PLACES + place, amount);
  }

  #bitsOf(key: number): number {
    return this.#bits[this.#positions.get(key) ?? -1] ?? 0;
  }

  /** Writes the key of a row; returns the first place of its sums. */
  #writeKey(values: Value[], at: number, key: number): number {
    const position = this.#positions.get(key) ?? -1;
    values[at] = Math.floor(key / LAST_YEAR);
    values[at + 1] = this.#ministries[position] ?? null;
    values[at + 2] = key % LAST_YEAR;
    return position * PLACES;
  }
}
