import { primaryKey, pgTable as table, text } from "drizzle-orm/pg-core";
import { int } from "../columns.postgres.ts";

/** Code lists, districts and what took the place of superseded codes: PostgreSQL twin. */

/** The tables, PostgreSQL twin of `sqlite.ts`, where the comments are. */

export const referenceLists = table("reference_lists", {
  id: text("id").primaryKey(),
  owner: text("owner").notNull(),
  firstYear: int("first_year").notNull(),
});

export const referenceEntries = table(
  "reference_entries",
  {
    list: text("list")
      .notNull()
      .references(() => referenceLists.id),
    code: text("code").notNull(),
    validFrom: int("valid_from").notNull(),
    validTo: int("valid_to"),
    name: text("name").notNull(),
    parent: text("parent"),
  },
  (t) => [primaryKey({ columns: [t.list, t.code, t.validFrom] })],
);

export const districts = table("districts", {
  kemendagriCode: text("kemendagri_code").primaryKey(),
  name: text("name").notNull(),
  provinceName: text("province_name").notNull(),
  bpsCode: text("bps_code"),
  spanCode: text("span_code"),
});

export const priorityDistricts = table("priority_districts", {
  kemendagriCode: text("kemendagri_code").primaryKey(),
  firstYear: int("first_year").notNull(),
});

export const codeSuccessors = table(
  "code_successors",
  {
    list: text("list").notNull(),
    oldCode: text("old_code").notNull(),
    newCode: text("new_code").notNull(),
    fromYear: int("from_year"),
  },
  (t) => [primaryKey({ columns: [t.list, t.oldCode, t.newCode] })],
);
