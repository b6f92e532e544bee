import { and, eq, gte, lte } from "drizzle-orm";
import type { Db, Reader } from "../store/index.ts";
import { ClosestTag, type TagShare } from "./closest-tag.ts";

/** The agreed tags of a theme in each of the given fiscal years, ready to be matched with lines. */
export async function loadAgreedTags(
  db: Db,
  reader: Reader,
  theme: string,
  years: readonly number[],
): Promise<Map<number, ClosestTag>> {
  const { tags } = db.tables;
  const result = new Map<number, ClosestTag>();
  for (const year of years) {
    const rows: TagShare[] = await reader
      .select({ node: tags.node, intervention: tags.intervention, share: tags.share })
      .from(tags)
      .where(
        and(
          eq(tags.theme, theme),
          eq(tags.status, "agreed"),
          lte(tags.fiscalYearFrom, year),
          gte(tags.fiscalYearTo, year),
        ),
      );
    result.set(year, new ClosestTag(rows));
  }
  return result;
}
