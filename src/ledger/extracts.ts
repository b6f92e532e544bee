import { asc, eq, sql } from "drizzle-orm";
import type { Db, Reader } from "../store/index.ts";
import { type StatementOptions, type StoredOutcome, storedOptions, storedTotal } from "./extract-records.ts";
import { cellKindsOf } from "./in-force.ts";
import { unknownExtract } from "./revert.ts";
import type { ControlTotal, Scope } from "./types.ts";

type ExtractRow = Db["tables"]["extracts"]["$inferSelect"];

/** `superseded`: posted, but newer extracts speak for all of its cells. */
export type ExtractState = "posted" | "superseded" | "reverted" | "blocked";

/** An extract as people see it. */
export interface ExtractSummary {
  id: number;
  kind: string;
  layout: string;
  file: string;
  sha256: string;
  state: ExtractState;
  rows: { read: number; posted: number; rejected: number; skipped: number };
  amount: { read: bigint; posted: bigint; rejected: bigint };
  scope: Scope | null;
  controlTotals: ControlTotal[];
  changes: StoredOutcome["changes"];
  warnings: Record<string, number>;
  options: StatementOptions;
  /** Cells it speaks for, and how many of them it is in force for; null for lists and tags, which have no cells. */
  cells: { covered: number; inForce: number } | null;
  importedAt: string;
  revertedAt: string | null;
}

/** All extracts, oldest first. */
export async function listExtracts(db: Db): Promise<ExtractSummary[]> {
  return db.snapshot(async (reader) => {
    const cells = await countCells(reader);
    const rows = await reader.select().from(db.tables.extracts).orderBy(asc(db.tables.extracts.id));
    return rows.map((row) => summary(row, cells));
  });
}

/** The record of an extract. @throws AppError 404 for an unknown one */
export async function extractRow(db: Db, id: number): Promise<ExtractRow> {
  const { extracts } = db.tables;
  const [row] = await db.read.select().from(extracts).where(eq(extracts.id, id));
  if (!row) throw unknownExtract(id);
  return row;
}

/** @throws AppError 404 for an unknown extract */
export async function getExtract(db: Db, id: number): Promise<ExtractSummary> {
  const { extracts } = db.tables;
  return db.snapshot(async (reader) => {
    const [row] = await reader.select().from(extracts).where(eq(extracts.id, id));
    if (!row) throw unknownExtract(id);
    return summary(row, await countCells(reader, id));
  });
}

interface CellCounts {
  covered: Map<number, number>;
  inForce: Map<number, number>;
}

/** Counts the cells of one extract or of all. */
async function countCells(reader: Reader, id: number | null = null): Promise<CellCounts> {
  const count = async (table: string) => {
    const rows = await reader.rows<{ id: bigint; count: bigint }>(sql`
      SELECT extract_id AS id, count(*) AS count FROM ${sql.raw(table)}
      ${id === null ? sql`` : sql`WHERE extract_id = ${id}`} GROUP BY extract_id`);
    return new Map(rows.map((row) => [Number(row.id), Number(row.count)]));
  };
  return { covered: await count("extract_cells"), inForce: await count("cells_in_force") };
}

function summary(row: ExtractRow, counts: CellCounts): ExtractSummary {
  const outcome = row.outcome as StoredOutcome;
  const cells =
    cellKindsOf(row.kind).length > 0
      ? { covered: counts.covered.get(row.id) ?? 0, inForce: counts.inForce.get(row.id) ?? 0 }
      : null;
  return {
    id: row.id,
    kind: row.kind,
    layout: row.layout,
    file: row.file,
    sha256: row.sha256,
    state: row.status === "posted" && cells?.inForce === 0 ? "superseded" : (row.status as ExtractState),
    rows: { read: row.rowsRead, posted: row.rowsPosted, rejected: row.rowsRejected, skipped: row.rowsSkipped },
    amount: { read: row.amountRead, posted: row.amountPosted, rejected: row.amountRejected },
    scope: outcome.scope,
    controlTotals: outcome.controlTotals.map(storedTotal),
    changes: outcome.changes,
    warnings: outcome.warnings,
    options: storedOptions(row.options),
    cells,
    importedAt: row.importedAt,
    revertedAt: row.revertedAt,
  };
}
