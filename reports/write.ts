import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { Transform, type TransformCallback } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReportWorkbook } from "./workbook.ts";

/** What was written: enough to recognise the file again. */
export interface WrittenWorkbook {
  sha256: string;
  sheets: number;
  bytes: number;
}

/**
 * Writes a workbook to a file, which appears whole or not at all. The same workbook gives the same bytes.
 *
 * @param progress percent of the sheets that are packed
 */
export async function writeWorkbook(
  book: ReportWorkbook,
  file: string,
  progress: (percent: number) => void = () => undefined,
): Promise<WrittenWorkbook> {
  const packed = await book.pack(progress);
  const hash = createHash("sha256");
  let bytes = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done: TransformCallback) {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  await mkdir(dirname(file), { recursive: true });
  const unfinished = `${file}.part`;
  try {
    await pipeline(packed, measure, createWriteStream(unfinished));
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
  return { sha256: hash.digest("hex"), sheets: book.sheets, bytes };
}
