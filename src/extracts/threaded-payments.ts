import { Worker } from "node:worker_threads";
import type { ReferenceData, References, Theme } from "../references/index.ts";
import type { RuleId } from "../rules.ts";
import { threadEntry } from "../threads.ts";
import type { ColumnVerdict } from "./formats/index.ts";
import type { Payments } from "./payments.ts";
import type { CheckedPayments } from "./read-payments.ts";
import { UnreadableFile } from "./readers/csv-parser.ts";
import type { Source } from "./readers/source.ts";
import type { TableHints } from "./recognise.ts";
import type { Table } from "./table.ts";

/** Smaller files are read before a thread has begun. */
const WORTH_A_THREAD = 4 * 2 ** 20;

/** Batches that may be under way between the threads. */
const AHEAD = 4;

/** What the reading thread is given; plain data. */
export interface ReadingTask {
  source: Source;
  hints: TableHints;
  references: ReferenceData;
  themes: ReadonlyMap<string, Theme>;
  ahead: number;
}

/** What the reading thread says. */
export type FromReader =
  | { kind: "batch"; batch: CheckedPayments; bytesRead: number; encoding: Source["found"]["encoding"] }
  | { kind: "end"; encoding: Source["found"]["encoding"]; verdicts: ColumnVerdict[] }
  | { kind: "unreadable"; rule: RuleId; row: number; value: string; params: Record<string, string | number> };

/** Whether reading a file in a thread of its own pays. */
export function isWorthAThread({ bytes }: Source): boolean {
  return bytes >= WORTH_A_THREAD;
}

/**
 * Reads and checks payment lines like `readPayments`, in a thread of its own: the caller posts one batch while the next
 * is read. What the thread finds out about the file is noted in `source` and `table`.
 *
 * @throws UnreadableFile as `readPayments`
 */
export async function* readPaymentsInThread(
  source: Source,
  table: Table,
  hints: TableHints,
  { references, themes }: { references: References; themes: ReadonlyMap<string, Theme> },
): AsyncGenerator<CheckedPayments> {
  const { filename, options } = threadEntry("src/extracts/reading-thread");
  const task: ReadingTask = { source, hints, references: references.data(), themes, ahead: AHEAD };
  const worker = new Worker(filename, { ...options, workerData: task });
  const inbox: FromReader[] = [];
  let failure: Error | null = null;
  let wake = () => {};
  worker.on("message", (message: FromReader) => {
    inbox.push(message);
    wake();
  });
  worker.on("error", (error) => {
    failure = error instanceof Error ? error : new Error(String(error));
    wake();
  });
  worker.on("exit", () => {
    failure ??= new Error("the reading thread ended before the file did");
    wake();
  });
  try {
    for (;;) {
      const message = inbox.shift();
      if (!message) {
        if (failure) throw failure;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        continue;
      }
      if (message.kind === "unreadable") {
        throw new UnreadableFile(message.rule, message.row, message.value, message.params);
      }
      source.found.encoding = message.encoding;
      if (message.kind === "end") {
        table.formats.adopt(message.verdicts);
        return;
      }
      source.progress.bytesRead = message.bytesRead;
      worker.postMessage(null);
      yield message.batch;
    }
  } finally {
    await worker.terminate();
  }
}

/** The memory of a batch, which changes hands instead of being copied. */
export function buffersOf({ rows, codes, dates, amounts, documents, descriptions }: Payments): ArrayBuffer[] {
  const columns = [rows, codes, dates, amounts, ...Object.values(documents), ...Object.values(descriptions)];
  return columns.map(({ buffer }) => buffer as ArrayBuffer);
}
