import { type Month, monthsByYear, monthsOf } from "../periods.ts";
import type { Theme } from "../references/index.ts";
import type { Db, Reader } from "../store/index.ts";
import { type Cohorts, loadCohorts } from "./cohorts.ts";
import { loadTagRules, type TagRules } from "./tag-rules.ts";
import type { ReconciliationRequest } from "./types.ts";

/** A request with everything that is needed to answer it beside the balances. */
export interface Question {
  request: ReconciliationRequest;
  /** The months of the window that the filter leaves, in order. */
  months: readonly Month[];
  years: readonly number[];
  /** Null without a theme. */
  rules: TagRules | null;
  /** Empty when nothing asks for cohorts. */
  cohorts: Cohorts;
}

/** Completes a request; a filter on months narrows its window. */
export async function questionOf(
  db: Db,
  reader: Reader,
  request: ReconciliationRequest,
  theme: Theme | null,
): Promise<Question> {
  const months = monthsOf(request.window).filter((month) => request.where.month?.includes(month) ?? true);
  const years = [...monthsByYear(months).keys()];
  const needsCohorts = request.by.includes("cohort") || request.where.cohort !== undefined;
  return {
    request,
    months,
    years,
    rules: theme && (await loadTagRules(db, reader, request, theme, years)),
    cohorts: needsCohorts ? await loadCohorts(db, reader) : { rows: [] },
  };
}
