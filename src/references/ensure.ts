import { sql } from "drizzle-orm";
import { loadSeeds } from "../../seeds/index.ts";
import type { Db } from "../store/index.ts";

/** Loads the code lists into a store that has none yet; a new store is usable at once. Returns whether it did. */
export async function ensureReferences(db: Db): Promise<boolean> {
  const [row] = await db.read.rows<{ lists: bigint }>(sql`SELECT count(*) AS lists FROM reference_lists`);
  if (row && row.lists > 0n) return false;
  await db.tx(loadSeeds);
  return true;
}
