import { UNKNOWN_SIGN } from "../coa/index.ts";

/** A sum of a code of one satker, such as realization up to a month. Codes may have unknown characters. */
export interface CodeSum {
  code: string;
  amount: bigint;
}

/** What must be posted so that the ledger says what a file states. */
export interface Differences {
  /** One for each stated code, in their order; 0 where the ledger says the same already. */
  stated: bigint[];
  /** Codes in force that the file does not have: taken back. */
  absent: CodeSum[];
  /** Codes in force that could belong to several stated ones whose sum differs: taken back, their rupiah stand on the stated codes. */
  moved: CodeSum[];
}

/**
 * The difference between sums that a file states for a satker and what is in force. A code in force belongs to the stated
 * code that agrees with it in every character both know. Where it could belong to several, these are compared together:
 * nothing is posted when their sum is right, else the code is taken back and each stated code gets what it lacks. The sum of
 * all differences is always the stated sum less the sum in force.
 *
 * @param stated distinct codes
 */
export function differencesOf(stated: readonly CodeSum[], inForce: readonly CodeSum[]): Differences {
  const lacking = stated.map(({ amount }) => amount);
  const index = new CodeIndex(stated.map(({ code }) => code));
  const groups = new Groups(stated.length);
  const absent: CodeSum[] = [];
  const doubtful: { sum: CodeSum; group: number }[] = [];
  for (const sum of inForce) {
    const [first, ...others] = index.agreeingWith(sum.code);
    if (first === undefined) {
      if (sum.amount !== 0n) absent.push({ code: sum.code, amount: -sum.amount });
    } else if (others.length === 0) {
      lacking[first] = (lacking[first] ?? 0n) - sum.amount;
    } else {
      for (const other of others) groups.join(first, other);
      doubtful.push({ sum, group: first });
    }
  }
  const settled = settledGroups(lacking, doubtful, groups);
  return {
    stated: lacking.map((amount, at) => (settled.has(groups.of(at)) ? 0n : amount)),
    absent,
    moved: doubtful
      .filter(({ sum, group }) => !settled.has(groups.of(group)) && sum.amount !== 0n)
      .map(({ sum }) => ({ code: sum.code, amount: -sum.amount })),
  };
}

/** The groups whose stated codes lack just what stands on the codes that could belong to any of them. */
function settledGroups(
  lacking: readonly bigint[],
  doubtful: readonly { sum: CodeSum; group: number }[],
  groups: Groups,
): Set<number> {
  const open = new Map<number, bigint>();
  for (const { sum, group } of doubtful) {
    const key = groups.of(group);
    open.set(key, (open.get(key) ?? 0n) - sum.amount);
  }
  for (const [at, amount] of lacking.entries()) {
    const key = groups.of(at);
    const rest = open.get(key);
    if (rest !== undefined) open.set(key, rest + amount);
  }
  return new Set([...open].filter(([, rest]) => rest === 0n).map(([key]) => key));
}

/** Whether two codes agree in every character that both know; a code of 12 segments does not know the detail below. */
export function agree(a: string, b: string): boolean {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const [one, other] = [a[at], b[at]];
    if (one !== other && one !== UNKNOWN_SIGN && other !== UNKNOWN_SIGN) return false;
  }
  return true;
}

/** Account and output: known in nearly every code, and enough to find the few candidates among many. */
const ACCOUNT = [11, 17] as const;
const OUTPUT = [26, 33] as const;

/** Finds the codes of a list that agree with another code; the very same code stands before all others. */
class CodeIndex {
  readonly #codes: readonly string[];
  readonly #exact: ReadonlyMap<string, number>;
  readonly #buckets = new Map<string, number[]>();
  readonly #loose: number[] = [];

  constructor(codes: readonly string[]) {
    this.#codes = codes;
    this.#exact = new Map(codes.map((code, at) => [code, at]));
    for (const [at, code] of codes.entries()) {
      const key = keyOf(code);
      const bucket = key === null ? this.#loose : this.#buckets.get(key);
      if (bucket) bucket.push(at);
      else if (key !== null) this.#buckets.set(key, [at]);
    }
  }

  agreeingWith(code: string): number[] {
    const same = this.#exact.get(code);
    if (same !== undefined) return [same];
    const key = keyOf(code);
    const candidates = key === null ? [...this.#codes.keys()] : [...(this.#buckets.get(key) ?? []), ...this.#loose];
    return candidates.filter((at) => agree(this.#codes[at] ?? "", code));
  }
}

/** The account and output of a code; null when either is unknown. */
function keyOf(code: string): string | null {
  const key = code.slice(...ACCOUNT) + code.slice(...OUTPUT);
  return key.includes(UNKNOWN_SIGN) ? null : key;
}

/** Positions that belong together (union-find). */
class Groups {
  readonly #parents: number[];

  constructor(count: number) {
    this.#parents = Array.from({ length: count }, (_, at) => at);
  }

  of(at: number): number {
    let root = at;
    for (let parent = this.#parents[root]; parent !== undefined && parent !== root; parent = this.#parents[root]) {
      root = parent;
    }
    this.#parents[at] = root;
    return root;
  }

  join(a: number, b: number): void {
    this.#parents[this.of(b)] = this.of(a);
  }
}
