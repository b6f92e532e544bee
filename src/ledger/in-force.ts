import { type SQL, sql } from "drizzle-orm";
import type { ScopeOption } from "../extracts/index.ts";
import type { References } from "../references/index.ts";
import type { RowWriter, Transaction } from "../store/index.ts";

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

/** Cells of one period. */
export interface PeriodOfCells {
  fiscalYear: number;
  period: string;
  satkers: readonly string[];
}

/** Cells by fiscal year and period, in the order in which those appear. */
export function byPeriod(cells: Iterable<Cell>): PeriodOfCells[] {
  const groups = new Map<string, { fiscalYear: number; period: string; satkers: string[] }>();
  for (const { fiscalYear, period, satker } of cells) {
    const key = `${fiscalYear} ${period}`;
    const known = groups.get(key);
    if (known) known.satkers.push(satker);
    else groups.set(key, { fiscalYear, period, satkers: [satker] });
  }
  return [...groups.values()];
}

/** Writes down which cells an extract speaks for. */
export async function storeCells(
  tx: Transaction,
  kind: CellKind,
  extractId: number,
  periods: readonly PeriodOfCells[],
): Promise<void> {
  for (const { fiscalYear, period, satkers } of periods) {
    const write: RowWriter = (values, at, index) => {
      values[at] = satkers[index] ?? null;
    };
    const constant = { extract_id: extractId, kind, fiscal_year: fiscalYear, period };
    await tx.bulkLoad("extract_cells", ["satker"], satkers.length, write, { constant });
  }
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

/**
 * The newest extract that covers a cell replaces what an older one said about it, whole.
 *
 * @param replaces whether others may be in force for its cells; false when it is known that none is
 */
export async function putInForce(tx: Transaction, kind: CellKind, extractId: number, replaces = true): Promise<void> {
  const lost = replaces
    ? await periods(
        tx,
        -1,
        sql`SELECT f.extract_id AS extract_id, f.fiscal_year AS fiscal_year, f.period AS period, count(*) AS cells
        FROM extract_cells e JOIN cells_in_force f
          ON f.kind = e.kind AND f.satker = e.satker AND f.fiscal_year = e.fiscal_year AND f.period = e.period
        WHERE e.extract_id = ${extractId} AND e.kind = ${kind} GROUP BY f.extract_id, f.fiscal_year, f.period`,
      )
    : [];
  await tx.run(sql`
    INSERT INTO cells_in_force (kind, satker, fiscal_year, period, extract_id)
    SELECT kind, satker, fiscal_year, period, extract_id FROM extract_cells
    WHERE extract_id = ${extractId} AND kind = ${kind}
    ON CONFLICT (kind, satker, fiscal_year, period) DO UPDATE SET extract_id = excluded.extract_id`);
  const gained = await periods(
    tx,
    1,
    sql`SELECT extract_id, fiscal_year, period, count(*) AS cells FROM extract_cells
      WHERE extract_id = ${extractId} AND kind = ${kind} GROUP BY extract_id, fiscal_year, period`,
  );
  await countPeriods(tx, kind, [...lost, ...gained]);
}

/** Cells by extract and period, to be added to what is counted or (sign -1) taken off. */
async function periods(tx: Transaction, sign: 1 | -1, query: SQL): Promise<PeriodCells[]> {
  const rows = await tx.rows<{ extract_id: bigint; fiscal_year: bigint; period: string; cells: bigint }>(query);
  return rows.map(({ extract_id, fiscal_year, period, cells }) => {
    return { extractId: extract_id, fiscalYear: fiscal_year, period, cells: BigInt(sign) * cells };
  });
}

interface PeriodCells {
  extractId: bigint;
  fiscalYear: bigint;
  period: string;
  cells: bigint;
}

/** Counts the periods anew after cells were changed as a whole. */
export async function recountPeriods(tx: Transaction): Promise<void> {
  await tx.run(sql`DELETE FROM periods_in_force`);
  await tx.run(sql`
    INSERT INTO periods_in_force (kind, fiscal_year, period, extract_id, cells)
    SELECT kind, fiscal_year, period, extract_id, count(*) FROM cells_in_force
    GROUP BY kind, fiscal_year, period, extract_id`);
}

/** Keeps `periods_in_force` in step with the cells. */
async function countPeriods(tx: Transaction, kind: CellKind, changes: readonly PeriodCells[]): Promise<void> {
  const columns = ["kind", "fiscal_year", "period", "extract_id", "cells"];
  const rows = changes.map(({ fiscalYear, period, extractId, cells }) => [kind, fiscalYear, period, extractId, cells]);
  await tx.bulkInsert("periods_in_force", columns, rows, {
    onConflict: `ON CONFLICT (kind, fiscal_year, period, extract_id)
      DO UPDATE SET cells = periods_in_force.cells + excluded.cells`,
  });
  await tx.run(sql`DELETE FROM periods_in_force WHERE kind = ${kind} AND cells = 0`);
}

/** What taking an extract out of force leaves to do. */
export interface TakenOut {
  /** Satkers and years of its cells. */
  touched: Touched[];
  /** Every cell went back to the very extract that it was compared with when it was posted. */
  asBefore: boolean;
}

/** A cell as the store says it, and an extract that covers it. */
interface CoveredCell extends Record<string, string | bigint | null> {
  satker: string;
  fiscal_year: bigint;
  period: string;
  extract: bigint | null;
}

/** Takes an extract out of force; each of its cells goes back to the newest posted extract that covers it, if any. */
export async function takeOutOfForce(tx: Transaction, kind: CellKind, extractId: number): Promise<TakenOut> {
  const cell = sql`f.satker AS satker, f.fiscal_year AS fiscal_year, f.period AS period`;
  const inForce = sql`f.kind = e.kind AND f.satker = e.satker AND f.fiscal_year = e.fiscal_year AND f.period = e.period
    AND f.extract_id = ${extractId}`;
  // The order of the joins is that of the keys: from an extract to its cells, and from a cell to what is in force there.
  const [own, restored] = await tx.joiningMany(async () => [
    await tx.rows<CoveredCell>(sql`
      SELECT ${cell}, e.previous AS extract FROM extract_cells e CROSS JOIN cells_in_force f
      WHERE e.extract_id = ${extractId} AND e.kind = ${kind} AND ${inForce}`),
    await tx.rows<CoveredCell>(sql`
      SELECT ${cell}, max(e.extract_id) AS extract
      FROM extracts x CROSS JOIN extract_cells e CROSS JOIN cells_in_force f
      WHERE x.status = 'posted' AND x.id <> ${extractId} AND e.extract_id = x.id AND e.kind = ${kind} AND ${inForce}
      GROUP BY f.satker, f.fiscal_year, f.period`),
  ]);
  await tx.run(sql`DELETE FROM cells_in_force WHERE kind = ${kind} AND extract_id = ${extractId}`);
  await tx.bulkInsert(
    "cells_in_force",
    ["kind", "satker", "fiscal_year", "period", "extract_id"],
    restored.map(({ satker, fiscal_year, period, extract }) => [kind, satker, fiscal_year, period, extract]),
  );
  await tx.run(sql`DELETE FROM periods_in_force WHERE kind = ${kind} AND extract_id = ${extractId}`);
  const counts = new Map<string, PeriodCells>();
  for (const { fiscal_year: fiscalYear, period, extract } of restored) {
    if (extract === null) continue;
    const key = `${extract} ${fiscalYear} ${period}`;
    counts.set(key, { extractId: extract, fiscalYear, period, cells: (counts.get(key)?.cells ?? 0n) + 1n });
  }
  await countPeriods(tx, kind, [...counts.values()]);
  const now = new Map(restored.map((one) => [keyOf(one), one.extract]));
  const touched = new Map(own.map(({ satker, fiscal_year }) => [`${satker} ${fiscal_year}`, { satker, fiscal_year }]));
  return {
    touched: [...touched.values()].map(({ satker, fiscal_year }) => ({ satker, fiscalYear: Number(fiscal_year) })),
    asBefore: own.every((one) => one.extract !== null && now.get(keyOf(one)) === one.extract),
  };
}

function keyOf({ satker, fiscal_year, period }: CoveredCell): string {
  return `${satker} ${fiscal_year} ${period}`;
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
