import { type TagLine, tagRowReader } from "../extracts/index.ts";
import { loadThemes } from "../references/index.ts";
import { isError, type Problem } from "../rules.ts";
import type { Db, Transaction } from "../store/index.ts";
import { fitGroup, unknownOutputProblem } from "./fit-group.ts";
import { claimKey, unknownOutputs } from "./known-outputs.ts";
import { groupByPlace, StoredTags } from "./stored-tags.ts";
import { keyOf, type TagOrigin, type TagRow } from "./tag.ts";
import { TagWriter } from "./tag-writer.ts";

/** Columns of a proposal, as texts: those of the layout `tags`. An empty share is the whole node. */
export type ProposalFields = Partial<
  Record<
    "theme" | "fiscal_year_from" | "fiscal_year_to" | "code" | "class" | "intervention" | "share" | "evidence" | "link",
    string
  >
>;

/** A tag that somebody proposes. */
export interface Proposal {
  /** Where it stands in what was sent; results come back under it. */
  row: number;
  fields: ProposalFields;
  origin: TagOrigin;
  /** Number of the agreed tag that it is to replace. */
  replaces: number | null;
  /**
   * Number of the tag on its way whose content it rewrites; without it the one of the same node, intervention and years. The
   * number of an agreed tag says that this row is about it: it may only say the same.
   */
  rewrites: number | null;
}

/** Who takes a step, when and why. */
export interface Actor {
  name: string;
  /** ISO text in UTC. */
  at: string;
  reason: string | null;
}

/** What became of a proposal or of a step. */
export interface TagResult {
  row: number;
  outcome: "created" | "updated" | "unchanged" | "refused";
  /** Number of the tag; null when there is none. */
  tag: number | null;
  problems: Problem[];
}

/** A proposal that can be read. */
interface ReadProposal extends TagLine {
  proposal: Proposal;
}

/**
 * Proposes tags, or (`identified`) marks outputs that may deserve one. Every proposal is checked with all others on its node
 * before anything is stored: a refused one says why and leaves the rest alone. What is agreed already is unchanged; to say
 * something else about it, a proposal must replace it (TAG-025).
 */
export async function proposeTags(
  db: Db,
  proposals: readonly Proposal[],
  actor: Actor,
  status: "identified" | "proposed" = "proposed",
): Promise<TagResult[]> {
  const themes = await loadThemes(db);
  const results = new Map<number, TagResult>();
  const lines: ReadProposal[] = [];
  for (const proposal of proposals) {
    // An agreed tag and its replacement may stand in two rows: doubles are found where tags meet, not by a reader of files.
    const result = tagRowReader(themes)(rowOf(proposal));
    if ("line" in result) lines.push({ ...result.line, proposal });
    else results.set(proposal.row, refused(proposal.row, result.problems));
  }
  await db.tx(async (tx) => {
    for (const result of await store(tx, db.tables, lines, actor, status)) results.set(result.row, result);
  });
  return proposals.flatMap(({ row }) => results.get(row) ?? []);
}

function rowOf({ row, fields }: Proposal) {
  const given: Record<string, string> = fields;
  return { row, cells: Object.values(given), cell: (column: string) => given[column] ?? "" };
}

export function refused(row: number, problems: readonly Problem[], tag: number | null = null): TagResult {
  return { row, outcome: "refused", tag, problems: problems.filter(({ rule }) => isError(rule)) };
}

async function store(
  tx: Transaction,
  tables: Db["tables"],
  lines: readonly ReadProposal[],
  { name, at, reason }: Actor,
  status: "identified" | "proposed",
): Promise<TagResult[]> {
  const stored = await StoredTags.load(tx, tables);
  const unknown = await unknownOutputs(tx, lines);
  const results: TagResult[] = [];
  const open: ReadProposal[] = [];
  for (const line of lines) {
    const { row } = line.proposal;
    const part = unknown.get(claimKey(line))?.part;
    const problem = part === undefined ? targetProblem(line, stored) : unknownOutputProblem(line, part);
    const same = problem === null ? sameAsStored(line, stored, status) : null;
    if (problem) results.push(refused(row, [problem]));
    else if (same) results.push({ row, outcome: "unchanged", tag: same.id, problems: [] });
    else open.push(line);
  }
  const writer = await TagWriter.open(tx, { extractId: null, actor: name, at });
  for (const [place, group] of groupByPlace(open)) {
    const { fitting, refused: misfits } = fitGroup(othersOf(stored.at(place), group, stored), group);
    for (const { tag, problem } of misfits) results.push(refused(tag.proposal.row, [problem]));
    for (const line of fitting) results.push(write(writer, line, stored, { status, reason }));
  }
  await writer.flush();
  return results;
}

/** The tag on its way whose content a proposal rewrites. */
function pendingOf(line: ReadProposal, stored: StoredTags): TagRow | null {
  const { rewrites } = line.proposal;
  if (rewrites !== null) return stored.byId.get(rewrites) ?? null;
  return stored.onTheirWay.get(keyOf(line)) ?? null;
}

/** What is wrong with the tag that a proposal is to rewrite or to replace. */
function targetProblem(line: ReadProposal, stored: StoredTags): Problem | null {
  const { rewrites, replaces } = line.proposal;
  const target = rewrites ?? replaces;
  const unknown = (id: number): Problem => ({ rule: "TAG-021", column: null, value: String(id) });
  const locked = ({ id, agreement }: TagRow): Problem => ({
    rule: "TAG-025",
    column: null,
    value: String(id),
    params: { agreement: agreement ?? "" },
  });
  const pending = pendingOf(line, stored);
  if (target !== null && !stored.byId.has(target)) return unknown(target);
  if (rewrites !== null && pending?.status === "agreed") {
    return keyOf(pending) === keyOf(line) && saysTheSame(line, pending) ? null : locked(pending);
  }
  if (replaces !== null) {
    const old = stored.byId.get(replaces);
    if (old?.status !== "agreed") {
      const params = { status: old?.status ?? "", action: "replace", needed: "agreed" };
      return { rule: "TAG-022", column: null, value: String(replaces), params };
    }
    const other = [...stored.onTheirWay.values()].find((tag) => tag.replaces === replaces && tag.id !== pending?.id);
    if (other) return { rule: "TAG-029", column: null, value: String(replaces), params: { other: other.id } };
    return null;
  }
  const agreed = stored.agreed.get(keyOf(line));
  const isReplaced = agreed !== undefined && pending?.replaces === agreed.id;
  return agreed && rewrites === null && !isReplaced && !saysTheSame(line, agreed) ? locked(agreed) : null;
}

function saysTheSame({ share, evidence, link }: TagLine, tag: TagRow): boolean {
  return (
    share === tag.share && (evidence === null || evidence === tag.evidence) && (link === null || link === tag.link)
  );
}

/** The tag that a proposal repeats, if it says nothing new. */
function sameAsStored(line: ReadProposal, stored: StoredTags, status: "identified" | "proposed"): TagRow | null {
  const { replaces } = line.proposal;
  const pending = pendingOf(line, stored);
  if (pending?.status === "agreed") return pending;
  const agreed = stored.agreed.get(keyOf(line));
  if (agreed && replaces === null && pending?.replaces !== agreed.id && saysTheSame(line, agreed)) return agreed;
  if (!pending) return null;
  // What is on its way is not marked again.
  if (status === "identified") return pending;
  const isProposed = pending.status !== "identified" && keyOf(pending) === keyOf(line);
  const sameTarget = replaces === null || pending.replaces === replaces;
  return isProposed && sameTarget && saysTheSame(line, pending) ? pending : null;
}

/** What stands on a node beside a group: without tags that the group rewrites, and without those that are to be replaced. */
function othersOf(tags: readonly TagRow[], group: readonly ReadProposal[], stored: StoredTags): TagRow[] {
  const rewritten = new Set(group.flatMap((line) => pendingOf(line, stored)?.id ?? []));
  const replaced = new Set([
    ...group.flatMap(({ proposal }) => proposal.replaces ?? []),
    ...group.flatMap((line) => pendingOf(line, stored)?.replaces ?? []),
    ...tags.flatMap(({ replaces, status }) => (status === "agreed" ? [] : (replaces ?? []))),
  ]);
  return tags.filter(({ id }) => !rewritten.has(id) && !replaced.has(id));
}

function write(
  writer: TagWriter,
  line: ReadProposal,
  stored: StoredTags,
  { status, reason }: { status: "identified" | "proposed"; reason: string | null },
): TagResult {
  const { theme, node, intervention, fiscalYearFrom, fiscalYearTo, share, proposal } = line;
  const before = pendingOf(line, stored);
  const base = before ?? (proposal.replaces === null ? null : (stored.byId.get(proposal.replaces) ?? null));
  const content = {
    ...{ theme, node, intervention, fiscalYearFrom, fiscalYearTo, share, status },
    agreement: null,
    evidence: line.evidence ?? base?.evidence ?? null,
    link: line.link ?? base?.link ?? null,
    origin: before?.origin ?? proposal.origin,
    replaces: proposal.replaces ?? before?.replaces ?? null,
  };
  if (!before) {
    const { id } = writer.create(content, status, reason);
    return { row: proposal.row, outcome: "created", tag: id, problems: [] };
  }
  // A tag in review whose content changes must be reviewed again.
  const after = { ...content, id: before.id };
  writer.change(before, after, before.status === "identified" ? "proposed" : "changed", reason);
  return { row: proposal.row, outcome: "updated", tag: before.id, problems: [] };
}
