import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TableRow, UnreadableFile } from "../../src/extracts/readers/csv-parser.ts";

/** Runs a test with a file of its own, thrown away afterwards. */
export async function withFile<T>(name: string, content: string | Buffer, work: (path: string) => Promise<T>) {
  const folder = await mkdtemp(join(tmpdir(), "tandai-file-"));
  try {
    const path = join(folder, name);
    await writeFile(path, content);
    return await work(path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** All batches of a reader as one list. */
export async function collect(batches: AsyncIterable<TableRow[]>): Promise<TableRow[]> {
  const rows: TableRow[] = [];
  for await (const batch of batches) rows.push(...batch);
  return rows;
}

/** The refusal of a file; fails when it is read after all. */
export async function refusalOf(work: () => Promise<unknown>): Promise<UnreadableFile> {
  try {
    await work();
  } catch (error) {
    if (error instanceof UnreadableFile) return error;
    throw error;
  }
  throw new Error("the file was not refused");
}
