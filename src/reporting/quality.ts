import type { Translate } from "../i18n/index.ts";
import { FULL_SHARE } from "../money.ts";
import { monthsOf } from "../periods.ts";
import { sumOf } from "./figures.ts";
import { type KeyedSums, linesBy, type SumKey } from "./line-sums.ts";
import { type Basis, QA_RULES, type QaRuleId } from "./quality-rules.ts";
import { wronglyRanked } from "./ranking.ts";
import { MEASURES, type Measure, type PerformanceExecution, type QualityCheck, type SheetKey } from "./types.ts";

/** The measures that sheets print on the further-analysis basis. */
export const WEIGHTED_MEASURES = ["revised", "budget", "realization"] as const satisfies readonly Measure[];

/** Sheets whose rows add up to the total of the theme. */
const SUMMED = ["ministries", "interventions", "districts", "months", "satkers"] as const;

interface Place {
  sheet?: SheetKey;
  measure?: Measure;
  basis?: Basis;
}

/**
 * The quality checks of a report (brief §6): every sheet ties to every other, to the lines and to the ledger; nothing
 * is counted twice; what the reader must know is noted. Expected and found are computed along different ways.
 */
export function checkQuality(report: PerformanceExecution, t: Translate): QualityCheck[] {
  const checks: QualityCheck[] = [];
  const add = (id: QaRuleId, expected: bigint, found: bigint, place: Place = {}): void => {
    checks.push(check(id, expected, found, place, t));
  };
  const lines = linesBy(report);
  ledger(report, add);
  sheetTotals(report, add);
  lineTotals(report, lines, add);
  rowByRow(report, lines, add);
  leftovers(report, lines, add);
  lineFacts(report, add);
  tagFacts(report, add);
  orderAndNotes(report, add);
  return checks;
}

type Add = (id: QaRuleId, expected: bigint, found: bigint, place?: Place) => void;

function check(id: QaRuleId, expected: bigint, found: bigint, place: Place, t: Translate): QualityCheck {
  const { sheet = null, measure = null, basis = "whole" } = place;
  const difference = found - expected;
  return {
    id,
    sheet,
    measure,
    basis,
    what: t(`report.qa.${id}.what`, {
      sheet: sheet ? t(`report.sheet.${sheet}`) : "",
      measure: measure ? t(`report.column.${measure}`) : "",
      basis: t(`report.basis.${basis}`),
    }),
    expected,
    found,
    difference,
    status: difference === 0n ? "passed" : QA_RULES[id],
  };
}

/** What a sheet shows per measure and basis; null where the sheet does not show it. */
function rowsOf(
  report: PerformanceExecution,
  sheet: SumKey,
  measure: Measure,
  basis: Basis,
): Map<string, bigint> | null {
  const weighted = (WEIGHTED_MEASURES as readonly Measure[]).includes(measure);
  if (basis === "weighted" && (!weighted || (sheet !== "ministries" && sheet !== "interventions"))) return null;
  switch (sheet) {
    case "ministries":
      return new Map(report.ministries.map((row) => [row.code, row[basis][measure]]));
    case "interventions":
      return new Map(report.interventions.map((row) => [row.code, row[basis][measure]]));
    case "districts":
      return new Map(report.districts.map((row) => [row.code, row.figures[measure]]));
    case "satkers":
      return new Map(report.satkers.map((row) => [row.code, row.figures[measure]]));
    case "months":
      if (measure !== "budget" && measure !== "realization") return null;
      return new Map(report.months.map((row) => [row.month, row[measure]]));
  }
}

function eachSheet(
  report: PerformanceExecution,
  visit: (sheet: SumKey, measure: Measure, basis: Basis, rows: Map<string, bigint>) => void,
): void {
  for (const basis of ["whole", "weighted"] as const) {
    for (const sheet of SUMMED) {
      for (const measure of MEASURES) {
        const rows = rowsOf(report, sheet, measure, basis);
        if (rows) visit(sheet, measure, basis, rows);
      }
    }
  }
}

function ledger({ ledger: all, ministries, needsRo, untagged }: PerformanceExecution, add: Add): void {
  for (const measure of MEASURES) {
    const tagged = sumOf(ministries.map(({ whole }) => whole[measure]));
    add("QA-001", all[measure], tagged + needsRo[measure] + untagged[measure], { sheet: "summary", measure });
  }
}

function sheetTotals(report: PerformanceExecution, add: Add): void {
  eachSheet(report, (sheet, measure, basis, rows) => {
    add("QA-002", report.total[basis][measure], sumOf(rows.values()), { sheet, measure, basis });
  });
}

function lineTotals(report: PerformanceExecution, lines: KeyedSums, add: Add): void {
  for (const basis of ["whole", "weighted"] as const) {
    for (const measure of MEASURES) {
      add("QA-003", report.total[basis][measure], lines.total(measure, basis), { sheet: "data", measure, basis });
    }
  }
}

function rowByRow(report: PerformanceExecution, lines: KeyedSums, add: Add): void {
  eachSheet(report, (sheet, measure, basis, rows) => {
    const distances = [...rows].map(([key, shown]) => size(shown - lines.sum(sheet, key, measure, basis)));
    add("QA-004", 0n, sumOf(distances), { sheet, measure, basis });
  });
}

function leftovers(report: PerformanceExecution, lines: KeyedSums, add: Add): void {
  for (const measure of MEASURES) {
    add("QA-005", report.needsRo[measure], lines.needsRo(measure), { sheet: "data", measure });
  }
  add("QA-006", 0n, report.residual.whole, { basis: "whole" });
  add("QA-006", 0n, report.residual.weighted, { basis: "weighted" });
}

function lineFacts(report: PerformanceExecution, add: Add): void {
  const seen = new Set(report.lines.map((line) => `${line.extract} ${line.row} ${line.placement}`));
  add("QA-007", BigInt(report.lines.length), BigInt(seen.size), { sheet: "data" });
  const months = new Set(monthsOf(report.window));
  const outside = report.lines.filter((line) => line.kind === "realization" && !months.has(line.date.slice(0, 7)));
  add("QA-008", 0n, BigInt(outside.length), { sheet: "data" });
  const other = report.lines.filter((line) => !/^[56]/.test(report.codes[line.code]?.account.code ?? ""));
  add("QA-009", 0n, BigInt(other.length), { sheet: "data" });
}

function tagFacts(report: PerformanceExecution, add: Add): void {
  add("QA-010", 0n, BigInt(overShared(report)), { sheet: "tags" });
  add("QA-011", 0n, BigInt(report.tags.filter(({ agreement }) => !agreement).length), { sheet: "tags" });
}

/** Nodes whose agreed shares of one year add up to more than all of it. */
function overShared({ tags }: PerformanceExecution): number {
  const shares = new Map<string, number>();
  for (const { node, share, fiscalYearFrom, fiscalYearTo } of tags) {
    for (let year = fiscalYearFrom; year <= fiscalYearTo; year++) {
      shares.set(`${node} ${year}`, (shares.get(`${node} ${year}`) ?? 0) + share);
    }
  }
  return [...shares.values()].filter((share) => share > FULL_SHARE).length;
}

function orderAndNotes(report: PerformanceExecution, add: Add): void {
  for (const measure of ["budget", "realization"] as const) {
    add("QA-012", report.total.whole[measure], sumOf(report.months.map((row) => row[measure])), {
      sheet: "months",
      measure,
    });
  }
  const { ranking, satkers } = report;
  add("QA-013", 0n, BigInt(wronglyRanked(ranking, satkers).length), { sheet: "ranking" });
  const over = satkers.filter(({ figures }) => figures.budget > 0n && figures.realization > figures.budget);
  add("QA-101", 0n, BigInt(over.length), { sheet: "satkers" });
  add("QA-102", 0n, BigInt(ranking.withoutPlan.length), { sheet: "satkers" });
  add("QA-103", 0n, report.twelfths, { sheet: "months", measure: "budget" });
  add("QA-104", 0n, report.needsRo.realization, { sheet: "summary", measure: "realization" });
  const unnamed = report.codeLists.flatMap(({ entries }) => entries.filter(({ name }) => name === null));
  add("QA-105", 0n, BigInt(unnamed.length), { sheet: "codes" });
  const newest = report.dataAsOf?.slice(0, 7) ?? "";
  add("QA-106", 0n, BigInt(monthsOf(report.window).filter((month) => month > newest).length), { sheet: "months" });
}

function size(value: bigint): bigint {
  return value < 0n ? -value : value;
}
