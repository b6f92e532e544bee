import { describe, expect, it } from "vitest";
import { translator } from "../../src/i18n/index.ts";
import { checkQuality } from "../../src/reporting/quality.ts";
import { QA_RULES, type QaRuleId } from "../../src/reporting/quality-rules.ts";
import type {
  Figures,
  PerformanceExecution,
  QualityCheck,
  RankedSatker,
  ReportLine,
  ReportTag,
} from "../../src/reporting/types.ts";
import { budget, CODES, payment, sampleReport } from "../reports/sample.ts";

const t = translator("id");

function check(report: PerformanceExecution, id: QaRuleId): QualityCheck[] {
  return checkQuality(report, t).filter((one) => one.id === id);
}

/** Statuses of a rule that are not `passed`. */
function complaints(report: PerformanceExecution, id: QaRuleId): string[] {
  return check(report, id).flatMap(({ status }) => (status === "passed" ? [] : [status]));
}

const plus = (figures: Figures, change: Partial<Figures>): Figures => ({ ...figures, ...change });
const first = <T>(items: readonly T[]): T => {
  const [item] = items;
  if (item === undefined) throw new Error("nothing there");
  return item;
};

const clean = sampleReport();
const line = (change: Partial<ReportLine>): ReportLine[] =>
  clean.lines.map((one, index) => (index === 0 ? ({ ...one, ...change } as ReportLine) : one));

const renumbered = (satker: RankedSatker, index: number): RankedSatker => ({ ...satker, rank: index + 1 });

/** For every rule a report that breaks it, by as little as possible. */
const BROKEN: Record<QaRuleId, PerformanceExecution> = {
  "QA-001": sampleReport({ ledger: plus(clean.ledger, { blocked: clean.ledger.blocked + 1n }) }),
  "QA-002": sampleReport({ districts: clean.districts.slice(1) }),
  "QA-003": sampleReport({ lines: line({ whole: 1_000_000_007n + 1n } as Partial<ReportLine>) }),
  "QA-004": sampleReport({
    // Two errors that cancel out in the total.
    ministries: clean.ministries.map((row, index) => ({
      ...row,
      whole: plus(row.whole, { realization: row.whole.realization + (index === 0 ? 1n : -1n) }),
    })),
  }),
  "QA-005": sampleReport({ needsRo: plus(clean.needsRo, { budget: clean.needsRo.budget - 1n }) }),
  "QA-006": sampleReport({ residual: { whole: 0n, weighted: 1n } }),
  "QA-007": sampleReport({ lines: [...clean.lines, first(clean.lines)] }),
  "QA-008": sampleReport({}, [payment(2, 1, "2020-04-01", 1n)], []),
  "QA-009": sampleReport({
    codes: CODES.map((code, index) => (index === 0 ? { ...code, account: { code: "425811", name: null } } : code)),
  }),
  "QA-010": sampleReport({ tags: [...clean.tags, { ...first(clean.tags), share: 2001 }] }),
  "QA-011": sampleReport({ tags: clean.tags.map((tag): ReportTag => ({ ...tag, agreement: null })) }),
  "QA-012": sampleReport({ months: clean.months.slice(0, 11) }, undefined, [budget(2, 1, 2020, 1200n)]),
  "QA-013": sampleReport({
    ranking: { ...clean.ranking, highestAbsorption: [...clean.ranking.highestAbsorption].reverse().map(renumbered) },
  }),
  "QA-101": sampleReport({}, [payment(2, 1, "2019-05-05", 9001n)], [budget(2, 1, 2019, 12_000n)]),
  "QA-102": clean,
  "QA-103": clean,
  "QA-104": clean,
  "QA-105": clean,
  "QA-106": sampleReport({ dataAsOf: "2020-02-29" }),
};

/** For every rule a report that keeps it, at the boundary where there is one. */
const KEPT: Partial<Record<QaRuleId, PerformanceExecution>> = {
  "QA-008": sampleReport({}, [payment(2, 1, "2019-04-01", 1n), payment(3, 1, "2020-03-31", 1n)], []),
  "QA-010": sampleReport({ tags: [...clean.tags, { ...first(clean.tags), share: 2000 }] }),
  "QA-101": sampleReport({}, [payment(2, 1, "2019-05-05", 9000n)], [budget(2, 1, 2019, 12_000n)]),
  "QA-102": sampleReport({}, [payment(2, 1, "2019-05-05", 9000n)], [budget(2, 1, 2019, 12_000n)]),
  "QA-103": sampleReport({}, undefined, [budget(2, 1, 2019, 12_000n)]),
  "QA-104": sampleReport({}, [payment(2, 1, "2019-05-05", 1n)], []),
  "QA-105": sampleReport({ codeLists: [{ list: "satkers", entries: [{ code: "400001", name: "A" }] }] }),
  "QA-106": sampleReport({ dataAsOf: "2020-03-01" }),
};

describe("quality checks", () => {
  const ids = Object.keys(QA_RULES) as QaRuleId[];

  it.each(ids)("%s finds what it is for", (id) => {
    expect(new Set(complaints(BROKEN[id], id))).toEqual(new Set([QA_RULES[id]]));
  });

  it.each(ids)("%s is content with a sound report, and at its boundary", (id) => {
    const checks = check(KEPT[id] ?? clean, id);
    expect(checks.length).toBeGreaterThan(0);
    expect(checks.map(({ status }) => status)).toEqual(checks.map(() => "passed"));
  });

  it("states expected, found and difference, to the rupiah", () => {
    expect(
      check(BROKEN["QA-006"], "QA-006").map(({ expected, found, difference }) => [expected, found, difference]),
    ).toEqual([
      [0n, 0n, 0n],
      [0n, 1n, 1n],
    ]);
    expect(first(check(clean, "QA-104")).found).toBe(77_000_000n);
    expect(first(check(clean, "QA-103")).found).toBe(500_000_000n);
    expect(first(check(BROKEN["QA-106"], "QA-106")).found).toBe(1n);
  });

  it("does not let errors cancel out: rows are compared one by one", () => {
    const broken = BROKEN["QA-004"];
    expect(complaints(broken, "QA-002")).toEqual([]);
    const found = check(broken, "QA-004").filter(({ status }) => status === "failed");
    expect(found.map(({ sheet, measure, found: distance }) => [sheet, measure, distance])).toEqual([
      ["ministries", "realization", 2n],
    ]);
  });

  it("checks every sheet on every measure that it shows", () => {
    const places = check(clean, "QA-002").map(({ sheet, measure, basis }) => `${sheet} ${measure} ${basis}`);
    expect(places).toHaveLength(4 * 5 + 2 + 2 * 3);
    expect(new Set(places).size).toBe(places.length);
  });

  it.each(["id", "en"] as const)("names what is checked and the cure in %s", (language) => {
    const texts = checkQuality(clean, translator(language)).map(({ what }) => what);
    for (const text of texts) expect(text).not.toMatch(/[{}]|undefined/);
    expect(new Set(texts).size).toBe(texts.length);
  });
});
