import { formatMonth, formatNumber, type Translate } from "../i18n/index.ts";
import { monthsByYear, monthsOf } from "../periods.ts";
import { isNothing, sumOf } from "./figures.ts";
import type { MonthRow, PerformanceExecution } from "./types.ts";
import { nameOf, sayList, sayPercent, sayRupiah, sayWindow } from "./wording.ts";

/** What the numbers say, in sentences that are computed from them. The first is the one that counts most. */
export function findings(report: PerformanceExecution, t: Translate): string[] {
  const { whole } = report.total;
  if (isNothing(whole) && isNothing(report.needsRo)) {
    return [t("report.finding.nothing", { theme: nameOf(report.theme, t), period: sayWindow(report.window, t) })];
  }
  return [
    execution(report, t),
    annual(report, t),
    weighted(report, t),
    classes(report, t),
    ...ministries(report, t),
    ...months(report, t),
    satkers(report, t),
    ...districts(report, t),
    ...reservations(report, t),
  ];
}

function execution(report: PerformanceExecution, t: Translate): string {
  const { budget, realization } = report.total.whole;
  const params = {
    theme: nameOf(report.theme, t),
    period: sayWindow(report.window, t),
    realization: sayRupiah(realization, t),
    budget: sayRupiah(budget, t),
  };
  const absorption = sayPercent(realization, budget, t);
  if (absorption === null) return t("report.finding.execution-without-plan", params);
  const gap = realization - budget;
  return t(gap < 0n ? "report.finding.execution-below" : "report.finding.execution-above", {
    ...params,
    absorption,
    gap: sayRupiah(gap < 0n ? -gap : gap, t),
  });
}

function annual(report: PerformanceExecution, t: Translate): string {
  const { original, revised, blocked } = report.total.whole;
  const years = sayList([...monthsByYear(monthsOf(report.window)).keys()].map(String), t);
  const change = revised - original;
  const params = {
    years,
    original: sayRupiah(original, t),
    revised: sayRupiah(revised, t),
    blocked: sayRupiah(blocked, t),
    change: sayRupiah(change < 0n ? -change : change, t),
    percent: sayPercent(change < 0n ? -change : change, original, t) ?? t("report.not-computable"),
  };
  if (change === 0n) return t("report.finding.annual-same", params);
  return t(change < 0n ? "report.finding.annual-less" : "report.finding.annual-more", params);
}

function weighted({ total }: PerformanceExecution, t: Translate): string {
  return t("report.finding.weighted", {
    realization: sayRupiah(total.weighted.realization, t),
    percent: sayPercent(total.weighted.realization, total.whole.realization, t) ?? t("report.not-computable"),
    absorption: sayPercent(total.weighted.realization, total.weighted.budget, t) ?? t("report.not-computable"),
  });
}

function classes(report: PerformanceExecution, t: Translate): string {
  const total = report.total.whole.realization;
  const parts = report.classes.map((one) => {
    const rows = report.interventions.filter((row) => row.class.code === one.code);
    const realization = sumOf(rows.map(({ whole }) => whole.realization));
    return t("report.finding.class", {
      name: nameOf(one, t),
      amount: sayRupiah(realization, t),
      percent: sayPercent(realization, total, t) ?? t("report.not-computable"),
    });
  });
  return t("report.finding.classes", { list: sayList(parts, t) });
}

function ministries(report: PerformanceExecution, t: Translate): string[] {
  const total = report.total.whole.realization;
  const rows = report.ministries.filter(({ whole }) => !isNothing(whole));
  const sentences: string[] = [];
  const largest = [...rows].sort((a, b) => compare(b.whole.realization, a.whole.realization)).slice(0, 3);
  if (rows.length > 3 && total > 0n) {
    const sum = sumOf(largest.map(({ whole }) => whole.realization));
    sentences.push(
      t("report.finding.largest", {
        names: sayList(
          largest.map((row) => nameOf(row, t)),
          t,
        ),
        percent: sayPercent(sum, total, t) ?? "",
        count: rows.length,
      }),
    );
  }
  const gap = ({ whole }: (typeof rows)[number]): bigint => whole.realization - whole.budget;
  const sorted = [...rows].sort((a, b) => compare(gap(a), gap(b)));
  const [lowest, highest] = [sorted[0], sorted.at(-1)];
  if (lowest && gap(lowest) < 0n) {
    sentences.push(
      t("report.finding.shortfall", {
        name: nameOf(lowest, t),
        gap: sayRupiah(-gap(lowest), t),
        absorption: sayPercent(lowest.whole.realization, lowest.whole.budget, t) ?? t("report.not-computable"),
      }),
    );
  }
  const above = rows.filter((row) => gap(row) > 0n);
  if (highest && gap(highest) > 0n) {
    sentences.push(
      t("report.finding.above", { count: above.length, name: nameOf(highest, t), gap: sayRupiah(gap(highest), t) }),
    );
  }
  return sentences;
}

function months(report: PerformanceExecution, t: Translate): string[] {
  const total = report.total.whole.realization;
  const highest = [...report.months].sort((a, b) => compare(b.realization, a.realization))[0];
  if (!highest || total <= 0n || report.months.length < 2) return [];
  const sentences = [
    t("report.finding.peak", {
      month: formatMonth(highest.month, t.language),
      amount: sayRupiah(highest.realization, t),
      percent: sayPercent(highest.realization, total, t) ?? "",
    }),
  ];
  const widest = cumulativeGaps(report.months).sort((a, b) => compare(size(b.gap), size(a.gap)))[0];
  if (widest && widest.gap !== 0n) {
    sentences.push(
      t(widest.gap < 0n ? "report.finding.widest-below" : "report.finding.widest-above", {
        month: formatMonth(widest.month, t.language),
        gap: sayRupiah(size(widest.gap), t),
      }),
    );
  }
  return sentences;
}

function cumulativeGaps(rows: readonly MonthRow[]): { month: string; gap: bigint }[] {
  let gap = 0n;
  return rows.map(({ month, budget, realization }) => {
    gap += realization - budget;
    return { month, gap };
  });
}

function satkers(report: PerformanceExecution, t: Translate): string {
  const { ranked, withoutPlan } = report.ranking;
  const over = report.satkers.filter(({ figures }) => figures.budget > 0n && figures.realization > figures.budget);
  const low = report.satkers.filter(({ figures }) => figures.budget > 0n && figures.realization * 2n < figures.budget);
  return t("report.finding.satkers", {
    count: formatNumber(report.satkers.length, t.language),
    ranked: formatNumber(ranked, t.language),
    low: formatNumber(low.length, t.language),
    over: formatNumber(over.length, t.language),
    without: formatNumber(withoutPlan.length, t.language),
  });
}

function districts(report: PerformanceExecution, t: Translate): string[] {
  const total = report.total.whole.realization;
  const provincial = report.districts.filter(({ code }) => code.endsWith("00"));
  const amount = sumOf(provincial.map(({ figures }) => figures.realization));
  if (amount <= 0n || total <= 0n) return [];
  return [
    t("report.finding.provincial", { amount: sayRupiah(amount, t), percent: sayPercent(amount, total, t) ?? "" }),
  ];
}

function reservations(report: PerformanceExecution, t: Translate): string[] {
  const sentences: string[] = [];
  if (!isNothing(report.needsRo)) {
    sentences.push(
      t("report.finding.needs-ro", {
        realization: sayRupiah(report.needsRo.realization, t),
        budget: sayRupiah(report.needsRo.budget, t),
      }),
    );
  }
  if (report.twelfths !== 0n) {
    sentences.push(
      t("report.finding.twelfths", {
        amount: sayRupiah(report.twelfths, t),
        percent: sayPercent(report.twelfths, report.total.whole.budget, t) ?? t("report.not-computable"),
      }),
    );
  }
  const newest = report.dataAsOf?.slice(0, 7) ?? null;
  if (newest !== null && newest < report.window.to) {
    const [month, to] = [formatMonth(newest, t.language), formatMonth(report.window.to, t.language)];
    sentences.push(t("report.finding.incomplete", { month, to }));
  }
  return sentences;
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function size(value: bigint): bigint {
  return value < 0n ? -value : value;
}
