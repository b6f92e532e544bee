import { sql } from "drizzle-orm";
import type { Reader } from "../store/index.ts";

/** Tells one state of the code lists and satkers from another: equal texts, equal lists. */
export async function listsVersion(reader: Reader): Promise<string> {
  const [lists] = await reader.rows<{ entries: bigint; successors: bigint }>(sql`
    SELECT (SELECT count(*) FROM reference_entries) AS entries, (SELECT count(*) FROM code_successors) AS successors`);
  const satkers = await reader.rows<{ id: bigint }>(sql`
    SELECT x.id AS id FROM extracts x
    WHERE x.status = 'posted' AND EXISTS (SELECT 1 FROM satkers s WHERE s.extract_id = x.id) ORDER BY x.id`);
  return [lists?.entries, lists?.successors, ...satkers.map(({ id }) => id)].join(" ");
}
