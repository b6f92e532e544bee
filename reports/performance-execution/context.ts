import type { Translate } from "../../src/i18n/index.ts";
import type { Measure, PerformanceExecution, QualityCheck, SheetKey } from "../../src/reporting/types.ts";
import { sayWindow } from "../../src/reporting/wording.ts";
import type { Sheet } from "../sheet.ts";
import { COLOURS } from "../styles.ts";
import type { ReportWorkbook } from "../workbook.ts";
import type { DataRefs } from "./data.ts";

/** Where the figures of a sheet stand, so that other sheets can point at them. */
export interface TableRefs {
  sheet: Sheet;
  /** Rows of the table without its total; subtotal rows in between carry no number in column 1. */
  first: number;
  last: number;
  totalRow: number;
  /** Column of the code that a row is about. */
  key: number;
  columns: { whole: Partial<Record<Measure, number>>; weighted: Partial<Record<Measure, number>> };
}

/** Cells of the summary that other sheets point at. */
export interface SummaryRefs {
  tagged: Record<Measure, string>;
  weighted: Record<Measure, string>;
  needsRo: Record<Measure, string>;
  ledger: Record<Measure, string>;
}

/** Everything a sheet needs to be written. */
export interface Context {
  report: PerformanceExecution;
  checks: readonly QualityCheck[];
  t: Translate;
  book: ReportWorkbook;
  sheets: Record<SheetKey, Sheet>;
  /** Width of a column that holds the largest amount of the report. */
  amountWidth: number;
  data: DataRefs;
}

export const TABS: Record<SheetKey, string> = {
  cover: COLOURS.navy,
  summary: COLOURS.navy,
  ministries: "FF2F75B5",
  interventions: "FF2F75B5",
  districts: "FF2F75B5",
  months: "FF2F75B5",
  ranking: "FF2F75B5",
  satkers: "FF2F75B5",
  data: "FF7F7F7F",
  methods: "FF7F7F7F",
  tags: "FF7F7F7F",
  codes: "FF7F7F7F",
  quality: COLOURS.green,
};

/** The title block of a sheet: what it is, for which theme and period, in which unit and from where. */
export function writeTitles({ report, t }: Context, sheet: Sheet, key: SheetKey, lastColumn: number): void {
  const theme = report.theme.name ?? report.theme.code;
  sheet.titles(
    t(`report.title.${key}`, { theme }).toUpperCase(),
    [
      t("report.subtitle", { theme, period: sayWindow(report.window, t) }),
      t("report.source", { date: sayDate(report.dataAsOf, t) }),
    ],
    lastColumn,
  );
}

/** `30 September 2019`, or words for no data. */
export function sayDate(date: string | null, t: Translate): string {
  if (date === null) return t("report.no-data-yet");
  const formatter = new Intl.DateTimeFormat(t.language === "id" ? "id-ID" : "en-GB", {
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  });
  return formatter.format(new Date(`${date}T00:00:00Z`));
}
