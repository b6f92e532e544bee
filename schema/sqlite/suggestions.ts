import { index, primaryKey, sqliteTable as table, text } from "drizzle-orm/sqlite-core";
import { int, json } from "../columns.sqlite.ts";

/** What suggestions of tags are made from, and what was decided about them. */

/**
 * Keywords, exclusions and leading ministries by which outputs of a theme are suggested. A removed row stays, so that
 * loading the seeds again does not bring it back.
 */
export const suggestionKeywords = table(
  "suggestion_keywords",
  {
    theme: text("theme").notNull(),
    /** `keyword`, `theme`, `exclusion` or `ministry`. */
    kind: text("kind").notNull(),
    /** Empty: of the whole theme. */
    intervention: text("intervention").notNull(),
    language: text("language").notNull(),
    term: text("term").notNull(),
    /** Percent. */
    weight: int("weight").notNull(),
    /** Ministries separated by spaces, `!` before one in which it does not count; null: everywhere. */
    ministries: text("ministries"),
    note: text("note"),
    /** `seed`, or `planner` once somebody changed it. */
    origin: text("origin").notNull(),
    /** 0 once it is removed. */
    active: int("active").notNull(),
  },
  (t) => [primaryKey({ columns: [t.theme, t.kind, t.intervention, t.language, t.term] })],
);

/** Append-only: who changed which keyword, before and after. */
export const suggestionKeywordChanges = table("suggestion_keyword_changes", {
  id: int("id").primaryKey(),
  theme: text("theme").notNull(),
  at: text("at").notNull(),
  by: text("changed_by").notNull(),
  /** `added`, `updated` or `removed`. */
  action: text("action").notNull(),
  before: json("before"),
  after: json("after"),
});

/** Append-only: what was decided about suggestions; the newest decision about an output counts. */
export const suggestionDecisions = table(
  "suggestion_decisions",
  {
    id: int("id").primaryKey(),
    theme: text("theme").notNull(),
    fiscalYear: int("fiscal_year").notNull(),
    node: text("node").notNull(),
    /** As the list of the year called it. */
    name: text("name"),
    /** `accepted` or `rejected`. */
    outcome: text("outcome").notNull(),
    intervention: text("intervention"),
    reason: text("reason"),
    at: text("at").notNull(),
    by: text("changed_by").notNull(),
  },
  (t) => [index("suggestion_decisions_theme").on(t.theme, t.fiscalYear)],
);
