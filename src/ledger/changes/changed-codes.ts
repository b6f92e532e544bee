import { sql } from "drizzle-orm";
import type { Reader } from "../../store/index.ts";
import type { CodeYear } from "../realization-balances.ts";

/** With more codes than this, to compute all balances of their satkers again costs no more. */
const MOST_CODES = 50_000;

/** The codes and years of the payments that an extract changed, before and after; null when they are very many. */
export async function changedCodes(reader: Reader, extractId: number): Promise<CodeYear[] | null> {
  const codeYear = sql`l.code_id AS code_id, c.satker AS satker, CAST(substr(l.date, 1, 4) AS integer) AS fiscal_year`;
  // From a change to its line to its code, each by its key.
  const source = sql`FROM extract_changes x CROSS JOIN ledger_lines l CROSS JOIN code_combinations c
    WHERE x.extract_id = ${extractId} AND x.kind = 'realization' AND c.id = l.code_id AND c.ministry = l.ministry`;
  const rows = await reader.rows<{ code_id: bigint; satker: string; fiscal_year: bigint }>(sql`
    SELECT ${codeYear} ${source} AND l.extract_id = x.before_extract AND l.row = x.before_row
    UNION
    SELECT ${codeYear} ${source} AND l.extract_id = x.extract_id AND l.row = x.after_row
    LIMIT ${MOST_CODES + 1}`);
  if (rows.length > MOST_CODES) return null;
  return rows.map(({ code_id, satker, fiscal_year }) => ({ codeId: code_id, satker, fiscalYear: fiscal_year }));
}
