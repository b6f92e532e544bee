/** Amounts of a row by the position of their measure; null for what the row does not state. */
export type Amounts = readonly (bigint | null)[];

/** A row of an outline: a heading with the sums of what stands below it, or a leaf. */
export interface OutlineRow<Payload> {
  /** 0 is the outermost. */
  level: number;
  amounts: Amounts;
  /** An amount could not be read: sums above it cannot be checked. */
  faulty: boolean;
  payload: Payload;
}

/** A heading whose sums are not those of the leaves below it. */
export interface Mismatch {
  /** Position of the first measure that differs. */
  at: number;
  stated: bigint;
  computed: bigint;
}

/** What became of a row when it could be told: it is a leaf, or a heading that agrees with its leaves or does not. */
export interface Closed<Payload> extends OutlineRow<Payload> {
  kind: "leaf" | "heading";
  mismatch: Mismatch | null;
}

interface Open<Payload> extends OutlineRow<Payload> {
  sums: bigint[];
  hasChildren: boolean;
}

/**
 * Adds up an outline whose sums stand above their parts (program, activity … item) while its rows go by. Only the headings
 * that are still open are kept.
 */
export class Outline<Payload> {
  readonly #measures: number;
  /** Levels from this one on are leaves when nothing stands below them. */
  readonly #leafLevel: number;
  readonly #open: Open<Payload>[] = [];
  readonly #total: bigint[];
  #faulty = false;

  constructor(measures: number, leafLevel: number) {
    this.#measures = measures;
    this.#leafLevel = leafLevel;
    this.#total = new Array<bigint>(measures).fill(0n);
  }

  /** Sums of all leaves so far, as far as they are closed. */
  get total(): readonly bigint[] {
    return this.#total;
  }

  /** Whether an amount of any row could not be read. */
  get faulty(): boolean {
    return this.#faulty;
  }

  /** Puts the next row; gives the rows that are complete by it, innermost first. */
  put(row: OutlineRow<Payload>): Closed<Payload>[] {
    const closed = this.#closeFrom(row.level);
    const above = this.#open.at(-1);
    if (above) above.hasChildren = true;
    this.#open.push({ ...row, sums: new Array<bigint>(this.#measures).fill(0n), hasChildren: false });
    return closed;
  }

  /** Ends the outline. */
  finish(): Closed<Payload>[] {
    return this.#closeFrom(0);
  }

  #closeFrom(level: number): Closed<Payload>[] {
    const closed: Closed<Payload>[] = [];
    for (let last = this.#open.at(-1); last && last.level >= level; last = this.#open.at(-1)) {
      this.#open.pop();
      closed.push(this.#close(last));
    }
    return closed;
  }

  #close({ level, amounts, faulty, payload, sums, hasChildren }: Open<Payload>): Closed<Payload> {
    const isLeaf = !hasChildren && level >= this.#leafLevel;
    const own = isLeaf ? amounts.map((amount) => amount ?? 0n) : sums;
    const above = this.#open.at(-1);
    if (above && faulty) above.faulty = true;
    if (faulty) this.#faulty = true;
    const into = above?.sums ?? this.#total;
    for (let at = 0; at < this.#measures; at++) into[at] = (into[at] ?? 0n) + (own[at] ?? 0n);
    const mismatch = isLeaf || faulty ? null : mismatchOf(amounts, sums);
    return { level, amounts, faulty, payload, kind: isLeaf ? "leaf" : "heading", mismatch };
  }
}

/** The first measure of a heading that is not the sum of its leaves; what it does not state cannot differ. */
export function mismatchOf(amounts: Amounts, sums: readonly bigint[]): Mismatch | null {
  for (const [at, stated] of amounts.entries()) {
    const computed = sums[at] ?? 0n;
    if (stated !== null && stated !== computed) return { at, stated, computed };
  }
  return null;
}
