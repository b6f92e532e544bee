import { sql } from "drizzle-orm";
import { foreignKey, index, primaryKey, pgTable as table, text, unique, uniqueIndex } from "drizzle-orm/pg-core";
import { int, json } from "../columns.postgres.ts";
import { extracts } from "./extracts.ts";

/** Themes, tags and the life of a tag: PostgreSQL twin. */

export const themes = table("themes", {
  code: text("code").primaryKey(),
  krisnaCode: text("krisna_code"),
  nameId: text("name_id").notNull(),
  nameEn: text("name_en").notNull(),
});

export const themeClasses = table(
  "theme_classes",
  {
    theme: text("theme")
      .notNull()
      .references(() => themes.code),
    code: text("code").notNull(),
    position: int("position").notNull(),
    nameId: text("name_id").notNull(),
    nameEn: text("name_en").notNull(),
  },
  (t) => [primaryKey({ columns: [t.theme, t.code] })],
);

export const interventions = table(
  "interventions",
  {
    theme: text("theme")
      .notNull()
      .references(() => themes.code),
    code: text("code").notNull(),
    class: text("class").notNull(),
    position: int("position").notNull(),
    nameId: text("name_id").notNull(),
    nameEn: text("name_en").notNull(),
  },
  (t) => [primaryKey({ columns: [t.theme, t.code] })],
);

export const themeSpellings = table(
  "theme_spellings",
  {
    theme: text("theme")
      .notNull()
      .references(() => themes.code),
    kind: text("kind").notNull(),
    spelling: text("spelling").notNull(),
    code: text("code").notNull(),
    source: text("source").notNull(),
  },
  (t) => [primaryKey({ columns: [t.theme, t.kind, t.spelling] })],
);

export const agreements = table("agreements", {
  number: text("number").primaryKey(),
  date: text("date").notNull(),
  semester: text("semester").notNull(),
  parties: json("parties").notNull(),
  recordedAt: text("recorded_at").notNull(),
  recordedBy: text("recorded_by").notNull(),
});

export const tags = table(
  "tags",
  {
    id: int("id").primaryKey(),
    theme: text("theme").notNull(),
    node: text("node").notNull(),
    intervention: text("intervention").notNull(),
    fiscalYearFrom: int("fiscal_year_from").notNull(),
    fiscalYearTo: int("fiscal_year_to").notNull(),
    share: int("share").notNull(),
    status: text("status").notNull(),
    agreement: text("agreement"),
    evidence: text("evidence"),
    link: text("link"),
    origin: text("origin").notNull(),
    replaces: int("replaces"),
  },
  (t) => [
    foreignKey({ columns: [t.theme, t.intervention], foreignColumns: [interventions.theme, interventions.code] }),
    uniqueIndex("tags_agreed")
      .on(t.theme, t.node, t.intervention, t.fiscalYearFrom, t.fiscalYearTo)
      .where(sql`status = 'agreed'`),
    uniqueIndex("tags_on_their_way")
      .on(t.theme, t.node, t.intervention, t.fiscalYearFrom, t.fiscalYearTo)
      .where(sql`status IN ('identified', 'proposed', 'in-review')`),
  ],
);

export const tagSteps = table(
  "tag_steps",
  {
    id: int("id").primaryKey(),
    tagId: int("tag_id").notNull(),
    extractId: int("extract_id").references(() => extracts.id),
    at: text("at").notNull(),
    actor: text("actor"),
    action: text("action").notNull(),
    reason: text("reason"),
    before: json("before"),
    after: json("after"),
  },
  (t) => [index("tag_steps_extract").on(t.extractId), index("tag_steps_tag").on(t.tagId)],
);

export const crossProgramCodes = table(
  "cross_program_codes",
  {
    code: text("code").primaryKey(),
    theme: text("theme").notNull(),
    intervention: text("intervention").notNull(),
    allocatedAt: text("allocated_at").notNull(),
    allocatedBy: text("allocated_by").notNull(),
  },
  (t) => [
    foreignKey({ columns: [t.theme, t.intervention], foreignColumns: [interventions.theme, interventions.code] }),
    unique().on(t.theme, t.intervention),
  ],
);
