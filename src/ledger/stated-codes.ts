import type { StatementLine } from "../extracts/index.ts";
import { ExactSums } from "./exact-sums.ts";
import { accountClassOf } from "./realization-sums.ts";

/** What a file states of one code, all its rows together. */
export interface StatedCode {
  /** Position in the code book. */
  code: number;
  /** The first row that states it. */
  row: number;
  before: bigint;
  toDate: bigint;
}

/** Expenditure and transfers: what a statement of budget and realization is about, whether or not all of it occurs. */
const EXPENDITURE = ["5", "6"];

/** The codes that a statement speaks about, by satker; a national file has a million, so each takes a few numbers. */
export class StatedCodes {
  /** Positions of the codes of each satker, in the order of the file. */
  readonly #satkers = new Map<string, number[]>();
  readonly #classes = new Set(EXPENDITURE);
  /** By position; 0 is a code that no row states. */
  #rows = new Int32Array(1024);
  readonly #before = new ExactSums();
  readonly #toDate = new ExactSums();
  #lastRow = 0;

  get satkers(): string[] {
    return [...this.#satkers.keys()];
  }

  /** The highest number of a row. */
  get lastRow(): number {
    return this.#lastRow;
  }

  /** First digits of the accounts that the statement speaks for. */
  get accountClasses(): string[] {
    return [...this.#classes];
  }

  add({ row, code, before, toDate }: StatementLine): void {
    const { index, satker, account } = code;
    if (index >= this.#rows.length) this.#grow(index);
    if (this.#rows[index] === 0) {
      this.#rows[index] = row;
      const codes = this.#satkers.get(satker);
      if (codes) codes.push(index);
      else this.#satkers.set(satker, [index]);
    }
    if (before !== null) this.#before.add(index, before);
    this.#toDate.add(index, toDate);
    if (account !== null) this.#classes.add(account.slice(0, 1));
    if (row > this.#lastRow) this.#lastRow = row;
  }

  /** How many codes of a satker are stated. */
  count(satker: string): number {
    return this.#satkers.get(satker)?.length ?? 0;
  }

  /** The codes of a satker, distinct, in the order of the file. */
  of(satker: string): StatedCode[] {
    return (this.#satkers.get(satker) ?? []).map((code) => ({
      code,
      row: this.#rows[code] as number,
      before: BigInt(this.#before.at(code)),
      toDate: BigInt(this.#toDate.at(code)),
    }));
  }

  /** Whether a printed code in force is of a kind of account that the statement speaks for; revenue, for one, is not in it. */
  covers(code: string): boolean {
    const account = accountClassOf(code);
    return account === null || this.#classes.has(account);
  }

  sums(): { before: bigint; toDate: bigint } {
    let [before, toDate] = [0n, 0n];
    for (const codes of this.#satkers.values()) {
      for (const code of codes) {
        before += BigInt(this.#before.at(code));
        toDate += BigInt(this.#toDate.at(code));
      }
    }
    return { before, toDate };
  }

  #grow(index: number): void {
    const rows = new Int32Array(Math.max(this.#rows.length * 2, index + 1));
    rows.set(this.#rows);
    this.#rows = rows;
  }
}
