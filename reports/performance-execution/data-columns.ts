import { formatMonth } from "../../src/i18n/index.ts";
import { monthsOf } from "../../src/periods.ts";
import { MEASURES } from "../../src/reporting/types.ts";
import type { Column } from "../sheet.ts";
import type { Context } from "./context.ts";

/** The columns of the lines, in the order of DATA_COLUMNS. */
export function dataColumns({ report, t, amountWidth }: Context): Column[] {
  const label = (key: "kind" | "status" | "document" | "tag-node" | "ledger-code", width: number): Column => ({
    title: t(`report.column.${key}`),
    format: "label",
    width,
  });
  const pair = (
    key: "satker" | "output" | "activity" | "location" | "account",
    code: number,
    name: number,
  ): Column[] => [
    { title: t(`report.code.${key}`), format: "code", width: code },
    { title: t(`report.column.${key}`), format: "label", width: name },
  ];
  const origin = t("report.column.origin");
  const amounts = (basis: "whole" | "weighted"): Column[] =>
    MEASURES.map((measure) => ({
      title: t(`report.column.${measure}`),
      format: "rupiah",
      width: amountWidth,
      group: t(`report.basis.${basis}`),
    }));
  return [
    { title: t("report.column.number"), format: "number", width: 8 },
    label("kind", 10),
    label("status", 10),
    { title: t("report.column.ministry-code"), format: "code", width: 6 },
    { title: t("report.column.ministry"), format: "label", width: 26 },
    ...pair("satker", 9, 28),
    ...pair("output", 14, 28),
    { title: t("report.column.date"), format: "date", width: 12 },
    label("document", 18),
    { title: t("report.code.intervention"), format: "label", width: 24 },
    { title: t("report.column.intervention"), format: "label", width: 37 },
    ...amounts("whole"),
    { title: t("report.column.extract"), format: "number", width: 9, group: origin },
    { title: t("report.column.file"), format: "label", width: 26, group: origin },
    { title: t("report.column.row"), format: "number", width: 9, group: origin },
    label("tag-node", 18),
    { title: t("report.column.share"), format: "percent", width: 9 },
    { title: t("report.column.fiscal-year"), format: "number", width: 10 },
    { title: t("report.column.month"), format: "month", width: 16 },
    label("ledger-code", 94),
    ...pair("activity", 7, 36),
    ...pair("location", 8, 26),
    ...pair("account", 8, 34),
    ...amounts("weighted"),
    ...monthsOf(report.window).map(
      (month): Column => ({
        title: formatMonth(month, t.language),
        format: "rupiah",
        width: amountWidth,
        group: t("report.column.plan-of-month"),
      }),
    ),
  ];
}
