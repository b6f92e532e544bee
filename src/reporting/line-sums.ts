import type { Basis } from "./quality-rules.ts";
import type { Measure, PerformanceExecution, ReportLine } from "./types.ts";

/** Sheets whose rows can be added up again from the lines. */
export type SumKey = "ministries" | "interventions" | "districts" | "months" | "satkers";

/** The lines of a report added up again, without knowing what its sheets say. */
export interface KeyedSums {
  total: (measure: Measure, basis: Basis) => bigint;
  needsRo: (measure: Measure) => bigint;
  sum: (sheet: SumKey, key: string, measure: Measure, basis: Basis) => bigint;
}

/** Adds the lines up by ministry, intervention, location, month and satker. */
export function linesBy(report: PerformanceExecution): KeyedSums {
  const sums = new Map<string, bigint>();
  const add = (key: string, amount: bigint | null): void => {
    if (amount !== null && amount !== 0n) sums.set(key, (sums.get(key) ?? 0n) + amount);
  };
  for (const line of report.lines) {
    const code = report.codes[line.code];
    const placement = line.placement === null ? null : report.placements[line.placement];
    const keys = placement
      ? [
          "total",
          `ministries ${code?.ministry.code}`,
          `interventions ${placement?.intervention.code}`,
          `districts ${code?.location.code}`,
          `satkers ${code?.satker.code}`,
        ]
      : ["needs-ro"];
    for (const [measure, whole, weighted] of amountsOf(line)) {
      for (const key of keys) {
        add(`${key} ${measure} whole`, whole);
        add(`${key} ${measure} weighted`, weighted);
      }
    }
    if (placement) addMonths(report, line, add);
  }
  const get = (key: string): bigint => sums.get(key) ?? 0n;
  return {
    total: (measure, basis) => get(`total ${measure} ${basis}`),
    needsRo: (measure) => get(`needs-ro ${measure} whole`),
    sum: (sheet, key, measure, basis) => get(`${sheet} ${key} ${measure} ${basis}`),
  };
}

/** Measures of a line on both bases. */
export function amountsOf(line: ReportLine): [Measure, bigint | null, bigint | null][] {
  if (line.kind === "realization") return [["realization", line.whole, line.weighted]];
  const { whole, weighted } = line;
  return (["original", "revised", "blocked", "budget"] as const).map((measure) => [
    measure,
    whole[measure],
    weighted?.[measure] ?? null,
  ]);
}

function addMonths(
  report: PerformanceExecution,
  line: ReportLine,
  add: (key: string, amount: bigint | null) => void,
): void {
  if (line.kind === "realization") {
    add(`months ${line.date.slice(0, 7)} realization whole`, line.whole);
    return;
  }
  line.plan.forEach((amount, index) => {
    add(`months ${report.months[index]?.month} budget whole`, amount);
  });
}
