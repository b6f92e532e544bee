import { sql } from "drizzle-orm";
import type { ScopeOption } from "../extracts/index.ts";
import type { References } from "../references/index.ts";
import type { Transaction, Value } from "../store/index.ts";

/** A satker whose balances of a fiscal year must follow from its lines again. */
export interface Touched {
  satker: string;
  fiscalYear: number;
}

export interface Cell {
  fiscalYear: number;
  /** Month `YYYY-MM`; of a budget the revision as four digits. */
  period: string;
  satker: string;
}

/** What a cell of the ledger holds. */
export type LedgerKind = "realization" | "budget";

/** What a cell holds: satker lists, output lists and tags have none. */
export type CellKind = LedgerKind | "achievements";

const CELL_KINDS: Partial<Record<string, readonly CellKind[]>> = {
  realization: ["realization"],
  budget: ["budget"],
  "budget-and-realization": ["budget", "realization"],
  achievements: ["achievements"],
};

/** The kinds of cells that an extract of a kind speaks for; none for lists and tags. */
export function cellKindsOf(kind: string): readonly CellKind[] {
  return CELL_KINDS[kind] ?? [];
}

/** Writes down which cells an extract speaks for. */
export async function storeCells(
  tx: Transaction,
  kind: CellKind,
  extractId: number,
  cells: readonly Cell[],
): Promise<void> {
  const rows = cells.map(({ fiscalYear, period, satker }): Value[] => [
    BigInt(extractId),
    kind,
    BigInt(fiscalYear),
    period,
    satker,
  ]);
  await tx.bulkInsert("extract_cells", ["extract_id", "kind", "fiscal_year", "period", "satker"], rows);
}

/** The satkers and years in which another extract is in force for a cell of this one. */
export async function overlapOf(tx: Transaction, kind: CellKind, extractId: number): Promise<Touched[]> {
  const rows = await tx.rows<{ satker: string; fiscal_year: bigint }>(sql`
    SELECT DISTINCT f.satker AS satker, f.fiscal_year AS fiscal_year
    FROM extract_cells e
    JOIN cells_in_force f ON f.kind = e.kind AND f.satker = e.satker AND f.fiscal_year = e.fiscal_year AND f.period = e.period
    WHERE e.extract_id = ${extractId} AND e.kind = ${kind}`);
  return rows.map(({ satker, fiscal_year }) => ({ satker, fiscalYear: Number(fiscal_year) }));
}

/** The newest extract that covers a cell replaces what an older one said about it, whole. */
export async function putInForce(tx: Transaction, kind: CellKind, extractId: number): Promise<void> {
  await tx.run(sql`
    INSERT INTO cells_in_force (kind, satker, fiscal_year, period, extract_id)
    SELECT kind, satker, fiscal_year, period, extract_id FROM extract_cells
    WHERE extract_id = ${extractId} AND kind = ${kind}
    ON CONFLICT (kind, satker, fiscal_year, period) DO UPDATE SET extract_id = excluded.extract_id`);
}

/** Takes an extract out of force; each of its cells goes back to the newest posted extract that covers it, if any. */
export async function takeOutOfForce(tx: Transaction, kind: CellKind, extractId: number): Promise<Touched[]> {
  const touched = await tx.rows<{ satker: string; fiscal_year: bigint }>(
    sql`SELECT DISTINCT satker, fiscal_year FROM cells_in_force WHERE kind = ${kind} AND extract_id = ${extractId}`,
  );
  const cells = await tx.rows<{ satker: string; fiscal_year: bigint; period: string; previous: bigint | null }>(sql`
    SELECT f.satker AS satker, f.fiscal_year AS fiscal_year, f.period AS period,
      (SELECT max(e.extract_id) FROM extract_cells e JOIN extracts x ON x.id = e.extract_id
       WHERE x.status = 'posted' AND e.kind = f.kind AND e.extract_id <> ${extractId}
         AND e.satker = f.satker AND e.fiscal_year = f.fiscal_year AND e.period = f.period) AS previous
    FROM cells_in_force f WHERE f.kind = ${kind} AND f.extract_id = ${extractId}`);
  await tx.run(sql`DELETE FROM cells_in_force WHERE kind = ${kind} AND extract_id = ${extractId}`);
  const restored = cells.flatMap((cell): Value[][] =>
    cell.previous === null ? [] : [[kind, cell.satker, cell.fiscal_year, cell.period, cell.previous]],
  );
  await tx.bulkInsert("cells_in_force", ["kind", "satker", "fiscal_year", "period", "extract_id"], restored);
  return touched.map(({ satker, fiscal_year }) => ({ satker, fiscalYear: Number(fiscal_year) }));
}

/**
 * The satkers that `--scope` adds to those in the file: named ones, and every satker that the store or the satker list
 * knows under a ministry, so that one that vanished from the file is emptied.
 */
export async function scopeSatkers(
  tx: Transaction,
  references: References,
  kind: CellKind,
  scope: ScopeOption,
): Promise<string[]> {
  const satkers = new Set(scope.satkers);
  for (const ministry of scope.ministries) {
    for (const satker of references.satkersOf(ministry)) satkers.add(satker);
    const source = sql.raw(kind === "achievements" ? "achievements" : "code_combinations");
    const rows = await tx.rows<{ satker: string }>(sql`
      SELECT DISTINCT c.satker AS satker FROM ${source} c
      JOIN cells_in_force f ON f.kind = ${kind} AND f.satker = c.satker WHERE c.ministry = ${ministry}`);
    for (const { satker } of rows) satkers.add(satker);
  }
  return [...satkers];
}
