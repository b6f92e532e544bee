import { and, asc, eq, gte, lte } from "drizzle-orm";
import type { Db, Reader } from "../store/index.ts";
import { ClosestTag, type TagShare } from "./closest-tag.ts";

/** The agreed tags of a theme in each of the given fiscal years, ready to be matched with lines. */
export async function loadAgreedTags(
  db: Db,
  reader: Reader,
  theme: string,
  years: readonly number[],
): Promise<Map<number, ClosestTag>> {
  const result = new Map<number, ClosestTag>();
  for (const year of years) result.set(year, new ClosestTag(await agreedShares(db, reader, theme, year)));
  return result;
}

/** The agreed tags of a theme in a fiscal year, by node and intervention. */
export async function agreedShares(db: Db, reader: Reader, theme: string, year: number): Promise<TagShare[]> {
  const { tags } = db.tables;
  return reader
    .select({ node: tags.node, intervention: tags.intervention, share: tags.share })
    .from(tags)
    .where(
      and(
        eq(tags.theme, theme),
        eq(tags.status, "agreed"),
        lte(tags.fiscalYearFrom, year),
        gte(tags.fiscalYearTo, year),
      ),
    )
    .orderBy(asc(tags.node), asc(tags.intervention));
}
