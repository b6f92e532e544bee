import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "../store/index.ts";
import { BUDGET_IN_FORCE } from "./budget-balances.ts";
import type { LedgerKind } from "./in-force.ts";
import { MONTH_COLUMNS, REALIZATION_IN_FORCE } from "./realization-balances.ts";
import type { Changes } from "./types.ts";

const PLANS = MONTH_COLUMNS.map((column) => `coalesce(CAST(l.${column.replace("month", "plan")} AS text), '')`);

/** What identifies a line of a kind, and what may differ between two statements of it. */
const LINES: Record<LedgerKind, { table: string; key: string; content: string; inForce: string }> = {
  realization: {
    table: "ledger_lines",
    key: "CAST(l.code_id AS text) || ' ' || l.date || ' ' || l.document",
    content: "CAST(l.amount AS text) || ' ' || coalesce(l.description, '')",
    inForce: REALIZATION_IN_FORCE,
  },
  budget: {
    table: "budget_lines",
    key: "CAST(l.code_id AS text) || ' ' || CAST(l.fiscal_year AS text) || ' ' || CAST(l.revision AS text)",
    content: `CAST(l.amount AS text) || ' ' || coalesce(CAST(l.blocked AS text), '') || ' ' || coalesce(CAST(l.commitment AS text), '')
      || ' ' || ${PLANS.join(" || ' ' || ")}`,
    inForce: BUDGET_IN_FORCE,
  },
};

/**
 * Compares the lines of a new extract with those in force in its cells. To be asked before the new one is put in force.
 * Lines are paired by code, date and document (or code and revision), doubles in the order of their content.
 */
export async function changesOf(tx: Transaction, kind: LedgerKind, extractId: number): Promise<Changes> {
  const { table, inForce } = LINES[kind];
  const before = sql`${lines(kind, 1)} FROM ${sql.raw(table)} l
    JOIN code_combinations c ON c.id = l.code_id AND c.ministry = l.ministry
    JOIN cells_in_force f ON ${sql.raw(inForce)}
    JOIN extract_cells e ON e.extract_id = ${extractId} AND e.kind = f.kind AND e.satker = f.satker AND e.fiscal_year = f.fiscal_year AND e.period = f.period
    WHERE l.extract_id IN (
      SELECT i.extract_id FROM extract_cells n
      JOIN cells_in_force i ON i.kind = n.kind AND i.satker = n.satker AND i.fiscal_year = n.fiscal_year AND i.period = n.period
      WHERE n.extract_id = ${extractId} AND n.kind = ${kind})`;
  const after = sql`${lines(kind, 2)} FROM ${sql.raw(table)} l WHERE l.extract_id = ${extractId}`;
  const rows = await tx.rows<{ sides: bigint; same: bigint; count: bigint }>(sql`
    SELECT sides, same, count(*) AS count FROM (
      SELECT CAST(sum(side) AS bigint) AS sides, CASE WHEN min(content) = max(content) THEN 1 ELSE 0 END AS same
      FROM (${before} UNION ALL ${after}) AS lines GROUP BY line_key, double
    ) AS pairs GROUP BY sides, same`);
  const count = (sides: bigint, same?: bigint) =>
    rows
      .filter((row) => row.sides === sides && (same === undefined || row.same === same))
      .reduce((sum, row) => sum + Number(row.count), 0);
  return { created: count(2n), updated: count(3n, 0n), unchanged: count(3n, 1n), removed: count(1n) };
}

/** Lines of one side with their key; doubles of a key are numbered. */
function lines(kind: LedgerKind, side: number): SQL {
  const { key, content } = LINES[kind];
  return sql.raw(`SELECT CAST(${side} AS bigint) AS side, ${key} AS line_key, ${content} AS content,
    row_number() OVER (PARTITION BY ${key} ORDER BY ${content}) AS double`);
}
