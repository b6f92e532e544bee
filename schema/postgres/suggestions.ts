import { index, primaryKey, pgTable as table, text } from "drizzle-orm/pg-core";
import { int, json } from "../columns.postgres.ts";

/** What suggestions of tags are made from, and what was decided about them: PostgreSQL twin. */

export const suggestionKeywords = table(
  "suggestion_keywords",
  {
    theme: text("theme").notNull(),
    kind: text("kind").notNull(),
    intervention: text("intervention").notNull(),
    language: text("language").notNull(),
    term: text("term").notNull(),
    weight: int("weight").notNull(),
    ministries: text("ministries"),
    note: text("note"),
    origin: text("origin").notNull(),
    active: int("active").notNull(),
  },
  (t) => [primaryKey({ columns: [t.theme, t.kind, t.intervention, t.language, t.term] })],
);

export const suggestionKeywordChanges = table("suggestion_keyword_changes", {
  id: int("id").primaryKey(),
  theme: text("theme").notNull(),
  at: text("at").notNull(),
  by: text("changed_by").notNull(),
  action: text("action").notNull(),
  before: json("before"),
  after: json("after"),
});

export const suggestionDecisions = table(
  "suggestion_decisions",
  {
    id: int("id").primaryKey(),
    theme: text("theme").notNull(),
    fiscalYear: int("fiscal_year").notNull(),
    node: text("node").notNull(),
    name: text("name"),
    outcome: text("outcome").notNull(),
    intervention: text("intervention"),
    reason: text("reason"),
    at: text("at").notNull(),
    by: text("changed_by").notNull(),
  },
  (t) => [index("suggestion_decisions_theme").on(t.theme, t.fiscalYear)],
);
