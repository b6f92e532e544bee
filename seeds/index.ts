import { readFileSync } from "node:fs";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { parseCsvObjects } from "../src/extracts/readers/csv-parser.ts";
import { projectRoot } from "../src/paths.ts";
import type { Transaction, Value } from "../src/store/index.ts";
import { loadSuggestionKeywords } from "./suggestion-keywords.ts";

type Csv = Record<string, string>;

/** A code of a list as its CSV states it, before validity by year is known. */
interface SeedEntry {
  list: string;
  code: string;
  name: string;
  parent: string | null;
}

/** How each CSV of seeds/reference becomes entries: the full code, what it belongs to, its name. */
const READERS: Record<string, (row: Csv) => { code: string; parent?: string; name?: string }> = {
  ministries: (r) => ({ code: `${r.code}` }),
  units: (r) => ({ code: `${r.ministry}${r.code}`, parent: `${r.ministry}` }),
  programs: (r) => ({ code: `${r.ministry}${r.unit}${r.code}`, parent: `${r.ministry}${r.unit}` }),
  activities: (r) => ({ code: `${r.code}`, parent: `${r.ministry}${r.unit}${r.program}` }),
  output_classes: (r) => ({ code: `${r.code}` }),
  accounts: (r) => ({ code: `${r.code}`, parent: `${r.code}`.slice(0, 2) }),
  account_groups: (r) => ({ code: `${r.code}` }),
  treasury_offices: (r) => ({ code: `${r.code}`, parent: `${r.province}00` }),
  fund_sources: (r) => ({ code: `${r.span_code}` }),
  authorities: (r) => ({ code: `${r.code}` }),
  budget_types: (r) => ({ code: `${r.code}` }),
  functions: (r) => ({ code: `${r.code}` }),
  subfunctions: (r) => ({ code: `${r.function}${r.code}`, parent: `${r.function}` }),
  locations: (r) => ({ code: `${r.province}${r.district}`, parent: `${r.province}00` }),
};

/** Lists whose CSV has another name than the list. */
const FILES: Record<string, string> = { planning_themes: "themes", fund_planning_codes: "fund_sources" };
READERS.planning_themes = (r) => ({ code: `${r.code}` });
READERS.fund_planning_codes = (r) => ({ code: `${r.planning_code}`, parent: `${r.span_code}` });

function readSeed(...path: string[]): Csv[] {
  return parseCsvObjects(readFileSync(join(projectRoot(), "seeds", ...path), "utf8"));
}

/** What `seed` loaded. */
export interface SeedCounts {
  lists: number;
  codes: number;
  districts: number;
  themes: number;
  interventions: number;
}

/**
 * Loads the code lists, districts, themes and interventions of the repository into the store, replacing what an earlier
 * seed put there. Tags, ledger and keywords that planners changed are not touched.
 */
export async function loadSeeds(tx: Transaction): Promise<SeedCounts> {
  const lists = readSeed("reference-lists.csv");
  const entries = lists.flatMap(({ id = "" }) => entriesOf(id));
  const districts = readSeed("reference", "districts.csv");

  for (const table of ["reference_entries", "reference_lists", "code_successors", "districts", "reference_search"]) {
    await tx.run(sql.raw(`DELETE FROM "${table}"`));
  }
  await tx.bulkInsert(
    "reference_lists",
    ["id", "owner", "first_year"],
    lists.map((row) => [`${row.id}`, `${row.owner}`, BigInt(`${row.first_year}`)]),
  );
  await tx.bulkInsert(
    "reference_entries",
    ["list", "code", "valid_from", "valid_to", "name", "parent"],
    versioned(entries, lists),
  );
  await tx.bulkInsert(
    "reference_search",
    ["list", "code", "name"],
    entries.map(({ list, code, name }) => [list, code, name]),
  );
  await tx.bulkInsert(
    "districts",
    ["kemendagri_code", "name", "province_name", "bps_code", "span_code"],
    districts.map((row) => [
      `${row.kemendagri_code}`,
      `${row.name}`,
      `${row.province_name}`,
      orNull(row.bps_code_2022),
      orNull(row.span_code),
    ]),
  );
  await tx.bulkInsert("code_successors", ["list", "old_code", "new_code", "from_year"], successors(districts));
  const themes = await loadThemes(tx);
  await loadSuggestionKeywords(tx);
  return { lists: lists.length, codes: entries.length, districts: districts.length, ...themes };
}

function entriesOf(list: string): SeedEntry[] {
  const read = READERS[list];
  if (!read) throw new Error(`seeds/reference-lists.csv names ${list}, which no reader knows`);
  return readSeed("reference", `${FILES[list] ?? list}.csv`).map((row) => {
    const { code, parent = null } = read(row);
    return { list, code, parent, name: `${row.name}` };
  });
}

/** Gives every code the fiscal years in which it is valid: those of code-validity.csv, else from the list's first year on. */
function versioned(entries: SeedEntry[], lists: Csv[]): Value[][] {
  const firstYear = new Map(lists.map((row) => [`${row.id}`, BigInt(`${row.first_year}`)]));
  const validity = readSeed("code-validity.csv");
  return entries.map(({ list, code, name, parent }) => {
    const known = validity.find((row) => row.list === list && `${row.code_from}` <= code && code <= `${row.code_to}`);
    const from = known ? BigInt(`${known.valid_from}`) : (firstYear.get(list) ?? 0n);
    const to = known?.valid_to ? BigInt(known.valid_to) : null;
    return [list, code, from, to, name, parent];
  });
}

/** Old code → new code: reorganised ministries, and the older location codes of a district. */
function successors(districts: Csv[]): Value[][] {
  const ministries = readSeed("code-successors.csv").map((row): Value[] => [
    `${row.list}`,
    `${row.old_code}`,
    `${row.new_code}`,
    BigInt(`${row.from_year}`),
  ]);
  const locations = districts.flatMap((row) =>
    `${row.other_span_codes}`
      .split(" ")
      .filter((code) => code !== "")
      .map((code): Value[] => ["locations", code, `${row.span_code}`, null]),
  );
  return [...ministries, ...locations];
}

/** Themes are updated in place: tags refer to them. */
async function loadThemes(tx: Transaction): Promise<Pick<SeedCounts, "themes" | "interventions">> {
  const replace = (key: string, ...columns: string[]) => ({
    onConflict: `ON CONFLICT (${key}) DO UPDATE SET ${columns.map((name) => `"${name}" = excluded."${name}"`).join(", ")}`,
  });
  const themes = readSeed("themes.csv");
  const classes = readSeed("theme-classes.csv");
  const interventions = readSeed("reference", "interventions.csv");
  const names = ["name_id", "name_en"];
  await tx.bulkInsert(
    "themes",
    ["code", "krisna_code", ...names],
    themes.map((r) => [`${r.code}`, orNull(r.krisna_code), `${r.name_id}`, `${r.name_en}`]),
    replace("code", "krisna_code", ...names),
  );
  await tx.bulkInsert(
    "theme_classes",
    ["theme", "code", "position", ...names],
    classes.map((r) => [`${r.theme}`, `${r.code}`, BigInt(`${r.position}`), `${r.name_id}`, `${r.name_en}`]),
    replace("theme, code", "position", ...names),
  );
  await tx.bulkInsert(
    "interventions",
    ["theme", "code", "class", "position", ...names],
    interventions.map((r, index) => [
      `${r.theme}`,
      `${r.code}`,
      `${r.class}`,
      BigInt(index + 1),
      `${r.name_id}`,
      `${r.name_en}`,
    ]),
    replace("theme, code", "class", "position", ...names),
  );
  await tx.run(sql.raw('DELETE FROM "theme_spellings"'));
  await tx.bulkInsert(
    "theme_spellings",
    ["theme", "kind", "spelling", "code", "source"],
    readSeed("theme-spellings.csv").map((r) => [
      `${r.theme}`,
      `${r.kind}`,
      `${r.spelling}`,
      `${r.code}`,
      `${r.source}`,
    ]),
  );
  return { themes: themes.length, interventions: interventions.length };
}

function orNull(text: string | undefined): string | null {
  return text === undefined || text === "" ? null : text;
}
