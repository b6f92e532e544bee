import type { Problem } from "../../rules.ts";
import type { Cells } from "../cells.ts";
import type { Formats } from "../formats/index.ts";
import type { Amounts } from "../outline.ts";
import type { RowView } from "../types.ts";
import { CODE_COLUMNS, MEASURES, REMAINING } from "./fa-detail-columns.ts";

/** The figures of a row. */
export interface RowAmounts {
  /** By measure; null for what the row does not state. */
  values: Amounts;
  /** What remains; null where the row does not state it. */
  remaining: bigint | null;
  /** Whether any figure stands in the row. */
  filled: boolean;
}

/** How far right of the sum to date the percentage stands, when it has no column of its own in the header. */
const PERCENT_OFFSET = 4;

/** Figures of a complete row: the measures, and what remains; with or without the percentage before it. */
const WITHOUT_PERCENT = MEASURES.length + 1;
const WITH_PERCENT = MEASURES.length + 2;

const ITEM_COLUMN = CODE_COLUMNS.at(-1)?.column ?? 0;

/**
 * Finds the figures of a row. They stand below their names in the header; sums to date of detail rows one column further
 * right. Versions whose merged cells shift them still have them in the same order, so a complete row is read by order. The
 * percentage is left alone: it follows from the others.
 */
export class FaDetailAmounts {
  readonly #formats: Formats;
  readonly #columns: readonly number[];
  readonly #remaining: number;

  constructor(formats: Formats, columnOf: (name: string) => number) {
    this.#formats = formats;
    this.#columns = MEASURES.map(columnOf);
    this.#remaining = columnOf(REMAINING);
  }

  of(row: RowView, cells: Cells): RowAmounts {
    const { texts, remaining } = this.#place(row.cells);
    const values = MEASURES.map((measure, at) => this.#read(cells, measure, texts[at] ?? ""));
    const filled = [...texts, remaining].some((text) => text !== "");
    return { values, remaining: this.#read(cells, REMAINING, remaining), filled };
  }

  /** What does not hold for a leaf: a measure is missing, or its figures contradict each other. */
  leafProblems({ values, remaining }: RowAmounts): Problem[] {
    const [revised = null, blocked = null, before = null, inPeriod = null, toDate = null] = values;
    const problems: Problem[] = [];
    for (const [at, measure] of MEASURES.entries()) {
      // A report may leave the column of locked budget empty; every other measure is needed.
      if (values[at] === null && measure !== "lock pagu")
        problems.push({ rule: "AMT-001", column: measure, value: "" });
    }
    if (revised === null || before === null || inPeriod === null || toDate === null) return problems;
    const computed = before + inPeriod;
    if (computed !== toDate) {
      const params = { stated: toDate, computed };
      problems.push({ rule: "TOT-003", column: "s.d. periode", value: String(toDate), params });
    }
    const left = revised - toDate;
    if (remaining !== null && remaining !== left && remaining !== left - (blocked ?? 0n)) {
      const params = { stated: remaining, computed: left };
      problems.push({ rule: "TOT-002", column: REMAINING, value: String(remaining), params });
    }
    return problems;
  }

  #place(cells: readonly string[]): { texts: string[]; remaining: string } {
    const text = (column: number) => (cells[column] ?? "").trim();
    const texts = this.#columns.map(text);
    const toDate = this.#columns.at(-1) ?? 0;
    if (texts.at(-1) === "") texts[texts.length - 1] = text(toDate + 1);
    const [revised, , before, inPeriod, upTo] = texts;
    const figures = cells
      .slice(ITEM_COLUMN + 1)
      .map((cell) => cell.trim())
      .filter((cell) => cell !== "");
    const isComplete = [revised, before, inPeriod, upTo].every((one) => one !== "");
    if (!isComplete && (figures.length === WITHOUT_PERCENT || figures.length === WITH_PERCENT)) {
      return { texts: figures.slice(0, MEASURES.length), remaining: figures.at(-1) ?? "" };
    }
    return { texts, remaining: this.#remainingText(cells, toDate) };
  }

  /** Below its name, or in the last filled column that lies beyond the percentage. */
  #remainingText(cells: readonly string[], toDate: number): string {
    if (this.#remaining >= 0) {
      const [first = "", second = ""] = cells.slice(this.#remaining, this.#remaining + 2).map((cell) => cell.trim());
      return first === "" ? second : first;
    }
    const last = cells.findLastIndex((cell) => cell.trim() !== "");
    return last > toDate + PERCENT_OFFSET ? (cells[last] ?? "").trim() : "";
  }

  #read(cells: Cells, column: string, text: string): bigint | null {
    if (text === "") return null;
    const result = this.#formats.amount(column, text);
    if (result.ok) return result.value;
    cells.fail(result.rule, column, text, result.params);
    return null;
  }
}
