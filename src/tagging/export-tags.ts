import { and, asc, eq, notInArray } from "drizzle-orm";
import { formatShare } from "../money.ts";
import type { Db } from "../store/index.ts";

/** A tag as the plain layout writes it, with what the store knows beyond it. */
export interface ExportedTag {
  theme: string;
  fiscal_year_from: number;
  fiscal_year_to: number;
  code: string;
  class: string;
  intervention: string;
  /** Percent. */
  share: string;
  evidence: string | null;
  status: string;
  agreement: string | null;
}

/** All tags that are agreed or on their way, or those of one theme, in the order of theme, first year, code and intervention. */
export async function exportTags(db: Db, theme: string | null): Promise<ExportedTag[]> {
  const { tags, interventions } = db.tables;
  const rows = await db.read
    .select({ tag: tags, class: interventions.class })
    .from(tags)
    .innerJoin(interventions, and(eq(interventions.theme, tags.theme), eq(interventions.code, tags.intervention)))
    .where(and(notInArray(tags.status, ["retired", "rejected"]), theme === null ? undefined : eq(tags.theme, theme)))
    .orderBy(asc(tags.theme), asc(tags.fiscalYearFrom), asc(tags.node), asc(tags.intervention), asc(tags.fiscalYearTo));
  return rows.map(({ tag, class: kind }) => ({
    theme: tag.theme,
    fiscal_year_from: tag.fiscalYearFrom,
    fiscal_year_to: tag.fiscalYearTo,
    code: tag.node,
    class: kind,
    intervention: tag.intervention,
    share: formatShare(tag.share),
    evidence: tag.evidence,
    status: tag.status,
    agreement: tag.agreement,
  }));
}
