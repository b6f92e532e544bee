import { fiscalYearOf, monthNumber } from "../../src/periods.ts";
import type { Measure, QualityCheck } from "../../src/reporting/types.ts";
import { literal } from "../cells.ts";
import type { CodeRefs } from "./codes.ts";
import type { Context, SummaryRefs, TableRefs } from "./context.ts";
import { DATA_COLUMNS, dataSum, overParts, planSum } from "./data.ts";
import type { MonthRefs } from "./months.ts";
import type { RankingRefs } from "./ranking.ts";
import type { TagRefs } from "./tags.ts";

/** Where everything stands that a check compares. */
export interface QualityRefs {
  summary: SummaryRefs;
  ministries: TableRefs;
  interventions: TableRefs;
  districts: TableRefs;
  months: MonthRefs;
  satkers: TableRefs;
  ranking: RankingRefs;
  tags: TagRefs;
  codes: CodeRefs;
}

/** Formulas of a check; null where the value is the program's own finding. */
export interface CheckFormulas {
  expected: string | null;
  found: string | null;
}

type SummedSheet = "ministries" | "interventions" | "districts" | "months" | "satkers";

/** The live form of a check. */
export function formulasOf(context: Context, refs: QualityRefs, check: QualityCheck): CheckFormulas {
  const { data } = context;
  const measure = check.measure ?? "realization";
  const { summary, months } = refs;
  const only = (found: string | null): CheckFormulas => ({ expected: null, found });
  switch (check.id) {
    case "QA-001":
      return only(summary.ledger[measure]);
    case "QA-002":
      return only(totalCell(refs[check.sheet as SummedSheet], measure, check.basis));
    case "QA-003":
      return {
        expected: check.basis === "whole" ? summary.tagged[measure] : weightedTotal(summary, measure),
        found: dataSum(data, measure, check.basis, [[DATA_COLUMNS.status, literal(data.tagged)]]),
      };
    case "QA-004":
      return only(rowDistances(context, refs[check.sheet as SummedSheet], check.sheet as SummedSheet, check));
    case "QA-005":
      return {
        expected: summary.needsRo[measure],
        found: dataSum(data, measure, "whole", [[DATA_COLUMNS.status, literal(data.needsRo)]]),
      };
    case "QA-007":
      return { expected: lineCount(context), found: null };
    case "QA-008":
      return only(outsideWindow(context));
    case "QA-009":
      return only(otherAccounts(context));
    case "QA-011":
      return only(context.report.tags.length === 0 ? null : blanks(refs.tags));
    case "QA-012":
      return { expected: summary.tagged[measure], found: months.cumulative[measure as "budget" | "realization"] };
    case "QA-013":
      return only(disorder(refs.ranking));
    case "QA-101":
      return only(countSatkers(refs.satkers, "over"));
    case "QA-102":
      return only(countSatkers(refs.satkers, "without-plan"));
    case "QA-103":
      return only(months.twelfths);
    case "QA-104":
      return only(summary.needsRo.realization);
    case "QA-105":
      return only(unnamed(context, refs.codes));
    default:
      return only(null);
  }
}

/** The annual weighted figures of the summary are sums of the lines themselves: there the program's figure is expected. */
function weightedTotal(summary: SummaryRefs, measure: Measure): string | null {
  return measure === "original" || measure === "blocked" ? null : summary.weighted[measure];
}

function totalCell(table: TableRefs, measure: Measure, basis: "whole" | "weighted"): string | null {
  const column = table.columns[basis][measure];
  return column === undefined ? null : table.sheet.at(column, table.totalRow);
}

/** Distances between every row of a sheet and the lines it stands for, added up. Subtotal rows carry no number. */
function rowDistances({ data, report }: Context, table: TableRefs, key: SummedSheet, check: QualityCheck): string {
  const measure = check.measure ?? "realization";
  const { sheet, first, last } = table;
  const shown = sheet.span(table.columns[check.basis][measure] ?? 0, first, last);
  const numbered = sheet.span(1, first, last);
  if (key === "months" && measure === "budget") {
    const column = table.columns.whole.budget ?? 0;
    return report.months.map((_, index) => `ABS(${planSum(data, index)}-${sheet.at(column, first + index)})`).join("+");
  }
  const dimension = key === "months" ? DATA_COLUMNS.month : DATA_COLUMNS[key];
  const sums = dataSum(data, measure, check.basis, [
    [dimension, sheet.span(table.key, first, last)],
    [DATA_COLUMNS.status, literal(data.tagged)],
  ]);
  return `SUMPRODUCT(ISNUMBER(${numbered})*ABS(${sums}-${shown}))`;
}

function lineCount({ data }: Context): string {
  return overParts(data, ({ sheet, first, last }) => `COUNT(${sheet.span(DATA_COLUMNS.number, first, last)})`);
}

function outsideWindow({ data, report }: Context): string {
  const { from, to } = report.window;
  const start = `DATE(${fiscalYearOf(from)},${monthNumber(from)},1)`;
  const end = `DATE(${fiscalYearOf(to)},${monthNumber(to)}+1,1)`;
  return overParts(data, ({ sheet, first, last }) => {
    const kind = `${sheet.span(DATA_COLUMNS.kind, first, last)},${literal(data.payment)}`;
    const date = sheet.span(DATA_COLUMNS.date, first, last);
    return `COUNTIFS(${kind},${date},"<"&${start})+COUNTIFS(${kind},${date},">="&${end})`;
  });
}

function otherAccounts({ data, report }: Context): string | null {
  if (report.lines.length === 0) return null;
  return overParts(data, ({ sheet, first, last }) => {
    const account = `LEFT(${sheet.span(DATA_COLUMNS.account, first, last)},1)`;
    return `SUMPRODUCT((${account}<>"5")*(${account}<>"6"))`;
  });
}

function blanks({ sheet, first, last, agreement }: TagRefs): string {
  return `COUNTBLANK(${sheet.span(agreement, first, last)})`;
}

/** Places where a rank is smaller than the one above it. */
function disorder({ ranks }: RankingRefs): string | null {
  const lists = ranks.filter(({ first, last }) => last > first);
  if (lists.length === 0) return null;
  return lists
    .map(
      ({ sheet, first, last }) => `SUMPRODUCT(--(${sheet.span(1, first, last - 1)}>${sheet.span(1, first + 1, last)}))`,
    )
    .join("+");
}

function countSatkers({ sheet, first, last, columns }: TableRefs, what: "over" | "without-plan"): string {
  const plan = sheet.span(columns.whole.budget ?? 0, first, last);
  const realization = sheet.span(columns.whole.realization ?? 0, first, last);
  if (what === "over") return `SUMPRODUCT((${plan}>0)*(${realization}>${plan}))`;
  return `SUMPRODUCT(ISNUMBER(${sheet.span(1, first, last)})*(${plan}<=0))`;
}

function unnamed({ t }: Context, { sheet, first, last, name }: CodeRefs): string {
  return `COUNTIF(${sheet.span(name, first, last)},${literal(t("report.unknown-name"))})`;
}
