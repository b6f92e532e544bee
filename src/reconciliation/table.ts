import type { Dimension, Reconciliation } from "./types.ts";

/** Measures in the order tables print them. */
const TABLE_MEASURES = ["original", "revised", "blocked", "budget", "realization", "remaining", "absorption"] as const;

/** A reconciliation as a table: per dimension its key and name, then the measures. */
export interface ReconciliationTable {
  columns: (Dimension | "name" | (typeof TABLE_MEASURES)[number])[];
  measures: typeof TABLE_MEASURES;
  rows: (string | number | bigint | null)[][];
}

/** The rows of a reconciliation for CSV, a terminal or a sheet. */
export function reconciliationTable({ request, rows }: Reconciliation): ReconciliationTable {
  return {
    columns: [...request.by.flatMap((dimension) => [dimension, "name"] as const), ...TABLE_MEASURES],
    measures: TABLE_MEASURES,
    rows: rows.map((row) => [
      ...request.by.flatMap((dimension) => [row.keys[dimension] ?? null, row.names[dimension] ?? null]),
      ...TABLE_MEASURES.map((name) => row[name]),
    ]),
  };
}
