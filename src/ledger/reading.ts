import { CompletesExtract, openTable, type Source, type Table } from "../extracts/index.ts";
import { findMapping, latestMappings } from "../mappings/index.ts";
import type { Db } from "../store/index.ts";
import { openCompletion } from "./completion.ts";
import type { ImportOptions } from "./types.ts";

/** What is read: the file that was given, or the one that it completes with its corrections in their places. */
export interface Reading {
  /** The file that was given. */
  path: string;
  file: Pick<Source, "name">;
  source: Source;
  table: Table;
  options: ImportOptions;
  /** The extracts that it completes, the newest first; none for an extract of its own. */
  chain: readonly number[];
  close(): Promise<void>;
}

/** Opens the table of a file that is to be imported. */
export async function openReading(db: Db, path: string, file: Source, options: ImportOptions): Promise<Reading> {
  try {
    const table = await openTable(file, {
      layout: options.layout,
      kinds: options.kinds,
      year: options.year,
      mapping: options.mapping ? await findMapping(db, options.mapping) : null,
      mappings: await latestMappings(db),
    });
    return { path, file, source: file, table, options, chain: [], close: () => table.close() };
  } catch (error) {
    if (!(error instanceof CompletesExtract)) throw error;
    return { path, file, ...(await openCompletion(db, file, error.mark, options)) };
  }
}
