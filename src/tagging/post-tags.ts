import type { Reject, TagLine } from "../extracts/index.ts";
import { formatShare } from "../money.ts";
import type { Problem } from "../rules.ts";
import type { Db, Transaction } from "../store/index.ts";
import { fitGroup, unknownOutputProblem } from "./fit-group.ts";
import { claimKey, unknownOutputs } from "./known-outputs.ts";
import { groupByPlace, StoredTags } from "./stored-tags.ts";
import { keyOf, placeOf, type TagRow } from "./tag.ts";
import { TagWriter } from "./tag-writer.ts";

/** Where the tags of a file come from. */
export interface FileOrigin {
  extractId: number;
  /** Number of the agreement that agrees them; null proposes them. */
  agreement: string | null;
  /** Moment of the change, ISO text in UTC. */
  at: string;
  /** Who imported the file; null when nobody was named. */
  actor: string | null;
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
 * year are refused together (TAG-005) when the shares would exceed 100 percent, because the file does not say which one is
 * wrong; an agreed tag is changed only under an agreement (TAG-009), which retires it and agrees its successor; a node must
 * exist (TAG-010); and one intervention has one tag in a year (TAG-011). Every step is kept in the history.
 */
export async function postTags(
  tx: Transaction,
  tables: Db["tables"],
  lines: readonly TagLine[],
  origin: FileOrigin,
): Promise<PostedTags> {
  const stored = await StoredTags.load(tx, tables);
  const { accepted, rejects } = await separate(tx, lines, stored, origin);
  const { extractId, actor, at } = origin;
  const writer = await TagWriter.open(tx, { extractId, actor, at });
  const counts = { created: 0, updated: 0, unchanged: 0 };
  for (const line of accepted) counts[write(writer, line, stored, origin)]++;
  await writer.flush();
  return { ...counts, rejects };
}

/** Splits the rows into those that can be written and those that cannot, with the reason. */
async function separate(tx: Transaction, lines: readonly TagLine[], stored: StoredTags, origin: FileOrigin) {
  const accepted: TagLine[] = [];
  const rejects: Reject[] = [];
  const refuse = (line: TagLine, problem: Problem) =>
    rejects.push({ row: line.row, problems: [problem], source: line.source });
  const unknown = await unknownOutputs(tx, lines);
  const touchable = lines.filter((line) => {
    const problem = lockedProblem(line, stored, origin) ?? unknownProblem(line, unknown);
    if (problem) refuse(line, problem);
    return problem === null;
  });
  for (const group of groupByPlace(touchable).values()) {
    const written = new Set(group.map(keyOf));
    // Agreed shares must fit among themselves; a proposal must fit with what is agreed and proposed.
    const others = withoutReplaced(stored.at(group[0] ? placeOf(group[0]) : "")).filter(
      (tag) => !written.has(keyOf(tag)) && (tag.status === "agreed" || origin.agreement === null),
    );
    const { fitting, refused } = fitGroup(others, group);
    for (const { tag, problem } of refused) refuse(tag, problem);
    accepted.push(...fitting);
  }
  accepted.sort((a, b) => a.row - b.row);
  return { accepted, rejects };
}

/** A tag that another one is proposed to replace makes room for it. */
function withoutReplaced(tags: readonly TagRow[]): readonly TagRow[] {
  const replaced = new Set(tags.flatMap(({ status, replaces }) => (status === "agreed" ? [] : (replaces ?? []))));
  return replaced.size === 0 ? tags : tags.filter(({ id }) => !replaced.has(id));
}

function unknownProblem(line: TagLine, unknown: ReadonlyMap<string, { part: string }>): Problem | null {
  const found = unknown.get(claimKey(line));
  return found ? unknownOutputProblem(line, found.part) : null;
}

function lockedProblem(line: TagLine, stored: StoredTags, { agreement }: FileOrigin): Problem | null {
  const tag = stored.agreed.get(keyOf(line));
  if (agreement !== null || !tag || saysTheSame(line, tag)) return null;
  const params = { agreement: tag.agreement ?? "" };
  return { rule: "TAG-009", column: "share", value: formatShare(line.share), params };
}

/** Whether a row says nothing else than a tag: evidence that the file leaves out stays as it is. */
function saysTheSame({ share, evidence, link }: TagLine, tag: TagRow): boolean {
  return (
    share === tag.share && (evidence === null || evidence === tag.evidence) && (link === null || link === tag.link)
  );
}

function write(
  writer: TagWriter,
  line: TagLine,
  stored: StoredTags,
  { agreement }: FileOrigin,
): "created" | "updated" | "unchanged" {
  const agreed = stored.agreed.get(keyOf(line)) ?? null;
  const pending = stored.onTheirWay.get(keyOf(line)) ?? null;
  if (agreed && saysTheSame(line, agreed) && (agreement === null || agreement === agreed.agreement)) return "unchanged";
  const before = pending ?? agreed;
  const { theme, node, intervention, fiscalYearFrom, fiscalYearTo, share } = line;
  const content = {
    ...{ theme, node, intervention, fiscalYearFrom, fiscalYearTo, share, agreement },
    status: agreement === null ? "proposed" : "agreed",
    evidence: line.evidence ?? before?.evidence ?? null,
    link: line.link ?? before?.link ?? null,
    origin: pending?.origin ?? "file",
    replaces: pending?.replaces ?? null,
  };
  // An agreed tag is never edited: it retires, and its successor takes its place under the new agreement.
  if (agreed && agreement !== null) {
    writer.change(agreed, { ...agreed, status: "retired" }, "retired");
    content.replaces = agreed.id;
  }
  if (pending) {
    const isWaiting = pending.status !== "identified" && agreement === null;
    if (isWaiting && saysTheSame(line, pending)) return "unchanged";
    writer.change(pending, { ...content, id: pending.id }, "updated");
    return "updated";
  }
  writer.create(content, "created");
  return agreed ? "updated" : "created";
}
