import { type ChunkName, type Ministries, SAFE_MAGNITUDE, type YearColumns } from "../../ledger/index.ts";
import { type Month, monthOf, monthsByYear } from "../../periods.ts";
import { MEASURES } from "../measures.ts";
import type { Measures } from "../types.ts";
import { type GroupedChunk, type GroupedCodes, type Split, UNTAGGED } from "./group-codes.ts";
import { GroupSums } from "./group-sums.ts";
import { shareOf } from "./share.ts";

type Measure = keyof Measures;

const ANNUAL: readonly Measure[] = ["original", "revised", "blocked"];
const MONTHLY = MEASURES.filter((measure) => !ANNUAL.includes(measure));

/** What to add up: months, told apart or not, of the ministries that a filter leaves. */
export interface ColumnSum {
  months: readonly Month[];
  byMonth: boolean;
  ministries: Ministries;
}

/**
 * Adds the amount columns up by group.
 *
 * @returns null when the amounts are so large that a sum might leave 64 bits: they must be added with an eye on each
 */
export async function sumColumns(
  years: ReadonlyMap<number, YearColumns>,
  codes: GroupedCodes,
  sum: ColumnSum,
): Promise<GroupSums | null> {
  const sums = new GroupSums(codes.count, sum.byMonth ? sum.months.length : 1);
  const measures = sum.byMonth ? MONTHLY : MEASURES;
  const magnitudes = new Map<Measure, number>();
  for (const [year, months] of monthsByYear(sum.months)) {
    const columns = years.get(year);
    if (!columns) throw new Error(`no columns of ${year}`);
    for (const measure of measures) {
      const present = await columns.present(measure, sum.ministries);
      if (present.length === 0) continue;
      const magnitude = present.reduce((total, chunk) => total + chunk.magnitude, magnitudes.get(measure) ?? 0);
      if (magnitude > SAFE_MAGNITUDE) return null;
      magnitudes.set(measure, magnitude);
      const bits = new Map(present.map((chunk) => [nameOf(chunk), chunk.present]));
      const chunks = codes.chunks.filter((chunk) => chunk.fiscalYear === year && bits.has(nameOf(chunk)));
      const work = { columns, measure, chunks, bits, sums, ministries: sum.ministries };
      const numbers = ANNUAL.includes(measure) ? null : months;
      const slotOf = (month: number) => (sum.byMonth ? sum.months.indexOf(monthOf(year, month)) : 0);
      if (sum.byMonth) for (const month of months) await addGroups(work, [month], slotOf(month));
      else await addGroups(work, numbers, 0);
      await addSplits(work, numbers, slotOf);
    }
  }
  return sums;
}

/** One measure of one year. */
interface Work {
  columns: YearColumns;
  measure: Measure;
  chunks: readonly GroupedChunk[];
  bits: ReadonlyMap<string, Uint16Array>;
  sums: GroupSums;
  ministries: Ministries;
}

/** Of an annual measure there is the year alone. */
type Months = readonly number[] | null;

/** A column to be read: a month or (null) the whole year, and whether it is added or taken off. */
type Term = readonly [month: number | null, sign: 1 | -1];

/** The fewest columns that make up some months of a year: themselves, or the year without the others. */
export function termsOf(months: Months): Term[] {
  if (months === null) return [[null, 1]];
  const others = ALL_MONTHS.filter((month) => !months.includes(month));
  if (months.length <= others.length) return months.map((month) => [month, 1]);
  return [[null, 1], ...others.map((month): Term => [month, -1])];
}

const ALL_MONTHS = Array.from({ length: 12 }, (_, index) => index + 1);
const WHOLE_YEAR = 0xffff;

function maskOf(month: number | null): number {
  return month === null ? WHOLE_YEAR : 1 << (month - 1);
}

async function addGroups({ columns, measure, chunks, bits, sums, ministries }: Work, months: Months, slot: number) {
  for (const [month, sign] of termsOf(months)) {
    const read = byName(await columns.amounts(measure, month, ministries));
    for (const chunk of chunks) {
      const amounts = read.get(nameOf(chunk))?.amounts;
      if (!amounts) throw new Error(`${measure} ${month} of chunk ${nameOf(chunk)} is missing`);
      sums.add(measure, slot, chunk.groups, { bits: bitsOf(bits, chunk), mask: maskOf(month), amounts, sign });
    }
  }
  const mask = months?.reduce((all, month) => all | maskOf(month), 0) ?? WHOLE_YEAR;
  for (const chunk of chunks) sums.mark(measure, slot, chunk.groups, bitsOf(bits, chunk), mask);
}

/** Codes that are shared out are rounded month by month. */
async function addSplits(work: Work, months: Months, slotOf: (month: number) => number): Promise<void> {
  const { columns, measure, bits, sums } = work;
  const chunks = work.chunks.filter(({ splits }) => splits.length > 0);
  if (chunks.length === 0) return;
  const ministries = [...new Set(chunks.map(({ ministry }) => ministry))];
  for (const month of months ?? [null]) {
    const slot = month === null ? 0 : slotOf(month);
    const read = byName(await columns.amounts(measure, month, ministries));
    for (const chunk of chunks) {
      const amounts = read.get(nameOf(chunk))?.amounts ?? new BigInt64Array();
      for (const { split, amount } of amountsOf(chunk.splits, bitsOf(bits, chunk), maskOf(month), amounts)) {
        let rest = amount;
        for (const { part, group } of split.parts) {
          const share = shareOf(amount, part);
          rest -= share;
          sums.addOne(measure, slot, group, share);
        }
        if (split.hasRest) sums.addOne(measure, slot, UNTAGGED, rest);
      }
    }
  }
}

/** The amounts of some codes of a chunk (in the order of their slots), out of those of all that have a bit of the mask. */
function* amountsOf(splits: readonly Split[], bits: Uint16Array, mask: number, amounts: BigInt64Array) {
  let slot = 0;
  let next = 0;
  for (const split of splits) {
    for (; slot < split.slot && slot < bits.length; slot++) if ((bits[slot] as number) & mask) next++;
    if (((bits[split.slot] ?? 0) & mask) !== 0) yield { split, amount: amounts[next] as bigint };
  }
}

function byName<Chunk extends ChunkName>(chunks: readonly Chunk[]): Map<string, Chunk> {
  return new Map(chunks.map((chunk) => [nameOf(chunk), chunk]));
}

function bitsOf(bits: ReadonlyMap<string, Uint16Array>, chunk: ChunkName): Uint16Array {
  return bits.get(nameOf(chunk)) ?? new Uint16Array();
}

function nameOf({ ministry, chunk }: ChunkName): string {
  return `${ministry} ${chunk}`;
}
