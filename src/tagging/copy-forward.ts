import { formatShare } from "../money.ts";
import type { Db } from "../store/index.ts";
import { ALL_TAGS, listTags } from "./list-tags.ts";
import { type Actor, type Proposal, proposeTags, type TagResult } from "./propose-tags.ts";
import type { TagRow } from "./tag.ts";

/** What a node of one year is called in another. */
export interface Counterpart {
  code: string;
  /** Basis points of the old node that went there. */
  share: number;
}

/** A tag of last year and what became of it in this one. */
export interface CopiedTag {
  /** The agreed tag that was copied. */
  from: TagRow;
  /** One result per counterpart; empty when the node has none. */
  results: (TagResult & { code: string })[];
}

/**
 * Proposes the agreed tags of a year for another one: under the codes that a crosswalk gives, else under the same code. A
 * tag that holds in the other year already is left alone. Where an output list of the other year does not know the code, the
 * proposal is refused like any other.
 *
 * @param counterparts what a node of the first year is called in the second; equal codes unless given
 */
export async function copyForward(
  db: Db,
  { theme, from, to }: { theme: string; from: number; to: number },
  actor: Actor,
  counterparts: (node: string) => readonly Counterpart[] = (node) => [{ code: node, share: 10_000 }],
): Promise<CopiedTag[]> {
  const agreed = await listTags(db, { ...ALL_TAGS, theme, year: from, status: ["agreed"] });
  const open = agreed.filter(({ fiscalYearFrom, fiscalYearTo }) => to < fiscalYearFrom || fiscalYearTo < to);
  const proposals: Proposal[] = [];
  const copied = open.map((tag) => {
    const places = counterparts(tag.node);
    const rows = places.map(({ code }) => {
      const row = proposals.length + 1;
      proposals.push({ row, fields: fieldsOf(tag, code, to), origin: "copied", replaces: null, rewrites: null });
      return { row, code };
    });
    return { tag, rows };
  });
  const results = new Map((await proposeTags(db, proposals, actor)).map((result) => [result.row, result]));
  return copied.map(({ tag, rows }) => ({
    from: tag,
    results: rows.flatMap(({ row, code }) => {
      const result = results.get(row);
      return result ? { ...result, code } : [];
    }),
  }));
}

function fieldsOf(tag: TagRow, code: string, year: number): Proposal["fields"] {
  return {
    theme: tag.theme,
    fiscal_year_from: String(year),
    fiscal_year_to: String(year),
    code,
    intervention: tag.intervention,
    share: formatShare(tag.share),
    evidence: tag.evidence ?? "",
    link: tag.link ?? "",
  };
}
