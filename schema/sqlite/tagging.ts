import { sql } from "drizzle-orm";
import {
  foreignKey,
  index,
  primaryKey,
  sqliteTable as table,
  text,
  unique,
  uniqueIndex,
} from "drizzle-orm/sqlite-core";
import { int, json } from "../columns.sqlite.ts";
import { extracts } from "./extracts.ts";

/** Themes, tags and the life of a tag. */

/** What is tracked across programs; `krisnaCode` is its code inside the `kdtema` field. */
export const themes = table("themes", {
  code: text("code").primaryKey(),
  krisnaCode: text("krisna_code"),
  nameId: text("name_id").notNull(),
  nameEn: text("name_en").notNull(),
});

/** Classes of a theme, in the order reports print them. */
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

/**
 * How a source writes the codes of a theme: `A` for a class in one system, `I3` in another, `008` for the theme itself.
 * `kind` is `theme`, `class` or `intervention`; `code` is ours.
 */
export const themeSpellings = table(
  "theme_spellings",
  {
    theme: text("theme")
      .notNull()
      .references(() => themes.code),
    kind: text("kind").notNull(),
    /** Lower case. */
    spelling: text("spelling").notNull(),
    code: text("code").notNull(),
    source: text("source").notNull(),
  },
  (t) => [primaryKey({ columns: [t.theme, t.kind, t.spelling] })],
);

/** A numbered agreement of Bappenas, the Ministry of Finance and a ministry about tags. It never changes. */
export const agreements = table("agreements", {
  number: text("number").primaryKey(),
  /** `YYYY-MM-DD`. */
  date: text("date").notNull(),
  /** `YYYY-1` or `YYYY-2`. */
  semester: text("semester").notNull(),
  /** Names of who agreed. */
  parties: json("parties").notNull(),
  recordedAt: text("recorded_at").notNull(),
  recordedBy: text("recorded_by").notNull(),
});

/**
 * A tag: part of a node of the budget tree serves an intervention in the fiscal years from–to. Of one node, intervention
 * and range there is at most one agreed tag and one on its way; retired and rejected ones stay.
 */
export const tags = table(
  "tags",
  {
    id: int("id").primaryKey(),
    theme: text("theme").notNull(),
    /** `activity[.output[.ro[.component]]]` with dots. */
    node: text("node").notNull(),
    intervention: text("intervention").notNull(),
    fiscalYearFrom: int("fiscal_year_from").notNull(),
    fiscalYearTo: int("fiscal_year_to").notNull(),
    /** Basis points of the node that serve the intervention. */
    share: int("share").notNull(),
    /** `identified`, `proposed`, `in-review`, `agreed`, `retired` or `rejected`. */
    status: text("status").notNull(),
    agreement: text("agreement"),
    evidence: text("evidence"),
    /** Address of the evidence. */
    link: text("link"),
    /** `krisna`, `keyword`, `hand`, `file`, `copied` or `ledger`. */
    origin: text("origin").notNull(),
    /** The agreed tag that retires when this one is agreed. */
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

/** Append-only: every step in the life of a tag with who, when, why, before and after. */
export const tagSteps = table(
  "tag_steps",
  {
    id: int("id").primaryKey(),
    tagId: int("tag_id").notNull(),
    /** The file that made the step; null for a step taken one by one. */
    extractId: int("extract_id").references(() => extracts.id),
    at: text("at").notNull(),
    /** Who took the step; null for a file that was imported without a name. */
    actor: text("actor"),
    action: text("action").notNull(),
    reason: text("reason"),
    before: json("before"),
    after: json("after"),
  },
  (t) => [index("tag_steps_extract").on(t.extractId), index("tag_steps_tag").on(t.tagId)],
);

/** The code of six characters that stands for an intervention in the reserve segment of ledger lines. Never given twice. */
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
