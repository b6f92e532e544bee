import { and, asc, eq, inArray } from "drizzle-orm";
import { formatMonth, type Language, translator } from "../i18n/index.ts";
import { loadReferences, type ReferenceList, type References, type Theme } from "../references/index.ts";
import type { Db, Reader } from "../store/index.ts";
import type { Question } from "./question.ts";
import type { Dimension } from "./types.ts";

/** Gives the name of a key of a dimension; null where no list knows it. */
export type DimensionNames = (dimension: Dimension, key: string | null) => string | null;

/** A line always has these; a null key says that its extract did not state them. RO and komponen may be missing rightly. */
const ALWAYS: readonly Dimension[] = ["ministry", "unit", "program", "province", "district", "fund", "authority"];

const LISTS: Partial<Record<Dimension, ReferenceList>> = {
  ministry: "ministries",
  unit: "units",
  activity: "activities",
  satker: "satkers",
  district: "locations",
  account_group: "account_groups",
  account: "accounts",
  fund: "fund_sources",
  authority: "authorities",
};

/** Lists beside those of `LISTS` that name a dimension. */
const FURTHER_LISTS: Partial<Record<Dimension, ReferenceList>> = {
  program: "programs",
  province: "locations",
  output: "output_classes",
};

/** Names of the dimensions of a request, as of the last fiscal year of its window. Reads what they need and no more. */
export async function loadNames(
  db: Db,
  reader: Reader,
  { request, years }: Question,
  theme: Theme | null,
  language: Language,
): Promise<DimensionNames> {
  const lists = request.by.flatMap((dimension) => LISTS[dimension] ?? FURTHER_LISTS[dimension] ?? []);
  const references = await loadReferences(db, reader, lists);
  const namesOutputs = request.by.some((dimension) => ["output", "ro", "component"].includes(dimension));
  const outputs = namesOutputs ? await outputNames(db, reader, years) : new Map<string, string>();
  const nameOf = dimensionNames(references, theme, outputs, years.at(-1) ?? 0, language);
  const known = new Map(request.by.map((dimension) => [dimension, new Map<string | null, string | null>()]));
  return (dimension, key) => {
    const names = known.get(dimension);
    let name = names?.get(key);
    if (name === undefined) {
      name = nameOf(dimension, key);
      names?.set(key, name);
    }
    return name;
  };
}

function dimensionNames(
  references: References,
  theme: Theme | null,
  outputs: ReadonlyMap<string, string>,
  year: number,
  language: Language,
): DimensionNames {
  const inLanguage = (row: { nameId: string; nameEn: string } | undefined) =>
    row ? (language === "id" ? row.nameId : row.nameEn) : null;
  return (dimension, key) => {
    if (key === null) return ALWAYS.includes(dimension) ? translator(language)("reconcile.unknown") : null;
    const list = LISTS[dimension];
    if (list) return references.name(list, key, year);
    switch (dimension) {
      case "program":
        return (
          references.name("programs", key, year) ?? references.name("programs", key.slice(0, 3) + key.slice(5), year)
        );
      case "province":
        return references.name("locations", `${key}00`, year);
      case "output":
        return outputs.get(dotted(key)) ?? references.name("output_classes", key.slice(4), year);
      case "ro":
      case "component":
        return outputs.get(dotted(key)) ?? null;
      case "month":
        return formatMonth(key, language);
      case "class":
        return inLanguage(theme?.classes.find(({ code }) => code === key));
      case "intervention":
        return inLanguage(theme?.interventions.find(({ code }) => code === key));
      default:
        return null;
    }
  };
}

/** `2080QEA003` → `2080.QEA.003`. */
function dotted(key: string): string {
  return [key.slice(0, 4), key.slice(4, 7), key.slice(7, 10), key.slice(10, 13)]
    .filter((part) => part !== "")
    .join(".");
}

/** Names of outputs, RO and komponen by node, from the output lists of the years; the newest year wins. */
async function outputNames(db: Db, reader: Reader, years: readonly number[]): Promise<Map<string, string>> {
  const { outputs, extracts } = db.tables;
  const rows = await reader
    .select({ node: outputs.node, name: outputs.name })
    .from(outputs)
    .innerJoin(extracts, eq(extracts.id, outputs.extractId))
    .where(and(eq(extracts.status, "posted"), inArray(outputs.fiscalYear, [...years])))
    .orderBy(asc(outputs.fiscalYear), asc(outputs.extractId), asc(outputs.row));
  return new Map(rows.map(({ node, name }) => [node, name]));
}
