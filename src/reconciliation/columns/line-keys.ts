import type { CodePart } from "../../ledger/index.ts";
import type { LineDimension } from "../dimensions.ts";

/** Dimensions that follow from the code of a line alone. */
export type CodeDimension = Exclude<LineDimension, "class" | "intervention">;

/** How the key of a dimension follows from one part of the code, or from the ministry of its chunk. */
interface KeyRule {
  part: CodePart | "ministry";
  /** The key of a known part; null where it does not carry the level. */
  key(part: string): string | null;
}

const own = (part: string) => part;

/** The same as `DIMENSION_SQL`, for the parts of codes in memory. Cohorts are looked up by location. */
export function keyRule(dimension: CodeDimension, cohorts: ReadonlyMap<string, string>): KeyRule {
  switch (dimension) {
    case "ministry":
      return { part: "ministry", key: (ministry) => (ministry === "???" ? null : ministry) };
    case "unit":
      return { part: "program", key: (program) => program.slice(0, 5) };
    case "activity":
      return { part: "node", key: (node) => node.slice(0, 4) };
    case "output":
      return { part: "node", key: (node) => node.slice(0, 8).replaceAll(".", "") };
    case "ro":
      return { part: "node", key: (node) => (node.length >= 12 ? node.slice(0, 12).replaceAll(".", "") : null) };
    case "component":
      return { part: "node", key: (node) => (node.length >= 16 ? node.replaceAll(".", "") : null) };
    case "province":
      return { part: "location", key: (location) => location.slice(0, 2) };
    case "district":
      return { part: "location", key: own };
    case "cohort":
      return { part: "location", key: (location) => cohorts.get(location) ?? null };
    case "account_group":
      return { part: "account", key: (account) => account.slice(0, 2) };
    case "program":
    case "satker":
    case "account":
    case "fund":
    case "authority":
      return { part: dimension, key: own };
  }
}

/** Only expenditure counts: accounts 5 and 6 (`EXPENDITURE`). */
export function isExpenditure(account: string | null): boolean {
  return account !== null && (account.startsWith("5") || account.startsWith("6"));
}
