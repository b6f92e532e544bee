import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Reader } from "../store/index.ts";

/**
 * A short hash that changes with every import, revert and tag, and with the code lists: two answers under the same
 * version are the same. Every part only grows in the life of a store, so no earlier version comes back.
 */
export async function ledgerVersion(reader: Reader): Promise<string> {
  const rows = await reader.rows(sql`
    SELECT (SELECT max(id) FROM extracts WHERE status IN ('posted', 'reverted')) AS last_extract,
      (SELECT count(*) FROM extracts WHERE status = 'reverted') AS reverted,
      (SELECT max(coalesce(reverted_at, imported_at)) FROM extracts WHERE status IN ('posted', 'reverted')) AS changed_at,
      (SELECT max(id) FROM tag_steps) AS last_tag,
      (SELECT count(*) FROM reference_entries) AS codes,
      (SELECT count(*) FROM priority_districts) AS cohorts`);
  const parts = Object.values(rows[0] ?? {}).map(String);
  return createHash("sha256").update(parts.join("|")).digest("base64url").slice(0, 22);
}
