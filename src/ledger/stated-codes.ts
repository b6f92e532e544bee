import type { StatementLine } from "../extracts/index.ts";
import { accountClassOf, type CodeMonths } from "./realization-sums.ts";

/** What a file states of one code, all its rows together. */
export interface StatedCode {
  /** Position in the code book: entries are too large to keep for every row of a national file. */
  code: number;
  /** The first row that states it. */
  row: number;
  before: bigint;
  toDate: bigint;
}

/** Expenditure and transfers: what a statement of budget and realization is about, whether or not all of it occurs. */
const EXPENDITURE = ["5", "6"];

/** The codes that a statement speaks about, by satker. */
export class StatedCodes {
  readonly #satkers = new Map<string, Map<number, StatedCode>>();
  readonly #classes = new Set(EXPENDITURE);
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
    let codes = this.#satkers.get(code.satker);
    if (!codes) {
      codes = new Map();
      this.#satkers.set(code.satker, codes);
    }
    const seen = codes.get(code.index);
    if (seen) {
      seen.before += before ?? 0n;
      seen.toDate += toDate;
    } else codes.set(code.index, { code: code.index, row, before: before ?? 0n, toDate });
    if (code.account !== null) this.#classes.add(code.account.slice(0, 1));
    if (row > this.#lastRow) this.#lastRow = row;
  }

  /** The codes of a satker, distinct, in the order of the file. */
  of(satker: string): StatedCode[] {
    return [...(this.#satkers.get(satker)?.values() ?? [])];
  }

  /** Whether a code in force is of a kind of account that the statement speaks for; revenue, for one, is not in it. */
  covers({ code }: CodeMonths): boolean {
    const account = accountClassOf(code);
    return account === null || this.#classes.has(account);
  }

  sums(): { before: bigint; toDate: bigint } {
    let [before, toDate] = [0n, 0n];
    for (const codes of this.#satkers.values()) {
      for (const code of codes.values()) {
        before += code.before;
        toDate += code.toDate;
      }
    }
    return { before, toDate };
  }
}
