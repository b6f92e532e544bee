import { and, asc, eq, gte, lte } from "drizzle-orm";
import type { Db, Reader } from "../store/index.ts";
import { ClosestTag, type TagShare } from "./closest-tag.ts";

/** A theme with its classes and interventions, in the order reports print them. */
export interface Theme {
  code: string;
  krisnaCode: string | null;
  nameId: string;
  nameEn: string;
  classes: { code: string; nameId: string; nameEn: string }[];
  interventions: { code: string; class: string; nameId: string; nameEn: string }[];
}

/** All themes of the store, by code. */
export async function loadThemes(db: Db, reader: Reader = db.read): Promise<Map<string, Theme>> {
  const { themes, themeClasses, interventions } = db.tables;
  const result = new Map<string, Theme>();
  for (const row of await reader.select().from(themes).orderBy(asc(themes.code))) {
    result.set(row.code, { ...row, classes: [], interventions: [] });
  }
  for (const row of await reader.select().from(themeClasses).orderBy(asc(themeClasses.position))) {
    result.get(row.theme)?.classes.push({ code: row.code, nameId: row.nameId, nameEn: row.nameEn });
  }
  for (const row of await reader.select().from(interventions).orderBy(asc(interventions.position))) {
    const { code, nameId, nameEn } = row;
    result.get(row.theme)?.interventions.push({ code, class: row.class, nameId, nameEn });
  }
  return result;
}

/** The agreed tags of a theme in each of the given fiscal years, ready to be matched with lines. */
export async function loadAgreedTags(
  db: Db,
  reader: Reader,
  theme: string,
  years: readonly number[],
): Promise<Map<number, ClosestTag>> {
  const { tags } = db.tables;
  const result = new Map<number, ClosestTag>();
  for (const year of years) {
    const rows: TagShare[] = await reader
      .select({ node: tags.node, intervention: tags.intervention, share: tags.share })
      .from(tags)
      .where(
        and(
          eq(tags.theme, theme),
          eq(tags.status, "agreed"),
          lte(tags.fiscalYearFrom, year),
          gte(tags.fiscalYearTo, year),
        ),
      );
    result.set(year, new ClosestTag(rows));
  }
  return result;
}
