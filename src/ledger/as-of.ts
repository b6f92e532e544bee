import { sql } from "drizzle-orm";
import type { Db, Reader, Transaction } from "../store/index.ts";
import { rewindTags } from "../tagging/index.ts";
import { type LedgerKind, recountPeriods, type Touched } from "./in-force.ts";
import { rebuildRealization } from "./realization-balances.ts";
import { rebuildBudget } from "./rebuild-budget.ts";

/**
 * Answers a question from the store as it was at a moment: the extracts that were in force then, the tags as they were
 * agreed then, and balances computed again from the lines of those extracts. What changed since is put back in a
 * transaction that is never kept, so every question is answered by the same code as today. Code lists, themes and cohorts
 * have no past and are those of today.
 *
 * The transaction waits for an import that is writing, and an import waits for it; when nothing changed since, the store is
 * only read.
 *
 * @param moment ISO text in UTC with milliseconds; what happened at this very moment has happened
 */
export async function asOf<T>(db: Db, moment: string, work: (view: Db) => Promise<T>): Promise<T> {
  const unchanged = await db.snapshot(async (reader) =>
    (await isUnchangedSince(reader, moment)) ? { answer: await work(viewOf(db, reader)) } : null,
  );
  if (unchanged) return unchanged.answer;
  return db.tx(
    async (tx) => {
      await rewindLedger(tx, moment);
      await rewindTags(tx, moment);
      return work(viewOf(db, tx));
    },
    { keep: () => false },
  );
}

async function isUnchangedSince(reader: Reader, moment: string): Promise<boolean> {
  const [row] = await reader.rows<{ extracts: bigint; steps: bigint }>(sql`
    SELECT (SELECT count(*) FROM extracts WHERE imported_at > ${moment} OR reverted_at > ${moment}) AS extracts,
      (SELECT count(*) FROM tag_steps WHERE at > ${moment}) AS steps`);
  return row?.extracts === 0n && row.steps === 0n;
}

/** The store as one reader sees it; nothing can be written through it. */
function viewOf(db: Db, reader: Reader): Db {
  const refuse = () => Promise.reject(new Error("the past is not written"));
  return {
    tables: db.tables,
    location: db.location,
    read: reader,
    snapshot: (work) => work(reader),
    tx: refuse,
    checkIntegrity: refuse,
    describe: () => db.describe(),
    close: async () => undefined,
  };
}

/** Extracts of which something happened later. */
const CHANGED_SINCE = (moment: string) =>
  sql`SELECT id FROM extracts WHERE status IN ('posted', 'reverted') AND (imported_at > ${moment} OR reverted_at > ${moment})`;

/**
 * Puts back in force what was in force at a moment: of every cell of an extract that was posted or reverted later, the
 * newest extract that was posted then.
 */
async function rewindLedger(tx: Transaction, moment: string): Promise<void> {
  const cells = await tx.rows<{ kind: string; satker: string; fiscal_year: bigint; period: string }>(sql`
    SELECT DISTINCT kind, satker, fiscal_year, period FROM extract_cells
    WHERE extract_id IN (${CHANGED_SINCE(moment)})`);
  const touched = tx.list(
    { kind: "text", satker: "text", fiscal_year: "int", period: "text" },
    cells.map(({ kind, satker, fiscal_year, period }) => [kind, satker, fiscal_year, period]),
  );
  await tx.joiningMany(async () => {
    await tx.run(sql`DELETE FROM cells_in_force WHERE (kind, satker, fiscal_year, period) IN (
      SELECT kind, satker, fiscal_year, period FROM ${touched} AS t)`);
    await tx.run(sql`
      INSERT INTO cells_in_force (kind, satker, fiscal_year, period, extract_id)
      SELECT e.kind, e.satker, e.fiscal_year, e.period, max(e.extract_id)
      FROM ${touched} AS t
      JOIN extract_cells e ON e.kind = t.kind AND e.satker = t.satker AND e.fiscal_year = t.fiscal_year AND e.period = t.period
      JOIN extracts x ON x.id = e.extract_id
      WHERE x.imported_at <= ${moment} AND (x.status = 'posted' OR (x.status = 'reverted' AND x.reverted_at > ${moment}))
      GROUP BY e.kind, e.satker, e.fiscal_year, e.period`);
  });
  await recountPeriods(tx);
  // Lists follow from the state of their extracts alone.
  await tx.run(sql`UPDATE extracts SET status = 'posted', reverted_at = NULL
    WHERE status = 'reverted' AND imported_at <= ${moment} AND reverted_at > ${moment}`);
  await tx.run(sql`UPDATE extracts SET status = 'open' WHERE imported_at > ${moment}`);
  const touchedBy = (kind: LedgerKind): Touched[] => {
    const ofKind = cells.filter((cell) => cell.kind === kind);
    const years = ofKind.map(({ satker, fiscal_year }) => ({ satker, fiscalYear: Number(fiscal_year) }));
    return [...new Map(years.map((year) => [`${year.satker} ${year.fiscalYear}`, year])).values()];
  };
  await rebuildBudget(tx, touchedBy("budget"));
  await rebuildRealization(tx, touchedBy("realization"));
}
