import { isTextKey, type TextParams, type Translate } from "./i18n/index.ts";

/** What a rule is about; the order of docs/rules.md. */
export type RuleArea =
  | "file"
  | "code"
  | "reference"
  | "amount"
  | "date"
  | "field"
  | "total"
  | "budget"
  | "cumulative"
  | "document"
  | "output"
  | "achievement"
  | "tag"
  | "tag-step";

/** An error rejects the row (or the file); a warning is counted and shown, the row is posted. */
export type Severity = "error" | "warning";

export interface Rule {
  readonly area: RuleArea;
  readonly severity: Severity;
}

const error = (area: RuleArea): Rule => ({ area, severity: "error" });
const warning = (area: RuleArea): Rule => ({ area, severity: "warning" });

/** The catalogue of checks. Ids are stable: files, tests and auditors refer to them. Texts live in src/i18n. */
export const RULES = {
  "FILE-001": error("file"),
  "FILE-002": error("file"),
  "FILE-003": error("file"),
  "FILE-004": error("file"),
  "FILE-005": error("file"),
  "FILE-006": error("file"),
  "FILE-007": error("file"),
  "FILE-008": error("file"),
  "FILE-009": error("file"),
  "FILE-010": error("file"),
  "FILE-011": error("file"),
  "FILE-012": error("file"),
  "FILE-013": error("file"),
  "FILE-014": error("file"),
  "FILE-015": error("file"),
  "FILE-021": error("file"),
  "FILE-022": error("file"),
  "FILE-023": error("file"),
  "FILE-024": error("file"),
  "FILE-025": error("file"),
  "FILE-026": error("file"),
  "FILE-027": error("file"),
  "FILE-028": error("file"),
  "FILE-029": error("file"),
  "FILE-031": error("file"),
  "FILE-032": error("file"),
  "FILE-033": error("file"),
  "FILE-034": error("file"),
  "FILE-035": error("file"),
  "FILE-036": error("file"),
  "FILE-041": error("file"),
  "FILE-042": error("file"),
  "FILE-043": error("file"),
  "FILE-044": error("file"),
  "FILE-101": warning("file"),
  "FILE-102": warning("file"),
  "FILE-103": warning("file"),
  "FILE-104": warning("file"),
  "FILE-121": warning("file"),
  "FILE-130": warning("file"),
  "FILE-131": warning("file"),
  "COA-001": error("code"),
  "COA-002": error("code"),
  "COA-003": error("code"),
  "COA-004": error("code"),
  "COA-005": error("code"),
  "COA-006": error("code"),
  "COA-007": error("code"),
  "COA-008": error("code"),
  "COA-009": error("code"),
  "COA-010": error("code"),
  "COA-011": error("code"),
  "COA-101": warning("code"),
  "COA-102": warning("code"),
  "REF-001": warning("reference"),
  "REF-002": warning("reference"),
  "REF-003": warning("reference"),
  "REF-004": warning("reference"),
  "AMT-001": error("amount"),
  "AMT-002": error("amount"),
  "AMT-003": error("amount"),
  "AMT-004": error("amount"),
  "AMT-005": error("amount"),
  "AMT-006": error("amount"),
  "AMT-007": error("amount"),
  "AMT-008": error("amount"),
  "AMT-009": error("amount"),
  "AMT-101": warning("amount"),
  "DAT-001": error("date"),
  "DAT-002": error("date"),
  "DAT-003": error("date"),
  "DAT-004": error("date"),
  "DAT-005": error("date"),
  "DAT-006": error("date"),
  "DAT-007": error("date"),
  "FLD-001": error("field"),
  "FLD-002": error("field"),
  "FLD-003": error("field"),
  "FLD-004": error("field"),
  "NUM-001": error("field"),
  "NUM-002": error("field"),
  "TOT-001": error("total"),
  "TOT-002": error("total"),
  "TOT-003": error("total"),
  "TOT-004": error("total"),
  "TOT-005": error("total"),
  "TOT-006": error("total"),
  "TOT-101": warning("total"),
  "BUD-001": warning("budget"),
  "BUD-002": warning("budget"),
  "BUD-003": warning("budget"),
  "BUD-004": warning("budget"),
  "BUD-005": warning("budget"),
  "BUD-006": warning("budget"),
  "BUD-007": warning("budget"),
  "BUD-008": warning("budget"),
  "CUM-001": warning("cumulative"),
  "CUM-002": warning("cumulative"),
  "CUM-003": warning("cumulative"),
  "CUM-004": warning("cumulative"),
  "DOC-001": warning("document"),
  "DOC-002": warning("document"),
  "DOC-003": warning("document"),
  "DOC-004": error("document"),
  "DOC-005": error("document"),
  "DOC-006": warning("document"),
  "OUT-001": warning("output"),
  "ACH-001": error("achievement"),
  "ACH-002": error("achievement"),
  "TAG-001": error("tag"),
  "TAG-002": error("tag"),
  "TAG-003": error("tag"),
  "TAG-004": error("tag"),
  "TAG-005": error("tag"),
  "TAG-006": error("tag"),
  "TAG-007": error("tag"),
  "TAG-008": error("tag"),
  "TAG-009": error("tag"),
  "TAG-010": error("tag"),
  "TAG-011": error("tag"),
  "TAG-012": error("tag"),
  "TAG-021": error("tag-step"),
  "TAG-022": error("tag-step"),
  "TAG-023": error("tag-step"),
  "TAG-024": error("tag-step"),
  "TAG-025": error("tag-step"),
  "TAG-026": error("tag-step"),
  "TAG-027": error("tag-step"),
  "TAG-028": error("tag-step"),
  "TAG-029": error("tag-step"),
} as const satisfies Record<string, Rule>;

export type RuleId = keyof typeof RULES;

/** A rule that did not hold somewhere, with the values its sentence needs. */
export interface Problem {
  rule: RuleId;
  /** Column of the file, or null when the whole row or file is meant. */
  column: string | null;
  /** The text as found. */
  value: string | null;
  params?: TextParams;
}

/** The sentence and the cure of a problem in the reader's language. */
export function explain(problem: Problem, t: Translate): { message: string; cure: string } {
  const params: TextParams = { ...problem.params, value: problem.value ?? "", column: problem.column ?? "" };
  const [message, cure] = [`rule.${problem.rule}.message`, `rule.${problem.rule}.cure`];
  if (!isTextKey(message) || !isTextKey(cure)) throw new Error(`rule ${problem.rule} has no text`);
  return { message: t(message, params), cure: t(cure, params) };
}

export function isError(rule: RuleId): boolean {
  return RULES[rule].severity === "error";
}
