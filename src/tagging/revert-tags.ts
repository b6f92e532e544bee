import { and, desc, eq, gt, inArray } from "drizzle-orm";
import { AppError } from "../errors.ts";
import type { Db, Transaction } from "../store/index.ts";
import { excessOf } from "./shares.ts";

type TagRow = Db["tables"]["tags"]["$inferSelect"];

/**
 * Undoes what a tag extract changed, newest change first.
 *
 * @throws AppError when a later extract that is still posted changed one of the same tags, or uses the share that would
 * come back: that one must go first.
 */
export async function revertTags(tx: Transaction, tables: Db["tables"], extractId: number): Promise<void> {
  const { tags, tagHistory, extracts } = tables;
  const changes = await tx
    .select()
    .from(tagHistory)
    .where(eq(tagHistory.extractId, extractId))
    .orderBy(desc(tagHistory.id));
  for (const change of changes) {
    const [later] = await tx
      .select({ extractId: tagHistory.extractId })
      .from(tagHistory)
      .innerJoin(extracts, eq(extracts.id, tagHistory.extractId))
      .where(
        and(
          eq(tagHistory.tagId, change.tagId),
          gt(tagHistory.extractId, extractId),
          inArray(extracts.status, ["posted"]),
        ),
      );
    if (later) {
      const message = `Ekstrak ${later.extractId} mengubah tanda yang sama / extract ${later.extractId} changed the same tags`;
      throw new AppError("EXTRACT-LATER", 409, message, `tandai extracts revert ${later.extractId}`);
    }
    if (change.before === null) await tx.delete(tags).where(eq(tags.id, change.tagId));
    else
      await tx
        .update(tags)
        .set(change.before as TagRow)
        .where(eq(tags.id, change.tagId));
  }
  for (const { before } of changes) if (before !== null) await checkShares(tx, tables, before as TagRow);
}

/** The agreed shares of the node of a tag that came back must still fit. */
async function checkShares(tx: Transaction, { tags }: Db["tables"], { theme, node }: TagRow): Promise<void> {
  const agreed = await tx
    .select()
    .from(tags)
    .where(and(eq(tags.theme, theme), eq(tags.node, node), eq(tags.status, "agreed")));
  const excess = excessOf(agreed);
  if (!excess) return;
  const message = `Porsi ${node} tahun ${excess.fiscalYear} sudah dipakai tanda yang lebih baru / later tags use the share of ${node} in ${excess.fiscalYear}`;
  throw new AppError("EXTRACT-LATER", 409, message, "tandai extracts");
}
