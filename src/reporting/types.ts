import type { Language } from "../i18n/index.ts";
import type { Month, Window } from "../periods.ts";

/** What a Performance and Execution report is asked to cover. */
export interface ReportRequest {
  window: Window;
  /** Month in which the report is due; null when the window was chosen freely. */
  due: Month | null;
  /** Code of the theme, such as `stunting`. */
  theme: string;
  language: Language;
  /** Prints on every sheet that the amounts are invented. */
  demonstration: boolean;
  /** Moment in the past, ISO text in UTC: ledger and tags as they were then. Without it they are those of now. */
  asOf?: string;
}

/** The measures that every sheet adds up, in the order they are printed. */
export const MEASURES = ["original", "revised", "blocked", "budget", "realization"] as const;
export type Measure = (typeof MEASURES)[number];

/** Rupiah per measure. */
export type Figures = Record<Measure, bigint>;

/** The two number sets that run side by side: every rupiah of a tagged node, and only the share that serves the theme. */
export interface BothBases {
  whole: Figures;
  weighted: Figures;
}

/** A code with its name; null when no list knows it. */
export interface Named {
  code: string;
  name: string | null;
}

export interface MinistryRow extends Named, BothBases {}

export interface InterventionRow extends Named, BothBases {
  class: Named;
}

export interface DistrictRow extends Named {
  /** First two characters of the location; a line may carry a location that no list knows. */
  province: Named;
  figures: Figures;
}

export interface SatkerRow extends Named {
  ministry: Named;
  figures: Figures;
}

export interface MonthRow {
  month: Month;
  /** Plan of the month (RPD), twelfths where a line has no complete plan. */
  budget: bigint;
  /** The part of `budget` that was spread over twelfths. */
  twelfths: bigint;
  realization: bigint;
}

/** A small breakdown of the summary (account group, fund source). */
export interface BreakdownRow extends Named {
  figures: Figures;
}

/** A distinct printed code of the lines, with the names of its segments. */
export interface LineCode {
  /** Canonical, with dots. */
  code: string;
  ministry: Named;
  activity: Named;
  /** Code is activity and output with a dot: `2080.QEA`. */
  output: Named;
  satker: Named;
  location: Named;
  account: Named;
}

/** How a line was placed: its tag, or null when it needs an RO to be split. */
export interface Placement {
  /** Node that carries the tag, `2080.QEA`. */
  node: string;
  intervention: Named;
  /** Share of the node that serves the intervention, basis points. */
  share: number;
}

interface LineOrigin {
  /** Index into `codes`. */
  code: number;
  /** Index into `placements`; null: the line needs an RO. */
  placement: number | null;
  fiscalYear: number;
  extract: number;
  /** Row of the file as a person sees it. */
  row: number;
}

/** One payment line, or the part of it that one intervention receives. */
export interface RealizationLine extends LineOrigin {
  kind: "realization";
  /** `YYYY-MM-DD`. */
  date: string;
  document: string;
  description: string | null;
  whole: bigint;
  /** Null for lines that need an RO: they are whole or nothing. */
  weighted: bigint | null;
}

/** One DIPA line, or the part of it that one intervention receives. Null measures are not what this revision states. */
export interface BudgetLine extends LineOrigin {
  kind: "budget";
  revision: number;
  revisionDate: string | null;
  whole: LineBudget;
  weighted: LineBudget | null;
  /** Whole-output plan of each month of the window; null for months of another fiscal year or of an older revision. */
  plan: (bigint | null)[];
  /** True where `plan` was spread over twelfths. */
  spread: boolean;
}

export interface LineBudget {
  original: bigint | null;
  revised: bigint | null;
  blocked: bigint | null;
  budget: bigint | null;
}

export type ReportLine = RealizationLine | BudgetLine;

/** A tag in force in some year of the window. */
export interface ReportTag extends Placement {
  /** Name of the tagged output or activity. */
  name: string | null;
  class: Named;
  fiscalYearFrom: number;
  fiscalYearTo: number;
  agreement: string | null;
  evidence: string | null;
}

/** An extract whose lines are behind the figures. */
export interface ReportExtract {
  id: number;
  layout: string;
  file: string;
  sha256: string;
  /** Rows posted from the file. */
  rows: number;
  /** Rupiah posted from the file, all of it, not only what the theme touches. */
  amount: bigint;
  /** Date of its newest payment; null for budgets. */
  lastDate: string | null;
}

/** Lists whose codes appear in the workbook. */
export const CODE_LISTS = [
  "ministries",
  "satkers",
  "activities",
  "outputs",
  "provinces",
  "locations",
  "account-groups",
  "accounts",
  "funds",
] as const;
export type CodeListKey = (typeof CODE_LISTS)[number];

/** A code list of the reference sheet: every code that appears in the workbook, with its name. */
export interface CodeList {
  list: CodeListKey;
  entries: Named[];
}

/** Fingerprints of what the figures rest on: the same three give the same report. */
export interface Versions {
  /** Hash over the extracts in force. */
  data: string;
  /** Hash over the agreed tags of the theme in the years of the window. */
  tags: string;
  /** Hash over the code lists. */
  codeLists: string;
}

/** Sheets of the workbook. */
export const SHEETS = [
  "cover",
  "summary",
  "ministries",
  "interventions",
  "districts",
  "months",
  "ranking",
  "satkers",
  "data",
  "methods",
  "tags",
  "codes",
  "quality",
] as const;
export type SheetKey = (typeof SHEETS)[number];

export interface RankedSatker extends SatkerRow {
  /** Ties share a rank: 1, 2, 2, 4. */
  rank: number;
}

/** The league of satkers inside the report. */
export interface SatkerLists {
  /** Satkers whose plan reaches the minimum: those that are ranked. */
  ranked: number;
  /** Satkers with a plan below the minimum. */
  small: number;
  highestAbsorption: RankedSatker[];
  lowestAbsorption: RankedSatker[];
  largestRealization: RankedSatker[];
  smallestRealization: RankedSatker[];
  /** Budget or realization, but no plan in the window: absorption means nothing, so they have no rank. */
  withoutPlan: SatkerRow[];
}

/** Everything the workbook prints: plain data, nothing left to ask. */
export interface PerformanceExecution extends Omit<ReportRequest, "theme"> {
  theme: Named;
  /** Date of the newest payment in the extracts behind the figures; null when there is none. */
  dataAsOf: string | null;
  versions: Versions;
  /** What the theme's tags cover, on both bases. */
  total: BothBases;
  needsRo: Figures;
  untagged: Figures;
  /** All expenditure in force in the window, added from the lines themselves and not from balances. */
  ledger: Figures;
  /** Ledger minus everything shown, per basis, as the reconciliation states it. */
  residual: { whole: bigint; weighted: bigint };
  /** The part of the plan that was spread over twelfths, whole outputs. */
  twelfths: bigint;
  ministries: MinistryRow[];
  classes: Named[];
  interventions: InterventionRow[];
  /** Interventions of the theme without any tag in the window. */
  withoutTags: Named[];
  districts: DistrictRow[];
  months: MonthRow[];
  satkers: SatkerRow[];
  ranking: SatkerLists;
  accountGroups: BreakdownRow[];
  funds: BreakdownRow[];
  codes: LineCode[];
  placements: Placement[];
  lines: ReportLine[];
  tags: ReportTag[];
  extracts: ReportExtract[];
  codeLists: CodeList[];
}

/** Outcome of a check: it holds, it does not, or it is a fact the reader should know. */
export type CheckStatus = "passed" | "failed" | "note";

/** One quality check as computed by the program; the workbook repeats it as live formulas. */
export interface QualityCheck {
  /** Stable id of the rule, `QA-004`; one rule is applied to several sheets and measures. */
  id: string;
  sheet: SheetKey | null;
  measure: Measure | null;
  basis: "whole" | "weighted";
  /** Sentence in the language of the report. */
  what: string;
  expected: bigint;
  found: bigint;
  /** found − expected. */
  difference: bigint;
  status: CheckStatus;
}
