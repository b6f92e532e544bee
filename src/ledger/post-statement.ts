import { decomposeCode, UNKNOWN_SIGN } from "../coa/index.ts";
import type {
  BudgetLine,
  CodeBook,
  CodeEntry,
  LayoutContext,
  RealizationLine,
  ScopeOption,
  StatementLine,
} from "../extracts/index.ts";
import { NO_SCOPE, toPayments } from "../extracts/index.ts";
import { lastDayOf, type Month, monthNumber } from "../periods.ts";
import type { Transaction } from "../store/index.ts";
import { type Differences, differencesOf } from "./differences.ts";
import { PaymentGatherer } from "./gather-payments.ts";
import { scopeSatkers } from "./in-force.ts";
import { BudgetPoster } from "./post-budget.ts";
import { RealizationPoster } from "./post-realization.ts";
import { type CodeInForce, realizationInForce, realizationTotal } from "./realization-sums.ts";
import { type StatedCode, StatedCodes } from "./stated-codes.ts";
import { monthBefore, type StatementPeriod, statementPeriod } from "./statement-period.ts";
import type { Changes, ControlTotal, Posted, Poster } from "./types.ts";
import { unstatedRevisions } from "./unstated-revisions.ts";

/** Satkers whose codes are compared at once have so many satkers, or so many stated codes. */
const SATKERS_AT_ONCE = 500;
const CODES_AT_ONCE = 5_000;

/** Lines that are posted at once. */
const LINES_AT_ONCE = 2_048;

/**
 * Lines that no row of the file states by itself are numbered from here: far beyond any row, within 32 bits. A line that
 * settles the months before the period has this plus the row that states it.
 */
const DERIVED_ROWS = 2_000_000_000;

const NO_PLAN: readonly null[] = Array.from({ length: 12 }, () => null);

/** What the file states of a satker against what is in force. */
interface Compared extends Omit<Differences, "stated"> {
  /** The stated codes with what the ledger lacks of each. */
  stated: { code: number; row: number; amount: bigint }[];
  inForce: CodeInForce[];
}

/**
 * Posts a statement of budget and realization to date. The budget becomes a revision of its own (the file does not say
 * which one it is). The realization becomes, for every code, the difference to what is in force before the month up to which
 * the statement runs, in that month; where the file states the sum before its period and the ledger says otherwise, the
 * month before the period is restated with that difference.
 */
export class StatementPoster implements Poster<StatementLine> {
  readonly #tx: Transaction;
  readonly #extractId: number;
  readonly #context: LayoutContext;
  readonly #scope: ScopeOption;
  readonly #period: StatementPeriod;
  readonly #budget: BudgetPoster;
  readonly #revisions = new Map<string, number>();
  readonly #stated = new StatedCodes();
  #derivedRows = 0;
  #toldCodes = 0;

  /** @throws UnreadableFile FILE-034, FILE-035 when the file does not say what its realization is about */
  constructor(tx: Transaction, extractId: number, context: LayoutContext, scope: ScopeOption) {
    this.#tx = tx;
    this.#extractId = extractId;
    this.#context = context;
    this.#scope = scope;
    this.#period = statementPeriod(context.facts, scope);
    this.#budget = new BudgetPoster(tx, extractId, context.references, NO_SCOPE);
  }

  async add(lines: readonly StatementLine[]): Promise<void> {
    await this.#numberRevisions(lines.map(({ code }) => code.satker));
    const { fiscalYear, until } = this.#period;
    const revisionDate = this.#context.facts.printed ?? until;
    await this.#budget.add(
      lines.map(({ row, code, amount, blocked, commitment }): BudgetLine => {
        const revision = this.#revisions.get(code.satker) ?? 0;
        return { row, code, fiscalYear, revision, revisionDate, amount, blocked, commitment, plan: [...NO_PLAN] };
      }),
    );
    for (const line of lines) {
      this.#stated.add(line);
      this.#context.warn("CUM-001");
    }
  }

  async finish(): Promise<Posted> {
    const satkers = await this.#satkers();
    await this.#numberRevisions(satkers);
    const { fiscalYear, last } = this.#period;
    for (const satker of satkers) this.#budget.cover(fiscalYear, this.#revisions.get(satker) ?? 0, satker);
    const budget = await this.#budget.finish();
    this.#derivedRows = this.#stated.lastRow;

    const before = await this.#monthToSettle(satkers);
    const months = before === null ? [last] : [before, last];
    const { references } = this.#context;
    const scope = { months, ministries: [], satkers };
    const poster = new RealizationPoster(this.#tx, this.#extractId, references, scope);
    const gatherer = new PaymentGatherer(this.#context.codes);
    const post = async (lines: readonly RealizationLine[]) => {
      const payments = toPayments(lines);
      gatherer.add(payments);
      await poster.add({ payments, newCodes: this.#newCodes() });
    };
    if (before !== null) {
      for await (const satker of this.#compared(satkers, before)) await inBatches(this.#settling(satker, before), post);
    }
    for await (const satker of this.#compared(satkers, last)) await inBatches(this.#linesOfPeriod(satker), post);
    // What a code book knows beyond the lines is told too, though there may be none.
    await post([]);
    const realization = await poster.finish(gatherer.end());

    return {
      changes: added(budget.changes, realization.changes),
      reports: [...realization.reports, ...budget.reports],
      scope: { kind: "budget-and-realization", fiscal_years: [fiscalYear], months, satkers: satkers.length },
      lastDate: realization.lastDate,
      stored: budget.stored,
      lateRejects: [],
      totals: await this.#totals(satkers),
    };
  }

  /** The codes that the poster of payments has not been told of yet. */
  #newCodes(): { canonicals: string[]; fiscalYears: number[] } {
    const { codes } = this.#context;
    const positions = Array.from({ length: codes.size - this.#toldCodes }, (_, index) => this.#toldCodes + index);
    this.#toldCodes = codes.size;
    return {
      // Those of the rows are strings already.
      canonicals: positions.map((position) => this.#budget.canonical(position) ?? codes.canonical(position)),
      fiscalYears: positions.map((position) => codes.fiscalYear(position)),
    };
  }

  /** The satkers of the rows, of the titles and of `--scope`. */
  async #satkers(): Promise<string[]> {
    const { references, facts } = this.#context;
    const wider = await Promise.all(
      (["budget", "realization"] as const).map((kind) => scopeSatkers(this.#tx, references, kind, this.#scope)),
    );
    const titled = facts.satker === null ? [] : [facts.satker];
    return [...new Set([...this.#stated.satkers, ...titled, ...wider.flat()])].sort();
  }

  async #numberRevisions(satkers: readonly string[]): Promise<void> {
    const fresh = [...new Set(satkers)].filter((satker) => !this.#revisions.has(satker));
    const numbers = await unstatedRevisions(this.#tx, this.#period.fiscalYear, fresh);
    for (const [satker, revision] of numbers) {
      this.#revisions.set(satker, revision);
      this.#context.warn("BUD-005");
    }
  }

  /**
   * The month before the period, if the file states another sum up to there than the ledger for any code; null where all
   * agree, so that the month stays as it is.
   */
  async #monthToSettle(satkers: readonly string[]): Promise<Month | null> {
    const before = monthBefore(this.#period);
    if (before === null) return null;
    for await (const { stated, absent, moved } of this.#compared(satkers, before)) {
      if (absent.length + moved.length > 0 || stated.some(({ amount }) => amount !== 0n)) return before;
    }
    return null;
  }

  /** Lines for the month before the period: the differences, and what is in force in that month. */
  *#settling(satker: Compared, before: Month): Generator<RealizationLine> {
    const { stated, absent, moved, inForce } = satker;
    for (const { code, row, amount } of stated) {
      if (amount === 0n) continue;
      this.#context.warn("CUM-002");
      yield this.#line(DERIVED_ROWS + row, this.#statedEntry(code), before, amount);
    }
    for (const _ of [...absent, ...moved]) this.#context.warn("CUM-002");
    yield* this.#takenBack(satker, before);
    yield* this.#carried(inForce, before);
  }

  /** Lines for the last month: for every stated code what the months before it do not say yet. */
  *#linesOfPeriod(satker: Compared): Generator<RealizationLine> {
    const { last } = this.#period;
    for (const { code, row, amount } of satker.stated) yield this.#line(row, this.#statedEntry(code), last, amount);
    yield* this.#takenBack(satker, last);
    yield* this.#carried(
      satker.inForce.filter(({ code }) => !this.#stated.covers(code)),
      last,
    );
  }

  /**
   * What the file states of each satker against what is in force, up to the month before the period or in the period.
   *
   * @param month the last one of the period, or the one before it
   */
  async *#compared(satkers: readonly string[], month: Month): AsyncGenerator<Compared> {
    const { fiscalYear, first, last } = this.#period;
    const inPeriod = month === last;
    const from = inPeriod && first !== null ? monthNumber(first) : 1;
    const to = inPeriod ? monthNumber(last) - 1 : monthNumber(month);
    const amountOf = ({ before, toDate }: StatedCode) => {
      if (!inPeriod) return before;
      return first === null ? toDate : toDate - before;
    };
    for (const chunk of this.#chunksOf(satkers)) {
      const found = await realizationInForce(this.#tx, fiscalYear, chunk, { from, to }, month);
      for (const satker of chunk) {
        const inForce = found.get(satker) ?? [];
        const stated = this.#stated.of(satker);
        const { absent, moved, ...lacking } = differencesOf(
          stated.map((one) => ({ code: this.#canonical(one.code), amount: amountOf(one) })),
          inForce.filter(({ code }) => this.#stated.covers(code)).map(({ code, sum }) => ({ code, amount: sum })),
        );
        const differing = stated.map(({ code, row }, at) => ({ code, row, amount: lacking.stated[at] ?? 0n }));
        yield { stated: differing, absent, moved, inForce };
      }
    }
  }

  /** Satkers in the order given, some at a time. */
  *#chunksOf(satkers: readonly string[]): Generator<string[]> {
    let chunk: string[] = [];
    let codes = 0;
    for (const satker of satkers) {
      const own = this.#stated.count(satker);
      if (chunk.length > 0 && (codes + own > CODES_AT_ONCE || chunk.length >= SATKERS_AT_ONCE)) {
        yield chunk;
        [chunk, codes] = [[], 0];
      }
      chunk.push(satker);
      codes += own;
    }
    if (chunk.length > 0) yield chunk;
  }

  *#takenBack({ absent, moved }: Compared, month: Month): Generator<RealizationLine> {
    for (const _ of absent) this.#context.warn("CUM-003");
    for (const _ of moved) this.#context.warn("CUM-004");
    for (const { code, amount } of [...absent, ...moved]) yield this.#derivedLine(code, month, amount);
  }

  /** What is in force in a month that is restated as a whole, so that it stays. */
  *#carried(codes: readonly CodeInForce[], month: Month): Generator<RealizationLine> {
    for (const { code, inMonth } of codes) if (inMonth !== null) yield this.#derivedLine(code, month, inMonth);
  }

  /** A line that no row of the file states by itself. */
  #derivedLine(code: string, month: Month, amount: bigint): RealizationLine {
    this.#derivedRows++;
    return this.#line(
      DERIVED_ROWS + this.#derivedRows,
      entryOf(this.#context.codes, code, this.#period.fiscalYear),
      month,
      amount,
    );
  }

  #canonical(code: number): string {
    return this.#context.codes.canonical(code);
  }

  /** The entry of a code that a row states: the code book has it, whatever is unknown of it. */
  #statedEntry(code: number): CodeEntry {
    const found = this.#context.codes.lookup(this.#canonical(code), this.#period.fiscalYear, "code");
    if (!("entry" in found)) throw new Error(`code ${code} is not in the code book`);
    return found.entry;
  }

  #line(row: number, code: CodeEntry, month: Month, amount: bigint): RealizationLine {
    const date = month === this.#period.last ? this.#period.until : lastDayOf(month);
    return { row, code, date, document: "", amount, description: null };
  }

  /** What the rows state, and what the ledger says now that they are posted. */
  async #totals(satkers: readonly string[]): Promise<ControlTotal[]> {
    const { fiscalYear, first, last } = this.#period;
    const { before, toDate } = this.#stated.sums();
    const to = monthNumber(last);
    const inForce = (from: number, until: number) =>
      realizationTotal(this.#tx, fiscalYear, satkers, from, until, this.#stated.accountClasses);
    const upTo = total("realization to date", toDate, await inForce(1, to));
    if (first === null) return [upTo];
    const from = monthNumber(first);
    return [
      total("realization before", before, await inForce(1, from - 1)),
      total("realization in period", toDate - before, await inForce(from, to)),
      upTo,
    ];
  }
}

function total(name: string, file: bigint, read: bigint): ControlTotal {
  return { name, file, read, difference: file - read };
}

function added(a: Changes, b: Changes): Changes {
  return {
    created: a.created + b.created,
    updated: a.updated + b.updated,
    unchanged: a.unchanged + b.unchanged,
    removed: a.removed + b.removed,
  };
}

/** Hands over lines some at a time. */
async function inBatches(
  lines: Iterable<RealizationLine>,
  post: (lines: readonly RealizationLine[]) => Promise<void>,
): Promise<void> {
  let batch: RealizationLine[] = [];
  for (const line of lines) {
    if (batch.push(line) < LINES_AT_ONCE) continue;
    await post(batch);
    batch = [];
  }
  if (batch.length > 0) await post(batch);
}

/** The entry of a code that the store holds; unknown characters come from an extract that composed it. */
function entryOf(codes: CodeBook, code: string, fiscalYear: number): CodeEntry {
  const composed = code.includes(UNKNOWN_SIGN) ? decomposeCode(code, fiscalYear) : null;
  const found = composed ? codes.compose(composed.known, fiscalYear) : codes.lookup(code, fiscalYear, "code");
  if (!("entry" in found)) throw new Error(`code ${code} of the store is none of fiscal year ${fiscalYear}`);
  return found.entry;
}
