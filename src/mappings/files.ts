import { AppError } from "../errors.ts";
import {
  closeSource,
  fileProblem,
  firstRows,
  headOf,
  type MappingProposal,
  openSource,
  type ProposalHints,
  proposeMapping,
  readRows,
  SAMPLE_ROWS,
  type Source,
  type TableRow,
  UnreadableFile,
} from "../extracts/index.ts";
import type { Translate } from "../i18n/index.ts";
import { explain } from "../rules.ts";

/** Works on a file; one from which no table can be read is an error of the user. @throws AppError FILE-UNREADABLE 422 */
export async function withSource<T>(path: string, t: Translate, work: (source: Source) => Promise<T>): Promise<T> {
  let source: Source | null = null;
  try {
    source = await openSource(path);
    return await work(source);
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    const { message, cure } = explain(fileProblem(error), t);
    throw new AppError("FILE-UNREADABLE", 422, message, cure);
  } finally {
    if (source) await closeSource(source);
  }
}

/** Proposes how to read the table of a file. @throws AppError when no table can be read from it */
export function proposeForFile(path: string, hints: ProposalHints, t: Translate): Promise<MappingProposal> {
  return withSource(path, t, async (source) => {
    const rows = await sampleRows(source, hints.sheet);
    const head = headOf(rows);
    if (head.length === 0) throw new UnreadableFile("FILE-001", 1);
    return proposeMapping(head, rows, hints);
  });
}

/** Enough rows to find a header and to see what the columns below it hold. */
async function sampleRows(source: Source, sheet: string | null): Promise<TableRow[]> {
  const batches = readRows(source, sheet);
  try {
    const rows = await firstRows(batches);
    while (rows.length < SAMPLE_ROWS * 2) {
      const next = await batches.next();
      if (next.done) break;
      rows.push(...next.value);
    }
    return rows;
  } finally {
    await batches.return(undefined);
  }
}
