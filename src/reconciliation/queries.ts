import { type SQL, sql } from "drizzle-orm";
import { type Month, monthOf, monthsByYear } from "../periods.ts";
import type { Reader } from "../store/index.ts";
import { monthColumn, windowAmount } from "./amounts.ts";
import { DIMENSION_SQL, isLineDimension } from "./dimensions.ts";
import { MEASURES, type SummedMeasures } from "./measures.ts";
import { type SumRow, sortedByKeys } from "./shown.ts";
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

const MONTHLY = ["budget", "twelfths", "realization"] as const;

/** Adds balances up by the dimensions. Rows are sorted by key; groups in which nothing speaks are left out. */
export async function addUp(reader: Reader, sum: Sum): Promise<SumRow[]> {
  const rows = sum.by.includes("month") ? await addUpMonths(reader, sum) : await addUpWindow(reader, sum);
  return sortedByKeys(rows.filter(({ measures }) => Object.values(measures).some((value) => value !== null)));
}

type RawRow = Record<string, string | bigint | null>;

// No sum is cast: a cast would turn the floating value that SQLite makes of an overflow into an integer again, and the
// store could not refuse it.

/** One sum over the whole window; budget and realization from the months, annual measures from the years. */
async function addUpWindow(reader: Reader, sum: Sum): Promise<SumRow[]> {
  const amount = windowAmount(sum.months, sum.apply);
  const monthly = MEASURES.map((name) =>
    isAnnual(name)
      ? `CAST(NULL AS bigint) AS ${name}`
      : `sum(CASE WHEN b.measure = '${name}' THEN ${amount} END) AS ${name}`,
  );
  const annual = MEASURES.map((name) =>
    isAnnual(name) ? `sum(${sum.apply(`b.${name}`)}) AS ${name}` : `CAST(NULL AS bigint) AS ${name}`,
  );
  const keys = keysOf(sum.by);
  const totals = MEASURES.map((name) => sql.raw(`sum(${name}) AS ${name}`));
  const group = keys.length > 0 ? sql`GROUP BY ${sql.join(keys, sql`, `)}` : sql``;
  const rows = await reader.rows<RawRow>(sql`
    SELECT ${sql.join([...keys, ...totals], sql`, `)}
    FROM (${source(sum, "month_balances", monthly)} UNION ALL ${source(sum, "year_balances", annual)}) AS facts
    ${group}`);
  return rows.map((row) => ({
    keys: sum.by.map((_, index) => row[`key_${index}`] as string | null),
    measures: measuresOf((name) => row[name] as bigint | null),
  }));
}

/** One sum per month: the twelve months of a year lie side by side in a row and are told apart here. */
async function addUpMonths(reader: Reader, sum: Sum): Promise<SumRow[]> {
  const by = sum.by.filter(isLineDimension);
  const years = monthsByYear(sum.months);
  const numbers = [...new Set([...years.values()].flat())];
  const columns = MONTHLY.flatMap((name) =>
    numbers.map(
      (month) => `sum(CASE WHEN b.measure = '${name}' THEN ${sum.apply(monthColumn(month))} END) AS ${name}_${month}`,
    ),
  );
  const rows: SumRow[] = [];
  for (const [year, months] of years) {
    const ofYear = { ...sum, by, months: months.map((month) => monthOf(year, month)) };
    for (const row of await reader.rows<RawRow>(source(ofYear, "month_balances", columns))) {
      for (const month of months) {
        const others = by.map((_, index) => row[`key_${index}`] as string | null);
        const place = sum.by.indexOf("month");
        const keys = [...others.slice(0, place), monthOf(year, month), ...others.slice(place)];
        const measures = measuresOf((name) => (isAnnual(name) ? null : (row[`${name}_${month}`] as bigint | null)));
        rows.push({ keys, measures });
      }
    }
  }
  return rows;
}

function isAnnual(name: keyof Measures): boolean {
  return !(MONTHLY as readonly string[]).includes(name);
}

function keysOf(by: readonly Dimension[]): SQL[] {
  return by.map((_, index) => sql.raw(`key_${index}`));
}

function source(sum: Sum, table: string, columns: string[]): SQL {
  const joins = [...sum.joins, ...sum.universe.joins].map(
    // A priority cohort is a mark that most districts lack; every other join decides what is counted.
    (join) => sql`${sql.raw(join.on.startsWith("k.") ? "LEFT JOIN" : "JOIN")} ${join.table} ON ${sql.raw(join.on)}`,
  );
  const years = [...monthsByYear(sum.months).keys()].join(", ");
  const conditions = [sql.raw(`b.fiscal_year IN (${years})`), ...sum.universe.conditions, ...sum.conditions];
  const expressions = sum.by.filter(isLineDimension).map((dimension) => DIMENSION_SQL[dimension]);
  const keys = expressions.map((expression, index) => `${expression} AS key_${index}`);
  const group = expressions.length > 0 ? `GROUP BY ${expressions.join(", ")}` : "";
  return sql`SELECT ${sql.raw([...keys, ...columns].join(", "))}
    FROM ${sql.raw(table)} b
    JOIN code_combinations c ON c.id = b.code_id AND c.ministry = b.ministry
    ${sql.join(joins, sql` `)}
    WHERE ${sql.join(conditions, sql` AND `)} ${sql.raw(group)}`;
}

function measuresOf(value: (name: keyof Measures) => bigint | null): SummedMeasures {
  return {
    original: value("original"),
    revised: value("revised"),
    blocked: value("blocked"),
    budget: value("budget"),
    twelfths: value("twelfths"),
    realization: value("realization"),
  };
}
