import { primaryKey, pgTable as table, text } from "drizzle-orm/pg-core";
import { int, int64 } from "../columns.postgres.ts";
import { extracts } from "./extracts.ts";

/** Satkers, outputs and achievements: PostgreSQL twin. */

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
    allocation: int64("allocation"),
    locations: text("locations"),
  },
  (t) => [primaryKey({ columns: [t.fiscalYear, t.node, t.extractId, t.row] })],
);

export const achievements = table(
  "achievements",
  {
    extractId: int("extract_id")
      .notNull()
      .references(() => extracts.id),
    row: int("row").notNull(),
    ministry: text("ministry").notNull(),
    fiscalYear: int("fiscal_year").notNull(),
    month: text("month").notNull(),
    satker: text("satker").notNull(),
    node: text("node").notNull(),
    indicator: text("indicator"),
    target: text("target"),
    achieved: text("achieved"),
    unitOfMeasure: text("unit_of_measure"),
    district: text("district"),
    progress: text("progress"),
    gap: text("gap"),
    budget: int64("budget"),
    realization: int64("realization"),
    returns: int64("returns"),
    dipaRevision: int("dipa_revision"),
  },
  (t) => [primaryKey({ columns: [t.extractId, t.row, t.ministry] })],
);
