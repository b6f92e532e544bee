import { sql } from "drizzle-orm";
import { loadSeeds } from "../../seeds/index.ts";
import type { Db, Reader } from "../store/index.ts";

/** Loads the code lists into a store that has none yet; a new store is usable at once. Returns whether it did. */
export async function ensureReferences(db: Db): Promise<boolean> {
  if (await hasLists(db.read)) return false;
  return db.tx(async (tx) => {
    // Another process may have loaded them while this one waited for its turn.
    if (await hasLists(tx)) return false;
    await loadSeeds(tx);
    return true;
  });
}

async function hasLists(reader: Reader): Promise<boolean> {
  const [row] = await reader.rows<{ lists: bigint }>(sql`SELECT count(*) AS lists FROM reference_lists`);
  return row !== undefined && row.lists > 0n;
}
