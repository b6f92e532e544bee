import { primaryKey, sqliteTable as table, text } from "drizzle-orm/sqlite-core";
import { int, int64 } from "../columns.sqlite.ts";
import { extracts } from "./extracts.ts";

/** Satkers, outputs and achievements. */

/** A row of a satker list; the newest posted extract that names a satker describes it. */
export const satkers = table(
  "satkers",
  {
    extractId: int("extract_id")
      .notNull()
      .references(() => extracts.id),
    row: int("row").notNull(),
    code: text("code").notNull(),
    name: text("name").notNull(),
    ministry: text("ministry").notNull(),
    unit: text("unit"),
    location: text("location"),
    authority: text("authority"),
    kppn: text("kppn"),
  },
  (t) => [primaryKey({ columns: [t.code, t.extractId, t.row] })],
);

/** A row of an output list (KRISNA Renja or the plain layout); the newest posted extract describes an output. */
export const outputs = table(
  "outputs",
  {
    extractId: int("extract_id")
      .notNull()
      .references(() => extracts.id),
    row: int("row").notNull(),
    fiscalYear: int("fiscal_year").notNull(),
    node: text("node").notNull(),
    program: text("program").notNull(),
    name: text("name").notNull(),
    themes: text("themes"),
    target: text("target"),
    unitOfMeasure: text("unit_of_measure"),
    /** Rupiah planned for the output; null where the list states none. */
    allocation: int64("allocation"),
    /** Where it is carried out, as printed. */
    locations: text("locations"),
  },
  (t) => [primaryKey({ columns: [t.fiscalYear, t.node, t.extractId, t.row] })],
);

/**
 * What a satker achieved of an output up to a month: a row of a list of achievements. Volumes and percentages are exact
 * decimal texts. The rupiah are what the list itself states; they are no ledger lines.
 */
export const achievements = table(
  "achievements",
  {
    extractId: int("extract_id")
      .notNull()
      .references(() => extracts.id),
    row: int("row").notNull(),
    /** `???` when nothing says it. */
    ministry: text("ministry").notNull(),
    fiscalYear: int("fiscal_year").notNull(),
    /** `YYYY-MM`. */
    month: text("month").notNull(),
    satker: text("satker").notNull(),
    /** `activity[.output[.ro[.component]]]` with dots. */
    node: text("node").notNull(),
    /** Null when the volume of the output itself is meant. */
    indicator: text("indicator"),
    target: text("target"),
    achieved: text("achieved"),
    unitOfMeasure: text("unit_of_measure"),
    /** Location segment, 4 characters. */
    district: text("district"),
    /** Percent. */
    progress: text("progress"),
    /** Percent. */
    gap: text("gap"),
    budget: int64("budget"),
    realization: int64("realization"),
    returns: int64("returns"),
    /** Revision of the DIPA that the figures are about. */
    dipaRevision: int("dipa_revision"),
  },
  (t) => [primaryKey({ columns: [t.extractId, t.row, t.ministry] })],
);
