import { asc, eq, sql } from "drizzle-orm";
import type { Reject, TagLine } from "../extracts/index.ts";
import { formatShare } from "../money.ts";
import type { Problem } from "../rules.ts";
import type { Db, Transaction } from "../store/index.ts";
import { excessOf } from "./shares.ts";

type TagRow = Db["tables"]["tags"]["$inferSelect"];

/** Where the tags of a file come from. */
export interface TagOrigin {
  extractId: number;
  /** Number of the agreement that agrees them; null proposes them. */
  agreement: string | null;
  /** Moment of the change, ISO text in UTC. */
  at: string;
}

/** What posting a tag file changed, and the rows whose shares do not fit with the rest. */
export interface PostedTags {
  created: number;
  updated: number;
  unchanged: number;
  rejects: Reject[];
}

/**
 * Writes the tags of a file: proposes them, or agrees them under a numbered agreement. Rows of a node and
 * year are refused together (TAG-005) when the shares would exceed 100 percent, because the file does not say which one is wrong; and an
 * agreed tag is changed only under an agreement (TAG-009). Every change is kept in the history with before and after.
 */
export async function postTags(
  tx: Transaction,
  tables: Db["tables"],
  lines: readonly TagLine[],
  origin: TagOrigin,
): Promise<PostedTags> {
  const stored = new Map<string, TagRow>();
  for (const row of await tx.select().from(tables.tags).orderBy(asc(tables.tags.id))) stored.set(keyOf(row), row);
  const { accepted, rejects } = separate(lines, stored, origin);
  const writer = new TagWriter(tx, tables, origin);
  await writer.prepare();
  const counts = { created: 0, updated: 0, unchanged: 0 };
  for (const line of accepted) counts[await writer.write(line, stored.get(keyOf(line)) ?? null)]++;
  return { ...counts, rejects };
}

function keyOf(tag: Pick<TagRow, "theme" | "node" | "intervention" | "fiscalYearFrom" | "fiscalYearTo">): string {
  return [tag.theme, tag.node, tag.intervention, tag.fiscalYearFrom, tag.fiscalYearTo].join(" ");
}

/** Splits the rows into those that can be written and those that cannot, with the reason. */
function separate(lines: readonly TagLine[], stored: ReadonlyMap<string, TagRow>, origin: TagOrigin) {
  const accepted: TagLine[] = [];
  const rejects: Reject[] = [];
  const refuse = (line: TagLine, problem: Problem) =>
    rejects.push({ row: line.row, problems: [problem], source: line.source });
  const touchable = lines.filter((line) => {
    const tag = stored.get(keyOf(line));
    const locked = origin.agreement === null && tag?.status === "agreed" && tag.share !== line.share;
    if (locked)
      refuse(line, {
        rule: "TAG-009",
        column: "share",
        value: formatShare(line.share),
        params: { agreement: tag.agreement ?? "" },
      });
    return !locked;
  });
  for (const group of groupByNode(touchable).values()) {
    const written = new Set(group.map(keyOf));
    // Agreed shares must fit among themselves; a proposal must fit with what is agreed and proposed.
    const others = [...stored.values()].filter(
      (tag) =>
        tag.theme === group[0]?.theme &&
        tag.node === group[0]?.node &&
        !written.has(keyOf(tag)) &&
        (tag.status === "agreed" || origin.agreement === null),
    );
    let fitting = group;
    for (
      let excess = excessOf([...others, ...fitting]);
      excess && fitting.length > 0;
      excess = excessOf([...others, ...fitting])
    ) {
      const { node, fiscalYear, total } = excess;
      const inYear = (line: TagLine) => line.fiscalYearFrom <= fiscalYear && fiscalYear <= line.fiscalYearTo;
      const params = { node, year: fiscalYear, total: formatShare(total) };
      for (const line of fitting.filter(inYear))
        refuse(line, { rule: "TAG-005", column: "share", value: formatShare(line.share), params });
      fitting = fitting.filter((line) => !inYear(line));
    }
    accepted.push(...fitting);
  }
  accepted.sort((a, b) => a.row - b.row);
  return { accepted, rejects };
}

function groupByNode(lines: readonly TagLine[]): Map<string, TagLine[]> {
  const groups = new Map<string, TagLine[]>();
  for (const line of lines) {
    const key = `${line.theme} ${line.node}`;
    const group = groups.get(key);
    if (group) group.push(line);
    else groups.set(key, [line]);
  }
  return groups;
}

/** Writes tags and their history. */
class TagWriter {
  readonly #tx: Transaction;
  readonly #tables: Db["tables"];
  readonly #origin: TagOrigin;
  #tagId = 0;
  #historyId = 0;

  constructor(tx: Transaction, tables: Db["tables"], origin: TagOrigin) {
    this.#tx = tx;
    this.#tables = tables;
    this.#origin = origin;
  }

  async prepare(): Promise<void> {
    const [last] = await this.#tx.rows<{ history: bigint; tag: bigint }>(sql`
      SELECT (SELECT coalesce(max(id), 0) FROM tag_history) AS history,
        (SELECT coalesce(max(tag_id), 0) FROM tag_history) AS tag`);
    this.#historyId = Number(last?.history ?? 0n);
    // Numbers of deleted tags live on in the history and are never given again.
    this.#tagId = Number(last?.tag ?? 0n);
  }

  async write(line: TagLine, before: TagRow | null): Promise<"created" | "updated" | "unchanged"> {
    const { agreement, extractId, at } = this.#origin;
    const { theme, node, intervention, fiscalYearFrom, fiscalYearTo, share, evidence } = line;
    const status = agreement !== null ? "agreed" : (before?.status ?? "proposed");
    const after: TagRow = {
      id: before?.id ?? ++this.#tagId,
      theme,
      node,
      intervention,
      fiscalYearFrom,
      fiscalYearTo,
      share,
      status,
      agreement: agreement ?? before?.agreement ?? null,
      evidence: evidence ?? before?.evidence ?? null,
    };
    if (before && sameTag(before, after)) return "unchanged";
    const { tags, tagHistory } = this.#tables;
    if (before) await this.#tx.update(tags).set(after).where(eq(tags.id, after.id));
    else await this.#tx.insert(tags).values(after);
    const action = before ? "updated" : "created";
    await this.#tx
      .insert(tagHistory)
      .values({ id: ++this.#historyId, tagId: after.id, extractId, at, action, before, after });
    return action;
  }
}

function sameTag(a: TagRow, b: TagRow): boolean {
  return a.share === b.share && a.status === b.status && a.agreement === b.agreement && a.evidence === b.evidence;
}
