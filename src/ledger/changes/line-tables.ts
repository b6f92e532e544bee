import { PLAN_COLUMNS } from "../budget-columns.ts";
import type { LedgerKind } from "../in-force.ts";

/** How the lines of a kind are stored, and what makes two of them the same. */
export interface LineTable {
  table: string;
  /** Columns that are never null, the most selective first: sorting compares few columns of few lines. */
  required: readonly string[];
  /** Columns that may be null. */
  optional: readonly string[];
  /** SQL of a line `l`: its fiscal year, the period of its cell, and its document ("" where there is none). */
  fiscalYear: string;
  period: string;
  document: string;
  /** SQL of what names line `l` within its code: what is paired by it and differs elsewhere was updated. */
  key: string;
}

export const LINE_TABLES: Record<LedgerKind, LineTable> = {
  realization: {
    table: "ledger_lines",
    required: ["document", "code_id", "date", "amount"],
    optional: ["description"],
    fiscalYear: "CAST(substr(l.date, 1, 4) AS integer)",
    period: "substr(l.date, 1, 7)",
    document: "l.document",
    key: "l.date || ' ' || l.document",
  },
  budget: {
    table: "budget_lines",
    required: ["code_id", "fiscal_year", "revision", "amount"],
    optional: ["blocked", "commitment", "revision_date", ...PLAN_COLUMNS],
    fiscalYear: "l.fiscal_year",
    period: "substr(CAST(10000 + l.revision AS text), 2)",
    document: "''",
    key: "CAST(l.fiscal_year AS text) || ' ' || CAST(l.revision AS text)",
  },
};

/** Every column that tells lines of a kind apart. */
export function contentColumns({ required, optional }: LineTable): string[] {
  return [...required, ...optional];
}
