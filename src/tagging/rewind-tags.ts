import { sql } from "drizzle-orm";
import type { Transaction } from "../store/index.ts";
import { tagOfStep } from "./tag.ts";
import { deleteTags, storeTags } from "./tag-writer.ts";

/**
 * Puts the tags back to what they were at a moment, from the history: each tag that took a step later gets what its last
 * step until then left. For a transaction that is not kept.
 *
 * @param moment ISO text in UTC; a step at this very moment has happened
 */
export async function rewindTags(tx: Transaction, moment: string): Promise<void> {
  const rows = await tx.rows<{ tag: bigint; after: string | null }>(sql`
    SELECT later.tag_id AS tag, (
      SELECT s.after FROM tag_steps s WHERE s.tag_id = later.tag_id AND s.at <= ${moment}
      ORDER BY s.at DESC, s.id DESC LIMIT 1) AS after
    FROM (SELECT DISTINCT tag_id FROM tag_steps WHERE at > ${moment}) AS later`);
  await deleteTags(
    tx,
    rows.map(({ tag }) => Number(tag)),
  );
  await storeTags(
    tx,
    rows.flatMap(({ after }) => tagOfStep(after === null ? null : (JSON.parse(after) as unknown)) ?? []),
  );
}
