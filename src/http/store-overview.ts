import { ledgerCoverage } from "../ledger/coverage.ts";
import { type ExtractSummary, listExtracts } from "../ledger/index.ts";
import { newestDue, reportWindow } from "../periods.ts";
import { type Reconciliation, reconcile } from "../reconciliation/index.ts";
import { isDemonstration } from "../reporting/index.ts";
import type { Db } from "../store/index.ts";
import { type DueReport, dueReports } from "./due-reports.ts";

/** The theme the start page tells about. */
export const THEME = "stunting";

/** Extracts listed on the start page. */
const NEWEST = 8;

/** What the store holds, for the start page. */
export interface StoreOverview {
  demonstration: boolean;
  /** First and last month with payments in force; null without any. */
  months: { first: string; last: string; count: number } | null;
  budgetYears: number[];
  extracts: { total: number; inForce: number; blocked: number };
  newest: ExtractSummary[];
  tagged: TaggedTotals | null;
}

/** What the theme's tags cover in the newest complete report window, on both bases. */
export interface TaggedTotals {
  whole: Reconciliation;
  weighted: Reconciliation;
}

/** Reads the overview; `tagged` is handed in, because it takes long and changes with the ledger only. */
export async function storeOverview(db: Db, tagged: TaggedTotals | null): Promise<StoreOverview> {
  const { months, budgetYears } = await ledgerCoverage(db.read);
  const extracts = await listExtracts(db);
  const [first, last] = [months[0], months.at(-1)];
  return {
    demonstration: await isDemonstration(db),
    months: first !== undefined && last !== undefined ? { first, last, count: months.length } : null,
    budgetYears,
    extracts: {
      total: extracts.length,
      inForce: extracts.filter(({ state }) => state === "posted").length,
      blocked: extracts.filter(({ state }) => state === "blocked").length,
    },
    newest: extracts.slice(-NEWEST).reverse(),
    tagged,
  };
}

/** Adds the tagged lines up; null while no report window has data in its last month. */
export async function taggedTotals(db: Db): Promise<TaggedTotals | null> {
  const last = (await ledgerCoverage(db.read)).months.at(-1);
  const due = last === undefined ? null : newestDue(last);
  const window = due === null ? null : reportWindow(due);
  if (window === null) return null;
  const sum = (basis: "whole" | "weighted") =>
    reconcile(db, { by: ["class"], window, theme: THEME, basis, where: {} }, "id");
  return { whole: await sum("whole"), weighted: await sum("weighted") };
}

/** The newest reports that can be downloaded: those with data in their window. */
export async function downloadableReports(db: Db, now: Date, limit: number): Promise<DueReport[]> {
  const { months } = await ledgerCoverage(db.read);
  return dueReports(months, now)
    .filter(({ monthsWithData }) => monthsWithData > 0)
    .slice(0, limit);
}
