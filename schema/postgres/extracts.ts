import { primaryKey, pgTable as table, text } from "drizzle-orm/pg-core";
import { bytes, int, int64, json } from "../columns.postgres.ts";

/** Extracts: what was imported, what it speaks for, what it changed: PostgreSQL twin. */

export const mappings = table(
  "mappings",
  {
    name: text("name").notNull(),
    version: int("version").notNull(),
    definition: json("definition").notNull(),
    createdAt: text("created_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.name, t.version] })],
);

export const extracts = table("extracts", {
  id: int("id").primaryKey(),
  kind: text("kind").notNull(),
  layout: text("layout").notNull(),
  file: text("file").notNull(),
  sha256: text("sha256").notNull(),
  options: json("options").notNull(),
  status: text("status").notNull(),
  rowsRead: int("rows_read").notNull(),
  rowsPosted: int("rows_posted").notNull(),
  rowsRejected: int("rows_rejected").notNull(),
  rowsSkipped: int("rows_skipped").notNull(),
  amountRead: int64("amount_read").notNull(),
  amountPosted: int64("amount_posted").notNull(),
  amountRejected: int64("amount_rejected").notNull(),
  header: json("header").notNull(),
  outcome: json("outcome").notNull(),
  lastDate: text("last_date"),
  importedAt: text("imported_at").notNull(),
  revertedAt: text("reverted_at"),
});

export const extractRejects = table(
  "extract_rejects",
  {
    extractId: int("extract_id")
      .notNull()
      .references(() => extracts.id),
    row: int("row").notNull(),
    problems: json("problems").notNull(),
    source: json("source").notNull(),
  },
  (t) => [primaryKey({ columns: [t.extractId, t.row] })],
);

export const sourceParts = table(
  "source_parts",
  {
    sha256: text("sha256").notNull(),
    part: int("part").notNull(),
    data: bytes("data").notNull(),
  },
  (t) => [primaryKey({ columns: [t.sha256, t.part] })],
);

export const extractCells = table(
  "extract_cells",
  {
    extractId: int("extract_id")
      .notNull()
      .references(() => extracts.id),
    kind: text("kind").notNull(),
    fiscalYear: int("fiscal_year").notNull(),
    period: text("period").notNull(),
    satker: text("satker").notNull(),
    previous: int("previous"),
  },
  (t) => [primaryKey({ columns: [t.extractId, t.kind, t.fiscalYear, t.period, t.satker] })],
);

export const extractChanges = table(
  "extract_changes",
  {
    extractId: int("extract_id")
      .notNull()
      .references(() => extracts.id),
    kind: text("kind").notNull(),
    number: int("number").notNull(),
    ministry: text("ministry").notNull(),
    state: text("state").notNull(),
    moved: int("moved").notNull(),
    beforeExtract: int("before_extract"),
    beforeRow: int("before_row"),
    afterRow: int("after_row"),
  },
  (t) => [primaryKey({ columns: [t.extractId, t.kind, t.number, t.ministry] })],
);

export const extractMoves = table(
  "extract_moves",
  {
    extractId: int("extract_id")
      .notNull()
      .references(() => extracts.id),
    number: int("number").notNull(),
    ministry: text("ministry").notNull(),
    satker: text("satker").notNull(),
    document: text("document").notNull(),
    date: text("date").notNull(),
    fromCode: int("from_code").notNull(),
    toCode: int("to_code").notNull(),
    amount: int64("amount").notNull(),
  },
  (t) => [primaryKey({ columns: [t.extractId, t.number, t.ministry] })],
);

export const cellsInForce = table(
  "cells_in_force",
  {
    kind: text("kind").notNull(),
    satker: text("satker").notNull(),
    fiscalYear: int("fiscal_year").notNull(),
    period: text("period").notNull(),
    extractId: int("extract_id")
      .notNull()
      .references(() => extracts.id),
  },
  (t) => [primaryKey({ columns: [t.kind, t.satker, t.fiscalYear, t.period] })],
);

export const periodsInForce = table(
  "periods_in_force",
  {
    kind: text("kind").notNull(),
    fiscalYear: int("fiscal_year").notNull(),
    period: text("period").notNull(),
    extractId: int("extract_id")
      .notNull()
      .references(() => extracts.id),
    cells: int("cells").notNull(),
  },
  (t) => [primaryKey({ columns: [t.kind, t.fiscalYear, t.period, t.extractId] })],
);
