/** Reads the data that describe the demonstration (the CSV files of this folder) into typed records and checks them. */

import { join } from "node:path";
import { FULL_SHARE, parseShare } from "../../src/money.ts";
import { type Row, readCsv } from "./csv.ts";
import type { ReferenceLists } from "./references.ts";

export const FIRST_YEAR = 2018;
export const LAST_YEAR = 2022;

/** Fiscal years of the demonstration, oldest first. */
export const YEARS: readonly number[] = [2018, 2019, 2020, 2021, 2022];

/** The year in which every budget was cut or raised for the pandemic. */
export const REFOCUSING_YEAR = 2020;

/** Where a tag of an output sits. A KRO tag before 2021 is the output itself, because each output has one name there. */
export type TagLevel = "activity" | "output" | "ro" | "component";

export interface Share {
  intervention: string;
  /** Basis points. */
  points: number;
}

/** A group of satkers that carries a percentage of an output, through so many percent of its members. */
export interface Carrier {
  group: string;
  percent: number;
  coverage: number;
}

/** One output: before 2021 an output of its own with RO 001, from 2021 an RO below its KRO. */
export interface Output {
  activity: string;
  ministry: string;
  unit: string;
  program: string;
  /** Three digits, for fiscal years until 2020. */
  digits: string;
  kro: string;
  ro: string;
  name: string;
  measure: string;
  target: number;
  /** Million rupiah in 2019; the trend moves it through the years. */
  size: number;
  trend: string;
  firstYear: number;
  lastYear: number;
  profile: string;
  carriers: Carrier[];
  /** Null when nothing is tagged. */
  level: TagLevel | null;
  shares: Share[];
  taggedFrom: number;
  themes: string[];
}

/** One account of a spending profile. */
export interface AccountShare {
  account: string;
  percent: number;
  component: string;
  rhythm: string;
  fund: string;
  headOnly: boolean;
  phrase: string;
}

/** How a kind of spending runs through the year: weights of the twelve months, and absorption in basis points. */
export interface Rhythm {
  actual: number[];
  planned: number[];
  absorption: { low: number; high: number };
}

/** A routine output that every satker with the activity carries; percentages of the group's office size. */
export interface OfficeOutput {
  code: string;
  kro: string;
  name: string;
  measure: string;
  target: number;
  profile: string;
  percent: { head: number; regional: number; delegated: number };
}

export interface SatkerGroup {
  group: string;
  ministry: string;
  unit: string;
  authority: string;
  place: string;
  count: number;
  officeActivity: string;
  /** Million rupiah in 2019, for one satker. */
  officeSize: number;
  twelvePercent: number;
  name: string;
}

export interface Catalogue {
  groups: SatkerGroup[];
  outputs: Output[];
  offices: OfficeOutput[];
  profiles: Map<string, AccountShare[]>;
  rhythms: Map<string, Rhythm>;
  /** Percent of the 2019 size, by trend and column (`2018` … `2020`, `2020-revised`, …). */
  trends: Map<string, Map<string, number>>;
}

const LEVELS: ReadonlyMap<string, TagLevel> = new Map([
  ["a", "activity"],
  ["o", "output"],
  ["r", "ro"],
  ["k", "component"],
]);

function whole(row: Row, column: string): number {
  const text = row.get(column);
  if (!/^\d+$/.test(text)) throw new Error(`${column}: ${text} is not a whole number`);
  return Number(text);
}

function list(text: string): string[] {
  return text === "" ? [] : text.split(";");
}

function readCarrier(text: string): Carrier {
  const match = /^([a-z0-9-]+)=(\d+)(?:\/(\d+))?$/.exec(text);
  if (!match) throw new Error(`carrier ${text} is not group=percent or group=percent/coverage`);
  return { group: match[1] ?? "", percent: Number(match[2]), coverage: Number(match[3] ?? "100") };
}

function readShare(text: string): Share {
  const [intervention = "", percent = ""] = text.split(":");
  const points = parseShare(percent);
  if (points === null) throw new Error(`share ${text} is not intervention:percent`);
  return { intervention, points };
}

/** The years of a row: empty is all of them, otherwise `2018-2020`. */
function readYears(text: string): { firstYear: number; lastYear: number } {
  const [first, last] = text === "" ? [FIRST_YEAR, LAST_YEAR] : text.split("-").map(Number);
  return { firstYear: first ?? FIRST_YEAR, lastYear: last ?? LAST_YEAR };
}

function readOutputs(folder: string, references: ReferenceLists): Output[] {
  const perActivity = new Map<string, number>();
  const perClass = new Map<string, number>();
  const next = (counter: Map<string, number>, key: string): string => {
    const number = (counter.get(key) ?? 0) + 1;
    counter.set(key, number);
    return String(number).padStart(3, "0");
  };
  return readCsv(join(folder, "outputs-catalogue.csv")).map((row) => {
    const activity = row.get("activity");
    const kro = row.get("kro");
    const { ministry, unit, program } = references.activity(activity);
    const shares = list(row.get("tag")).map(readShare);
    const years = readYears(row.get("years"));
    const taggedFrom = row.get("tag_from") === "" ? years.firstYear : whole(row, "tag_from");
    if (shares.reduce((total, share) => total + share.points, 0) > FULL_SHARE) {
      throw new Error(`${row.get("name")}: shares add up to more than 100 %`);
    }
    return {
      activity,
      ministry,
      unit,
      program,
      digits: next(perActivity, activity),
      kro,
      ro: next(perClass, `${activity}${kro}`),
      name: row.get("name"),
      measure: row.get("unit"),
      target: whole(row, "target"),
      size: whole(row, "size"),
      trend: row.get("trend"),
      ...years,
      profile: row.get("profile"),
      carriers: list(row.get("carriers")).map(readCarrier),
      level: LEVELS.get(row.get("level")) ?? null,
      shares,
      taggedFrom,
      themes: list(row.get("themes")),
    };
  });
}

function readProfiles(folder: string, references: ReferenceLists): Map<string, AccountShare[]> {
  const profiles = new Map<string, AccountShare[]>();
  for (const row of readCsv(join(folder, "account-profiles.csv"))) {
    const account = row.get("account");
    if (!references.accounts.has(account)) throw new Error(`account ${account} is not in the account list`);
    const accounts = profiles.get(row.get("profile")) ?? [];
    accounts.push({
      account,
      percent: whole(row, "percent"),
      component: row.get("component"),
      rhythm: row.get("rhythm"),
      fund: row.get("fund"),
      headOnly: row.get("scope") === "head",
      phrase: row.get("phrase"),
    });
    profiles.set(row.get("profile"), accounts);
  }
  return profiles;
}

function readRhythms(folder: string): Map<string, Rhythm> {
  return new Map(
    readCsv(join(folder, "rhythms.csv")).map((row) => {
      const [low = 0, high = 0] = row.get("absorption").split("-").map(Number);
      const actual = row.get("actual").split(" ").map(Number);
      const planned = row.get("planned").split(" ").map(Number);
      if (actual.length !== 12 || planned.length !== 12) throw new Error("a rhythm has twelve months");
      return [row.get("rhythm"), { actual, planned, absorption: { low, high } }];
    }),
  );
}

const TREND_COLUMNS = ["2018", "2019", "2020", "2020-revised", "2021", "2022"];

/** Reads and checks the whole catalogue. Throws on a code that the reference lists do not know. */
export function readCatalogue(folder: string, references: ReferenceLists): Catalogue {
  const groups = readCsv(join(folder, "satker-groups.csv")).map((row) => ({
    group: row.get("group"),
    ministry: row.get("ministry"),
    unit: row.get("unit"),
    authority: row.get("authority"),
    place: row.get("place"),
    count: whole(row, "count"),
    officeActivity: row.get("office_activity"),
    officeSize: whole(row, "office_size"),
    twelvePercent: whole(row, "twelve_percent"),
    name: row.get("name"),
  }));
  const offices = readCsv(join(folder, "office-outputs.csv")).map((row) => ({
    code: row.get("code"),
    kro: row.get("kro"),
    name: row.get("name"),
    measure: row.get("unit"),
    target: whole(row, "target"),
    profile: row.get("profile"),
    percent: {
      head: whole(row, "percent_head"),
      regional: whole(row, "percent_regional"),
      delegated: whole(row, "percent_delegated"),
    },
  }));
  const trends = new Map(
    readCsv(join(folder, "trends.csv")).map((row) => [
      row.get("trend"),
      new Map(TREND_COLUMNS.map((column) => [column, whole(row, column)])),
    ]),
  );
  const outputs = readOutputs(folder, references);
  const catalogue = {
    groups,
    outputs,
    offices,
    profiles: readProfiles(folder, references),
    rhythms: readRhythms(folder),
    trends,
  };
  checkCatalogue(catalogue, references);
  return catalogue;
}

function checkCatalogue(catalogue: Catalogue, references: ReferenceLists): void {
  const ministryOf = new Map(catalogue.groups.map((group) => [group.group, group.ministry]));
  for (const output of catalogue.outputs) {
    const problem = (text: string): Error => new Error(`${output.activity} ${output.name}: ${text}`);
    if (!references.outputClasses.has(output.kro)) throw problem(`KRO ${output.kro} is unknown`);
    if (!catalogue.profiles.has(output.profile)) throw problem(`profile ${output.profile} is unknown`);
    if (!catalogue.trends.has(output.trend)) throw problem(`trend ${output.trend} is unknown`);
    if (output.carriers.reduce((total, carrier) => total + carrier.percent, 0) !== 100) {
      throw problem("carriers do not add up to 100 %");
    }
    for (const carrier of output.carriers) {
      if (ministryOf.get(carrier.group) !== output.ministry) throw problem(`${carrier.group} is of another ministry`);
    }
    for (const share of output.shares) references.intervention(share.intervention);
  }
}
