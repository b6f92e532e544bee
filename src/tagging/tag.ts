import type { Db } from "../store/index.ts";

/** A tag as the store has it. */
export type TagRow = Db["tables"]["tags"]["$inferSelect"];

/** How a tag came about. */
export const TAG_ORIGINS = ["krisna", "keyword", "hand", "file", "copied", "ledger"] as const;
export type TagOrigin = (typeof TAG_ORIGINS)[number];

/** What tells tags of a theme apart: node, intervention and range of years. */
export function keyOf(
  tag: Pick<TagRow, "theme" | "node" | "intervention" | "fiscalYearFrom" | "fiscalYearTo">,
): string {
  return [tag.theme, tag.node, tag.intervention, tag.fiscalYearFrom, tag.fiscalYearTo].join(" ");
}

/** The node of a theme on which shares are added up. */
export function placeOf({ theme, node }: Pick<TagRow, "theme" | "node">): string {
  return `${theme} ${node}`;
}

/** A tag out of the history: steps of before there were links have none. */
export function tagOfStep(stored: unknown): TagRow | null {
  if (stored === null) return null;
  return { link: null, origin: "file", replaces: null, ...(stored as Omit<TagRow, "link" | "origin" | "replaces">) };
}
