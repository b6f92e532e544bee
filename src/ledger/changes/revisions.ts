import { sql } from "drizzle-orm";
import type { Reader } from "../../store/index.ts";
import { contentColumns, LINE_TABLES } from "./line-tables.ts";
import type { DifferingLine, LineChange } from "./pair-lines.ts";

/** Which revision of the newer extract a revision of the older one is compared with, by satker, year and revision. */
export type Revisions = ReadonlyMap<string, string>;

/** Columns that a new revision changes by itself. */
const OF_THE_REVISION = new Set(["revision", "revision_date"]);

/**
 * Pairs the revisions of satkers that two budget extracts state differently: a revision that both have is compared with
 * itself, else the highest of one with the highest of the other.
 */
export async function revisionsOf(reader: Reader, before: number, after: number): Promise<Revisions> {
  const alone = async (id: number, other: number) => {
    const rows = await reader.rows<{ satker: string; year: bigint; period: string }>(sql`
      SELECT e.satker AS satker, e.fiscal_year AS year, max(e.period) AS period FROM extract_cells e
      WHERE e.extract_id = ${id} AND e.kind = 'budget' AND NOT EXISTS (
        SELECT 1 FROM extract_cells o WHERE o.extract_id = ${other} AND o.kind = e.kind
          AND o.fiscal_year = e.fiscal_year AND o.period = e.period AND o.satker = e.satker)
      GROUP BY e.satker, e.fiscal_year`);
    return new Map(rows.map(({ satker, year, period }) => [`${satker} ${year}`, period]));
  };
  const newer = await alone(after, before);
  const revisions = new Map<string, string>();
  for (const [place, period] of await alone(before, after)) {
    const other = newer.get(place);
    if (other !== undefined) revisions.set(`${place} ${period}`, other);
  }
  return revisions;
}

/** Lines of older revisions as if they were of the revision they are compared with. */
export function restateRevisions(lines: readonly DifferingLine[], revisions: Revisions): readonly DifferingLine[] {
  if (revisions.size === 0) return lines;
  return lines.map((line) => {
    const period = revisions.get(`${line.satker} ${line.fiscalYear} ${line.period}`);
    return period === undefined ? line : { ...line, period, key: `${line.fiscalYear} ${Number(period)}` };
  });
}

/** Whether a budget line says in another revision what it said before. */
export function isSameButRevision({ state, before, after }: LineChange): boolean {
  if (state !== "updated") return false;
  const [old, now] = [valuesOf(before), valuesOf(after)];
  return old.revision !== now.revision && COLUMNS.every((name) => OF_THE_REVISION.has(name) || old[name] === now[name]);
}

const COLUMNS = contentColumns(LINE_TABLES.budget);

function valuesOf({ content }: DifferingLine): Record<string, string | null> {
  const values = JSON.parse(content) as (string | null)[];
  return Object.fromEntries(COLUMNS.map((name, index) => [name, values[index] ?? null]));
}
