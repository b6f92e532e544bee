import { createWriteStream } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

/** Whether a name asks for a workbook. */
export function isWorkbook(file: string): boolean {
  return file.toLowerCase().endsWith(".xlsx");
}

/** Writes text, piece by piece, to a file that appears whole or not at all. */
export async function writeText(file: string, pieces: Iterable<string> | AsyncIterable<string>): Promise<void> {
  const unfinished = `${file}.part`;
  await mkdir(dirname(file), { recursive: true });
  try {
    await pipeline(Readable.from(pieces), createWriteStream(unfinished));
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}
