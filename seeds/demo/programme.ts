/** What the outputs of the catalogue are called in each fiscal year: code segments, nodes, and the rows of the output list. */

import { RSPP_FIRST_YEAR } from "../../src/coa/index.ts";
import { formatShare } from "../../src/money.ts";
import { type Catalogue, FIRST_YEAR, type OfficeOutput, type Output, YEARS } from "./catalogue.ts";
import { csvField } from "./csv.ts";
import type { ReferenceLists } from "./references.ts";
import type { Satker } from "./satkers.ts";
import { officeKind } from "./satkers.ts";

/** The component that a tag at component level points to; the other components of the RO stay untagged. */
export const TAGGED_COMPONENT = "052";

const COMPONENT_NAMES: ReadonlyMap<string, string> = new Map([
  ["001", "Gaji dan Tunjangan"],
  ["002", "Operasional dan Pemeliharaan Kantor"],
  ["051", "Persiapan dan koordinasi"],
  ["052", "Pelaksanaan kegiatan"],
]);

/** Whether program and output are digits, as in the structure before the redesign. */
function hasDigits(year: number): boolean {
  return year < RSPP_FIRST_YEAR;
}

/**
 * The two last characters of the program segment. Until 2020 each Eselon I had one technical program, numbered after
 * the unit, beside the management program 01 of the Secretariat General.
 */
export function programPart(year: number, output: Output): string {
  if (!hasDigits(year)) return output.program;
  if (output.unit !== "01") return String(Number(output.unit) + 3).padStart(2, "0");
  return output.program === "WA" ? "01" : "06";
}

/** Output (until 2020) or KRO (from 2021): the three characters after the activity. */
export function outputPart(year: number, output: Output): string {
  return hasDigits(year) ? output.digits : output.kro;
}

/** RO; until 2020 an output has one. */
export function roPart(year: number, output: Output): string {
  return hasDigits(year) ? "001" : output.ro;
}

export function isActive(year: number, output: Output): boolean {
  return output.firstYear <= year && year <= output.lastYear;
}

/** The node that the tag of an output points to, or null when the output is not tagged in the year. */
export function taggedNode(year: number, output: Output): string | null {
  if (output.level === null || !isActive(year, output) || year < output.taggedFrom) return null;
  const node = `${output.activity}.${outputPart(year, output)}`;
  switch (output.level) {
    case "activity":
      return output.activity;
    case "output":
      return node;
    case "ro":
      return hasDigits(year) ? node : `${node}.${roPart(year, output)}`;
    case "component":
      return `${node}.${roPart(year, output)}.${TAGGED_COMPONENT}`;
  }
}

/** A routine output of an office as an output of the catalogue. */
export function officeOutput(office: OfficeOutput, activity: string, references: ReferenceLists): Output {
  return {
    activity,
    ...references.activity(activity),
    digits: office.code,
    kro: office.kro,
    ro: office.code,
    name: office.name,
    measure: office.measure,
    target: office.target,
    size: 0,
    trend: "kantor",
    firstYear: FIRST_YEAR,
    lastYear: YEARS[YEARS.length - 1] ?? FIRST_YEAR,
    profile: office.profile,
    carriers: [],
    level: null,
    shares: [],
    taggedFrom: FIRST_YEAR,
    themes: [],
  };
}

/** All routine outputs that some satker carries, by activity. */
function officeOutputs(catalogue: Catalogue, satkers: readonly Satker[], references: ReferenceLists): Output[] {
  const kinds = new Map<string, Set<"head" | "regional" | "delegated">>();
  for (const satker of satkers) {
    const activity = satker.group.officeActivity;
    kinds.set(activity, (kinds.get(activity) ?? new Set()).add(officeKind(satker)));
  }
  return [...kinds].flatMap(([activity, found]) =>
    catalogue.offices
      .filter((office) => [...found].some((kind) => office.percent[kind] > 0))
      .map((office) => officeOutput(office, activity, references)),
  );
}

function targetOf(year: number, output: Output, catalogue: Catalogue): number {
  const percent = catalogue.trends.get(output.trend)?.get(String(year)) ?? 100;
  return Math.max(1, Math.floor((output.target * percent) / 100));
}

export const OUTPUTS_HEADER =
  "fiscal_year,ministry,unit,program,activity,output,ro,component,name,themes,target,unit_of_measure";

/** Rows of the layout `outputs`: per year the outputs or KRO, below them the RO, and the components that matter. */
export function* outputRows(
  catalogue: Catalogue,
  satkers: readonly Satker[],
  references: ReferenceLists,
): Generator<string> {
  const outputs = [...catalogue.outputs, ...officeOutputs(catalogue, satkers, references)];
  for (const year of YEARS) {
    const classes = new Map<string, Output[]>();
    for (const output of outputs.filter((candidate) => isActive(year, candidate))) {
      const key = `${output.activity}.${outputPart(year, output)}`;
      classes.set(key, [...(classes.get(key) ?? []), output]);
    }
    for (const members of classes.values()) yield* classRows(year, members, catalogue, references);
  }
}

function* classRows(
  year: number,
  members: readonly Output[],
  catalogue: Catalogue,
  references: ReferenceLists,
): Generator<string> {
  const [first] = members;
  if (!first) return;
  const row = (output: Output, ro: string, component: string, name: string, themes: string[], target: number): string =>
    [
      year,
      output.ministry,
      output.unit,
      programPart(year, output),
      output.activity,
      outputPart(year, output),
      ro,
      component,
      csvField(name),
      themes.join(";"),
      target,
      component === "" ? output.measure : "Kegiatan",
    ].join(",");

  // A KRO has one unit of measure for all its RO, so their targets add up.
  const target = members.reduce((total, output) => total + targetOf(year, output, catalogue), 0);
  const themes = [...new Set(members.flatMap((output) => output.themes))].sort();
  const className = hasDigits(year) ? first.name : references.outputClasses.get(first.kro);
  if (className === undefined) throw new Error(`KRO ${first.kro} has no name`);
  yield row(first, "", "", className, themes, target);
  for (const output of members) {
    yield row(output, roPart(year, output), "", output.name, output.themes, targetOf(year, output, catalogue));
    const components =
      output.profile === "kantor" ? ["001", "002"] : output.level === "component" ? ["051", TAGGED_COMPONENT] : [];
    for (const component of components) {
      yield row(output, roPart(year, output), component, COMPONENT_NAMES.get(component) ?? "", output.themes, 1);
    }
  }
}

/** Shares as they are compared and printed: `clean-water 60, sanitation 40`. */
export function sharesText(output: Output): string {
  return output.shares.map((share) => `${share.intervention} ${formatShare(share.points)}`).join(", ");
}
