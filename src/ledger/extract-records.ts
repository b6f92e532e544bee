import { and, asc, desc, eq, gt, gte, or, sql } from "drizzle-orm";
import type { ColumnReport, ExtractKind, RejectSpool } from "../extracts/index.ts";
import type { Problem } from "../rules.ts";
import type { Db, Reader, Transaction } from "../store/index.ts";
import { type StoredReport, storedSummary } from "./changes/index.ts";
import { cellKindsOf, type LedgerKind } from "./in-force.ts";
import { type ControlTotal, type ImportResult, LISTED_REJECTS, type Posted, type Scope } from "./types.ts";

/** Options that change what is read or what it covers. */
export interface StatementOptions {
  scope: string | null;
  agreement: string | null;
  year: number | null;
  /** The extract that it completes with corrected rows. */
  completes: number | null;
}

/** What identifies an extract: the same statement twice changes nothing. */
export interface Statement {
  kind: ExtractKind;
  layout: string;
  file: string;
  sha256: string;
  options: StatementOptions;
  /** What its file does not say comes from the satker list: with another list the same file says something else. */
  usesSatkers: boolean;
  header: readonly string[];
  /** Moment of the import, ISO text in UTC. */
  at: string;
}

/** What `outcome` of an extract holds; rupiah as text, because JSON numbers are not exact. */
export interface StoredOutcome {
  scope: Scope | null;
  changes: ImportResult["changes"];
  controlTotals: { name: string; file: string; read: string; difference: string }[];
  warnings: Record<string, number>;
  ignoredColumns: string[];
  formats: ColumnReport[];
  /** What changed line by line, per kind; absent in extracts posted before it was kept. */
  reports?: Partial<Record<LedgerKind, StoredReport>>;
}

type ExtractRow = Db["tables"]["extracts"]["$inferSelect"];

export async function nextExtractId(tx: Transaction): Promise<number> {
  const [row] = await tx.rows<{ last: bigint | null }>(sql`SELECT max(id) AS last FROM extracts`);
  return Number(row?.last ?? 0n) + 1;
}

/** Writes the record of an extract before its lines, which refer to it. */
export async function openExtract(
  tx: Transaction,
  { extracts }: Db["tables"],
  id: number,
  statement: Statement,
): Promise<void> {
  const { kind, layout, file, sha256, options, header, at } = statement;
  await tx.insert(extracts).values({
    id,
    kind,
    layout,
    file,
    sha256,
    options,
    header,
    status: "open",
    rowsRead: 0,
    rowsPosted: 0,
    rowsRejected: 0,
    rowsSkipped: 0,
    amountRead: 0n,
    amountPosted: 0n,
    amountRejected: 0n,
    outcome: {},
    lastDate: null,
    importedAt: at,
    revertedAt: null,
  });
}

/** Completes the record with what the import found. */
export async function storeExtract(
  tx: Transaction,
  { extracts }: Db["tables"],
  result: ImportResult,
  { reports, lastDate }: Pick<Posted, "reports" | "lastDate">,
): Promise<void> {
  const outcome: StoredOutcome = {
    scope: result.scope,
    changes: result.changes,
    controlTotals: result.controlTotals.map(({ name, file, read, difference }) => ({
      name,
      file: String(file),
      read: String(read),
      difference: String(difference),
    })),
    warnings: result.warnings,
    ignoredColumns: result.ignoredColumns,
    formats: result.formats,
    reports: Object.fromEntries(
      reports.map(({ kind, summary, recorded }) => [kind, { summary: storedSummary(summary), recorded }]),
    ),
  };
  await tx
    .update(extracts)
    .set({
      status: result.status,
      rowsRead: result.rows.read,
      rowsPosted: result.rows.posted,
      rowsRejected: result.rows.rejected,
      rowsSkipped: result.rows.skipped,
      amountRead: result.amount.read,
      amountPosted: result.amount.posted,
      amountRejected: result.amount.rejected,
      outcome,
      lastDate,
    })
    .where(eq(extracts.id, result.extract ?? 0));
}

/** Keeps every reject: the source row as it came, and the rules it broke. */
export async function storeRejects(tx: Transaction, extractId: number, rejects: RejectSpool): Promise<void> {
  for await (const batch of rejects.batches()) {
    const rows = batch.map(({ row, problems, source }) => [
      BigInt(extractId),
      BigInt(row),
      toJson(problems),
      toJson(source),
    ]);
    await tx.bulkInsert("extract_rejects", ["extract_id", "row", "problems", "source"], rows);
  }
}

function toJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => (typeof part === "bigint" ? part.toString() : part));
}

/** The result of an earlier import of the very same statement that is wholly in force; null when there is none. */
export async function sameExtract(
  { tables }: Pick<Db, "tables">,
  reader: Reader,
  statement: Statement,
): Promise<ImportResult | null> {
  const { extracts } = tables;
  const candidates = await reader
    .select()
    .from(extracts)
    .where(
      and(
        eq(extracts.sha256, statement.sha256),
        eq(extracts.layout, statement.layout),
        eq(extracts.kind, statement.kind),
        eq(extracts.status, "posted"),
      ),
    )
    .orderBy(desc(extracts.id));
  const wanted = JSON.stringify(statement.options);
  const [earlier] = candidates.filter(({ options }) => JSON.stringify(storedOptions(options)) === wanted);
  if (!earlier || !(await isWhollyInForce(tables, reader, earlier))) return null;
  if (statement.usesSatkers && (await satkersChangedSince(tables, reader, earlier))) return null;
  return unchangedResult(earlier, await firstRejects(tables, reader, earlier.id));
}

/** Extracts with cells: none was taken over since. Lists and tags: nothing of the kind came after. */
async function isWhollyInForce({ extracts }: Db["tables"], reader: Reader, extract: ExtractRow): Promise<boolean> {
  if (cellKindsOf(extract.kind).length > 0) {
    const [row] = await reader.rows<{ covered: bigint; in_force: bigint }>(sql`
      SELECT (SELECT count(*) FROM extract_cells WHERE extract_id = ${extract.id}) AS covered,
        (SELECT count(*) FROM cells_in_force WHERE extract_id = ${extract.id}) AS in_force`);
    return row !== undefined && row.covered === row.in_force;
  }
  const later = await reader
    .select({ id: extracts.id })
    .from(extracts)
    .where(and(eq(extracts.kind, extract.kind), eq(extracts.status, "posted"), gt(extracts.id, extract.id)));
  return later.length === 0;
}

/** Whether a satker list was imported or taken back after an extract. */
async function satkersChangedSince(
  { extracts }: Db["tables"],
  reader: Reader,
  { id, importedAt }: ExtractRow,
): Promise<boolean> {
  const [changed] = await reader
    .select({ id: extracts.id })
    .from(extracts)
    .where(
      and(
        eq(extracts.kind, "satkers"),
        or(
          and(eq(extracts.status, "posted"), gt(extracts.id, id)),
          and(eq(extracts.status, "reverted"), gte(extracts.revertedAt, importedAt)),
        ),
      ),
    )
    .limit(1);
  return changed !== undefined;
}

async function firstRejects(
  { extractRejects }: Db["tables"],
  reader: Reader,
  id: number,
): Promise<ImportResult["rejects"]> {
  const rows = await reader
    .select({ row: extractRejects.row, problems: extractRejects.problems })
    .from(extractRejects)
    .where(eq(extractRejects.extractId, id))
    .orderBy(asc(extractRejects.row))
    .limit(LISTED_REJECTS);
  return rows.map(({ row, problems }) => ({ row, problems: problems as Problem[] }));
}

function unchangedResult(extract: ExtractRow, rejects: ImportResult["rejects"]): ImportResult {
  const outcome = extract.outcome as StoredOutcome;
  return {
    extract: extract.id,
    file: extract.file,
    layout: extract.layout,
    sha256: extract.sha256,
    status: "unchanged",
    dryRun: false,
    rows: {
      read: extract.rowsRead,
      posted: extract.rowsPosted,
      rejected: extract.rowsRejected,
      skipped: extract.rowsSkipped,
    },
    amount: { read: extract.amountRead, posted: extract.amountPosted, rejected: extract.amountRejected },
    changes: { created: 0, updated: 0, unchanged: extract.rowsPosted, removed: 0 },
    reports: [],
    controlTotals: outcome.controlTotals.map(storedTotal),
    scope: outcome.scope,
    rejects,
    warnings: outcome.warnings,
    ignoredColumns: outcome.ignoredColumns,
    formats: outcome.formats ?? [],
  };
}

/** The options of an extract; those of before there was a year have none. */
export function storedOptions(options: unknown): StatementOptions {
  const { scope = null, agreement = null, year = null, completes = null } = options as Partial<StatementOptions>;
  return { scope, agreement, year, completes };
}

export function storedTotal({ name, file, read, difference }: StoredOutcome["controlTotals"][number]): ControlTotal {
  return { name, file: BigInt(file), read: BigInt(read), difference: BigInt(difference) };
}
