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
  /** How sources write the codes of this theme, its classes and interventions; lower case. */
  spellings: { kind: string; spelling: string; code: string }[];
}

/** Our code for what a source writes, such as `A` for a class; the text itself when no spelling is known. */
export function codeOfSpelling(theme: Theme, kind: "theme" | "class" | "intervention", text: string): string {
  const lower = text.trim().toLowerCase().replace(/\s+/g, " ");
  return theme.spellings.find((known) => known.kind === kind && known.spelling === lower)?.code ?? lower;
}

/**
 * The themes that a KRISNA `kdtema` field names: several codes of three digits stand in one field, one after the other or
 * with signs between them (`003008`, `003;008`).
 */
export function themesInField(field: string, themes: Iterable<Theme>): Theme[] {
  const codes = new Set(
    (field.match(/\d+/g) ?? []).flatMap((digits) => {
      // A spreadsheet takes `003008` for a number and drops its zeros.
      const whole = digits.padStart(Math.ceil(digits.length / 3) * 3, "0");
      return whole.match(/\d{3}/g) ?? [];
    }),
  );
  return [...themes].filter((theme) => [...codes].some((code) => codeOfSpelling(theme, "theme", code) === theme.code));
}

/** All themes of the store, by code. */
export async function loadThemes(db: Db, reader: Reader = db.read): Promise<Map<string, Theme>> {
  const { themes, themeClasses, interventions, themeSpellings } = db.tables;
  const result = new Map<string, Theme>();
  for (const row of await reader.select().from(themes).orderBy(asc(themes.code))) {
    result.set(row.code, { ...row, classes: [], interventions: [], spellings: [] });
  }
  for (const row of await reader.select().from(themeClasses).orderBy(asc(themeClasses.position))) {
    result.get(row.theme)?.classes.push({ code: row.code, nameId: row.nameId, nameEn: row.nameEn });
  }
  for (const row of await reader.select().from(interventions).orderBy(asc(interventions.position))) {
    const { code, nameId, nameEn } = row;
    result.get(row.theme)?.interventions.push({ code, class: row.class, nameId, nameEn });
  }
  for (const { theme, kind, spelling, code } of await reader.select().from(themeSpellings)) {
    result.get(theme)?.spellings.push({ kind, spelling, code });
  }
  return result;
}
