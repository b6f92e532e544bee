import { sql } from "drizzle-orm";
import type { Reader } from "../store/index.ts";

/** An entry of a code list found by words of its name or the beginning of its code. */
export interface ReferenceHit {
  list: string;
  code: string;
  name: string;
}

/** Entries whose code or name has every word (or its beginning), by list and code; at most `limit`. */
export async function searchReferences(reader: Reader, text: string, limit: number): Promise<ReferenceHit[]> {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  if (words.length === 0) return [];
  return reader.rows<{ list: string; code: string; name: string }>(
    sql`SELECT list, code, name FROM reference_search WHERE ${reader.matchesWords(words)} ORDER BY list, code LIMIT ${limit}`,
  );
}
