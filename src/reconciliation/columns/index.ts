import { expenditureTotals, YearColumns } from "../../ledger/index.ts";
import type { Reader } from "../../store/index.ts";
import { addedUp, filled, MEASURES, type SummedMeasures } from "../measures.ts";
import type { Question } from "../question.ts";
import { type Shown, type SumRow, sortedByKeys } from "../shown.ts";
import type { Measures } from "../types.ts";
import { FILTERED_OUT, type GroupedCodes, groupCodes, NEEDS_RO, UNTAGGED } from "./group-codes.ts";
import type { GroupSums } from "./group-sums.ts";
import { sumColumns } from "./sum-columns.ts";

/**
 * Answers from the columns of balances, in memory.
 *
 * @returns null when they cannot: a year has none yet, or its amounts are so large that every sum has to be watched
 */
export async function answerByColumns(reader: Reader, question: Question): Promise<Shown | null> {
  const { request, months, rules } = question;
  const years = new Map(question.years.map((year) => [year, new YearColumns(reader, year)]));
  for (const columns of years.values()) if (await columns.areMissing()) return null;
  const codes = await groupCodes(years, { request, rules, cohorts: new Map(question.cohorts.rows) });
  const byMonth = request.by.includes("month");
  const sums = await sumColumns(years, codes, { months, byMonth, ministries: request.where.ministry ?? null });
  if (!sums) return null;
  const slots = byMonth ? months.length : 1;
  const total = (group: number) => totalOf(sums, group, slots, byMonth);
  return {
    rows: rowsOf(question, codes, sums),
    needsRo: total(NEEDS_RO),
    untagged: total(UNTAGGED),
    filteredOut: total(FILTERED_OUT),
  };
}

/**
 * The expenditure that the filters leave, from totals that are kept by sums of their own.
 *
 * @returns null when a filter asks for more than ministries and months: totals know nothing else
 */
export async function expenditureByTotals(reader: Reader, { request, months }: Question): Promise<Measures | null> {
  const other = Object.keys(request.where).filter((dimension) => !WITHIN_TOTALS.includes(dimension));
  if (other.length > 0) return null;
  const totals = await expenditureTotals(reader, months, request.where.ministry ?? null);
  const summed = Object.fromEntries(MEASURES.map((measure) => [measure, totals.get(measure) ?? null]));
  return filled(summed as SummedMeasures, request.by.includes("month"));
}

/** Filters that totals can follow; those on tags leave the money in the ledger. */
const WITHIN_TOTALS = ["ministry", "month", "class", "intervention"];

function rowsOf({ request, months }: Question, codes: GroupedCodes, sums: GroupSums): SumRow[] {
  const { by } = request;
  const rows: SumRow[] = [];
  for (const group of codes.rows) {
    const keys = by.map((dimension) => (dimension === "month" ? null : codes.key(group, dimension)));
    const place = by.indexOf("month");
    for (let slot = 0; slot < (place < 0 ? 1 : months.length); slot++) {
      const measures = sums.measures(group, slot);
      if (measures) rows.push({ keys: place < 0 ? keys : keys.with(place, months[slot] ?? null), measures });
    }
  }
  return sortedByKeys(rows);
}

function totalOf(sums: GroupSums, group: number, slots: number, byMonth: boolean): Measures {
  const parts = Array.from({ length: slots }, (_, slot) => sums.measures(group, slot));
  return addedUp(
    parts.flatMap((measures) => (measures ? { measures } : [])),
    byMonth,
  );
}
