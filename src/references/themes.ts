import { asc } from "drizzle-orm";
import type { Db, Reader } from "../store/index.ts";

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
