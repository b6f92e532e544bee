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
    content: `CAST(l.amount AS text) || ' ' || CAST(l.blocked AS text) || ' ' || ${PLANS.join(" || ' ' || ")}`,
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
    JOIN cells f ON ${sql.raw(inForce)}
    WHERE l.extract_id IN (SELECT extract_id FROM cells)`;
  const after = sql`${lines(kind, 2)} FROM ${sql.raw(table)} l WHERE l.extract_id = ${extractId}`;
  const rows = await tx.rows<{ sides: bigint; same: bigint; count: bigint }>(sql`
    WITH cells AS MATERIALIZED (
      SELECT i.satker AS satker, i.fiscal_year AS fiscal_year, i.period AS period, i.extract_id AS extract_id
      FROM extract_cells e
      JOIN cells_in_force i ON i.kind = ${kind} AND i.satker = e.satker AND i.fiscal_year = e.fiscal_year AND i.period = e.period
      WHERE e.extract_id = ${extractId})
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
