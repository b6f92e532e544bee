import { type SQL, sql } from "drizzle-orm";
import type { Reader, Transaction } from "../store/index.ts";
import { type BalanceKind, refreshColumns } from "./columns/index.ts";
import type { LedgerKind, Touched } from "./in-force.ts";
import { rangesOf, slicesOf, touchedCodes } from "./satker-codes.ts";

/** Month columns of `month_balances` in order. */
export const MONTH_COLUMNS = Array.from({ length: 12 }, (_, index) => `month_${String(index + 1).padStart(2, "0")}`);

/**
 * The extract in force for the cell of line `l` with code `c`. The plus signs keep planners from walking from every cell
 * to all lines of its extract: lines are read once, and the cell of each is looked up.
 */
export const REALIZATION_IN_FORCE = `f.kind = 'realization' AND f.satker = c.satker
  AND f.fiscal_year = CAST(substr(l.date, 1, 4) AS integer) AND f.period = substr(l.date, 1, 7)
  AND f.extract_id = +l.extract_id`;

/** A code and a fiscal year in which it may have a balance. */
export interface CodeYear {
  codeId: bigint;
  satker: string;
  fiscalYear: bigint;
}

/** Realization per code and fiscal year with its twelve months, from the lines in force; `touched` limits satkers and years. */
export function realizationFromLines(reader: Reader, touched: readonly Touched[] | null): SQL {
  return balancesFromLines(touched ? limitTo(reader, "realization", touched) : null);
}

function balancesFromLines(limit: { join: SQL; where: SQL } | null): SQL {
  const months = MONTH_COLUMNS.map(
    (column) =>
      `CAST(sum(CASE WHEN substr(l.date, 6, 2) = '${column.slice(-2)}' THEN l.amount END) AS bigint) AS ${column}`,
  );
  return sql`SELECT l.code_id AS code_id, l.ministry AS ministry, f.fiscal_year AS fiscal_year, 'realization' AS measure,
      ${sql.raw(months.join(", "))}
    FROM ledger_lines l
    JOIN code_combinations c ON c.id = l.code_id AND c.ministry = l.ministry
    JOIN cells_in_force f ON ${sql.raw(REALIZATION_IN_FORCE)}
    ${limit?.join ?? sql``}
    ${limit ? sql`WHERE ${limit.where}` : sql``}
    GROUP BY l.code_id, l.ministry, f.fiscal_year`;
}

/** Limits lines `l` in force in cells `f` to some satkers and years, reading only the extracts that speak for them. */
export function limitTo(reader: Reader, kind: LedgerKind, touched: readonly Touched[]): { join: SQL; where: SQL } {
  const list = touchedList(reader, touched);
  return {
    join: sql`JOIN ${list} AS t ON t.satker = f.satker AND t.fiscal_year = f.fiscal_year`,
    where: sql`l.extract_id IN (
      SELECT i.extract_id FROM cells_in_force i JOIN ${list} AS s ON s.satker = i.satker AND s.fiscal_year = i.fiscal_year
      WHERE i.kind = ${kind})`,
  };
}

/** Condition on a balance table: its code and year belong to the satkers and years. */
export function isTouched(reader: Reader, touched: readonly Touched[]): SQL {
  return sql`(code_id, fiscal_year) IN (${touchedCodes(reader, touched)})`;
}

function touchedList(reader: Reader, touched: readonly Touched[]): SQL {
  return reader.list(
    { satker: "text", fiscal_year: "int" },
    touched.map(({ satker, fiscalYear }) => [satker, BigInt(fiscalYear)]),
  );
}

const BALANCE_COLUMNS = ["code_id", "ministry", "fiscal_year", "measure", ...MONTH_COLUMNS].join(", ");

/** Computes the realization balances of some codes again from their lines in force. */
export async function rebuildCodes(tx: Transaction, codes: readonly CodeYear[]): Promise<void> {
  if (codes.length === 0) return;
  const list = tx.list(
    { code_id: "int", fiscal_year: "int" },
    codes.map(({ codeId, fiscalYear }) => [codeId, fiscalYear]),
  );
  const listed = sql`SELECT code_id, fiscal_year FROM ${list} AS w`;
  const satkers = new Map(codes.map((one) => [`${one.satker} ${one.fiscalYear}`, one]));
  const touched = [...satkers.values()].map(({ satker, fiscalYear }) => ({ satker, fiscalYear: Number(fiscalYear) }));
  const limit = limitTo(tx, "realization", touched);
  const where = sql`${limit.where} AND (l.code_id, CAST(substr(l.date, 1, 4) AS integer)) IN (${listed})`;
  await tx.joiningMany(async () => {
    await tx.run(
      sql`DELETE FROM month_balances WHERE measure = 'realization' AND (code_id, fiscal_year) IN (${listed})`,
    );
    const lines = balancesFromLines({ join: limit.join, where });
    await tx.run(sql`INSERT INTO month_balances (${sql.raw(BALANCE_COLUMNS)}) ${lines}`);
    await refreshColumns(tx, "realization", listed);
  });
}

/** Computes the realization balances of satkers and years again from their lines in force. */
export async function rebuildRealization(tx: Transaction, touched: readonly Touched[]): Promise<void> {
  if (touched.length === 0) return;
  await tx.joiningMany(async () => {
    await tx.run(sql`DELETE FROM month_balances WHERE measure = 'realization' AND ${isTouched(tx, touched)}`);
    await tx.run(sql`INSERT INTO month_balances (${sql.raw(BALANCE_COLUMNS)}) ${realizationFromLines(tx, touched)}`);
  });
  await refreshInSlices(tx, "realization", touched);
}

/** Codes whose columns are brought up to date at once. */
const REFRESHED_AT_ONCE = 8_192;

/** Brings the columns of satkers and years up to date, so many codes at a time that they need little memory. */
export async function refreshInSlices(tx: Transaction, kind: BalanceKind, touched: readonly Touched[]): Promise<void> {
  for (const slice of await slicesOf(tx, touched, REFRESHED_AT_ONCE)) {
    for (const range of await rangesOf(tx, slice, REFRESHED_AT_ONCE)) {
      await tx.joiningMany(() => refreshColumns(tx, kind, touchedCodes(tx, slice.touched, range)));
    }
  }
}
