import { and, desc, eq, gt, inArray } from "drizzle-orm";
import { AppError } from "../errors.ts";
import type { Db, Transaction } from "../store/index.ts";

type TagRow = Db["tables"]["tags"]["$inferSelect"];

/**
 * Undoes what a tag extract changed, newest change first.
 *
 * @throws AppError when a later extract that is still posted changed one of the same tags: that one must go first.
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
}
