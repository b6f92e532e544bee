import { readFileSync } from "node:fs";
import type { ActivityOwner, CodeNames, ReferenceList } from "../../src/coa/index.ts";

/** The records of a seed list. Good enough for the seeds: quotes, no line breaks inside fields. */
function records(list: string): Record<string, string>[] {
  const text = readFileSync(new URL(`../../seeds/reference/${list}.csv`, import.meta.url), "utf8");
  const [header = "", ...lines] = text.trimEnd().split(/\r?\n/);
  const columns = header.split(",");
  return lines.map((line) => {
    const cells = [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)];
    return Object.fromEntries(
      columns.map((column, i) => [column, (cells[i]?.[1] ?? cells[i]?.[2] ?? "").replaceAll('""', '"')]),
    );
  });
}

function keyed(list: string, key: (row: Record<string, string>) => string): Map<string, string> {
  return new Map(records(list).map((row) => [key(row), row.name ?? ""]));
}

const byCode = (row: Record<string, string>): string => row.code ?? "";

const LISTS: Partial<Record<ReferenceList, Map<string, string>>> = {
  ministries: keyed("ministries", byCode),
  units: keyed("units", (row) => `${row.ministry}${row.code}`),
  programs: keyed("programs", (row) => `${row.ministry}${row.unit}${row.code}`),
  activities: keyed("activities", byCode),
  output_classes: keyed("output_classes", byCode),
  accounts: keyed("accounts", byCode),
  treasury_offices: keyed("treasury_offices", byCode),
  fund_sources: keyed("fund_sources", (row) => row.span_code ?? ""),
  authorities: keyed("authorities", byCode),
  locations: keyed("locations", (row) => `${row.province}${row.district}`),
  budget_types: keyed("budget_types", byCode),
  account_groups: keyed("account_groups", byCode),
};

const OWNERS = new Map<string, ActivityOwner>(
  records("activities").map(({ code = "", ministry = "", unit = "", program = "" }) => [
    code,
    { ministry, unit, program },
  ]),
);
const PLANNING = new Map(records("fund_sources").map((row) => [row.planning_code ?? "", row.span_code ?? ""]));
const FROM_2021: readonly ReferenceList[] = ["programs", "units", "output_classes", "activities"];

/** The seed lists as names; programs, units, output classes and activities from 2021 on only. */
export function seedNames(satkers: Map<string, string> = new Map()): CodeNames {
  const covers = (list: ReferenceList, year: number | null): boolean =>
    year === null || year >= 2021 || !FROM_2021.includes(list);
  const listOf = (list: ReferenceList): Map<string, string> | undefined => (list === "satkers" ? satkers : LISTS[list]);
  return {
    name: (list, code, year) => (covers(list, year) ? (listOf(list)?.get(code) ?? null) : null),
    has: (list, year) => covers(list, year) && (listOf(list)?.size ?? 0) > 0,
    activityOwner: (activity) => OWNERS.get(activity) ?? null,
    fundSource: (planningCode) => PLANNING.get(planningCode) ?? null,
  };
}
