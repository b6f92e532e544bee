import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { Transform, type TransformCallback } from "node:stream";
import { pipeline } from "node:stream/promises";
import { performanceExecutionWorkbook } from "../../reports/performance-execution.ts";
import { translator } from "../i18n/index.ts";
import { checkQuality } from "./quality.ts";
import type { PerformanceExecution, QualityCheck } from "./types.ts";

/** What was written: enough to recognise the file again. */
export interface WrittenReport {
  sha256: string;
  sheets: number;
  bytes: number;
  checks: QualityCheck[];
}

/**
 * Writes the workbook of a report. The same report gives the same bytes. The file appears whole or not at all.
 *
 * @param progress how much is done, 0 … 100 of 100
 */
export async function writePerformanceExecution(
  report: PerformanceExecution,
  file: string,
  progress: (done: number, total: number) => void = () => undefined,
): Promise<WrittenReport> {
  progress(0, 100);
  const checks = checkQuality(report, translator(report.language));
  const book = performanceExecutionWorkbook(report, checks);
  progress(20, 100);
  const packed = await book.pack((percent) => progress(40 + Math.floor(percent * 0.59), 100));
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
  progress(100, 100);
  return { sha256: hash.digest("hex"), sheets: book.sheets, bytes, checks };
}
