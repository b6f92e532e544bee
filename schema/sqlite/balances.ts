import { primaryKey, sqliteTable as table, text } from "drizzle-orm/sqlite-core";
import { bytes, int, int64 } from "../columns.sqlite.ts";

/** What is in force, added up. */

/**
 * What is in force per code combination, fiscal year and measure, the twelve months side by side.
 * Measures: `realization`; `budget` (plan, or twelfths where a line has no complete plan); `twelfths` (the part of
 * `budget` that was spread). A month is null where nothing speaks about it.
 */
export const monthBalances = table(
  "month_balances",
  {
    codeId: int("code_id").notNull(),
    ministry: text("ministry").notNull(),
    fiscalYear: int("fiscal_year").notNull(),
    measure: text("measure").notNull(),
    month01: int64("month_01"),
    month02: int64("month_02"),
    month03: int64("month_03"),
    month04: int64("month_04"),
    month05: int64("month_05"),
    month06: int64("month_06"),
    month07: int64("month_07"),
    month08: int64("month_08"),
    month09: int64("month_09"),
    month10: int64("month_10"),
    month11: int64("month_11"),
    month12: int64("month_12"),
  },
  (t) => [primaryKey({ columns: [t.codeId, t.ministry, t.fiscalYear, t.measure] })],
);

/** Annual budget in force per code combination: revision 0, and the highest revision with its blocked part. */
export const yearBalances = table(
  "year_balances",
  {
    codeId: int("code_id").notNull(),
    ministry: text("ministry").notNull(),
    fiscalYear: int("fiscal_year").notNull(),
    original: int64("original"),
    revised: int64("revised"),
    blocked: int64("blocked"),
  },
  (t) => [primaryKey({ columns: [t.codeId, t.ministry, t.fiscalYear] })],
);

/**
 * Second-level balances: the balances of a fiscal year once more, column by column, in chunks of codes of one ministry,
 * so that a reconciliation reads the few columns it needs and nothing else. `name` is `codes`, a part of the code or an
 * amount; the layout of `keys` and `data` is stated in src/ledger/columns/layout.ts.
 */
export const balanceColumns = table(
  "balance_columns",
  {
    fiscalYear: int("fiscal_year").notNull(),
    name: text("name").notNull(),
    ministry: text("ministry").notNull(),
    chunk: int("chunk").notNull(),
    keys: text("keys"),
    data: bytes("data").notNull(),
  },
  (t) => [primaryKey({ columns: [t.fiscalYear, t.name, t.ministry, t.chunk] })],
);

/**
 * Balances added up by ministry and class of account (first digit, `?` unknown), kept by sums of their own: what a
 * reconciliation is held against. `month` is 0 for the annual measures.
 */
export const balanceTotals = table(
  "balance_totals",
  {
    fiscalYear: int("fiscal_year").notNull(),
    measure: text("measure").notNull(),
    month: int("month").notNull(),
    ministry: text("ministry").notNull(),
    accountClass: text("account_class").notNull(),
    amount: int64("amount").notNull(),
  },
  (t) => [primaryKey({ columns: [t.fiscalYear, t.measure, t.month, t.ministry, t.accountClass] })],
);
