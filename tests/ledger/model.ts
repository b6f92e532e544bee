/**
 * The ledger once more, slow and obvious: plain arrays, no SQL, nothing of src but types. What an extract said is kept
 * whole; what is in force is worked out from the beginning every time.
 */

export interface ModelCode {
  /** As printed and stored. */
  printed: string;
  dimensions: Record<string, string | null>;
  satker: string;
  account: string;
  /** `2080.001` or `2080.001.001.051`. */
  node: string;
}

export interface Payment {
  code: ModelCode;
  date: string;
  amount: bigint;
}

export interface DipaLine {
  code: ModelCode;
  year: number;
  revision: number;
  amount: bigint;
  blocked: bigint;
  plan: (bigint | null)[];
}

export interface ModelTag {
  node: string;
  intervention: string;
  from: number;
  to: number;
  /** Basis points. */
  share: number;
  agreed: boolean;
  /** Number of the agreement, null while proposed. */
  agreement: string | null;
}

/** One extract: what it said and which cells it speaks for. */
export interface ModelExtract {
  kind: "realization" | "budget" | "tags";
  reverted: boolean;
  cells: Set<string>;
  payments: Payment[];
  lines: DipaLine[];
  /** Tags it changed, as they were before; null for those it made. */
  changed: Map<string, ModelTag | null>;
}

/** One amount of one code: a month of a year, or the whole year (month null). */
interface Fact {
  code: ModelCode;
  year: number;
  month: string | null;
  measure: Measure;
  amount: bigint;
}

export const MEASURES = ["original", "revised", "blocked", "budget", "twelfths", "realization"] as const;
export type Measure = (typeof MEASURES)[number];
export type Sums = Record<Measure, bigint | null>;

export interface ModelRequest {
  by: string[];
  window: { from: string; to: string };
  themed: boolean;
  basis: "whole" | "weighted";
  where: Record<string, string[]>;
}

export interface ModelAnswer {
  rows: { keys: (string | null)[]; sums: Sums }[];
  total: Sums;
  needsRo: Sums;
  untagged: Sums;
  filteredOut: Sums;
}

export function monthsBetween(from: string, to: string): string[] {
  const months: string[] = [];
  for (let year = Number(from.slice(0, 4)); year <= Number(to.slice(0, 4)); year++) {
    for (let month = 1; month <= 12; month++) months.push(`${year}-${month < 10 ? "0" : ""}${month}`);
  }
  return months.filter((month) => from <= month && month <= to);
}

/** a ÷ b to the nearest integer, half away from zero; b > 0. */
function rounded(a: bigint, b: bigint): bigint {
  const size = a < 0n ? -a : a;
  const up = (size % b) * 2n >= b ? 1n : 0n;
  return (size / b + up) * (a < 0n ? -1n : 1n);
}

const tagKey = (tag: ModelTag): string => [tag.node, tag.intervention, tag.from, tag.to].join(" ");

export class Model {
  readonly extracts: ModelExtract[] = [];
  readonly tags = new Map<string, ModelTag>();
  readonly #classes: Record<string, string>;

  /** @param classes class of every intervention */
  constructor(classes: Record<string, string>) {
    this.#classes = classes;
  }

  /** A blocked extract has a number too, and says nothing. */
  block(): void {
    this.#add({ kind: "realization", reverted: true });
  }

  #add(extract: Partial<ModelExtract> & Pick<ModelExtract, "kind">): void {
    const empty = { reverted: false, cells: new Set<string>(), payments: [], lines: [], changed: new Map() };
    this.extracts.push({ ...empty, ...extract });
  }

  /** Covers the months × satkers of the payments, and those of the scope. */
  postPayments(payments: Payment[], scopeMonths: string[], scopeSatkers: string[]): void {
    const months = [...payments.map(({ date }) => date.slice(0, 7)), ...scopeMonths];
    const satkers = [...payments.map(({ code }) => code.satker), ...scopeSatkers];
    const cells = new Set(months.flatMap((month) => satkers.map((satker) => `${month} ${satker}`)));
    this.#add({ kind: "realization", payments, cells });
  }

  postBudget(lines: DipaLine[]): void {
    const cells = new Set(lines.map(({ year, revision, code }) => `${year} ${revision} ${code.satker}`));
    this.#add({ kind: "budget", lines, cells });
  }

  /** Rows that change an agreed share without an agreement are refused. Returns how many were. */
  postTags(tags: ModelTag[]): number {
    const changed = new Map<string, ModelTag | null>();
    let refused = 0;
    for (const tag of tags) {
      const key = tagKey(tag);
      const before = this.tags.get(key) ?? null;
      if (before?.agreed && !tag.agreed && before.share !== tag.share) {
        refused++;
        continue;
      }
      const agreed = tag.agreed || before?.agreed === true;
      const after = { ...tag, agreed, agreement: tag.agreement ?? before?.agreement ?? null };
      // Agreeing again under another number is a change.
      if (before?.share === after.share && before.agreed === agreed && before.agreement === after.agreement) continue;
      changed.set(key, before);
      this.tags.set(key, after);
    }
    this.#add({ kind: "tags", changed });
    return refused;
  }

  /** Reverts extract `id` (from 1). False when later tags stand in the way. */
  revert(id: number): boolean {
    const extract = this.extracts[id - 1];
    if (!extract || extract.reverted) throw new Error(`no extract ${id} to revert`);
    const later = this.extracts.slice(id).filter(({ reverted }) => !reverted);
    if ([...extract.changed.keys()].some((key) => later.some(({ changed }) => changed.has(key)))) return false;
    for (const [key, before] of extract.changed) {
      if (before) this.tags.set(key, before);
      else this.tags.delete(key);
    }
    extract.reverted = true;
    return true;
  }

  /** Whether this extract is the newest posted one that covers the cell. */
  #isInForce(extract: ModelExtract, cell: string): boolean {
    const covering = this.extracts.filter((one) => one.kind === extract.kind && !one.reverted && one.cells.has(cell));
    return covering.at(-1) === extract;
  }

  /** Whether nothing that came after speaks for what this extract speaks for. */
  isWhollyInForce(extract: ModelExtract): boolean {
    if (extract.reverted) return false;
    if (extract.kind !== "tags") return [...extract.cells].every((cell) => this.#isInForce(extract, cell));
    return this.extracts.filter(({ kind, reverted }) => kind === "tags" && !reverted).at(-1) === extract;
  }

  /** Everything that is in force, as one text: equal texts are equal ledgers. */
  inForce(): string {
    const entries: string[] = [];
    for (const extract of this.extracts.filter(({ reverted }) => !reverted)) {
      for (const [index, { code, date, amount }] of extract.payments.entries()) {
        // Documents are numbered by the place in the file.
        if (this.#isInForce(extract, `${date.slice(0, 7)} ${code.satker}`)) {
          entries.push(["payment", code.printed, date, index, amount].join(" "));
        }
      }
      for (const { code, year, revision, amount, blocked, plan } of extract.lines) {
        if (this.#isInForce(extract, `${year} ${revision} ${code.satker}`)) {
          entries.push(["line", code.printed, year, revision, amount, blocked, ...plan].join(" "));
        }
      }
    }
    for (const [key, { share, agreed, agreement }] of this.tags) {
      entries.push(["tag", key, share, agreed, agreement].join(" "));
    }
    return entries.sort().join("\n");
  }

  /** The satkers that ever had a code of the ministry and are spoken for by payments in force. */
  satkersOf(ministry: string): string[] {
    const codes = this.extracts.flatMap(({ payments, lines }) => [...payments, ...lines].map(({ code }) => code));
    const satkers = codes.filter(({ dimensions }) => dimensions.ministry === ministry).map(({ satker }) => satker);
    const inForce = this.extracts.filter(({ kind, reverted }) => kind === "realization" && !reverted);
    return satkers.filter((satker) => inForce.some(({ cells }) => [...cells].some((cell) => cell.endsWith(satker))));
  }

  #facts(): Fact[] {
    const facts: Fact[] = [];
    const lines: DipaLine[] = [];
    for (const extract of this.extracts.filter(({ reverted }) => !reverted)) {
      for (const { code, date, amount } of extract.payments) {
        const month = date.slice(0, 7);
        if (!this.#isInForce(extract, `${month} ${code.satker}`)) continue;
        facts.push({ code, year: Number(date.slice(0, 4)), month, measure: "realization", amount });
      }
      for (const line of extract.lines) {
        if (this.#isInForce(extract, `${line.year} ${line.revision} ${line.code.satker}`)) lines.push(line);
      }
    }
    for (const line of lines) {
      const { code, year, revision, amount, blocked, plan } = line;
      const rivals = lines.filter((one) => one.year === year && one.code.satker === code.satker);
      if (revision === 0) facts.push({ code, year, month: null, measure: "original", amount });
      if (revision < Math.max(...rivals.map((one) => one.revision))) continue;
      facts.push({ code, year, month: null, measure: "revised", amount });
      facts.push({ code, year, month: null, measure: "blocked", amount: blocked });
      const complete = plan.every((month) => month !== null);
      monthsBetween(`${year}-01`, `${year}-12`).forEach((month, index) => {
        const m = BigInt(index + 1);
        const twelfth = rounded(amount * m, 12n) - rounded(amount * (m - 1n), 12n);
        facts.push({ code, year, month, measure: "budget", amount: complete ? (plan[index] ?? 0n) : twelfth });
        if (!complete) facts.push({ code, year, month, measure: "twelfths", amount: twelfth });
      });
    }
    return atGrain(facts.filter(({ code }) => /^[56]/.test(code.account)));
  }

  reconcile(request: ModelRequest): ModelAnswer {
    const months = monthsBetween(request.window.from, request.window.to).filter(
      (month) => request.where.month?.includes(month) ?? true,
    );
    const years = new Set(months.map((month) => Number(month.slice(0, 4))));
    const byMonth = request.by.includes("month");
    const answer: ModelAnswer = {
      rows: [],
      total: zero(byMonth),
      needsRo: zero(byMonth),
      untagged: zero(byMonth),
      filteredOut: zero(byMonth),
    };
    const facts = this.#facts()
      .filter(({ year, month }) => (month === null ? !byMonth && years.has(year) : months.includes(month)))
      .filter(({ code }) => accepts(request.where, code.dimensions));
    for (const fact of facts) {
      const { parts, rest } = request.themed
        ? this.#split(fact, request.basis)
        : { parts: [{ intervention: null, amount: fact.amount }], rest: "untagged" as const };
      let placed = 0n;
      for (const { intervention, amount } of parts) {
        placed += amount;
        const tagged = intervention === null ? {} : { intervention, class: this.#classes[intervention] ?? null };
        const keys: Record<string, string | null> = { ...fact.code.dimensions, month: fact.month, ...tagged };
        if (request.themed && !accepts(request.where, tagged)) add(answer.filteredOut, fact.measure, amount);
        else {
          add(
            rowOf(
              answer,
              request.by.map((dimension) => keys[dimension] ?? null),
              byMonth,
            ),
            fact.measure,
            amount,
          );
          add(answer.total, fact.measure, amount);
        }
      }
      add(answer[rest], fact.measure, fact.amount - placed);
    }
    answer.rows.sort((a, b) => compare(a.keys, b.keys));
    return answer;
  }

  /** The parts of an amount that its closest tags give to interventions, and where the rest belongs. */
  #split(fact: Fact, basis: "whole" | "weighted") {
    const agreed = [...this.tags.values()].filter((tag) => tag.agreed && tag.from <= fact.year && fact.year <= tag.to);
    const codes = fact.code.node.split(".");
    for (let depth = codes.length; depth > 0; depth--) {
      const closest = agreed.filter(({ node }) => node === codes.slice(0, depth).join("."));
      if (closest.length === 0) continue;
      const names = [...new Set(closest.map(({ intervention }) => intervention))].sort();
      const whole = closest.reduce((sum, { share }) => sum + share, 0);
      const denominator = BigInt(basis === "whole" ? whole : 10_000);
      let before = 0;
      const parts = names.map((intervention) => {
        const own = closest.filter((tag) => tag.intervention === intervention);
        const upTo = before + own.reduce((sum, { share }) => sum + share, 0);
        const amount =
          rounded(fact.amount * BigInt(upTo), denominator) - rounded(fact.amount * BigInt(before), denominator);
        before = upTo;
        return { intervention, amount };
      });
      return { parts, rest: "untagged" as const };
    }
    const below = codes.length === 2 && agreed.some(({ node }) => node.startsWith(`${fact.code.node}.`));
    return { parts: [], rest: below ? ("needsRo" as const) : ("untagged" as const) };
  }
}

/** The grain of rounding: one printed code × month (or year) × measure. */
function atGrain(facts: readonly Fact[]): Fact[] {
  const sums = new Map<string, Fact>();
  for (const fact of facts) {
    const key = [fact.code.printed, fact.year, fact.month, fact.measure].join(" ");
    const sum = sums.get(key);
    sums.set(key, sum ? { ...sum, amount: sum.amount + fact.amount } : fact);
  }
  return [...sums.values()];
}

function accepts(where: Record<string, string[]>, keys: Record<string, string | null>): boolean {
  return Object.entries(where).every(([dimension, values]) => {
    const key = keys[dimension];
    return !(dimension in keys) || (typeof key === "string" && values.includes(key));
  });
}

function zero(byMonth: boolean): Sums {
  const annual = byMonth ? null : 0n;
  return { original: annual, revised: annual, blocked: annual, budget: 0n, twelfths: 0n, realization: 0n };
}

function add(sums: Sums, measure: Measure, amount: bigint): void {
  sums[measure] = (sums[measure] ?? 0n) + amount;
}

function rowOf(answer: ModelAnswer, keys: (string | null)[], byMonth: boolean): Sums {
  const known = answer.rows.find((row) => row.keys.join(" ") === keys.join(" "));
  if (known) return known.sums;
  const sums = zero(byMonth);
  answer.rows.push({ keys, sums });
  return sums;
}

/** By key; what does not carry a level comes last. */
function compare(a: (string | null)[], b: (string | null)[]): number {
  const at = a.findIndex((key, index) => key !== b[index]);
  const [left, right] = [a[at] ?? null, b[at] ?? null];
  if (left === null || right === null) return left === null ? 1 : -1;
  return left < right ? -1 : 1;
}
