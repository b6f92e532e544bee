import { type SQL, sql } from "drizzle-orm";
import { type Month, monthsByYear } from "../periods.ts";
import type { Reader } from "../store/index.ts";
import { monthAmount, windowAmount } from "./amounts.ts";
import { DIMENSION_SQL } from "./dimensions.ts";
import { MEASURES } from "./measures.ts";
import type { Dimension, Measures } from "./types.ts";
import type { Join, Universe } from "./universe.ts";

/** What to add up: a universe of lines, further joins and conditions, and how shares apply to an amount. */
export interface Sum {
  months: readonly Month[];
  universe: Universe;
  joins: Join[];
  conditions: SQL[];
  apply: (amount: string) => string;
  by: Dimension[];
}

/** A group of a sum: its keys in the order of `by`, and its measures; null where nothing speaks. */
export interface SumRow {
  keys: (string | null)[];
  measures: { [K in keyof Measures]: bigint | null };
}

const MONTHLY = { budget: "budget", twelfths: "twelfths", realization: "realization" } as const;
const ANNUAL = ["original", "revised", "blocked"] as const;

/** Adds balances up by the dimensions. Rows are sorted by key; groups in which nothing speaks are left out. */
export async function addUp(reader: Reader, sum: Sum): Promise<SumRow[]> {
  const byMonth = sum.by.includes("month");
  const sources = byMonth ? [monthlySource(sum, true)] : [monthlySource(sum, false), annualSource(sum)];
  const keys = sum.by.map((_, index) => sql.raw(`key_${index}`));
  const totals = MEASURES.map((name) => sql.raw(`CAST(sum(${name}) AS bigint) AS ${name}`));
  const group = keys.length > 0 ? sql`GROUP BY ${sql.join(keys, sql`, `)}` : sql``;
  const rows = await reader.rows<Record<string, string | bigint | null>>(sql`
    SELECT ${sql.join([...keys, ...totals], sql`, `)}
    FROM (${sql.join(sources, sql` UNION ALL `)}) AS facts
    ${group}`);
  return rows
    .map((row) => ({ keys: sum.by.map((_, index) => row[`key_${index}`] as string | null), measures: measuresOf(row) }))
    .filter(({ measures }) => Object.values(measures).some((value) => value !== null))
    .sort((a, b) => compareKeys(a.keys, b.keys));
}

/** Realization and budget of the months; one row per balance and group, amounts in the column of their measure. */
function monthlySource(sum: Sum, byMonth: boolean): SQL {
  const amount = byMonth ? monthAmount(sum.apply) : windowAmount(sum.months, sum.apply);
  const columns = MEASURES.map((name) =>
    name in MONTHLY
      ? `CAST(sum(CASE WHEN b.measure = '${name}' THEN ${amount} END) AS bigint) AS ${name}`
      : `CAST(NULL AS bigint) AS ${name}`,
  );
  const months = byMonth ? [{ table: monthList(sum.months), on: "w.fiscal_year = b.fiscal_year" }] : [];
  return source(sum, "month_balances", columns, months);
}

function annualSource(sum: Sum): SQL {
  const columns = MEASURES.map((name) =>
    (ANNUAL as readonly string[]).includes(name)
      ? `CAST(sum(${sum.apply(`b.${name}`)}) AS bigint) AS ${name}`
      : `CAST(NULL AS bigint) AS ${name}`,
  );
  return source(sum, "year_balances", columns, []);
}

function source(sum: Sum, table: string, columns: string[], extra: Join[]): SQL {
  const joins = [...sum.joins, ...sum.universe.joins, ...extra].map(
    // A priority cohort is a mark that most districts lack; every other join decides what is counted.
    (join) => sql`${sql.raw(join.on.startsWith("k.") ? "LEFT JOIN" : "JOIN")} ${join.table} ON ${sql.raw(join.on)}`,
  );
  const years = [...monthsByYear(sum.months).keys()].join(", ");
  const conditions = [sql.raw(`b.fiscal_year IN (${years})`), ...sum.universe.conditions, ...sum.conditions];
  const keys = sum.by.map((dimension, index) => `${DIMENSION_SQL[dimension]} AS key_${index}`);
  const group = sum.by.length > 0 ? `GROUP BY ${sum.by.map((dimension) => DIMENSION_SQL[dimension]).join(", ")}` : "";
  return sql`SELECT ${sql.raw([...keys, ...columns].join(", "))}
    FROM ${sql.raw(table)} b
    JOIN code_combinations c ON c.id = b.code_id AND c.ministry = b.ministry
    ${sql.join(joins, sql` `)}
    WHERE ${sql.join(conditions, sql` AND `)} ${sql.raw(group)}`;
}

function monthList(months: readonly Month[]): SQL {
  const rows = months.map(
    (month) =>
      `SELECT ${Number(month.slice(0, 4))} AS fiscal_year, ${Number(month.slice(5))} AS number, '${month}' AS month`,
  );
  return sql.raw(`(${rows.join(" UNION ALL ")}) AS w`);
}

function measuresOf(row: Record<string, string | bigint | null>): SumRow["measures"] {
  const value = (name: keyof Measures) => row[name] as bigint | null;
  return {
    original: value("original"),
    revised: value("revised"),
    blocked: value("blocked"),
    budget: value("budget"),
    twelfths: value("twelfths"),
    realization: value("realization"),
  };
}

/** Sorted by key; lines that do not carry the level come last. */
function compareKeys(a: (string | null)[], b: (string | null)[]): number {
  for (const [index, left] of a.entries()) {
    const right = b[index] ?? null;
    if (left === right) continue;
    if (left === null) return 1;
    if (right === null) return -1;
    return left < right ? -1 : 1;
  }
  return 0;
}
