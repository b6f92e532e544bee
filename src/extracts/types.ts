import type { TextParams } from "../i18n/index.ts";
import type { Window } from "../periods.ts";
import type { References, Satker, Theme } from "../references/index.ts";
import type { Problem, RuleId } from "../rules.ts";
import type { CodeBook, CodeEntry } from "./code-book.ts";
import type { Formats, WrittenColumns } from "./formats/index.ts";
import type { TableRow } from "./readers/csv-parser.ts";

/** What an extract speaks about. Realization and budget are the ledger; the others describe it. */
export type ExtractKind =
  | "realization"
  | "budget"
  | "budget-and-realization"
  | "satkers"
  | "outputs"
  | "achievements"
  | "tags";

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
  /** Null where the extract does not state it. */
  blocked: bigint | null;
  /** Contracts outstanding; null where the extract does not state them. */
  commitment: bigint | null;
  plan: (bigint | null)[];
}

/** A row that states a budget and what was realized of it since January, up to the end of the period of the file. */
export interface StatementLine {
  row: number;
  code: CodeEntry;
  /** The revised budget in force. */
  amount: bigint;
  /** Null where the extract does not state it. */
  blocked: bigint | null;
  /** Contracts outstanding; null where the extract does not state them. */
  commitment: bigint | null;
  /** Realization before the period; null where the extract only states the sum to date. */
  before: bigint | null;
  /** Realization from January to the end of the period. */
  toDate: bigint;
}

export interface SatkerLine extends Satker {
  row: number;
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
  /** Rupiah; null where the list states none. */
  allocation: bigint | null;
  locations: string | null;
}

/** What a satker achieved of an output, or of an indicator of it, up to a month. Decimals are exact texts. */
export interface AchievementLine {
  row: number;
  fiscalYear: number;
  /** `YYYY-MM`. */
  month: string;
  satker: string;
  ministry: string;
  node: string;
  /** Null when the volume of the output itself is meant. */
  indicator: string | null;
  target: string | null;
  achieved: string | null;
  unitOfMeasure: string | null;
  /** Location segment, 4 characters. */
  district: string | null;
  /** Percent. */
  progress: string | null;
  gap: string | null;
  /** Rupiah as the list states them. */
  budget: bigint | null;
  realization: bigint | null;
  returns: bigint | null;
  dipaRevision: number | null;
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
  /** Where the evidence can be read. */
  link: string | null;
  /** The cells as they came: shares are checked over all rows, so a row may be rejected after it was read. */
  source: readonly string[];
}

/** The line type of each kind. */
export interface Lines {
  realization: RealizationLine;
  budget: BudgetLine;
  "budget-and-realization": StatementLine;
  satkers: SatkerLine;
  outputs: OutputLine;
  achievements: AchievementLine;
  tags: TagLine;
}

/** What a file says about itself outside of its rows, such as in title rows; null for what it does not say. */
export interface FileFacts {
  /** From the file, or else from `--year`. */
  fiscalYear: number | null;
  /** The months that its figures are about. */
  period: Window | null;
  /** BA 3 digits. */
  ministry: string | null;
  /** Eselon I 2 digits. */
  unit: string | null;
  satker: string | null;
  /** Day on which it was printed, `YYYY-MM-DD`. */
  printed: string | null;
}

/** Looks up the codes of an import. */
export type Codes = Pick<CodeBook, "lookup" | "compose">;

/** What reading a row needs to know beyond the row. */
export interface LayoutContext {
  references: References;
  themes: ReadonlyMap<string, Theme>;
  codes: CodeBook;
  facts: FileFacts;
  warn(rule: RuleId, params?: TextParams): void;
}

/** What a reader of rows needs beyond the row: what the import knows, and how the table writes amounts and dates. */
export interface ReaderContext extends Omit<LayoutContext, "codes"> {
  codes: Codes;
  formats: Formats;
}

/** The cells of a row by column name; columns the file does not have read as "". */
export interface RowView {
  row: number;
  cells: readonly string[];
  cell(column: string): string;
}

/** A row becomes a line, or the problems that reject it with the rupiah it carries (null when unreadable). */
export type RowResult<Line> = { line: Line } | { problems: Problem[]; amount: bigint | null };

/** A row that is passed over: it says nothing of its own (a heading), or the reader has counted a warning that says why. */
export interface SkippedRow {
  skipped: true;
  /** Rupiah of the row, where it has some: a total of the file includes them. */
  amount?: bigint;
}

/** How the first rows of a file fit a layout. */
export interface Heading {
  /** Position among the first rows of the last row of the header; data begin after it. */
  at: number;
  /** The name of every column by its position, as printed; what the layout calls otherwise carries the name of the layout. */
  columns: string[];
  /** Columns that the layout cannot do without and that are not there; such a file is named and refused (FILE-004). */
  missing: string[];
}

/** A total that the file states beside the sum of its rows. They must agree before anything is posted. */
export interface StatedTotal {
  name: string;
  stated: bigint;
  computed: bigint;
}

/** What became of a row of a report: it is a line, it is rejected, or it says nothing of its own. */
export type RowOutcome<Line> = { row: number; source: readonly string[] } & (RowResult<Line> | SkippedRow);

/** Reads a report whose rows only make sense together: subtotals, continued names, repeated headers. */
export interface ReportReader<Line> {
  /** Takes the next row; gives the rows that are decided by now, in any order. Every row comes out once. */
  read(row: RowView): RowOutcome<Line>[];
  /** The rows still open when the last one was read, and the totals that the file states. */
  finish(): { outcomes: RowOutcome<Line>[]; totals: StatedTotal[] };
}

interface LayoutBase<Kind extends ExtractKind> {
  id: string;
  kind: Kind;
  /** Columns that the header must have, in lower case; also how a layout without `recognise` is recognised. */
  required: readonly string[];
  optional: readonly string[];
  /** The column whose sum is the file's rupiah; null for layouts without money. */
  amountColumn: string | null;
  /** Columns that may be written in several ways, decided from the whole column; a layout that states its ways has none. */
  written?: WrittenColumns;
  /** What the rows do not state is taken from the satker list. */
  usesSatkers?: boolean;
  /** Where the fiscal year stands: in every row, or in the title rows if at all (else `--year` or the file's name says it). */
  yearIn?: "rows" | "titles";
  /** Looks for the header among the first rows when it is not one row with the names of the columns. */
  recognise?(head: readonly TableRow[]): Heading | null;
  /** What the rows above the data say; without it nothing. */
  facts?(titles: readonly TableRow[]): Partial<FileFacts>;
}

/** A layout whose rows can be read one by one. */
export interface RowLayout<Kind extends ExtractKind = ExtractKind> extends LayoutBase<Kind> {
  /**
   * A reader for one import; it may remember rows, for example to notice doubles.
   *
   * @param columnOf where a column stands in the cells of a row; -1 when the file does not have it
   */
  reader(
    context: ReaderContext,
    columnOf: (name: string) => number,
  ): (row: RowView) => RowResult<Lines[Kind]> | SkippedRow;
}

/** A layout whose rows must be read together. */
export interface ReportLayout<Kind extends ExtractKind = ExtractKind> extends LayoutBase<Kind> {
  /** @param width cells of the header */
  report(context: ReaderContext, columnOf: (name: string) => number, width: number): ReportReader<Lines[Kind]>;
}

/** One layout: how to recognise it and how to read its rows. */
export type Layout<Kind extends ExtractKind = ExtractKind> = RowLayout<Kind> | ReportLayout<Kind>;

/** A rejected source row. */
export interface Reject {
  row: number;
  problems: Problem[];
  source: readonly string[];
}
