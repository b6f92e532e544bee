import { nameOf } from "../../src/reporting/wording.ts";
import { type Live, live } from "../cells.ts";
import type { Column, Sheet } from "../sheet.ts";
import { emptyRow } from "./columns.ts";
import { type Context, writeTitles } from "./context.ts";
import { DATA_COLUMNS, dataSum } from "./data.ts";

const LAST = 13;

export interface TagRefs {
  sheet: Sheet;
  first: number;
  last: number;
  agreement: number;
}

/** The agreed tags behind the figures, with the realization each of them lights up. */
export function writeTags(context: Context): TagRefs {
  const { report, t, sheets } = context;
  const sheet = sheets.tags;
  writeTitles(context, sheet, "tags", LAST);
  const columns: Column[] = [
    { title: t("report.column.number"), format: "number", width: 6 },
    { title: t("report.column.tag-node"), format: "code", width: 18 },
    { title: t("report.column.output"), format: "text", width: 46 },
    { title: t("report.code.class"), format: "text", width: 12 },
    { title: t("report.column.class"), format: "text", width: 26 },
    { title: t("report.code.intervention"), format: "text", width: 25 },
    { title: t("report.column.intervention"), format: "text", width: 36 },
    { title: t("report.column.share"), format: "percent", width: 9 },
    { title: t("report.column.year-from"), format: "number", width: 8 },
    { title: t("report.column.year-to"), format: "number", width: 8 },
    { title: t("report.column.agreement"), format: "text", width: 20 },
    { title: t("report.column.evidence"), format: "text", width: 62 },
    { title: t("report.column.realization"), format: "rupiah", width: 20 },
  ];
  const [top, bottom] = sheet.table(columns);
  const first = sheet.row;
  const amounts = realizationByTag(context);
  report.tags.forEach((tag, index) => {
    sheet.line([
      index + 1,
      tag.node,
      nameOf({ code: tag.node, name: tag.name }, t),
      tag.class.code,
      nameOf(tag.class, t),
      tag.intervention.code,
      nameOf(tag.intervention, t),
      tag.share / 10_000,
      tag.fiscalYearFrom,
      tag.fiscalYearTo,
      tag.agreement,
      tag.evidence,
      realizationOf(context, sheet.row, amounts[index] ?? 0n),
    ]);
  });
  if (report.tags.length === 0) emptyRow(sheet, LAST, t("report.empty"), 3);
  const last = sheet.row - 1;
  sheet.line(
    [
      ...Array<null>(2).fill(null),
      t("report.total"),
      ...Array<null>(9).fill(null),
      live(
        `SUM(M${first}:M${last})`,
        amounts.reduce((sum, amount) => sum + amount, 0n),
      ),
    ],
    { look: "total" },
  );
  sheet.row++;
  sheet.footnote(t("report.note.tags"), LAST);
  sheet.notes(LAST);
  sheet.filter(bottom, LAST, last);
  sheet.freeze(bottom + 1, 4);
  sheet.print({ repeat: [top, bottom], lastColumn: LAST, lastRow: sheet.row - 1 });
  return { sheet, first, last, agreement: 11 };
}

function realizationOf({ data }: Context, row: number, amount: bigint): Live<bigint> {
  const { node, interventions, fiscalYear } = DATA_COLUMNS;
  const formula = dataSum(data, "realization", "whole", [
    [node, `B${row}`],
    [interventions, `F${row}`],
    [fiscalYear, `">="&I${row}`],
    [fiscalYear, `"<="&J${row}`],
  ]);
  return live(formula, amount);
}

function realizationByTag({ report }: Context): bigint[] {
  const byKey = new Map<string, bigint>();
  for (const line of report.lines) {
    const placement = line.placement === null ? null : report.placements[line.placement];
    if (!placement || line.kind !== "realization") continue;
    const key = `${placement.node} ${placement.intervention.code} ${line.fiscalYear}`;
    byKey.set(key, (byKey.get(key) ?? 0n) + line.whole);
  }
  return report.tags.map(({ node, intervention, fiscalYearFrom, fiscalYearTo }) => {
    let sum = 0n;
    for (let year = fiscalYearFrom; year <= fiscalYearTo; year++) {
      sum += byKey.get(`${node} ${intervention.code} ${year}`) ?? 0n;
    }
    return sum;
  });
}
