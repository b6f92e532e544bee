import { type SQL, sql } from "drizzle-orm";
import { twelfths } from "../money.ts";
import type { Reader, Value } from "../store/index.ts";
import { PLAN_COLUMNS } from "./budget-columns.ts";
import type { Touched } from "./in-force.ts";
import { limitTo } from "./realization-balances.ts";

/** The extract in force for the cell of budget line `l` with code `c`; the plus signs as for realization. */
export const BUDGET_IN_FORCE = `f.kind = 'budget' AND f.satker = c.satker AND f.fiscal_year = +l.fiscal_year
  AND f.period = substr(CAST(10000 + l.revision AS text), 2) AND f.extract_id = +l.extract_id`;

/** A DIPA line in force, of any revision. */
export interface BudgetInForce {
  satker: string;
  codeId: bigint;
  ministry: string;
  fiscalYear: bigint;
  revision: bigint;
  amount: bigint;
  /** Null where the extract does not state it. */
  blocked: bigint | null;
  /** Twelve months, null where the extract states none. */
  plan: (bigint | null)[];
}

/** The balances of one code in one fiscal year. */
export interface BudgetBalance {
  codeId: bigint;
  ministry: string;
  fiscalYear: bigint;
  original: bigint | null;
  revised: bigint | null;
  blocked: bigint | null;
  /** Plan, or twelfths where a line has none; null when the code is not in the highest revision. */
  budget: bigint[] | null;
  /** The spread part of `budget`; null when every line has a plan. */
  twelfths: bigint[] | null;
}

/**
 * Original, revised, blocked and monthly budget per code. Original is revision 0; revised is the highest revision of
 * the satker in that year, which restates the satker whole.
 */
export function budgetBalances(lines: readonly BudgetInForce[]): BudgetBalance[] {
  const highest = new Map<string, bigint>();
  for (const { satker, fiscalYear, revision } of lines) {
    const key = `${satker} ${fiscalYear}`;
    if (revision >= (highest.get(key) ?? 0n)) highest.set(key, revision);
  }
  const balances = new Map<string, BudgetBalance>();
  for (const line of lines) {
    const isOriginal = line.revision === 0n;
    const isHighest = line.revision === highest.get(`${line.satker} ${line.fiscalYear}`);
    if (!isOriginal && !isHighest) continue;
    const balance = balanceOf(balances, line);
    if (isOriginal) balance.original = (balance.original ?? 0n) + line.amount;
    if (!isHighest) continue;
    balance.revised = (balance.revised ?? 0n) + line.amount;
    if (line.blocked !== null) balance.blocked = (balance.blocked ?? 0n) + line.blocked;
    const plan = completePlan(line.plan);
    const months = plan ?? twelfths(line.amount);
    balance.budget = addMonths(balance.budget, months);
    if (!plan) balance.twelfths = addMonths(balance.twelfths, months);
  }
  return [...balances.values()];
}

/** A plan with a gap is no plan: the line is then spread over twelfths (contract). */
export function completePlan(plan: readonly (bigint | null)[]): bigint[] | null {
  const months = plan.filter((month) => month !== null);
  return months.length === 12 ? months : null;
}

function balanceOf(balances: Map<string, BudgetBalance>, line: BudgetInForce): BudgetBalance {
  const key = `${line.codeId} ${line.fiscalYear}`;
  let balance = balances.get(key);
  if (!balance) {
    const { codeId, ministry, fiscalYear } = line;
    balance = {
      codeId,
      ministry,
      fiscalYear,
      original: null,
      revised: null,
      blocked: null,
      budget: null,
      twelfths: null,
    };
    balances.set(key, balance);
  }
  return balance;
}

function addMonths(sum: bigint[] | null, months: bigint[]): bigint[] {
  return sum ? sum.map((amount, month) => amount + (months[month] ?? 0n)) : months;
}

/** The DIPA lines in force. */
export async function budgetInForce(reader: Reader): Promise<BudgetInForce[]> {
  return (await reader.rows<LineRow>(linesInForce(reader, null))).map(lineOf);
}

/** A row of `linesInForce`. */
export type LineRow = Record<string, bigint | string | null>;

/** The DIPA lines in force, all or those of some satkers and years. */
export function linesInForce(reader: Reader, touched: readonly Touched[] | null): SQL {
  const limit = touched ? limitTo(reader, "budget", touched) : null;
  return sql`
    SELECT c.satker AS satker, l.code_id AS code_id, l.ministry AS ministry, l.fiscal_year AS fiscal_year,
      l.revision AS revision, l.amount AS amount, l.blocked AS blocked,
      ${sql.raw(PLAN_COLUMNS.map((column) => `l.${column} AS ${column}`).join(", "))}
    FROM budget_lines l
    JOIN code_combinations c ON c.id = l.code_id AND c.ministry = l.ministry
    JOIN cells_in_force f ON ${sql.raw(BUDGET_IN_FORCE)}
    ${limit?.join ?? sql``}
    ${limit ? sql`WHERE ${limit.where}` : sql``}`;
}

export function lineOf(row: LineRow): BudgetInForce {
  return {
    satker: row.satker as string,
    codeId: row.code_id as bigint,
    ministry: row.ministry as string,
    fiscalYear: row.fiscal_year as bigint,
    revision: row.revision as bigint,
    amount: row.amount as bigint,
    blocked: row.blocked as bigint | null,
    plan: PLAN_COLUMNS.map((column) => row[column] as bigint | null),
  };
}

/** Rows of `month_balances` and `year_balances` for a balance. */
export function balanceRows({ codeId, ministry, fiscalYear, ...balance }: BudgetBalance): {
  months: Value[][];
  year: Value[];
} {
  const months: Value[][] = [];
  if (balance.budget) months.push([codeId, ministry, fiscalYear, "budget", ...balance.budget]);
  if (balance.twelfths) months.push([codeId, ministry, fiscalYear, "twelfths", ...balance.twelfths]);
  return { months, year: [codeId, ministry, fiscalYear, balance.original, balance.revised, balance.blocked] };
}
