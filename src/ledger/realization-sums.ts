import { sql } from "drizzle-orm";
import { UNKNOWN_SIGN } from "../coa/index.ts";
import { type Month, monthNumber } from "../periods.ts";
import type { Reader, Transaction } from "../store/index.ts";
import { MONTH_COLUMNS } from "./realization-balances.ts";
import { codesOfSatkers } from "./satker-codes.ts";

/** Where the account begins in a printed code. */
const ACCOUNT = "000000.000.".length;

/** What is in force of one code: the sum of some months, and one month; null where nothing speaks about it. */
export interface CodeInForce {
  code: string;
  sum: bigint;
  inMonth: bigint | null;
}

/** Months of a year, both included; none where `from` is behind `to`. */
export interface Months {
  from: number;
  to: number;
}

/** Realization in force by satker, in the order of the codes. @param month the one that is wanted by itself */
export async function realizationInForce(
  tx: Transaction,
  fiscalYear: number,
  satkers: readonly string[],
  { from, to }: Months,
  month: Month,
): Promise<Map<string, CodeInForce[]>> {
  const own = MONTH_COLUMNS[monthNumber(month) - 1] as string;
  const added = MONTH_COLUMNS.slice(from - 1, Math.max(to, from - 1));
  const wanted = [...new Set([...added, own])].map((column) => `b.${column} AS ${column}`);
  const found = new Map<string, CodeInForce[]>();
  const query = sql`
    SELECT c.satker AS satker, c.code AS code, ${sql.raw(wanted.join(", "))}
    FROM ${codesOfSatkers(tx, satkers)}
    JOIN month_balances b ON b.code_id = c.id AND b.ministry = c.ministry
    WHERE b.measure = 'realization' AND b.fiscal_year = ${fiscalYear} ORDER BY c.code`;
  await tx.each<Record<string, string | bigint | null>>(query, (row) => {
    let sum = 0n;
    for (const column of added) sum += (row[column] as bigint | null) ?? 0n;
    const code = { code: row.code as string, sum, inMonth: row[own] as bigint | null };
    const satker = row.satker as string;
    const codes = found.get(satker);
    if (codes) codes.push(code);
    else found.set(satker, [code]);
  });
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
  const classes = accountClasses.map((digit) => `'${digit}'`).join(", ");
  const [row] = await reader.rows<{ amount: bigint | null }>(sql`
    SELECT CAST(sum(${sql.raw(columns.join(" + "))}) AS bigint) AS amount
    FROM ${codesOfSatkers(reader, satkers)}
    JOIN month_balances b ON b.code_id = c.id AND b.ministry = c.ministry
    WHERE b.measure = 'realization' AND b.fiscal_year = ${fiscalYear}
      AND (c.account IS NULL OR substr(c.account, 1, 1) IN (${sql.raw(classes)}))`);
  return row?.amount ?? 0n;
}
