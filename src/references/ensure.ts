import { sql } from "drizzle-orm";
import { loadSeeds } from "../../seeds/index.ts";
import { loadSuggestionKeywords } from "../../seeds/suggestion-keywords.ts";
import type { Db, Reader } from "../store/index.ts";

/**
 * Loads the code lists into a store that has none yet; a new store is usable at once. A store that is older than the keyword
 * lists gets these. Returns whether the code lists were loaded.
 */
export async function ensureReferences(db: Db): Promise<boolean> {
  const missing = await missingIn(db.read);
  if (!missing.lists && !missing.keywords) return false;
  return db.tx(async (tx) => {
    // Another process may have loaded them while this one waited for its turn.
    const { lists, keywords } = await missingIn(tx);
    if (lists) await loadSeeds(tx);
    else if (keywords) await loadSuggestionKeywords(tx);
    return lists;
  });
}

async function missingIn(reader: Reader): Promise<{ lists: boolean; keywords: boolean }> {
  const [row] = await reader.rows<{ lists: bigint; keywords: bigint }>(sql`
    SELECT (SELECT count(*) FROM (SELECT 1 FROM reference_lists LIMIT 1) AS l) AS lists,
      (SELECT count(*) FROM (SELECT 1 FROM suggestion_keywords LIMIT 1) AS k) AS keywords`);
  return { lists: row?.lists === 0n, keywords: row?.keywords === 0n };
}
