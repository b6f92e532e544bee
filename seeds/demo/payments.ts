/** What is paid in a fiscal year: payment orders on the budget lines, returns, corrections, and what has no budget. */

import { mulDivRound } from "../../src/money.ts";
import { apportion } from "./amounts.ts";
import { type BudgetLine, LARGE_LINE, type YearBudget } from "./budget.ts";
import { type Catalogue, REFOCUSING_YEAR } from "./catalogue.ts";
import { Random } from "./random.ts";
import type { Satker } from "./satkers.ts";

/** One line of a payment order, in rupiah; returns and corrections are negative. */
export interface Payment {
  satker: Satker;
  code: string;
  /** `YYYY-MM-DD`, a working day. */
  date: string;
  /** SP2D number: fiscal year 2, KPPN 3, serial 10. Given when all payments of the year are known. */
  document: string;
  amount: bigint;
  description: string;
  /** Returns, corrections and revenue are not corrected again. */
  plain: boolean;
}

const RUPIAH = 1000n;
const FULL = 10_000n;

/** In thousandths: part of the lines spent weakly, and part never spent at all. */
const WEAK_LINES = 35;
const UNSPENT_LINES = 9;

/** In hundred-thousandths of the lines: realization above budget, likeliest in salaries. */
const PAGU_MINUS = { salaries: 900, others: 60 };

/** Working days by month, so that no payment is dated on a weekend. */
export class WorkingDays {
  readonly #days: string[][];

  constructor(year: number) {
    this.#days = Array.from({ length: 12 }, (_, month) => {
      const days: string[] = [];
      for (let day = 1; day <= new Date(Date.UTC(year, month + 1, 0)).getUTCDate(); day++) {
        const weekday = new Date(Date.UTC(year, month, day)).getUTCDay();
        if (weekday === 0 || weekday === 6) continue;
        days.push(`${year}-${String(month + 1).padStart(2, "0")}-${String(day).padStart(2, "0")}`);
      }
      return days;
    });
  }

  /** A day of a month (0 … 11); December fills towards its end. */
  draw(month: number, random: Random): string {
    const days = this.#days[month] ?? [];
    const late = month === 11 && random.chance(600);
    return random.pick(late ? days.slice(Math.floor(days.length / 2)) : days);
  }
}

/** Absorption of a line in basis points of its revised budget. */
function absorption(year: number, line: BudgetLine, catalogue: Catalogue, random: Random): number {
  const rhythm = catalogue.rhythms.get(line.account.rhythm);
  if (!rhythm) throw new Error(`rhythm ${line.account.rhythm} is unknown`);
  const large = line.revised >= LARGE_LINE;
  const salaries = line.account.rhythm === "gaji";
  const overspent = salaries ? PAGU_MINUS.salaries : PAGU_MINUS.others;
  if (!large && random.between(1, 100_000) <= overspent) return random.between(10_050, 10_600);
  if (!large && !salaries && random.chance(UNSPENT_LINES)) return 0;
  if (!large && !salaries && random.chance(WEAK_LINES)) return random.between(4000, 8000);
  const usual = random.between(rhythm.absorption.low, rhythm.absorption.high);
  return year === REFOCUSING_YEAR && !salaries ? usual - 150 : usual;
}

/** How many payment orders a line takes in a year, by its size in thousands of rupiah. */
function paymentCount(revised: bigint, random: Random): number {
  if (revised < 50_000n) return random.between(2, 3);
  if (revised < 500_000n) return random.between(4, 6);
  if (revised < 5_000_000n) return random.between(5, 8);
  if (revised < 100_000_000n) return random.between(7, 11);
  return random.between(20, 32);
}

/**
 * Months of the payments of a line: drawn evenly along the cumulative weights, so that even few payments follow the
 * rhythm. In 2020 the spring is weaker.
 */
function drawMonths(year: number, count: number, weights: readonly number[], random: Random): number[] {
  const spring = year === REFOCUSING_YEAR ? [100, 100, 70, 50, 60] : [];
  const scaled = weights.map((weight, month) => weight * (spring[month] ?? 100));
  const total = scaled.reduce((sum, weight) => sum + weight, 0);
  const months: number[] = [];
  for (let payment = 0; payment < count; payment++) {
    const low = Math.floor((payment * total) / count);
    const high = Math.max(low, Math.floor(((payment + 1) * total) / count) - 1);
    let rest = random.between(low, high);
    let month = 0;
    while (rest >= (scaled[month] ?? total)) {
      rest -= scaled[month] ?? 0;
      month++;
    }
    months.push(month);
  }
  return months;
}

function describe(line: BudgetLine, random: Random): string {
  if (!random.chance(450)) return "";
  const name = line.output.name
    .replace(/\(.*?\) ?/g, "")
    .replaceAll(",", "")
    .trim();
  return `Pembayaran ${line.account.phrase} - ${name}`;
}

function linePayments(
  year: number,
  line: BudgetLine,
  catalogue: Catalogue,
  days: WorkingDays,
  seed: number,
): Payment[] {
  const random = new Random(seed, `payments ${year} ${line.code}`);
  const points = absorption(year, line, catalogue, random);
  const total = mulDivRound(line.revised * RUPIAH, BigInt(points), FULL);
  if (total === 0n) return [];
  const weights = catalogue.rhythms.get(line.account.rhythm)?.actual ?? [];
  const months = drawMonths(year, paymentCount(line.revised, random), weights, random);
  const parts = apportion(
    total,
    months.map(() => random.between(70, 130)),
  );
  return months.map((month, at) => ({
    satker: line.satker,
    code: line.code,
    date: days.draw(month, random),
    document: "",
    amount: parts[at] ?? 0n,
    description: describe(line, random),
    plain: true,
  }));
}

/** The month of a payment, 0 … 11. */
function monthIndex(payment: Payment): number {
  return Number(payment.date.slice(5, 7)) - 1;
}

/** In thousandths of the payments: money that comes back to the treasury later in the year. */
const RETURNS = 6;

function returns(year: number, payments: readonly Payment[], days: WorkingDays, seed: number): Payment[] {
  const random = new Random(seed, `returns ${year}`);
  const found: Payment[] = [];
  for (const payment of payments) {
    const month = monthIndex(payment);
    if (!random.chance(RETURNS) || month === 11) continue;
    found.push({
      ...payment,
      date: days.draw(random.between(month + 1, 11), random),
      amount: -mulDivRound(payment.amount, BigInt(random.between(50, 900)), FULL),
      description: "Pengembalian belanja tahun berjalan",
      plain: false,
    });
  }
  return found;
}

/** How many payments of a year are booked on a code that no budget has. */
const WITHOUT_BUDGET = 9;

/** Accounts that an office books on by mistake or before the revision arrives. */
const UNPLANNED_ACCOUNTS = ["521252", "522192", "524115", "523119"];

/** Moves a few small payments to an account that the satker has no budget for. */
function bookWithoutBudget(budget: YearBudget, payments: readonly Payment[], seed: number): void {
  const random = new Random(seed, `without budget ${budget.year}`);
  const codes = new Set(budget.lines.map((line) => line.code));
  const small = payments.filter((payment) => payment.amount < 80_000_000n && payment.code.slice(11, 13) === "52");
  for (let count = 0; count < WITHOUT_BUDGET; ) {
    const payment = random.pick(small);
    const code = `${payment.code.slice(0, 11)}${random.pick(UNPLANNED_ACCOUNTS)}${payment.code.slice(17)}`;
    if (codes.has(code) || payment.code.slice(11, 17) === code.slice(11, 17)) continue;
    payment.code = code;
    payment.plain = false;
    codes.add(code);
    count++;
  }
}

/** Revenue that passes through the same ledger; reports of expenditure must leave it out. */
const REVENUE_ACCOUNTS = [
  { account: "425131", text: "Penerimaan sewa tanah gedung dan bangunan" },
  { account: "425912", text: "Penerimaan kembali belanja barang tahun lalu" },
  { account: "425289", text: "Penerimaan jasa pengujian dan sertifikasi" },
];

/** One satker in so many receives revenue. */
const REVENUE_EVERY = 18;

/** Budget type of revenue lines. */
const REVENUE_TYPE = "7";

function revenue(budget: YearBudget, days: WorkingDays, seed: number): Payment[] {
  const found: Payment[] = [];
  const offices = new Map<string, BudgetLine>();
  for (const line of budget.lines) {
    if (line.account.account === "521111" && !offices.has(line.satker.code)) offices.set(line.satker.code, line);
  }
  let position = 0;
  for (const line of offices.values()) {
    if (position++ % REVENUE_EVERY !== 0) continue;
    const random = new Random(seed, `revenue ${budget.year} ${line.satker.code}`);
    const { account, text } = random.pick(REVENUE_ACCOUNTS);
    const segments = line.code.split(".").slice(0, 12);
    segments[2] = account;
    segments[9] = REVENUE_TYPE;
    for (let month = random.between(0, 2); month < 12; month += 3) {
      found.push({
        satker: line.satker,
        code: segments.join("."),
        date: days.draw(month, random),
        document: "",
        amount: BigInt(random.between(1_500_000, 64_000_000)),
        description: text,
        plain: false,
      });
    }
  }
  return found;
}

/** Numbers the payments in the order of their dates, per KPPN. */
function numberDocuments(budget: YearBudget, payments: Payment[], seed: number): void {
  const random = new Random(seed, `documents ${budget.year}`);
  const serials = new Map<string, number>();
  const ordered = payments.map((payment, at) => ({ payment, at }));
  ordered.sort((a, b) => (a.payment.date < b.payment.date ? -1 : a.payment.date > b.payment.date ? 1 : a.at - b.at));
  for (const { payment } of ordered) {
    const { kppn } = payment.satker;
    const serial = (serials.get(kppn) ?? 0) + random.between(1, 9);
    serials.set(kppn, serial);
    payment.document = `${String(budget.year).slice(2)}${kppn}${String(serial).padStart(10, "0")}`;
  }
}

/** How many payment orders of a year are corrected in the ledger, by a negative and a positive line of the same number. */
const CORRECTIONS = 28;

/** A payment booked on the wrong line moves to another line of the same satker: net zero, same SP2D number. */
function corrections(budget: YearBudget, payments: readonly Payment[], days: WorkingDays, seed: number): Payment[] {
  const random = new Random(seed, `corrections ${budget.year}`);
  const targets = new Map<string, BudgetLine[]>();
  for (const line of budget.lines) targets.set(line.satker.code, [...(targets.get(line.satker.code) ?? []), line]);
  const candidates = payments.filter((payment) => payment.plain && payment.date.slice(5, 7) < "11");
  const corrected = new Set<string>();
  const found: Payment[] = [];
  while (corrected.size < CORRECTIONS) {
    const payment = random.pick(candidates);
    const target = random
      .shuffle(targets.get(payment.satker.code) ?? [])
      .find((line) => line.code !== payment.code && line.revised * RUPIAH > payment.amount * 4n);
    if (!target || corrected.has(payment.document)) continue;
    corrected.add(payment.document);
    const date = days.draw(random.between(monthIndex(payment) + 1, 11), random);
    const description = `Koreksi SP2D ${payment.document}`;
    found.push({ ...payment, date, amount: -payment.amount, description, plain: false });
    found.push({ ...payment, code: target.code, date, description, plain: false });
  }
  return found;
}

/** All payments of a fiscal year, satker by satker and by date. */
export function buildPayments(budget: YearBudget, catalogue: Catalogue, seed: number): Payment[] {
  const days = new WorkingDays(budget.year);
  const payments = budget.lines.flatMap((line) => linePayments(budget.year, line, catalogue, days, seed));
  bookWithoutBudget(budget, payments, seed);
  const all = [...payments, ...returns(budget.year, payments, days, seed), ...revenue(budget, days, seed)];
  numberDocuments(budget, all, seed);
  all.push(...corrections(budget, payments, days, seed));
  const order = new Map<string, number>();
  for (const line of budget.lines) if (!order.has(line.satker.code)) order.set(line.satker.code, order.size);
  const place = (payment: Payment): number => order.get(payment.satker.code) ?? 0;
  return all
    .map((payment, at) => ({ payment, at }))
    .sort((a, b) => {
      if (place(a.payment) !== place(b.payment)) return place(a.payment) - place(b.payment);
      if (a.payment.date !== b.payment.date) return a.payment.date < b.payment.date ? -1 : 1;
      return a.at - b.at;
    })
    .map(({ payment }) => payment);
}
