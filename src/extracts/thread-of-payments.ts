import { open } from "node:fs/promises";
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

/** How a zip begins. */
const ZIP = Buffer.from("PK");

/** Batches that may be under way between the threads. */
const AHEAD = 4;

/** What is young in the thread is soon old; a larger nursery would only be memory. */
const YOUNG_MB = 8;

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

/**
 * Whether reading a file in a thread of its own will pay, as far as its first bytes tell: a zip may turn out to be a
 * workbook.
 */
export async function isWorthAThread(path: string): Promise<boolean> {
  const file = await open(path).catch(() => null);
  if (!file) return false;
  try {
    const { size } = await file.stat();
    const { buffer } = await file.read(Buffer.alloc(ZIP.length), 0, ZIP.length, 0);
    return size >= WORTH_A_THREAD && !buffer.equals(ZIP);
  } finally {
    await file.close();
  }
}

/**
 * Whether a zip is worth a thread, now that it is known what it holds. A workbook is not: its shared texts would have to be
 * held twice, and it is inflated beside the thread that reads it anyway.
 */
export function isZipWorthAThread({ container, bytes }: Source): boolean {
  return container === "zip" && bytes >= WORTH_A_THREAD;
}

/**
 * A thread that reads and checks payment lines: the caller posts one batch while the next is read. It is started before
 * it is known what to read, because it takes a while until it is ready.
 */
export class ReadingThread {
  readonly #worker: Worker;
  readonly #inbox: FromReader[] = [];
  #failure: Error | null = null;
  #wake = () => {};

  constructor() {
    const { filename, options } = threadEntry("src/extracts/reading-thread");
    this.#worker = new Worker(filename, { ...options, resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB } });
    this.#worker.on("message", (message: FromReader) => {
      this.#inbox.push(message);
      this.#wake();
    });
    this.#worker.on("error", (error) => this.#fail(error));
    this.#worker.on("exit", () => this.#fail(new Error("the reading thread ended before the file did")));
  }

  /**
   * Reads like `readPayments`. What the thread finds out about the file is noted in `source` and `table`.
   *
   * @throws UnreadableFile as `readPayments`
   */
  async *read(
    source: Source,
    table: Table,
    hints: TableHints,
    { references, themes }: { references: References; themes: ReadonlyMap<string, Theme> },
  ): AsyncGenerator<CheckedPayments> {
    this.#worker.postMessage({
      source,
      hints,
      references: references.data(),
      themes,
      ahead: AHEAD,
    } satisfies ReadingTask);
    for (;;) {
      const message = await this.#next();
      if (message.kind === "unreadable") {
        throw new UnreadableFile(message.rule, message.row, message.value, message.params);
      }
      source.found.encoding = message.encoding;
      if (message.kind === "end") {
        table.formats.adopt(message.verdicts);
        return;
      }
      source.progress.bytesRead = message.bytesRead;
      this.#worker.postMessage(null);
      yield message.batch;
    }
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  async #next(): Promise<FromReader> {
    for (;;) {
      const message = this.#inbox.shift();
      if (message) return message;
      if (this.#failure) throw this.#failure;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  #fail(error: unknown): void {
    this.#failure ??= error instanceof Error ? error : new Error(String(error));
    this.#wake();
  }
}

/** The memory of a batch, which changes hands instead of being copied. */
export function buffersOf({ rows, codes, dates, amounts, documents, descriptions }: Payments): ArrayBuffer[] {
  const columns = [rows, codes, dates, amounts, ...Object.values(documents), ...Object.values(descriptions)];
  return columns.map(({ buffer }) => buffer as ArrayBuffer);
}
