import type { ExtractState, ExtractSummary } from "./extracts.ts";
import { type Withheld, withheldOf } from "./import-document.ts";
import type { Changes, ControlTotal, Scope } from "./types.ts";

/** An extract as JSON: the words of the import result, and what became of it since. Amounts are whole rupiah. */
export interface ExtractDocument {
  id: number;
  kind: string;
  layout: string;
  file: string;
  sha256: string;
  status: ExtractState;
  rows: ExtractSummary["rows"];
  amount: ExtractSummary["amount"];
  withheld: Withheld;
  changes: Changes;
  control_totals: ControlTotal[];
  scope: Scope | null;
  warnings: Record<string, number>;
  options: ExtractSummary["options"];
  /** Cells it speaks for and how many of them it is in force for; null for lists and tags. */
  cells: { covered: number; in_force: number } | null;
  imported_at: string;
  reverted_at: string | null;
}

/** Prints an extract. */
export function extractDocument(extract: ExtractSummary): ExtractDocument {
  const { id, kind, layout, file, sha256, state, rows, amount, changes, scope, warnings, options, cells } = extract;
  return {
    id,
    kind,
    layout,
    file,
    sha256,
    status: state,
    rows,
    amount,
    withheld: withheldOf(state, rows, amount),
    changes,
    control_totals: extract.controlTotals,
    scope,
    warnings,
    options,
    cells: cells && { covered: cells.covered, in_force: cells.inForce },
    imported_at: extract.importedAt,
    reverted_at: extract.revertedAt,
  };
}
