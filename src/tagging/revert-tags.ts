import { and, desc, eq, sql } from "drizzle-orm";
import { AppError } from "../errors.ts";
import type { Db, Transaction } from "../store/index.ts";
import { ON_THEIR_WAY } from "./life.ts";
import { excessOf } from "./shares.ts";
import { placeOf, type TagRow, tagOfStep } from "./tag.ts";
import { TagWriter } from "./tag-writer.ts";

/**
 * Undoes what a tag extract changed, newest change first; the history keeps the changes and that they were undone.
 *
 * @param at moment of the revert, ISO text in UTC
 * @throws AppError when a later extract that is still posted, or a person, changed one of the same tags, or when another
 * tag uses the share that would come back: that one must go first.
 */
export async function revertTags(
  tx: Transaction,
  tables: Db["tables"],
  { extractId, at, actor }: { extractId: number; at: string; actor: string | null },
): Promise<void> {
  await assertNothingLater(tx, extractId);
  const { tagSteps } = tables;
  const steps = await tx.select().from(tagSteps).where(eq(tagSteps.extractId, extractId)).orderBy(desc(tagSteps.id));
  const writer = await TagWriter.open(tx, { extractId, actor, at });
  const restored: TagRow[] = [];
  for (const { before, after, action } of steps) {
    const [was, is] = [tagOfStep(before), tagOfStep(after)];
    if (action === "reverted" || is === null) continue;
    if (was === null) writer.remove(is, "reverted");
    else {
      writer.change(is, was, "reverted");
      restored.push(was);
    }
  }
  await assertFree(tx, restored);
  await writer.flush();
  await assertShares(tx, tables, restored);
}

async function assertNothingLater(tx: Transaction, extractId: number): Promise<void> {
  const [later] = await tx.rows<{ tag: bigint; extract: bigint | null }>(sql`
    SELECT l.tag_id AS tag, l.extract_id AS extract
    FROM tag_steps s JOIN tag_steps l ON l.tag_id = s.tag_id AND l.id > s.id
    LEFT JOIN extracts x ON x.id = l.extract_id
    WHERE s.extract_id = ${extractId} AND (l.extract_id IS NULL OR (l.extract_id <> ${extractId} AND x.status = 'posted'))
    ORDER BY l.id LIMIT 1`);
  if (!later) return;
  if (later.extract === null) {
    const message = `Tag ${later.tag} sudah melangkah setelah ekstrak ini / tag ${later.tag} took a step after this extract`;
    throw new AppError("EXTRACT-LATER", 409, message, `tandai tags history ${later.tag}`);
  }
  const message = `Ekstrak ${later.extract} mengubah tanda yang sama / extract ${later.extract} changed the same tags`;
  throw new AppError("EXTRACT-LATER", 409, message, `tandai extracts revert ${later.extract}`);
}

/** A tag that was proposed in the meantime may stand where one on its way would come back. */
async function assertFree(tx: Transaction, restored: readonly TagRow[]): Promise<void> {
  const pending = restored.filter(({ status }) => (ON_THEIR_WAY as readonly string[]).includes(status));
  const wanted = tx.list(
    { id: "int", theme: "text", node: "text", intervention: "text", first: "int", last: "int" },
    pending.map((tag) => [
      BigInt(tag.id),
      ...[tag.theme, tag.node, tag.intervention],
      ...[BigInt(tag.fiscalYearFrom), BigInt(tag.fiscalYearTo)],
    ]),
  );
  const [taken] = await tx.rows<{ id: bigint }>(sql`
    SELECT t.id AS id FROM tags t JOIN ${wanted} AS w ON w.theme = t.theme AND w.node = t.node
      AND w.intervention = t.intervention AND w.first = t.fiscal_year_from AND w.last = t.fiscal_year_to AND w.id <> t.id
    WHERE t.status IN ('identified', 'proposed', 'in-review') ORDER BY t.id LIMIT 1`);
  if (!taken) return;
  const message = `Tag ${taken.id} diusulkan di tempat yang sama / tag ${taken.id} is proposed in the same place`;
  throw new AppError("EXTRACT-LATER", 409, message, `tandai tags history ${taken.id}`);
}

/** The agreed shares of the nodes of tags that came back must still fit. */
async function assertShares(tx: Transaction, { tags }: Db["tables"], restored: readonly TagRow[]): Promise<void> {
  const places = new Map(restored.filter(({ status }) => status === "agreed").map((tag) => [placeOf(tag), tag]));
  for (const { theme, node } of places.values()) {
    const agreed = await tx
      .select()
      .from(tags)
      .where(and(eq(tags.theme, theme), eq(tags.node, node), eq(tags.status, "agreed")));
    const excess = excessOf(agreed);
    if (!excess) continue;
    const message = `Porsi ${node} tahun ${excess.fiscalYear} sudah dipakai tanda yang lebih baru / later tags use the share of ${node} in ${excess.fiscalYear}`;
    throw new AppError("EXTRACT-LATER", 409, message, "tandai extracts");
  }
}
