import type { TextParams } from "../i18n/index.ts";
import type { References, Theme } from "../references/index.ts";
import type { Problem, RuleId } from "../rules.ts";
import type { CodeBook, CodeEntry } from "./code-book.ts";

/** What an extract speaks about. Realization and budget are the ledger; the others describe it. */
export type ExtractKind = "realization" | "budget" | "satkers" | "outputs" | "tags";

/** A payment line. */
export interface RealizationLine {
  row: number;
  code: CodeEntry;
  date: string;
  document: string;
  amount: bigint;
  description: string | null;
}

/** A DIPA line of one revision; `plan` has twelve months, null where the extract states none. */
export interface BudgetLine {
  row: number;
  code: CodeEntry;
  fiscalYear: number;
  revision: number;
  revisionDate: string | null;
  amount: bigint;
  blocked: bigint;
  plan: (bigint | null)[];
}

export interface SatkerLine {
  row: number;
  code: string;
  name: string;
  ministry: string;
  unit: string | null;
  location: string | null;
  authority: string | null;
  kppn: string | null;
}

export interface OutputLine {
  row: number;
  fiscalYear: number;
  node: string;
  program: string;
  name: string;
  themes: string | null;
  target: string | null;
  unitOfMeasure: string | null;
}

export interface TagLine {
  row: number;
  theme: string;
  fiscalYearFrom: number;
  fiscalYearTo: number;
  node: string;
  intervention: string;
  share: number;
  evidence: string | null;
  /** The cells as they came: shares are checked over all rows, so a row may be rejected after it was read. */
  source: readonly string[];
}

/** The line type of each kind. */
export interface Lines {
  realization: RealizationLine;
  budget: BudgetLine;
  satkers: SatkerLine;
  outputs: OutputLine;
  tags: TagLine;
}

/** What reading a row needs to know beyond the row. */
export interface LayoutContext {
  references: References;
  themes: ReadonlyMap<string, Theme>;
  codes: CodeBook;
  warn(rule: RuleId, params?: TextParams): void;
}

/** The cells of a row by column name; columns the file does not have read as "". */
export interface RowView {
  row: number;
  cells: readonly string[];
  cell(column: string): string;
}

/** A row becomes a line, or the problems that reject it with the rupiah it carries (null when unreadable). */
export type RowResult<Line> = { line: Line } | { problems: Problem[]; amount: bigint | null };

/** One layout: how to recognise it and how to read its rows. */
export interface Layout<Kind extends ExtractKind = ExtractKind> {
  id: string;
  kind: Kind;
  required: readonly string[];
  optional: readonly string[];
  /** The column whose sum is the file's rupiah; null for layouts without money. */
  amountColumn: string | null;
  /**
   * A reader for one import; it may remember rows, for example to notice doubles.
   *
   * @param columnOf where a column stands in the cells of a row; -1 when the file does not have it
   */
  reader(context: LayoutContext, columnOf: (name: string) => number): (row: RowView) => RowResult<Lines[Kind]>;
}

/** A rejected source row. */
export interface Reject {
  row: number;
  problems: Problem[];
  source: readonly string[];
}
