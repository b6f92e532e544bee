import { sql } from "drizzle-orm";
import { UNKNOWN_SIGN } from "../coa/index.ts";
import { type Month, monthNumber } from "../periods.ts";
import type { Reader } from "../store/index.ts";
import { MONTH_COLUMNS } from "./realization-balances.ts";

/** Where the account begins in a printed code. */
const ACCOUNT = "000000.000.".length;

/** Realization in force of one code in the twelve months of a year; null where nothing speaks. */
export interface CodeMonths {
  code: string;
  months: readonly (bigint | null)[];
}

/** Realization in force by satker and code. */
export async function realizationInForce(
  reader: Reader,
  fiscalYear: number,
  satkers: readonly string[],
): Promise<Map<string, CodeMonths[]>> {
  const list = reader.list(
    { satker: "text" },
    satkers.map((satker) => [satker]),
  );
  const rows = await reader.rows<Record<string, string | bigint | null>>(sql`
    SELECT c.satker AS satker, c.code AS code, ${sql.raw(MONTH_COLUMNS.map((column) => `b.${column} AS ${column}`).join(", "))}
    FROM ${list} AS s JOIN code_combinations c ON c.satker = s.satker
    JOIN month_balances b ON b.code_id = c.id AND b.ministry = c.ministry
    WHERE b.measure = 'realization' AND b.fiscal_year = ${fiscalYear} ORDER BY c.code`);
  const found = new Map<string, CodeMonths[]>();
  for (const row of rows) {
    const code = { code: row.code as string, months: MONTH_COLUMNS.map((column) => row[column] as bigint | null) };
    const satker = row.satker as string;
    const codes = found.get(satker);
    if (codes) codes.push(code);
    else found.set(satker, [code]);
  }
  return found;
}

/** First digit of the account of a printed code; null when the account is unknown. */
export function accountClassOf(code: string): string | null {
  const digit = code.charAt(ACCOUNT);
  return digit === UNKNOWN_SIGN ? null : digit;
}

/** Realization in force of satkers from month to month of a year, on accounts of some classes or unknown ones. */
export async function realizationTotal(
  reader: Reader,
  fiscalYear: number,
  satkers: readonly string[],
  from: number,
  to: number,
  accountClasses: readonly string[],
): Promise<bigint> {
  const columns = MONTH_COLUMNS.slice(from - 1, to).map((column) => `coalesce(b.${column}, 0)`);
  if (satkers.length === 0 || columns.length === 0) return 0n;
  const list = reader.list(
    { satker: "text" },
    satkers.map((satker) => [satker]),
  );
  const classes = accountClasses.map((digit) => `'${digit}'`).join(", ");
  const [row] = await reader.rows<{ amount: bigint | null }>(sql`
    SELECT CAST(sum(${sql.raw(columns.join(" + "))}) AS bigint) AS amount
    FROM ${list} AS s JOIN code_combinations c ON c.satker = s.satker
    JOIN month_balances b ON b.code_id = c.id AND b.ministry = c.ministry
    WHERE b.measure = 'realization' AND b.fiscal_year = ${fiscalYear}
      AND (c.account IS NULL OR substr(c.account, 1, 1) IN (${sql.raw(classes)}))`);
  return row?.amount ?? 0n;
}

/** The sum of a code over the months from–to of its year, both included. */
export function sumOf({ months }: CodeMonths, from: number, to: number): bigint {
  return months.slice(from - 1, to).reduce<bigint>((sum, amount) => sum + (amount ?? 0n), 0n);
}

/** What is in force of a code in one month; null where nothing speaks. */
export function inMonth({ months }: CodeMonths, month: Month): bigint | null {
  return months[monthNumber(month) - 1] ?? null;
}
