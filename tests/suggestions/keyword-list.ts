import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseCsvObjects } from "../../src/extracts/readers/csv-parser.ts";
import { projectRoot } from "../../src/paths.ts";
import type { Keyword, SuggestionInput } from "../../src/suggestions/index.ts";

function read(...path: string[]): Record<string, string>[] {
  return parseCsvObjects(readFileSync(join(projectRoot(), "seeds", ...path), "utf8"));
}

/** The seeded keywords of a theme. */
export function seededKeywords(theme = "stunting"): Keyword[] {
  return read("suggestion-keywords", `${theme}.csv`).map((row) => ({
    theme: `${row.theme}`,
    kind: row.kind as Keyword["kind"],
    intervention: row.intervention || null,
    language: row.language as Keyword["language"],
    term: `${row.term}`,
    weight: Number(row.weight),
    ministries: `${row.ministries}`.split(" ").filter((code) => code !== ""),
    note: row.note || null,
  }));
}

/** The seeded interventions of a theme. */
export function seededInterventions(theme = "stunting"): { code: string; class: string }[] {
  return read("reference", "interventions.csv")
    .filter((row) => row.theme === theme)
    .map((row) => ({ code: `${row.code}`, class: `${row.class}` }));
}

const CLASS_NAMES = new Map(read("reference", "output_classes.csv").map((row) => [`${row.code}`, `${row.name}`]));
const ACTIVITY_NAMES = new Map(read("reference", "activities.csv").map((row) => [`${row.code}`, `${row.name}`]));

/** What suggestions follow from, with the seeded lists of the stunting theme where nothing else is given. */
export function inputOf(given: Partial<SuggestionInput>): SuggestionInput {
  return {
    theme: "stunting",
    marks: ["stunting", "008"],
    year: 2023,
    outputs: [],
    interventions: seededInterventions(),
    keywords: seededKeywords(),
    teaching: [],
    activityName: (activity) => ACTIVITY_NAMES.get(activity) ?? null,
    className: (output) => CLASS_NAMES.get(output) ?? null,
    ...given,
  };
}
