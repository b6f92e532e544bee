import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { and, asc, eq, gt, sql } from "drizzle-orm";
import {
  type CompletionMark,
  type Corrections,
  closeSource,
  completionMark,
  openSource,
  openTable,
  readCorrections,
  readRows,
  type Source,
  sameCells,
  type Table,
  UnreadableFile,
} from "../extracts/index.ts";
import { findMapping } from "../mappings/index.ts";
import type { Db, Reader } from "../store/index.ts";
import { storedOptions } from "./extract-records.ts";
import { cellKindsOf } from "./in-force.ts";
import { isKept, restoreSource } from "./kept-sources.ts";
import type { ImportOptions } from "./types.ts";

type ExtractRow = Db["tables"]["extracts"]["$inferSelect"];

/** An extract that is read again, with corrected rows in the places of rejected ones. */
export interface Completion {
  source: Source;
  table: Table;
  /** The options of the extract, where the caller gave none of his own. */
  options: ImportOptions;
  /** Extracts that it completes: the one named, and those which that one completed, the first one last. */
  chain: number[];
  close(): Promise<void>;
}

/** Rejects per query. */
const PAGE = 5_000;

const MAPPING = /^mapping:(.*)$/;

/**
 * Opens the file whose rejects were corrected, with the corrections in their places. What follows is an import like any
 * other, so that in the end the ledger holds what a wholly correct file would have given.
 *
 * @param source the file of corrected rejects
 * @throws UnreadableFile FILE-041 (no such extract in this store), FILE-042 (a row that was not rejected), FILE-043 (its
 * file was not kept)
 */
export async function openCompletion(
  db: Db,
  source: Source,
  mark: CompletionMark,
  options: ImportOptions,
): Promise<Completion> {
  const chain = await chainOf(db, mark);
  const [named, root] = [chain[0], chain.at(-1)];
  if (!named || !root) throw unknown(mark);
  const own = await readCorrections(readRows(source, null), mark);
  await keepOnlyCorrected(db, named, own, mark);

  const folder = await mkdtemp(join(tmpdir(), "tandai-completed-"));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const corrections = await earlierCorrections(db, chain, folder);
    for (const [row, cells] of own) corrections.set(row, cells);
    const path = join(folder, basename(root.file));
    await restore(db.read, root, path);
    const original: Source = { ...(await openSource(path)), corrections };
    const effective = effectiveOptions(options, root);
    const table = await openTable(original, {
      layout: effective.layout,
      kinds: effective.kinds,
      year: effective.year,
      mapping: effective.mapping ? await findMapping(db, effective.mapping) : null,
    });
    const close = async () => {
      await table.close();
      await closeSource(original);
      await remove();
    };
    return { source: original, table, options: effective, chain: chain.map(({ id }) => id), close };
  } catch (error) {
    await remove();
    throw error;
  }
}

function effectiveOptions(options: ImportOptions, root: ExtractRow): ImportOptions {
  const { scope, agreement, year } = storedOptions(root.options);
  const [, mapping = null] = MAPPING.exec(root.layout) ?? [];
  return {
    ...options,
    layout: mapping === null ? root.layout : null,
    mapping,
    scope: options.scope ?? scope,
    agreement: options.agreement ?? agreement,
    year: options.year ?? year,
  };
}

/** The extract that a mark names and those it completed itself, the first one last. */
async function chainOf(db: Db, mark: CompletionMark): Promise<ExtractRow[]> {
  const { extracts } = db.tables;
  const chain: ExtractRow[] = [];
  for (let id: number | null = mark.extract; id !== null; ) {
    const [row]: ExtractRow[] = await db.read.select().from(extracts).where(eq(extracts.id, id));
    if (!row || (chain.length === 0 && !row.sha256.startsWith(mark.sha256))) throw unknown(mark);
    chain.push(row);
    id = storedOptions(row.options).completes;
  }
  return chain;
}

function unknown({ extract, headerRow }: CompletionMark): UnreadableFile {
  return new UnreadableFile("FILE-041", headerRow, String(extract), { extract });
}

async function restore(reader: Reader, extract: ExtractRow, path: string): Promise<void> {
  if (!(await isKept(reader, extract.sha256))) {
    throw new UnreadableFile("FILE-043", 1, extract.file, { extract: extract.id });
  }
  await restoreSource(reader, extract.sha256, path);
}

/** Rows that come back as they were stay what they are in the file; a row that was not rejected has no place here. */
async function keepOnlyCorrected(db: Db, { id }: ExtractRow, own: Corrections, mark: CompletionMark): Promise<void> {
  const { extractRejects } = db.tables;
  const unknownRows = new Set(own.keys());
  for (let after: number = -1; ; ) {
    const rejects: { row: number; source: unknown }[] = await db.read
      .select({ row: extractRejects.row, source: extractRejects.source })
      .from(extractRejects)
      .where(and(eq(extractRejects.extractId, id), gt(extractRejects.row, after)))
      .orderBy(asc(extractRejects.row))
      .limit(PAGE);
    for (const { row, source } of rejects) {
      unknownRows.delete(row);
      const cells = own.get(row);
      if (cells && sameCells(cells, source as string[])) own.delete(row);
    }
    after = rejects.at(-1)?.row ?? after;
    if (rejects.length < PAGE) break;
  }
  const [first] = unknownRows;
  if (first !== undefined) throw new UnreadableFile("FILE-042", first, String(first), { extract: mark.extract });
}

/** What earlier files of rejects corrected, from the oldest to the newest. */
async function earlierCorrections(db: Db, chain: readonly ExtractRow[], folder: string): Promise<Corrections> {
  const corrections: Corrections = new Map();
  for (let index = chain.length - 2; index >= 0; index--) {
    const [extract, completed] = [chain[index], chain[index + 1]];
    if (!extract || !completed) continue;
    const path = join(folder, `corrections-${index}`);
    await restore(db.read, extract, path);
    const source = await openSource(path);
    try {
      const mark = await markOf(source);
      const own = await readCorrections(readRows(source, null), mark);
      await keepOnlyCorrected(db, completed, own, mark);
      for (const [row, cells] of own) corrections.set(row, cells);
    } finally {
      await closeSource(source);
      await rm(path, { force: true });
    }
  }
  return corrections;
}

async function markOf(source: Source): Promise<CompletionMark> {
  for await (const rows of readRows(source, null)) {
    for (const row of rows) {
      const mark = completionMark(row);
      if (mark) return mark;
    }
  }
  throw new Error(`${source.name} does not say what it completes`);
}

/** A posted extract that speaks, since the completed one, for what this one speaks for; null when there is none. */
export async function newerThanCompleted(
  reader: Reader,
  id: number,
  kind: string,
  chain: readonly number[],
): Promise<number | null> {
  const first = chain.at(-1) ?? 0;
  const others = sql`x.status = 'posted' AND x.id > ${first} AND x.id <> ${id} AND x.id NOT IN (${sql.join(
    chain.map((one) => sql`${one}`),
    sql`, `,
  )})`;
  const [row] = await reader.rows<{ id: bigint | null }>(
    cellKindsOf(kind).length === 0
      ? sql`SELECT max(x.id) AS id FROM extracts x WHERE x.kind = ${kind} AND ${others}`
      : sql`SELECT max(x.id) AS id FROM extract_cells e
          JOIN extract_cells o ON o.kind = e.kind AND o.fiscal_year = e.fiscal_year AND o.period = e.period AND o.satker = e.satker
          JOIN extracts x ON x.id = o.extract_id WHERE e.extract_id = ${id} AND ${others}`,
  );
  return row?.id == null ? null : Number(row.id);
}
