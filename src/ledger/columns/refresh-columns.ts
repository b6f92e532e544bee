import { type SQL, sql } from "drizzle-orm";
import type { Reader, Transaction } from "../../store/index.ts";
import type { FreshColumns } from "./fresh-columns.ts";
import { ANNUAL_MEASURES, type BalanceMeasure, MISSING_COLUMN, MONTHLY_MEASURES } from "./layout.ts";
import type { MonthAmounts } from "./month-amounts.ts";
import { type BalanceSource, writeColumns } from "./write-columns.ts";

/** Balances of one code in one fiscal year as they are stored. */
interface StoredBalances {
  codeId: number;
  ministry: string;
  code: string;
  fiscalYear: number;
  amounts: Map<string, (bigint | null)[]>;
}

export type BalanceKind = "realization" | "budget";

const MEASURES: Record<BalanceKind, readonly BalanceMeasure[]> = {
  realization: ["realization"],
  budget: ["budget", "twelfths", ...ANNUAL_MEASURES],
};

/** Codes of which balances are read at once. */
const BATCH = 5_000;

const MONTHS = Array.from({ length: 12 }, (_, index) => `month_${String(index + 1).padStart(2, "0")}`);

/**
 * Reads the balances of some codes and fiscal years again and keeps the columns in step: what they have now replaces
 * what they had.
 *
 * @param codes sub-query of `code_id`, `fiscal_year` of everything that may have changed
 */
export async function refreshColumns(tx: Transaction, kind: BalanceKind, codes: SQL): Promise<void> {
  await buildMissing(tx);
  await replaceColumns(tx, kind, codes);
}

/**
 * Adds balances that came on top of what codes had. They are stored already.
 *
 * @param fresh the whole source as columns, where another thread built them
 */
export async function addColumns(
  tx: Transaction,
  source: BalanceSource,
  fresh: readonly FreshColumns[] = [],
): Promise<void> {
  const except = await buildMissing(tx);
  await writeColumns(tx, source, { mode: "add", except, fresh });
}

/** Builds the columns of years that have none because their store is older; returns those years. */
async function buildMissing(tx: Transaction): Promise<Set<number>> {
  const rows = await tx.rows<{ fiscal_year: bigint }>(
    sql`SELECT fiscal_year FROM balance_columns WHERE name = ${MISSING_COLUMN}`,
  );
  for (const { fiscal_year } of rows) {
    await replaceColumns(
      tx,
      "realization",
      sql`SELECT code_id, fiscal_year FROM month_balances WHERE fiscal_year = ${fiscal_year} AND measure = 'realization'`,
    );
    await replaceColumns(
      tx,
      "budget",
      sql`SELECT code_id, fiscal_year FROM year_balances WHERE fiscal_year = ${fiscal_year}`,
    );
  }
  if (rows.length > 0) await tx.run(sql`DELETE FROM balance_columns WHERE name = ${MISSING_COLUMN}`);
  return new Set(rows.map(({ fiscal_year }) => Number(fiscal_year)));
}

async function replaceColumns(tx: Transaction, kind: BalanceKind, codes: SQL): Promise<void> {
  const measures = MEASURES[kind];
  const balances = await codesOf(tx, codes);
  const keys = [...balances.values()].map(({ codeId, fiscalYear }) => [BigInt(codeId), BigInt(fiscalYear)]);
  for (let start = 0; start < keys.length; start += BATCH) {
    const list = tx.list({ code_id: "int", fiscal_year: "int" }, keys.slice(start, start + BATCH));
    await readMonths(tx, balances, list, measures);
    if (kind === "budget") await readYears(tx, balances, list);
  }
  await writeColumns(tx, new StoredSource([...balances.values()], measures), { mode: "replace" });
}

type Balances = ReadonlyMap<string, StoredBalances>;

function readMonths(
  reader: Reader,
  balances: Balances,
  codes: SQL,
  measures: readonly BalanceMeasure[],
): Promise<void> {
  const monthly = measures.filter((measure) => (MONTHLY_MEASURES as readonly string[]).includes(measure));
  const names = sql.join(
    monthly.map((measure) => sql`${measure}`),
    sql`, `,
  );
  const months = sql.raw(MONTHS.map((column) => `b.${column} AS ${column}`).join(", "));
  return readInto(
    reader,
    balances,
    sql`SELECT b.code_id AS code_id, b.fiscal_year AS fiscal_year, b.measure AS measure, ${months}
      FROM ${codes} AS k JOIN month_balances b ON b.code_id = k.code_id AND b.fiscal_year = k.fiscal_year
      WHERE b.measure IN (${names})`,
    (row) => [[String(row.measure), MONTHS.map((column) => row[column] as bigint | null)]],
  );
}

function readYears(reader: Reader, balances: Balances, codes: SQL): Promise<void> {
  const annual = sql.raw(ANNUAL_MEASURES.map((measure) => `b.${measure} AS ${measure}`).join(", "));
  return readInto(
    reader,
    balances,
    sql`SELECT b.code_id AS code_id, b.fiscal_year AS fiscal_year, ${annual}
      FROM ${codes} AS k JOIN year_balances b ON b.code_id = k.code_id AND b.fiscal_year = k.fiscal_year`,
    (row) => ANNUAL_MEASURES.map((measure) => [measure, [row[measure] as bigint | null]]),
  );
}

async function codesOf(reader: Reader, codes: SQL): Promise<Map<string, StoredBalances>> {
  const rows = await reader.rows<{ code_id: bigint; fiscal_year: bigint; ministry: string; code: string }>(sql`
    SELECT k.code_id AS code_id, k.fiscal_year AS fiscal_year, c.ministry AS ministry, c.code AS code
    FROM (${codes}) AS k JOIN code_combinations c ON c.id = k.code_id`);
  return new Map(
    rows.map(({ code_id, fiscal_year, ministry, code }) => [
      `${code_id} ${fiscal_year}`,
      { codeId: Number(code_id), fiscalYear: Number(fiscal_year), ministry, code, amounts: new Map() },
    ]),
  );
}

type Row = Record<string, bigint | string | null>;

async function readInto(
  reader: Reader,
  balances: Balances,
  query: SQL,
  amountsOf: (row: Row) => [string, (bigint | null)[]][],
): Promise<void> {
  for (const row of await reader.rows<Row>(query)) {
    const balance = balances.get(`${row.code_id} ${row.fiscal_year}`);
    for (const [measure, amounts] of amountsOf(row)) {
      if (amounts.some((amount) => amount !== null)) balance?.amounts.set(measure, amounts);
    }
  }
}

class StoredSource implements BalanceSource {
  readonly measures: readonly BalanceMeasure[];
  readonly #balances: readonly StoredBalances[];

  constructor(balances: readonly StoredBalances[], measures: readonly BalanceMeasure[]) {
    this.#balances = balances;
    this.measures = measures;
  }

  get count(): number {
    return this.#balances.length;
  }

  codeId(index: number): number {
    return this.#at(index).codeId;
  }

  ministry(index: number): string {
    return this.#at(index).ministry;
  }

  fiscalYear(index: number): number {
    return this.#at(index).fiscalYear;
  }

  code(index: number): string {
    return this.#at(index).code;
  }

  amounts(index: number, measure: BalanceMeasure, into: MonthAmounts): void {
    for (const [month, amount] of (this.#at(index).amounts.get(measure) ?? []).entries()) {
      if (amount !== null) into.set(month, amount);
    }
  }

  isEmpty(index: number): boolean {
    return this.#at(index).amounts.size === 0;
  }

  #at(index: number): StoredBalances {
    const balance = this.#balances[index];
    if (!balance) throw new Error(`no balance at ${index}`);
    return balance;
  }
}
