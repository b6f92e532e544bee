import { QA_RULES, type QaRuleId } from "../../src/reporting/quality-rules.ts";
import type { CheckStatus, Measure, QualityCheck } from "../../src/reporting/types.ts";
import { type Live, literal, live } from "../cells.ts";
import type { CellValue, Column, Sheet } from "../sheet.ts";
import { COLOURS } from "../styles.ts";
import { type Context, writeTitles } from "./context.ts";
import { type CheckFormulas, formulasOf, type QualityRefs } from "./quality-formulas.ts";

const LAST = 10;
const STATUS = 9;

/** Where the outcomes stand, for the cover. */
export interface QualityResult {
  sheet: Sheet;
  first: number;
  last: number;
  status: number;
}

/** Every check with what was expected and found, as formulas over the other sheets where a formula can say it. */
export function writeQuality(context: Context, refs: QualityRefs): QualityResult {
  const { checks, t, sheets } = context;
  const sheet = sheets.quality;
  writeTitles(context, sheet, "quality", LAST);
  sheet.widths(columnsOf(context).map(({ width }) => width));
  const start = sheet.row;
  sheet.row += 4;
  const [top, bottom] = sheet.table(columnsOf(context));
  const first = sheet.row;
  for (const check of checks) sheet.line(cellsOf(context, check, sheet.row, formulasOf(context, refs, check)));
  const last = sheet.row - 1;
  const result = { sheet, first, last, status: STATUS };
  counts(context, result, start);
  sheet.row = last + 2;
  sheet.footnote(t("report.note.quality"), LAST);
  sheet.notes(LAST);
  highlight(context, sheet, `I${first}:I${last}`);
  sheet.filter(bottom, LAST, last);
  sheet.freeze(bottom + 1, 3);
  sheet.print({ repeat: [top, bottom], lastColumn: LAST, lastRow: sheet.row - 1 });
  return result;
}

/** How many checks have an outcome, as a formula. */
export function countOf({ checks, t }: Context, result: QualityResult, status: CheckStatus): Live<bigint> {
  const cells = result.sheet.span(result.status, result.first, result.last);
  const found = checks.filter((check) => check.status === status).length;
  return live(`COUNTIF(${cells},${literal(t(`report.status.${status}`))})`, BigInt(found));
}

function columnsOf({ t }: Context): Column[] {
  return [
    { title: t("report.column.rule"), format: "code", width: 9 },
    { title: t("report.column.check"), format: "text", width: 56 },
    { title: t("report.column.sheet"), format: "text", width: 22 },
    { title: t("report.column.measure"), format: "text", width: 19 },
    { title: t("report.column.basis"), format: "text", width: 16 },
    { title: t("report.column.expected"), format: "rupiah", width: 22 },
    { title: t("report.column.found"), format: "rupiah", width: 22 },
    { title: t("report.column.difference"), format: "rupiah", width: 18, formula: "8=7-6" },
    { title: t("report.column.status"), format: "code", width: 13 },
    { title: t("report.column.cure"), format: "text", width: 56 },
  ];
}

function cellsOf({ t }: Context, check: QualityCheck, row: number, formulas: CheckFormulas): CellValue[] {
  const id = check.id as QaRuleId;
  const cell = (formula: string | null, value: bigint): CellValue => (formula === null ? value : live(formula, value));
  const [passed, other] = [t("report.status.passed"), t(`report.status.${QA_RULES[id]}`)];
  return [
    check.id,
    check.what,
    check.sheet ? t(`report.sheet.${check.sheet}`) : t("report.not-applicable"),
    check.measure ? t(`report.column.${check.measure as Measure}`) : t("report.not-applicable"),
    check.measure ? t(`report.basis.${check.basis}`) : t("report.not-applicable"),
    cell(formulas.expected, check.expected),
    cell(formulas.found, check.found),
    live(`G${row}-F${row}`, check.difference),
    live(`IF(H${row}=0,${literal(passed)},${literal(other)})`, check.status === "passed" ? passed : other),
    t(`report.qa.${id}.cure`),
  ];
}

/** The result in one look, above the table. */
function counts(context: Context, result: QualityResult, row: number): void {
  const { t, sheets } = context;
  const sheet = sheets.quality;
  sheet.row = row;
  sheet.useColumns([
    { title: "", format: "code", width: 9 },
    { title: "", format: "text", width: 56 },
    { title: "", format: "count", width: 22 },
  ]);
  for (const status of ["passed", "failed", "note"] as const) {
    sheet.line([null, t(`report.quality.${status}`), countOf(context, result, status)], { look: "subtotal" });
  }
}

function highlight({ t }: Context, sheet: Sheet, range: string): void {
  sheet.highlight(range, t("report.status.passed"), "FFE2F0D9", COLOURS.green);
  sheet.highlight(range, t("report.status.failed"), "FFF8CBAD", COLOURS.red);
  sheet.highlight(range, t("report.status.note"), COLOURS.amber, "FF7F6000");
}
