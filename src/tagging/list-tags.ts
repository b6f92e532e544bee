import { and, asc, eq, gte, inArray, lte, type SQL } from "drizzle-orm";
import type { Db, Reader } from "../store/index.ts";
import { type TagRow, tagOfStep } from "./tag.ts";

/** Which tags to list; null asks for all. */
export interface TagFilter {
  theme: string | null;
  status: readonly string[] | null;
  /** Fiscal year in which they hold. */
  year: number | null;
  node: string | null;
}

export const ALL_TAGS: TagFilter = { theme: null, status: null, year: null, node: null };

/** Tags with everything that the store knows of them, by theme, node, first year and intervention. */
export async function listTags(db: Db, filter: TagFilter, reader: Reader = db.read): Promise<TagRow[]> {
  const { tags } = db.tables;
  const conditions: SQL[] = [];
  if (filter.theme !== null) conditions.push(eq(tags.theme, filter.theme));
  if (filter.status !== null) conditions.push(inArray(tags.status, [...filter.status]));
  if (filter.node !== null) conditions.push(eq(tags.node, filter.node));
  if (filter.year !== null) conditions.push(lte(tags.fiscalYearFrom, filter.year), gte(tags.fiscalYearTo, filter.year));
  return reader
    .select()
    .from(tags)
    .where(and(...conditions))
    .orderBy(asc(tags.theme), asc(tags.node), asc(tags.fiscalYearFrom), asc(tags.intervention), asc(tags.id));
}

/** A step in the life of a tag. */
export interface TagStep {
  /** Number of the step; later steps have higher ones. */
  step: number;
  tag: number;
  at: string;
  /** Null for a file that was imported without a name. */
  by: string | null;
  action: string;
  reason: string | null;
  /** The extract that made the step; null for one taken by hand. */
  extract: number | null;
  /** Null where the tag did not exist. */
  before: TagRow | null;
  after: TagRow | null;
}

/** The history of one tag, first step first; empty for a number that was never given. */
export async function tagHistory(db: Db, tag: number, reader: Reader = db.read): Promise<TagStep[]> {
  const { tagSteps } = db.tables;
  const rows = await reader.select().from(tagSteps).where(eq(tagSteps.tagId, tag)).orderBy(asc(tagSteps.id));
  return rows.map(({ id, tagId, at, actor, action, reason, extractId, before, after }) => ({
    ...{ step: id, tag: tagId, at, by: actor, action, reason, extract: extractId },
    before: tagOfStep(before),
    after: tagOfStep(after),
  }));
}
