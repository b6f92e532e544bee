import { primaryKey, sqliteTable as table, text } from "drizzle-orm/sqlite-core";
import { bytes, int, int64, json } from "../columns.sqlite.ts";

/** Extracts: what was imported, what it speaks for, what it changed. */

/** How tables that no layout knows are read. Versions never change: an extract names the one that read it. */
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

/** One file read into the ledger, or refused. `superseded` is not a status: it follows from the cells in force. */
export const extracts = table("extracts", {
  id: int("id").primaryKey(),
  kind: text("kind").notNull(),
  layout: text("layout").notNull(),
  file: text("file").notNull(),
  sha256: text("sha256").notNull(),
  /** The options that shape what is read (year, scope, agreement): with the hash they identify an extract. */
  options: json("options").notNull(),
  status: text("status").notNull(),
  rowsRead: int("rows_read").notNull(),
  rowsPosted: int("rows_posted").notNull(),
  rowsRejected: int("rows_rejected").notNull(),
  rowsSkipped: int("rows_skipped").notNull(),
  amountRead: int64("amount_read").notNull(),
  amountPosted: int64("amount_posted").notNull(),
  amountRejected: int64("amount_rejected").notNull(),
  /** Header of the file, so that rejects can be printed as they came. */
  header: json("header").notNull(),
  /** Scope, changes, control totals and warnings as the import reported them. */
  outcome: json("outcome").notNull(),
  /** Date of the newest payment line. */
  lastDate: text("last_date"),
  importedAt: text("imported_at").notNull(),
  revertedAt: text("reverted_at"),
});

/** A source row that was not posted: its cells as they came and every rule it broke. */
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

/**
 * A file with rejected rows as it came, packed with gzip, in parts. When its rejects come back corrected, it is read again
 * with the corrected rows in their places.
 */
export const sourceParts = table(
  "source_parts",
  {
    sha256: text("sha256").notNull(),
    part: int("part").notNull(),
    data: bytes("data").notNull(),
  },
  (t) => [primaryKey({ columns: [t.sha256, t.part] })],
);

/**
 * The cells an extract speaks for; one that carries budget and realization speaks for cells of both kinds. `period` is a month
 * `YYYY-MM` (realization) or a revision `0003` (budget).
 */
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
    /** The extract that was in force for the cell when this one was posted; null where nothing was. */
    previous: int("previous"),
  },
  (t) => [primaryKey({ columns: [t.extractId, t.kind, t.fiscalYear, t.period, t.satker] })],
);

/**
 * A line that an extract says differently from what was in force before it: where the old and the new line stand. Lines
 * that stayed the same and lines of cells for which nothing was in force are not written down; they follow from the cells.
 */
export const extractChanges = table(
  "extract_changes",
  {
    extractId: int("extract_id")
      .notNull()
      .references(() => extracts.id),
    /** `realization` or `budget`. */
    kind: text("kind").notNull(),
    number: int("number").notNull(),
    ministry: text("ministry").notNull(),
    /** `created`, `updated` or `removed`. */
    state: text("state").notNull(),
    /** 1 for a line of a corrected document, whose net value stayed the same. */
    moved: int("moved").notNull(),
    beforeExtract: int("before_extract"),
    beforeRow: int("before_row"),
    afterRow: int("after_row"),
  },
  (t) => [primaryKey({ columns: [t.extractId, t.kind, t.number, t.ministry] })],
);

/** Rupiah of a paid document that an extract books under another code than before. */
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

/** Which extract is in force for each cell: the newest posted one that covers it. */
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

/** How many cells each extract is in force for, by period: what stands behind a window without reading its cells. */
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
