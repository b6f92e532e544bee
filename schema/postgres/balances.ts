import { primaryKey, pgTable as table, text } from "drizzle-orm/pg-core";
import { bytes, int, int64 } from "../columns.postgres.ts";

/** What is in force, added up: PostgreSQL twin. */

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
