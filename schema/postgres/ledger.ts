import { foreignKey, index, primaryKey, pgTable as table, text } from "drizzle-orm/pg-core";
import { int, int64 } from "../columns.postgres.ts";
import { extracts } from "./extracts.ts";

/** Codes and the lines of the ledger: PostgreSQL twin. */

export const storedCodes = table(
  "stored_codes",
  {
    id: int("id").notNull(),
    ministry: text("ministry").notNull(),
    code: text("code").notNull(),
    locator: int64("locator").notNull(),
    complete: int("complete").notNull(),
  },
  (t) => [primaryKey({ columns: [t.id, t.ministry] }), index("stored_codes_locator").on(t.locator)],
);

export const ledgerLines = table(
  "ledger_lines",
  {
    extractId: int("extract_id").notNull(),
    row: int("row").notNull(),
    ministry: text("ministry").notNull(),
    codeId: int("code_id").notNull(),
    date: text("date").notNull(),
    document: text("document").notNull(),
    amount: int64("amount").notNull(),
    description: text("description"),
  },
  (t) => [primaryKey({ columns: [t.extractId, t.row, t.ministry] })],
);

export const budgetLines = table(
  "budget_lines",
  {
    extractId: int("extract_id")
      .notNull()
      .references(() => extracts.id),
    row: int("row").notNull(),
    ministry: text("ministry").notNull(),
    codeId: int("code_id").notNull(),
    fiscalYear: int("fiscal_year").notNull(),
    revision: int("revision").notNull(),
    revisionDate: text("revision_date"),
    amount: int64("amount").notNull(),
    blocked: int64("blocked"),
    commitment: int64("commitment"),
    plan01: int64("plan_01"),
    plan02: int64("plan_02"),
    plan03: int64("plan_03"),
    plan04: int64("plan_04"),
    plan05: int64("plan_05"),
    plan06: int64("plan_06"),
    plan07: int64("plan_07"),
    plan08: int64("plan_08"),
    plan09: int64("plan_09"),
    plan10: int64("plan_10"),
    plan11: int64("plan_11"),
    plan12: int64("plan_12"),
  },
  (t) => [
    primaryKey({ columns: [t.extractId, t.row, t.ministry] }),
    foreignKey({ columns: [t.codeId, t.ministry], foreignColumns: [storedCodes.id, storedCodes.ministry] }),
  ],
);
