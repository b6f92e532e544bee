import { primaryKey, sqliteTable as table, text } from "drizzle-orm/sqlite-core";
import { int } from "../columns.sqlite.ts";

/** Code lists, districts and what took the place of superseded codes. */

/** A code list (ministries, accounts …) with the authority that owns it and the first fiscal year it speaks for. */
export const referenceLists = table("reference_lists", {
  id: text("id").primaryKey(),
  owner: text("owner").notNull(),
  firstYear: int("first_year").notNull(),
});

/** One code of a list, valid in the fiscal years from–to; `to` null means still valid. */
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
    /** What the code belongs to: ministry of a unit, program of an activity, province of a district. */
    parent: text("parent"),
  },
  (t) => [primaryKey({ columns: [t.list, t.code, t.validFrom] })],
);

/** The 514 districts with the code systems of home affairs, statistics and treasury. */
export const districts = table("districts", {
  kemendagriCode: text("kemendagri_code").primaryKey(),
  name: text("name").notNull(),
  provinceName: text("province_name").notNull(),
  bpsCode: text("bps_code"),
  spanCode: text("span_code"),
});

/** Districts with priority and the fiscal year from which they have it (their cohort). */
export const priorityDistricts = table("priority_districts", {
  kemendagriCode: text("kemendagri_code").primaryKey(),
  firstYear: int("first_year").notNull(),
});

/** A superseded code and what took its place (province splits, ministry reorganisations). */
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
