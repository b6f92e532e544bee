import { sql } from "drizzle-orm";
import type { Problem } from "../rules.ts";
import type { Db, Transaction } from "../store/index.ts";
import { recordAgreement, type StatedAgreement } from "./agreements.ts";
import { fitGroup } from "./fit-group.ts";
import { AUTHORS_STEPS, samePerson, type TagAction, TRANSITIONS } from "./life.ts";
import { type Actor, refused, type TagResult } from "./propose-tags.ts";
import { groupByPlace } from "./stored-tags.ts";
import type { TagRow } from "./tag.ts";
import { TagWriter } from "./tag-writer.ts";

/** A step that somebody takes with tags. */
export interface Step {
  action: TagAction;
  /** Numbers of tags. */
  tags: readonly number[];
  /** The agreement under which tags are agreed; null for every other step. */
  agreement: StatedAgreement | null;
}

/** A tag, and why it may not be agreed. */
type Judged = { tag: TagRow; problem: Problem | null };

/**
 * Takes one step with some tags: each is judged by itself, those that may not take it are refused with the reason, the
 * others take it together. Nobody agrees a tag whose content is their own (TAG-023), and one whose author nobody named
 * cannot be agreed (TAG-024). When a tag is agreed, the one that it replaces retires.
 */
export async function takeSteps(db: Db, { action, tags, agreement }: Step, actor: Actor): Promise<TagResult[]> {
  const ids = [...new Set(tags)];
  return db.tx(async (tx) => {
    const all = new Map((await tx.select().from(db.tables.tags)).map((tag) => [tag.id, tag]));
    const results = new Map<number, TagResult>();
    const put = (id: number, problem: Problem | null) =>
      results.set(id, problem ? refused(id, [problem], id) : { row: id, outcome: "updated", tag: id, problems: [] });
    let open: TagRow[] = [];
    for (const id of ids) {
      const tag = all.get(id);
      const problem = tag ? transitionProblem(tag, action, actor) : unknownTag(id);
      if (problem) put(id, problem);
      else if (tag) open.push(tag);
    }
    if (action === "agree") {
      for (const { tag, problem } of await judgeAgreement(tx, open, all, actor)) if (problem) put(tag.id, problem);
      open = open.filter(({ id }) => !results.has(id));
      const problem = await agreementProblem(tx, db.tables, open, agreement, actor);
      if (problem) for (const { id } of open) put(id, problem);
      open = open.filter(({ id }) => !results.has(id));
    }
    await write(tx, open, all, { action, number: agreement?.number.trim() ?? null, actor });
    for (const { id } of open) put(id, null);
    return ids.flatMap((id) => results.get(id) ?? []);
  });
}

function unknownTag(id: number): Problem {
  return { rule: "TAG-021", column: null, value: String(id) };
}

function transitionProblem(tag: TagRow, action: TagAction, { reason }: Actor): Problem | null {
  const { from, needsReason } = TRANSITIONS[action];
  const value = String(tag.id);
  if (!(from as readonly string[]).includes(tag.status)) {
    const params = { status: tag.status, action, needed: from.join(", ") };
    return { rule: "TAG-022", column: null, value, params };
  }
  if (needsReason && reason === null) return { rule: "TAG-026", column: null, value, params: { action } };
  return null;
}

/** Four eyes, and whether the shares of what would be agreed fit with what is. */
async function judgeAgreement(
  tx: Transaction,
  tags: readonly TagRow[],
  all: ReadonlyMap<number, TagRow>,
  { name }: Actor,
): Promise<Judged[]> {
  const authors = await authorsOf(tx, tags);
  const judged = new Map<number, Judged>(tags.map((tag) => [tag.id, { tag, problem: null }]));
  const fail = (tag: TagRow, problem: Problem) => judged.set(tag.id, { tag, problem });
  for (const tag of tags) {
    const names = authors.get(tag.id) ?? [];
    const value = String(tag.id);
    if (names.length === 0) fail(tag, { rule: "TAG-024", column: null, value });
    else if (names.some((author) => samePerson(author, name)))
      fail(tag, { rule: "TAG-023", column: null, value, params: { actor: name } });
  }
  const open = tags.filter(({ id }) => judged.get(id)?.problem === null);
  const replaced = new Set(open.flatMap(({ replaces }) => replaces ?? []));
  const agreed = groupByPlace([...all.values()].filter(({ id, status }) => status === "agreed" && !replaced.has(id)));
  for (const [place, group] of groupByPlace(open)) {
    for (const { tag, problem } of fitGroup(agreed.get(place) ?? [], group).refused) fail(tag, problem);
  }
  return [...judged.values()];
}

/** Who wrote the content of tags, as far as named. */
async function authorsOf(tx: Transaction, tags: readonly TagRow[]): Promise<Map<number, string[]>> {
  const list = tx.list(
    { id: "int" },
    tags.map(({ id }) => [BigInt(id)]),
  );
  const rows = await tx.rows<{ tag: bigint; actor: string; action: string }>(sql`
    SELECT DISTINCT s.tag_id AS tag, s.actor AS actor, s.action AS action
    FROM tag_steps s JOIN ${list} AS t ON t.id = s.tag_id WHERE s.actor IS NOT NULL`);
  const authors = new Map<number, string[]>();
  for (const { tag, actor, action } of rows) {
    if (!AUTHORS_STEPS.includes(action)) continue;
    authors.set(Number(tag), [...(authors.get(Number(tag)) ?? []), actor]);
  }
  return authors;
}

async function agreementProblem(
  tx: Transaction,
  tables: Db["tables"],
  tags: readonly TagRow[],
  agreement: StatedAgreement | null,
  { name, at }: Actor,
): Promise<Problem | null> {
  // An agreement under which nothing is agreed is not recorded.
  if (tags.length === 0) return null;
  return recordAgreement(tx, tables, agreement ?? { number: "" }, { name, at });
}

async function write(
  tx: Transaction,
  tags: readonly TagRow[],
  all: ReadonlyMap<number, TagRow>,
  { action, number, actor }: { action: TagAction; number: string | null; actor: Actor },
): Promise<void> {
  const { to, said } = TRANSITIONS[action];
  const writer = await TagWriter.open(tx, { extractId: null, actor: actor.name, at: actor.at });
  for (const { id, replaces } of action === "agree" ? tags : []) {
    const old = replaces === null ? undefined : all.get(replaces);
    // What it was to replace may have been retired by hand in the meantime.
    if (old?.status !== "agreed") continue;
    writer.change(old, { ...old, status: "retired" }, "retired", `diganti oleh tag ${id} / replaced by tag ${id}`);
  }
  for (const tag of tags) {
    const agreement = action === "agree" ? number : tag.agreement;
    writer.change(tag, { ...tag, status: to, agreement }, said, actor.reason);
  }
  await writer.flush();
}
