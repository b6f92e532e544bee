import { sql } from "drizzle-orm";
import type { Transaction, Value } from "../store/index.ts";
import { type Group, keepPrevious, type RecordedChanges, recordChanges, type TouchedCode } from "./changes/index.ts";
import { refreshColumns } from "./columns/index.ts";
import { type LedgerKind, putInForce } from "./in-force.ts";
import { MONTH_COLUMNS } from "./realization-balances.ts";
import { rebuildBudget } from "./rebuild-budget.ts";

const BATCH = 5_000;

const SET_MONTHS = `ON CONFLICT (code_id, ministry, fiscal_year, measure) DO UPDATE SET ${MONTH_COLUMNS.map(
  (column) => `${column} = excluded.${column}`,
).join(", ")}`;

/** Adds to the months that a balance already has from other extracts. */
export const ADD_MONTHS = `ON CONFLICT (code_id, ministry, fiscal_year, measure) DO UPDATE SET ${MONTH_COLUMNS.map(
  (column) =>
    `${column} = coalesce(month_balances.${column} + excluded.${column}, month_balances.${column}, excluded.${column})`,
).join(", ")}`;

const BALANCE_COLUMNS = ["code_id", "ministry", "fiscal_year", "measure", ...MONTH_COLUMNS];

/** Twelve sums over the months of lines `l`; null where there is no line. */
const MONTH_SUMS = MONTH_COLUMNS.map(
  (column) =>
    `CAST(sum(CASE WHEN substr(l.date, 6, 2) = '${column.slice(-2)}' THEN l.amount END) AS bigint) AS ${column}`,
).join(", ");

/**
 * Puts an extract in force where older ones spoke: keeps what it changes line by line, and brings the balances of the
 * codes it touches up to date. Its lines and cells are stored; nothing else of the ledger is read again.
 *
 * @param groups its lines by ministry and period, when they were counted on the way
 */
export async function supersede(
  tx: Transaction,
  kind: LedgerKind,
  extractId: number,
  groups: readonly Group[] | null = null,
): Promise<RecordedChanges> {
  await keepPrevious(tx, kind, extractId);
  const recorded = await tx.joiningMany(() => recordChanges(tx, kind, extractId, groups));
  await putInForce(tx, kind, extractId);
  await tx.analyze("cells_in_force");
  if (kind === "budget") await updateBudget(tx, extractId, recorded);
  else await tx.joiningMany(() => updateRealization(tx, extractId, recorded));
  return recorded;
}

/** Budgets follow again for satkers of which a line differs, or a revision is new. */
async function updateBudget(tx: Transaction, extractId: number, { touched }: RecordedChanges): Promise<void> {
  const rows = await tx.rows<{ satker: string; fiscal_year: bigint }>(sql`
    SELECT DISTINCT satker, fiscal_year FROM extract_cells
    WHERE extract_id = ${extractId} AND kind = 'budget' AND previous IS NULL`);
  const all = [...touched, ...rows.map(({ satker, fiscal_year }) => ({ satker, fiscalYear: Number(fiscal_year) }))];
  const distinct = new Map(all.map(({ satker, fiscalYear }) => [`${satker} ${fiscalYear}`, { satker, fiscalYear }]));
  await rebuildBudget(tx, [...distinct.values()]);
}

/**
 * In its cells a new extract alone decides: where a line differs, the month of its code is what the lines of the new
 * extract add up to. Months that nothing spoke for before are added.
 */
async function updateRealization(
  tx: Transaction,
  extractId: number,
  { touched, hasNewCells }: RecordedChanges,
): Promise<void> {
  if (touched.length > 0) await setMonths(tx, extractId, touched);
  if (!hasNewCells) return;
  const newLines = sql`FROM ledger_lines l
    JOIN code_combinations c ON c.id = l.code_id AND c.ministry = l.ministry
    JOIN extract_cells e ON e.extract_id = l.extract_id AND e.kind = 'realization' AND e.satker = c.satker
      AND e.fiscal_year = CAST(substr(l.date, 1, 4) AS integer) AND e.period = substr(l.date, 1, 7) AND e.previous IS NULL
    WHERE l.extract_id = ${extractId} GROUP BY l.code_id, l.ministry, e.fiscal_year`;
  await tx.run(sql`
    INSERT INTO month_balances (${sql.raw(BALANCE_COLUMNS.join(", "))})
    SELECT l.code_id, l.ministry, e.fiscal_year, 'realization', ${sql.raw(MONTH_SUMS)} ${newLines} ${sql.raw(ADD_MONTHS)}`);
  await refreshColumns(tx, "realization", sql`SELECT l.code_id AS code_id, e.fiscal_year AS fiscal_year ${newLines}`);
}

type Months = Record<string, bigint | null>;

async function setMonths(tx: Transaction, extractId: number, touched: readonly TouchedCode[]): Promise<void> {
  const list = tx.list(
    { code_id: "int", ministry: "text", fiscal_year: "int" },
    touched.map(({ codeId, ministry, fiscalYear }) => [BigInt(codeId), ministry, BigInt(fiscalYear)]),
  );
  const said = byCode(
    await tx.rows<Months>(sql`
      SELECT l.code_id AS code_id, CAST(substr(l.date, 1, 4) AS integer) AS fiscal_year, ${sql.raw(MONTH_SUMS)}
      FROM ledger_lines l WHERE l.extract_id = ${extractId} AND l.code_id IN (SELECT code_id FROM ${list} AS w)
      GROUP BY l.code_id, CAST(substr(l.date, 1, 4) AS integer)`),
  );
  const stored = byCode(
    await tx.rows<Months>(sql`
      SELECT b.code_id AS code_id, b.fiscal_year AS fiscal_year,
        ${sql.raw(MONTH_COLUMNS.map((column) => `b.${column} AS ${column}`).join(", "))}
      FROM ${list} AS w JOIN month_balances b ON b.code_id = w.code_id AND b.ministry = w.ministry
        AND b.fiscal_year = w.fiscal_year AND b.measure = 'realization'`),
  );
  const rows = touched.map(({ codeId, ministry, fiscalYear, periods }): Value[] => {
    const key = `${codeId} ${fiscalYear}`;
    const months = MONTH_COLUMNS.map((column) => {
      const source = periods.has(`${fiscalYear}-${column.slice(-2)}`) ? said : stored;
      return source.get(key)?.[column] ?? null;
    });
    return [BigInt(codeId), ministry, BigInt(fiscalYear), "realization", ...months];
  });
  for (let start = 0; start < rows.length; start += BATCH) {
    const batch = rows.slice(start, start + BATCH);
    await tx.bulkInsert("month_balances", BALANCE_COLUMNS, batch, { onConflict: SET_MONTHS });
  }
  await dropEmpty(tx, rows);
  await refreshColumns(tx, "realization", sql`SELECT code_id, fiscal_year FROM ${list} AS w`);
}

function byCode(rows: readonly Months[]): Map<string, Months> {
  return new Map(rows.map((row) => [`${row.code_id} ${row.fiscal_year}`, row]));
}

/** A balance without any month is none. */
async function dropEmpty(tx: Transaction, rows: readonly Value[][]): Promise<void> {
  const empty = rows.filter((row) => row.slice(4).every((month) => month === null));
  if (empty.length === 0) return;
  const list = tx.list(
    { code_id: "int", fiscal_year: "int" },
    empty.map(([codeId = null, , fiscalYear = null]) => [codeId, fiscalYear]),
  );
  await tx.run(sql`DELETE FROM month_balances WHERE measure = 'realization'
    AND (code_id, fiscal_year) IN (SELECT code_id, fiscal_year FROM ${list} AS w)`);
}
