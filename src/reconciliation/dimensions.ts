import type { Dimension } from "./types.ts";

/** Dimensions that a line carries as a whole; months are not among them, a balance has twelve. */
export type LineDimension = Exclude<Dimension, "month">;

export function isLineDimension(dimension: Dimension): dimension is LineDimension {
  return dimension !== "month";
}

/**
 * Where each dimension comes from: `c` is the code combination, `m` the matched part of a tag, `k` the cohort of the
 * district; months lie in columns and are told apart after the sum. Keys are codes as text; null where a line does not carry the level.
 */
export const DIMENSION_SQL: Record<LineDimension, string> = {
  ministry: "nullif(c.ministry, '???')",
  unit: "substr(c.program, 1, 5)",
  program: "c.program",
  activity: "substr(c.node, 1, 4)",
  output: "replace(substr(c.node, 1, 8), '.', '')",
  ro: "CASE WHEN length(c.node) >= 12 THEN replace(substr(c.node, 1, 12), '.', '') END",
  component: "CASE WHEN length(c.node) >= 16 THEN replace(c.node, '.', '') END",
  satker: "c.satker",
  province: "substr(c.location, 1, 2)",
  district: "c.location",
  account_group: "substr(c.account, 1, 2)",
  account: "c.account",
  fund: "substr(c.fund, 1, 1)",
  authority: "c.authority",
  class: "m.class",
  intervention: "m.intervention",
  cohort: "k.cohort",
};

/** Dimensions that only a theme gives a line. */
export const TAG_DIMENSIONS: readonly Dimension[] = ["class", "intervention"];

/** Only expenditure counts: accounts 5 (central government) and 6 (transfers to regions). */
export const EXPENDITURE = "substr(c.account, 1, 1) IN ('5', '6')";
