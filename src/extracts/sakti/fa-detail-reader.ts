import { type CodeField, codeProblem, type KnownSegments } from "../../coa/index.ts";
import type { Problem, RuleId } from "../../rules.ts";
import { Cells } from "../cells.ts";
import { type Closed, mismatchOf, Outline } from "../outline.ts";
import { placeOf } from "../places.ts";
import { UnreadableFile } from "../readers/csv-parser.ts";
import { textOf, titleFacts } from "../title-facts.ts";
import type { ReaderContext, ReportReader, RowOutcome, RowView, StatedTotal, StatementLine } from "../types.ts";
import { FaDetailAmounts, type RowAmounts } from "./fa-detail-amounts.ts";
import { ACCOUNT_LEVEL, codeOf, headerCell, LEVELS, MEASURES, type OutlineCode } from "./fa-detail-columns.ts";

/** What an open row of the outline keeps until it is told to be a heading or a leaf. */
interface Entry {
  row: number;
  source: readonly string[];
  code: OutlineCode;
  amounts: RowAmounts;
  segments: KnownSegments;
  problems: Problem[];
}

type Outcome = RowOutcome<StatementLine>;

const GRAND_TOTAL = /^jumlah\b/i;

/** Names of the control totals, by measure. */
const TOTALS = [
  "stated revised",
  "stated blocked",
  "stated realization before",
  "stated realization in period",
  "stated realization to date",
] as const;

const COLUMN_OF: Partial<Record<CodeField, string>> = {
  program: "program/kegiatan",
  activity: "program/kegiatan",
  output: "kro/ro",
  ro: "kro/ro",
  component: "komponen",
  subcomponent: "subkomponen",
  account: "akun",
  item: "item",
};

/** Reads the rows of the report and adds them up. @throws UnreadableFile FILE-033 when no title names the satker */
export class FaDetailReader implements ReportReader<StatementLine> {
  readonly #context: ReaderContext;
  readonly #amounts: FaDetailAmounts;
  readonly #outline = new Outline<Entry>(MEASURES.length, ACCOUNT_LEVEL);
  readonly #satker: string;
  /** The codes of the branch that is being read, by level. */
  readonly #path: (string | null)[] = [];
  readonly #rowOf = new Map<number, number>();
  readonly #grandTotals: Entry[] = [];
  #last: Entry | null = null;

  constructor(context: ReaderContext, columnOf: (name: string) => number) {
    if (context.facts.satker === null) throw new UnreadableFile("FILE-033", 1);
    this.#satker = context.facts.satker;
    this.#context = context;
    this.#amounts = new FaDetailAmounts(context.formats, columnOf);
  }

  read(row: RowView): Outcome[] {
    const place = { row: row.row, source: row.cells };
    if (row.cells.some((cell) => headerCell(cell) !== null)) return [{ ...place, skipped: true }];
    const text = textOf(row);
    const cells = new Cells(row);
    const amounts = this.#amounts.of(row, cells);
    if (GRAND_TOTAL.test(text) && amounts.filled) {
      this.#grandTotals.push(
        this.#entry(row, amounts, { level: 0, own: text, above: null, column: "" }, cells.problems),
      );
      return [];
    }
    const code = codeOf(row.cells);
    if (code && (amounts.filled || isHeading(code))) return this.#put(row, code, amounts, cells.problems);
    const problem = this.#strayProblem(row, text, amounts);
    if (problem) return [{ ...place, problems: [problem], amount: amounts.filled ? null : 0n }];
    return [{ ...place, skipped: true }];
  }

  finish(): { outcomes: Outcome[]; totals: StatedTotal[] } {
    const outcomes = this.#outline.finish().map((closed) => this.#decide(closed));
    const { total, faulty } = this.#outline;
    for (const entry of this.#grandTotals) {
      const { row, source, amounts, problems } = entry;
      const mismatch = faulty ? null : mismatchOf(amounts.values, total);
      if (mismatch) problems.push(differs("JUMLAH SELURUHNYA", mismatch));
      outcomes.push(problems.length > 0 ? { row, source, problems, amount: null } : { row, source, skipped: true });
    }
    const [grand] = this.#grandTotals;
    if (!grand) {
      if (outcomes.length > 0) this.#context.warn("TOT-101");
      return { outcomes, totals: [] };
    }
    const totals = TOTALS.flatMap((name, at): StatedTotal[] => {
      const stated = grand.amounts.values[at] ?? null;
      return stated === null || faulty ? [] : [{ name, stated, computed: total[at] ?? 0n }];
    });
    return { outcomes, totals };
  }

  /** A row of the outline; one that only repeats the row above, as after a page break, says nothing new. */
  #put(row: RowView, code: OutlineCode, amounts: RowAmounts, problems: Problem[]): Outcome[] {
    if (this.#repeatsLast(code, amounts)) return [{ row: row.row, source: row.cells, skipped: true }];
    this.#path.length = code.level;
    if (code.above !== null) this.#path[code.level - 1] = code.above;
    this.#path[code.level] = code.own;
    const entry = this.#entry(row, amounts, code, problems);
    this.#last = entry;
    const faulty = problems.length > 0;
    const closed = this.#outline.put({ level: code.level, amounts: amounts.values, faulty, payload: entry });
    return closed.map((one) => this.#decide(one));
  }

  #repeatsLast(code: OutlineCode, { values, filled }: RowAmounts): boolean {
    const last = this.#last;
    if (!last || !filled || last.code.level !== code.level || last.code.own !== code.own) return false;
    return values.every((amount, at) => amount === last.amounts.values[at]);
  }

  #entry(row: RowView, amounts: RowAmounts, code: OutlineCode, problems: Problem[]): Entry {
    return { row: row.row, source: row.cells, code, amounts, segments: this.#segments(), problems };
  }

  /** What the branch, the titles and the lists say about the code of a row. */
  #segments(): KnownSegments {
    const { facts, references } = this.#context;
    const fiscalYear = facts.fiscalYear ?? 0;
    const [program, activity, output, ro, component, subcomponent, account, item] = this.#path;
    return {
      ...placeOf(references, this.#satker, activity ?? "", fiscalYear, facts),
      satker: this.#satker,
      account: account ?? null,
      program: program ?? null,
      activity: activity ?? null,
      output: output ?? null,
      ro: ro ?? null,
      component: component ?? null,
      subcomponent: subcomponent ?? null,
      item: item ?? null,
    };
  }

  #decide({ kind, payload, mismatch }: Closed<Entry>): Outcome {
    const { row, source, code, problems } = payload;
    if (kind === "leaf") return this.#leaf(payload);
    if (mismatch) problems.push(differs(`${LEVELS[code.level]} ${code.own}`, mismatch));
    return problems.length > 0 ? { row, source, problems, amount: null } : { row, source, skipped: true };
  }

  #leaf({ row, source, amounts, segments, problems }: Entry): Outcome {
    const found = this.#context.codes.compose(segments, this.#context.facts.fiscalYear ?? 0);
    if ("errors" in found) {
      problems.unshift(...found.errors.map((error) => codeProblem(error, error.text, COLUMN_OF[error.field] ?? null)));
    }
    problems.push(...this.#amounts.leafProblems(amounts));
    const first = this.#context.facts.period?.from.slice(5);
    if (first === "01" && (amounts.values[2] ?? 0n) !== 0n) {
      problems.push({ rule: "TOT-006", column: "periode lalu", value: String(amounts.values[2]) });
    }
    const [amount = null, blocked = null, before = null, , toDate = null] = amounts.values;
    if (problems.length > 0 || "errors" in found || amount === null || before === null || toDate === null) {
      // Where the budget is nothing, the row may still carry realization: null always counts as money.
      return { row, source, problems, amount: amount === 0n ? null : amount };
    }
    const { warn } = this.#context;
    for (const rule of found.warnings) warn(rule);
    if (blocked !== null && blocked > amount) warn("BUD-003", { blocked, amount });
    const other = this.#rowOf.get(found.entry.index);
    if (other === undefined) this.#rowOf.set(found.entry.index, row);
    else warn("BUD-004", { other });
    const line = { row, code: found.entry, amount, blocked, commitment: null, before, toDate };
    return { row, source, line };
  }

  /** A row without code: nothing where it wraps a name or repeats a title, a problem where it carries figures of its own. */
  #strayProblem(row: RowView, text: string, amounts: RowAmounts): Problem | null {
    const { satker, period } = titleFacts([{ row: row.row, cells: [...row.cells], malformed: null }]);
    const other = this.#otherReport(satker, period?.to ?? null);
    if (other !== null) return { rule: "TOT-005", column: null, value: text.slice(0, 120), params: { other } };
    const wraps = this.#last?.amounts.values.every((amount, at) => amount === amounts.values[at]) ?? false;
    if (!amounts.filled || wraps) return null;
    return { rule: "TOT-004", column: null, value: text.slice(0, 120) };
  }

  /** The satker or month of a title that is not the one of this report; null for any other row. */
  #otherReport(satker: string | null, month: string | null): string | null {
    const { period } = this.#context.facts;
    if (satker !== null && satker !== this.#satker) return satker;
    return month !== null && period !== null && month !== period.to ? month : null;
  }
}

/** The codes of the levels that may stand without figures; items may not: a wrapped name can look like one. */
const HEADINGS = [/^[0-9A-Z]{2}$/, /^\d{4}$/, /^[0-9A-Z]{3}$/, /^[0-9A-Z]{3}$/, /^\d{3}$/, /^[0-9A-Z]{2}$/, /^\d{6}$/];

/** Whether a row without figures is a heading, and not the foot of a page or a footnote. */
function isHeading({ level, own }: OutlineCode): boolean {
  return HEADINGS[level]?.test(own) ?? false;
}

function differs(level: string, { at, stated, computed }: { at: number; stated: bigint; computed: bigint }): Problem {
  const rule: RuleId = "TOT-001";
  return { rule, column: MEASURES[at] ?? null, value: String(stated), params: { level, stated, computed } };
}
