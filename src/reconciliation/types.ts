import type { Window } from "../periods.ts";

/** What a reconciliation can be grouped and filtered by; keys are codes as text (contract, Reconciliation). */
export const DIMENSIONS = [
  "ministry",
  "unit",
  "program",
  "activity",
  "output",
  "ro",
  "component",
  "satker",
  "province",
  "district",
  "account_group",
  "account",
  "fund",
  "authority",
  "month",
  "class",
  "intervention",
  "cohort",
] as const;

export type Dimension = (typeof DIMENSIONS)[number];

/** Whole output: every rupiah of a tagged node. Weighted: only the share that serves the theme (further analysis). */
export type Basis = "whole" | "weighted";

/** A reconciliation as asked for. */
export interface ReconciliationRequest {
  by: Dimension[];
  window: Window;
  theme: string | null;
  basis: Basis;
  /** Keeps only lines whose dimension has one of the values. */
  where: Partial<Record<Dimension, string[]>>;
  /** Moment in the past, ISO text in UTC: ledger and tags as they were then. Without it they are those of now. */
  asOf?: string;
}

/** The measures that add up. Rupiah; the annual ones are null when months are a dimension. */
export interface Measures {
  /** Revision 0 of every fiscal year the window touches. */
  original: bigint | null;
  /** Highest revision of the same years. */
  revised: bigint | null;
  /** Blocked part of the highest revision. */
  blocked: bigint | null;
  /** Plan of the months of the window, twelfths where a line has no complete plan. */
  budget: bigint;
  /** The part of `budget` that was spread over twelfths because there is no plan. */
  twelfths: bigint;
  realization: bigint;
}

export interface ReconciliationRow extends Measures {
  /** Key per dimension of `by`; null where a line does not carry it (RO of a 12-segment line). */
  keys: Partial<Record<Dimension, string | null>>;
  /** Name per dimension, in the language asked for; null where no list knows it. */
  names: Partial<Record<Dimension, string | null>>;
  /** budget − realization. */
  remaining: bigint;
  /** realization ÷ budget to six decimals; null when budget is 0. */
  absorption: number | null;
}

/** Money that cannot be placed, with the reason. */
export interface Unallocated extends Measures {
  reason: "needs-ro";
}

export interface Reconciliation {
  request: ReconciliationRequest;
  rows: ReconciliationRow[];
  total: Measures & { remaining: bigint; absorption: number | null };
  unallocated: Unallocated[];
  untagged: Measures;
  /** Ledger expenditure in the window minus everything above, summed over measures; 0 or something is wrong. */
  residual: bigint;
  /** Tagged parts that a filter on class or intervention leaves out; all null-or-zero without such a filter. */
  filteredOut: Measures;
  /** Date of the newest payment in force (`YYYY-MM-DD`), which does not depend on when it was imported; null without any. */
  dataAsOf: string | null;
  /** Extracts in force behind the figures. */
  extracts: number[];
}
