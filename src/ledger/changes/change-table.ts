import { csvLine } from "../../csv.ts";
import type { TextKey, Translate } from "../../i18n/index.ts";
import { isTextKey } from "../../i18n/index.ts";
import type { LedgerKind } from "../in-force.ts";
import type { ChangeReport } from "./change-report.ts";
import { type ChangedLine, LINE_FIELDS, type LineView } from "./changed-lines.ts";

/** What a column of the table of changes holds; `text` stays text in a workbook. */
export type ColumnSort = "text" | "code" | "number" | "rupiah" | "date";

export interface ChangeColumn {
  name: string;
  title: string;
  sort: ColumnSort;
  value(line: ChangedLine): string | number | bigint | null;
}

const SORTS: Record<string, ColumnSort> = {
  code: "code",
  date: "date",
  document: "code",
  description: "text",
  fiscal_year: "number",
  revision: "number",
  revision_date: "date",
};

/** Lines per page of a table that is written. */
const PAGE = 2_000;

/** The columns of a table of changed lines: every value as it was and as it is, side by side. */
export function changeColumns(kind: LedgerKind, t: Translate): ChangeColumn[] {
  const pairs = LINE_FIELDS[kind].flatMap((field): ChangeColumn[] => {
    const column = fieldTitle(field, t);
    const sort = SORTS[field] ?? "rupiah";
    const value = (line: LineView | null) => line?.[field] ?? null;
    return [
      {
        name: `${field}_before`,
        title: t("changes.column.was", { column }),
        sort,
        value: ({ before }) => value(before),
      },
      { name: `${field}_after`, title: t("changes.column.is", { column }), sort, value: ({ after }) => value(after) },
    ];
  });
  const place = (name: "extract" | "row", side: "before" | "after"): ChangeColumn => ({
    name: `${name}_${side}`,
    title: t(`changes.column.${name}_${side}`),
    sort: "number",
    value: (line) => line[side]?.[name] ?? null,
  });
  return [
    { name: "number", title: t("changes.column.number"), sort: "number", value: ({ number }) => number },
    { name: "change", title: t("changes.column.state"), sort: "text", value: (line) => stateOf(line, t) },
    place("extract", "before"),
    place("row", "before"),
    place("extract", "after"),
    place("row", "after"),
    ...pairs,
    { name: "difference", title: t("changes.difference"), sort: "rupiah", value: differenceOf },
  ];
}

export function stateOf({ state, moved }: ChangedLine, t: Translate): string {
  return t(moved ? "changes.state.moved" : `changes.state.${state}`);
}

function fieldTitle(field: string, t: Translate): string {
  if (field.startsWith("plan_")) return t("changes.field.plan", { month: Number(field.slice(5)) });
  const key = `changes.field.${field}`;
  if (!isTextKey(key)) throw new Error(`column ${field} has no title`);
  return t(key as TextKey);
}

function differenceOf({ before, after }: ChangedLine): bigint {
  const amount = (line: LineView | null) => (typeof line?.amount === "bigint" ? line.amount : 0n);
  return amount(after) - amount(before);
}

/** Every changed line of a report, page by page. */
export async function* changedLines(report: ChangeReport): AsyncGenerator<ChangedLine[]> {
  let after = 0;
  for (;;) {
    const page = await report.lines(after, PAGE);
    const last = page.at(-1);
    if (!last) return;
    yield page;
    after = last.number;
  }
}

/** A report of changes as CSV, piece by piece; names of columns are stable, titles are for people. */
export async function* changesCsv(report: ChangeReport, t: Translate): AsyncGenerator<string> {
  const columns = changeColumns(report.kind, t);
  yield `${csvLine(columns.map(({ name }) => name))}\r\n`;
  for await (const page of changedLines(report)) {
    yield page.map((line) => `${csvLine(columns.map(({ value }) => value(line)))}\r\n`).join("");
  }
}
