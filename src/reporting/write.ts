import { performanceExecutionWorkbook } from "../../reports/performance-execution.ts";
import { type WrittenWorkbook, writeWorkbook } from "../../reports/write.ts";
import { translator } from "../i18n/index.ts";
import { checkQuality } from "./quality.ts";
import type { PerformanceExecution, QualityCheck } from "./types.ts";

export interface WrittenReport extends WrittenWorkbook {
  checks: QualityCheck[];
}

/** Share of the work that is done when the sheets are laid out, percent; packing is the rest. */
const LAID_OUT = 30;

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
  progress(LAID_OUT, 100);
  const written = await writeWorkbook(book, file, (percent) => {
    progress(LAID_OUT + Math.floor((percent * (99 - LAID_OUT)) / 100), 100);
  });
  progress(100, 100);
  return { ...written, checks };
}
