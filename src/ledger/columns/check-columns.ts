import { sql } from "drizzle-orm";
import { UNKNOWN_SIGN } from "../../coa/index.ts";
import { codeColumns } from "../../extracts/index.ts";
import type { Reader } from "../../store/index.ts";
import { partOf } from "./codes.ts";
import {
  ANNUAL_MEASURES,
  type BalanceMeasure,
  CODE_PARTS,
  isAnnual,
  MISSING_COLUMN,
  MONTHLY_MEASURES,
} from "./layout.ts";
import { YearColumns } from "./read-columns.ts";

/** A difference between what the columns or totals say and what follows from the balances. */
export interface ColumnFinding {
  subject: string;
  detail: string;
}

const MONTHS = Array.from({ length: 12 }, (_, index) => `month_${String(index + 1).padStart(2, "0")}`);

/** Compares every column with the balances and codes it was made from. */
export async function checkColumns(reader: Reader): Promise<{ examined: number; findings: ColumnFinding[] }> {
  const findings: ColumnFinding[] = [];
  let examined = 0;
  for (const { fiscal_year } of await reader.rows<{ fiscal_year: bigint }>(sql`
    SELECT fiscal_year FROM month_balances UNION SELECT fiscal_year FROM year_balances
    UNION SELECT fiscal_year FROM balance_columns ORDER BY fiscal_year`)) {
    const year = Number(fiscal_year);
    const columns = new YearColumns(reader, year);
    if (await columns.areMissing()) continue;
    const unpacked = await unpack(columns);
    examined += unpacked.size;
    const expected = await expectedOf(reader, year);
    for (const [key, text] of unpacked) {
      if (expected.get(key) !== text)
        findings.push({ subject: `${year} ${key}`, detail: `${text} ≠ ${expected.get(key) ?? "∅"}` });
      expected.delete(key);
    }
    for (const [key, text] of expected) findings.push({ subject: `${year} ${key}`, detail: `∅ ≠ ${text}` });
  }
  return { examined, findings };
}

/** What columns say, by code and subject; codes that have nothing any more are left out. */
async function unpack(columns: YearColumns): Promise<Map<string, string>> {
  const rows = new Map<string, string>();
  const chunks = new Map((await columns.codes()).map(({ ministry, chunk, ids }) => [`${ministry} ${chunk}`, ids]));
  for (const measure of [...MONTHLY_MEASURES, ...ANNUAL_MEASURES]) {
    const present = await columns.present(measure, null);
    const months = isAnnual(measure) ? [] : MONTHS.map((_, index) => index + 1);
    const lists = [];
    for (const month of [...months, null]) lists.push(await columns.amounts(measure, month, null));
    for (const [index, { ministry, chunk, present: bits }] of present.entries()) {
      const next = lists.map((list) => list[index]?.amounts.values() ?? [].values());
      for (const [slot, own] of bits.entries()) {
        if (own === 0) continue;
        const year = next.at(-1)?.next().value;
        const amounts = months.map((month) => (own & (1 << (month - 1)) ? next[month - 1]?.next().value : null));
        const sum = amounts.reduce<bigint>((total, amount) => total + (amount ?? 0n), 0n);
        const isSum = months.length === 0 || BigInt.asIntN(64, sum) === year;
        const printed = (months.length === 0 ? [year] : amounts).map((amount) => String(amount ?? "")).join(" ");
        const id = chunks.get(`${ministry} ${chunk}`)?.[slot];
        rows.set(`${id} ${ministry} ${measure}`, isSum ? printed : `${printed}, ${year} in the year`);
      }
    }
  }
  const speaking = new Set([...rows.keys()].map((key) => key.split(" ")[0] ?? ""));
  for (const part of CODE_PARTS) {
    for (const { ministry, chunk, values, positions } of await columns.part(part, null)) {
      for (const [slot, id] of (chunks.get(`${ministry} ${chunk}`) ?? new Uint32Array()).entries()) {
        if (speaking.has(String(id))) rows.set(`${id} ${ministry} ${part}`, String(values[positions[slot] ?? -1]));
      }
    }
  }
  return rows;
}

type Row = Record<string, bigint | string | null>;

/** The same from balances and codes. */
async function expectedOf(reader: Reader, year: number): Promise<Map<string, string>> {
  const rows = new Map<string, string>();
  const put = (row: Row, measure: BalanceMeasure, amounts: (bigint | string | null | undefined)[]) => {
    if (amounts.every((amount) => amount === null)) return;
    rows.set(`${row.code_id} ${row.ministry} ${measure}`, amounts.map((amount) => amount ?? "").join(" "));
    const columns = codeColumns(String(row.code));
    for (const part of CODE_PARTS) rows.set(`${row.code_id} ${row.ministry} ${part}`, String(partOf(columns, part)));
  };
  const joined = (table: string, columns: string) => sql`
    SELECT b.code_id AS code_id, b.ministry AS ministry, c.code AS code, ${sql.raw(columns)}
    FROM ${sql.raw(table)} b JOIN code_combinations c ON c.id = b.code_id AND c.ministry = b.ministry
    WHERE b.fiscal_year = ${year}`;
  const months = MONTHS.map((column) => `b.${column} AS ${column}`).join(", ");
  for (const row of await reader.rows<Row>(joined("month_balances", `b.measure AS measure, ${months}`)))
    put(
      row,
      row.measure as BalanceMeasure,
      MONTHS.map((column) => row[column]),
    );
  const annual = ANNUAL_MEASURES.map((measure) => `b.${measure} AS ${measure}`).join(", ");
  for (const row of await reader.rows<Row>(joined("year_balances", annual)))
    for (const measure of ANNUAL_MEASURES) put(row, measure, [row[measure]]);
  return rows;
}

/** Totals wrap around at 64 bits, so they are compared in halves that do not leave them. */
const HALF = 2n ** 32n;

/** Compares the totals by ministry and class of account with the balances. */
export async function checkTotals(reader: Reader): Promise<{ examined: number; findings: ColumnFinding[] }> {
  const accountClass = `coalesce(substr(c.account, 1, 1), '${UNKNOWN_SIGN}')`;
  const built = `fiscal_year NOT IN (SELECT fiscal_year FROM balance_columns WHERE name = '${MISSING_COLUMN}')`;
  const grouped = (balances: string, month: number, column: string) =>
    sql.raw(`
    SELECT b.fiscal_year AS fiscal_year, b.measure AS measure, ${month} AS month, b.ministry AS ministry,
      ${accountClass} AS account_class, sum(b.${column} / ${HALF}) AS high, sum(b.${column} % ${HALF}) AS low
    FROM ${balances} b JOIN code_combinations c ON c.id = b.code_id AND c.ministry = b.ministry
    WHERE b.${column} IS NOT NULL AND b.${built} GROUP BY b.fiscal_year, b.measure, b.ministry, ${accountClass}`);
  const queries = [
    ...MONTHS.map((column, index) => grouped("month_balances", index + 1, column)),
    ...ANNUAL_MEASURES.map((measure) =>
      grouped(`(SELECT y.*, '${measure}' AS measure FROM year_balances y)`, 0, measure),
    ),
    sql.raw(
      `SELECT fiscal_year, measure, month, ministry, account_class, -(amount / ${HALF}) AS high, -(amount % ${HALF}) AS low FROM balance_totals WHERE ${built}`,
    ),
  ];
  const rest = new Map<string, bigint>();
  for (const query of queries) {
    for (const { high, low, ...key } of await reader.rows<Row>(query)) {
      const subject = Object.values(key).join(" ");
      const amount = (rest.get(subject) ?? 0n) + (high as bigint) * HALF + (low as bigint);
      rest.set(subject, BigInt.asIntN(64, amount));
    }
  }
  const findings = [...rest].filter(([, amount]) => amount !== 0n);
  return {
    examined: rest.size,
    findings: findings.map(([subject, amount]) => ({ subject, detail: `${amount} ≠ 0` })),
  };
}
