import { foreignKey, index, primaryKey, sqliteTable as table, text } from "drizzle-orm/sqlite-core";
import { int, int64 } from "../columns.sqlite.ts";
import { extracts } from "./extracts.ts";

/** Codes and the lines of the ledger. */

/**
 * A distinct printed code of 12 or 16 segments, parsed and stored once. Its segments are the columns of the view
 * `code_combinations`, which cuts them out of the code: stored beside it they would double what a new code costs. An extract
 * that does not print every segment gives a code with `?` for what is unknown: such segments are null in the view, an
 * unknown ministry is `???`.
 */
export const storedCodes = table(
  "stored_codes",
  {
    id: int("id").notNull(),
    ministry: text("ministry").notNull(),
    code: text("code").notNull(),
    /** Satker, the end of the account and the item as one number: a small index that finds a code. */
    locator: int64("locator").notNull(),
    /** 1 unless a segment is unknown. */
    complete: int("complete").notNull(),
  },
  (t) => [primaryKey({ columns: [t.id, t.ministry] }), index("stored_codes_locator").on(t.locator)],
);

/**
 * Realization: one payment line of an extract. That its extract and its code exist are no foreign keys, which would cost a
 * fifth of a bulk import: both are written in the same transaction and never deleted, and `verify` looks for orphans.
 */
export const ledgerLines = table(
  "ledger_lines",
  {
    extractId: int("extract_id").notNull(),
    /** Row of the file; from 2000000000 on for a line that follows from a statement to date and from what was in force. */
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

/** Budget: one DIPA line of a revision, with the monthly withdrawal plan where the extract has one. */
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
    /** Null where the extract does not state it. */
    blocked: int64("blocked"),
    /** Contracts outstanding (pencadangan); null where the extract does not state them. */
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
