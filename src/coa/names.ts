/** The lists a code is looked up in, and their keys. */
export type ReferenceList =
  | "ministries" // 024
  | "units" // 02403: ministry + unit
  | "programs" // 02403DG: ministry + unit + program, or 024DG for a program of the whole ministry
  | "activities" // 2080
  | "output_classes" // QEA
  | "accounts" // 524111
  | "account_groups" // 52
  | "treasury_offices" // 133
  | "fund_sources" // A, the SPAN letter
  | "authorities" // 1
  | "locations" // 0151; 0100 is the province itself
  | "budget_types" // 2
  | "satkers"; // 636722

/** A code with its name; null when no list gives one. */
export interface Named {
  code: string;
  name: string | null;
}

export interface ActivityOwner {
  ministry: string;
  unit: string;
  program: string;
}

/**
 * Names by fiscal year. A year of null asks for the newest name known. Implementations hold the lists in memory:
 * these are called for every code.
 */
export interface CodeNames {
  name(list: ReferenceList, code: string, fiscalYear: number | null): string | null;
  /** Whether there is a list for that year, so that absence means something. */
  has(list: ReferenceList, fiscalYear: number | null): boolean;
  activityOwner(activity: string, fiscalYear: number | null): ActivityOwner | null;
  /** The SPAN letter of a planning code of two digits: `01` → `A`. */
  fundSource(planningCode: string): string | null;
}
