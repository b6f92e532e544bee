/** The budget of one fiscal year: lines in printed codes, their revisions, blocked amounts and monthly plans. */

import { mulDivRound } from "../../src/money.ts";
import { apportion, percentOf, sum } from "./amounts.ts";
import { type AccountShare, type Catalogue, type Output, REFOCUSING_YEAR, type Rhythm } from "./catalogue.ts";
import { lineDrafts } from "./lines.ts";
import { Random } from "./random.ts";
import type { ReferenceLists } from "./references.ts";
import type { Satker } from "./satkers.ts";
import { TaggedNodes, type Touch } from "./tags.ts";

/** Amounts of this file are in thousands of rupiah until they are written: a DIPA has no smaller unit. */
const RUPIAH = 1000n;

/** One budget line of a satker and year; amounts in thousands of rupiah. */
export interface BudgetLine {
  code: string;
  satker: Satker;
  output: Output;
  account: AccountShare;
  touch: Touch;
  /** Zero: the line came with a revision. */
  original: bigint;
  /** Zero: a revision took everything. */
  revised: bigint;
}

export interface Revision {
  number: number;
  date: string;
}

export interface YearBudget {
  year: number;
  lines: BudgetLine[];
  /** Revisions by satker code, number 0 first. */
  revisions: Map<string, Revision[]>;
}

/**
 * Tagged totals of a year in billions of rupiah, whole outputs after the last revision: of the size that was published
 * (2019 about 29 trillion, 2020 27.5, 2021 35, 2022 34.1), not the published figures. 2018 is a plausible guess.
 */
const TAGGED_REVISED: ReadonlyMap<number, bigint> = new Map([
  [2018, 23_614n],
  [2019, 29_036n],
  [2020, 27_481n],
  [2021, 34_927n],
  [2022, 34_148n],
]);

/** The tagged total of 2020 before refocusing, in billions of rupiah; about 39.8 trillion was published. */
const TAGGED_ORIGINAL_2020 = 39_817n;

const BILLION = 1_000_000n;

/** Single lines from here on (100 billion) move little and never fail. */
export const LARGE_LINE = 100_000_000n;

/** The revisions of a satker in a year; in the refocusing year every satker has at least one. */
function drawRevisions(year: number, satker: Satker, seed: number): Revision[] {
  const random = new Random(seed, `revisions ${year} ${satker.code}`);
  const dates: string[] = [];
  const date = (firstMonth: number, lastMonth: number): string =>
    `${year}-${String(random.between(firstMonth, lastMonth)).padStart(2, "0")}-${String(random.between(6, 28)).padStart(2, "0")}`;
  if (year === REFOCUSING_YEAR) {
    dates.push(date(4, 4));
    if (random.chance(300)) dates.push(date(7, 7));
    if (random.chance(60)) dates.push(date(10, 11));
  } else if (random.chance(320)) {
    dates.push(date(2, 6));
    if (random.chance(250)) dates.push(date(8, 11));
  }
  const original = `${year - 1}-12-${String(random.between(3, 14)).padStart(2, "0")}`;
  return [original, ...dates].map((text, number) => ({ number, date: text }));
}

/** Moves original amounts of revised satkers away from the revised ones; some lines come or go with the revision. */
function drawOriginals(year: number, lines: readonly BudgetLine[], revisions: Map<string, Revision[]>, seed: number) {
  for (const line of lines) {
    if (year === REFOCUSING_YEAR) continue;
    line.original = line.revised;
    if ((revisions.get(line.satker.code) ?? []).length < 2) continue;
    const random = new Random(seed, `original ${year} ${line.code}`);
    const large = line.revised >= LARGE_LINE;
    if (!large && random.chance(12)) line.original = 0n;
    else if (!large && random.chance(8)) line.revised = 0n;
    else line.original = percentOf(line.revised, 100 + (large ? random.between(-2, 3) : random.between(-14, 12)));
  }
}

/** Scales what the theme touches to the tagged totals of the year. */
function scaleTagged(year: number, lines: readonly BudgetLine[]): void {
  const touched = lines.filter((line) => line.touch === "tagged");
  const total = TAGGED_REVISED.get(year);
  if (total === undefined) throw new Error(`no tagged total for ${year}`);
  const given = sum(touched.map((line) => line.revised));
  const wanted = total * BILLION;
  const givenBefore = year === REFOCUSING_YEAR ? sum(touched.map((line) => line.original)) : given;
  const wantedBefore = year === REFOCUSING_YEAR ? TAGGED_ORIGINAL_2020 * BILLION : wanted;
  for (const line of touched) {
    line.revised = mulDivRound(line.revised, wanted, given);
    line.original = mulDivRound(line.original, wantedBefore, givenBefore);
  }
}

/** Builds the budget of a fiscal year, with tagged totals of the size published. */
export function buildBudget(
  year: number,
  catalogue: Catalogue,
  satkers: readonly Satker[],
  references: ReferenceLists,
  seed: number,
): YearBudget {
  const tagged = new TaggedNodes(year, catalogue.outputs);
  const lines = lineDrafts(year, catalogue, satkers, references, seed).map((draft) => ({
    code: draft.code,
    satker: draft.satker,
    output: draft.output,
    account: draft.account,
    touch: tagged.touch(draft.activity, draft.outputPart, draft.ro, draft.component),
    original: draft.original,
    revised: draft.revised,
  }));
  const revisions = new Map(satkers.map((satker) => [satker.code, drawRevisions(year, satker, seed)]));
  drawOriginals(year, lines, revisions, seed);
  scaleTagged(year, lines);
  return { year, lines, revisions };
}

/** What a line holds at a revision, in thousands of rupiah: the way from original to revised in even steps. */
function amountAt(line: BudgetLine, revision: number, last: number): bigint {
  if (revision === last) return line.revised;
  return line.original + mulDivRound(line.revised - line.original, BigInt(revision), BigInt(last));
}

/** In how many of a thousand lines part of the amount is blocked. */
function blockedChance(year: number, revision: number, last: number): number {
  if (revision === last && last > 0) return 15;
  return year === REFOCUSING_YEAR && revision > 0 ? 100 : 40;
}

function blockedPart(
  year: number,
  line: BudgetLine,
  revision: number,
  last: number,
  amount: bigint,
  seed: number,
): bigint {
  const random = new Random(seed, `blocked ${year} ${line.code} ${revision}`);
  return random.chance(blockedChance(year, revision, last)) ? percentOf(amount, random.between(5, 20)) : 0n;
}

/** Twelve cells that add up to the amount; about 7 % of the lines have no plan at all. */
function planCells(year: number, line: BudgetLine, amount: bigint, rhythm: Rhythm, seed: number): string {
  const random = new Random(seed, `plan ${year} ${line.code}`);
  if (random.chance(70)) return ",".repeat(11);
  const weights = rhythm.planned.map((weight) => weight * random.between(80, 120));
  return apportion(amount, weights)
    .map((part) => part * RUPIAH)
    .join(",");
}

export const BUDGET_HEADER = `code,fiscal_year,revision,revision_date,amount,blocked,${Array.from(
  { length: 12 },
  (_, month) => `plan_${String(month + 1).padStart(2, "0")}`,
).join(",")}`;

/**
 * Rows of the layout `budget`: the original DIPA, or all later revisions. A revision restates the satker whole, with
 * the lines it emptied as zero.
 */
export function* budgetRows(budget: YearBudget, wave: "original" | "revised", catalogue: Catalogue, seed: number) {
  const bySatker = new Map<string, BudgetLine[]>();
  for (const line of budget.lines) {
    const lines = bySatker.get(line.satker.code);
    if (lines) lines.push(line);
    else bySatker.set(line.satker.code, [line]);
  }
  for (const [satker, lines] of bySatker) {
    const revisions = budget.revisions.get(satker) ?? [];
    const last = revisions.length - 1;
    for (const { number, date } of revisions) {
      if ((number === 0) !== (wave === "original")) continue;
      for (const line of lines) {
        const amount = amountAt(line, number, last);
        if (amount === 0n && line.original === 0n) continue;
        const blocked = blockedPart(budget.year, line, number, last, amount, seed);
        const rhythm = catalogue.rhythms.get(line.account.rhythm);
        if (!rhythm) throw new Error(`rhythm ${line.account.rhythm} is unknown`);
        const plan = planCells(budget.year, line, amount, rhythm, seed);
        yield `${line.code},${budget.year},${number},${date},${amount * RUPIAH},${blocked * RUPIAH},${plan}`;
      }
    }
  }
}
