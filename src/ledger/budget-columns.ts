import { MONTH_COLUMNS } from "./realization-balances.ts";

/** The twelve plan columns of `budget_lines`, January first. */
export const PLAN_COLUMNS = MONTH_COLUMNS.map((column) => column.replace("month", "plan"));

/** What a budget line says beside its code: columns of `budget_lines`. */
export const BUDGET_COLUMNS = [
  "fiscal_year",
  "revision",
  "revision_date",
  "amount",
  "blocked",
  "commitment",
  ...PLAN_COLUMNS,
];
