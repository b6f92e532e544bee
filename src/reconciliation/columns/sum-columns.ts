import { type Ministries, SAFE_MAGNITUDE, type YearColumns } from "../../ledger/index.ts";
import { type Month, monthOf, monthsByYear } from "../../periods.ts";
import { MEASURES } from "../measures.ts";
import type { Measures } from "../types.ts";
import { type GroupedChunk, type GroupedCodes, UNTAGGED } from "./group-codes.ts";
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
      const numbers = ANNUAL.includes(measure) ? [1] : months;
      const slotOf = (month: number) => (sum.byMonth ? sum.months.indexOf(monthOf(year, month)) : 0);
      await addGroups(work, sum.byMonth ? numbers.map((month) => [month, month]) : runsOf(numbers), slotOf);
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

type Run = readonly [from: number, to: number];

/** Months that follow each other, from first to last. */
export function runsOf(months: readonly number[]): Run[] {
  const runs: [number, number][] = [];
  for (const month of months) {
    const last = runs.at(-1);
    if (last && last[1] === month - 1) last[1] = month;
    else runs.push([month, month]);
  }
  return runs;
}

/** A run is the difference of two running columns, whatever its length. */
async function addGroups(work: Work, runs: readonly Run[], slotOf: (month: number) => number): Promise<void> {
  const { measure, chunks, bits, sums } = work;
  const read = new RunningColumns(work, work.ministries);
  for (const [from, to] of runs) {
    const running = await read.month(to);
    const before = from === 1 ? null : await read.month(from - 1);
    const mask = (2 ** to - 1) & ~(2 ** (from - 1) - 1);
    for (const chunk of chunks) {
      const name = nameOf(chunk);
      const own = running.get(name);
      if (!own) throw new Error(`${measure} ${to} of chunk ${name} is missing`);
      sums.add(measure, slotOf(from), chunk.groups, own, before?.get(name) ?? null);
      sums.mark(measure, slotOf(from), chunk.groups, bits.get(name) ?? new Uint16Array(), mask);
    }
  }
}

/** Codes that are shared out are rounded month by month. */
async function addSplits(work: Work, months: readonly number[], slotOf: (month: number) => number): Promise<void> {
  const { measure, bits, sums } = work;
  const chunks = work.chunks.filter(({ splits }) => splits.length > 0);
  if (chunks.length === 0) return;
  const read = new RunningColumns(work, [...new Set(chunks.map(({ ministry }) => ministry))]);
  for (const month of months) {
    const running = await read.month(month);
    const before = month === 1 ? null : await read.month(month - 1);
    for (const chunk of chunks) {
      const name = nameOf(chunk);
      for (const { slot, parts, hasRest } of chunk.splits) {
        if (((bits.get(name)?.[slot] ?? 0) & (1 << (month - 1))) === 0) continue;
        const amount = BigInt.asIntN(64, (running.get(name)?.[slot] ?? 0n) - (before?.get(name)?.[slot] ?? 0n));
        let rest = amount;
        for (const part of parts) {
          const share = shareOf(amount, part);
          rest -= share;
          sums.addOne(measure, slotOf(month), part.group, share);
        }
        if (hasRest) sums.addOne(measure, slotOf(month), UNTAGGED, rest);
      }
    }
  }
}

/** Running columns of a measure by chunk; the last two that were read are kept. */
class RunningColumns {
  readonly #work: Work;
  readonly #ministries: Ministries;
  readonly #read = new Map<number, Map<string, BigInt64Array>>();

  constructor(work: Work, ministries: Ministries) {
    this.#work = work;
    this.#ministries = ministries;
  }

  async month(month: number): Promise<Map<string, BigInt64Array>> {
    const known = this.#read.get(month);
    if (known) return known;
    const chunks = await this.#work.columns.running(this.#work.measure, month, this.#ministries);
    const column = new Map(chunks.map((chunk) => [nameOf(chunk), chunk.running]));
    const [oldest] = this.#read.keys();
    if (oldest !== undefined && this.#read.size >= 2) this.#read.delete(oldest);
    this.#read.set(month, column);
    return column;
  }
}

function nameOf({ ministry, chunk }: { ministry: string; chunk: number }): string {
  return `${ministry} ${chunk}`;
}
