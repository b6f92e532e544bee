import { sql } from "drizzle-orm";
import type { Transaction, Value } from "../store/index.ts";
import type { TagRow } from "./tag.ts";

/** Who writes, when, and from which file. */
export interface WriterOrigin {
  /** The file behind the steps; null for steps taken one by one. */
  extractId: number | null;
  /** Null for a file that was imported without a name. */
  actor: string | null;
  /** Moment of the steps, ISO text in UTC. */
  at: string;
}

const TAG_COLUMNS = [
  "id",
  "theme",
  "node",
  "intervention",
  "fiscal_year_from",
  "fiscal_year_to",
  "share",
  "status",
  "agreement",
  "evidence",
  "link",
  "origin",
  "replaces",
];

const STEP_COLUMNS = ["id", "tag_id", "extract_id", "at", "actor", "action", "reason", "before", "after"];

const REPLACE = `ON CONFLICT (id) DO UPDATE SET ${TAG_COLUMNS.slice(1)
  .map((column) => `${column} = excluded.${column}`)
  .join(", ")}`;

function valuesOf(tag: TagRow): Value[] {
  return [
    BigInt(tag.id),
    tag.theme,
    tag.node,
    tag.intervention,
    BigInt(tag.fiscalYearFrom),
    BigInt(tag.fiscalYearTo),
    BigInt(tag.share),
    tag.status,
    tag.agreement,
    tag.evidence,
    tag.link,
    tag.origin,
    tag.replaces === null ? null : BigInt(tag.replaces),
  ];
}

/** Stores tags as they are given, over what is there under their numbers. */
export async function storeTags(tx: Transaction, tags: readonly TagRow[]): Promise<void> {
  await tx.bulkInsert("tags", TAG_COLUMNS, tags.map(valuesOf), { onConflict: REPLACE });
}

/** Deletes tags by number. */
export async function deleteTags(tx: Transaction, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  const list = tx.list(
    { id: "int" },
    ids.map((id) => [BigInt(id)]),
  );
  await tx.run(sql`DELETE FROM tags WHERE id IN (SELECT id FROM ${list} AS gone)`);
}

/**
 * Collects steps and writes tags and history in one go. Steps have no earlier moment than the one before them, so that
 * their order and their moments say the same.
 */
export class TagWriter {
  readonly #tx: Transaction;
  readonly #origin: WriterOrigin;
  #at: string;
  #tagId: number;
  #stepId: number;
  /** The newest content of every tag, in the order in which tags were first touched. */
  readonly #tags = new Map<number, TagRow>();
  #deleted: number[] = [];
  #steps: Value[][] = [];

  private constructor(tx: Transaction, origin: WriterOrigin, last: { step: number; tag: number; at: string | null }) {
    this.#tx = tx;
    this.#origin = origin;
    this.#stepId = last.step;
    this.#tagId = last.tag;
    this.#at = last.at !== null && last.at > origin.at ? last.at : origin.at;
  }

  static async open(tx: Transaction, origin: WriterOrigin): Promise<TagWriter> {
    // Numbers of deleted tags live on in the history and are never given again.
    const [last] = await tx.rows<{ step: bigint; tag: bigint; at: string | null }>(sql`
      SELECT coalesce(max(id), 0) AS step, coalesce(max(tag_id), 0) AS tag, max(at) AS at FROM tag_steps`);
    const { step = 0n, tag = 0n, at = null } = last ?? {};
    return new TagWriter(tx, origin, { step: Number(step), tag: Number(tag), at });
  }

  create(tag: Omit<TagRow, "id">, action: string, reason: string | null = null): TagRow {
    const created = { ...tag, id: ++this.#tagId };
    this.#tags.set(created.id, created);
    this.#step(created.id, action, reason, null, created);
    return created;
  }

  change(before: TagRow, after: TagRow, action: string, reason: string | null = null): void {
    this.#tags.set(after.id, after);
    this.#step(after.id, action, reason, before, after);
  }

  /** Takes a tag away that a file had brought; its history stays. */
  remove(before: TagRow, action: string): void {
    this.#deleted.push(before.id);
    this.#step(before.id, action, null, before, null);
  }

  #step(tagId: number, action: string, reason: string | null, before: TagRow | null, after: TagRow | null): void {
    const { extractId, actor } = this.#origin;
    this.#steps.push([
      BigInt(++this.#stepId),
      BigInt(tagId),
      extractId === null ? null : BigInt(extractId),
      this.#at,
      actor,
      action,
      reason,
      before === null ? null : JSON.stringify(before),
      after === null ? null : JSON.stringify(after),
    ]);
  }

  /** Writes everything, in the order of the steps. */
  async flush(): Promise<void> {
    await deleteTags(this.#tx, this.#deleted);
    await storeTags(this.#tx, [...this.#tags.values()]);
    await this.#tx.bulkInsert("tag_steps", STEP_COLUMNS, this.#steps);
    this.#tags.clear();
    this.#deleted = [];
    this.#steps = [];
  }
}
