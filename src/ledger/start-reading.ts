import { open, stat } from "node:fs/promises";
import { Worker } from "node:worker_threads";
import type { Source } from "../extracts/index.ts";
import { errorOf } from "../thread-problem.ts";
import { threadEntry } from "../threads.ts";
import type { FromReader, ReadingTask } from "./reading-messages.ts";

/** Smaller files are read before a thread has begun. */
const WORTH_A_THREAD = 4 * 2 ** 20;

/** How a zip begins. */
const ZIP = Buffer.from("PK");

/** What is young in the thread is soon old; a larger nursery would only be memory. */
const YOUNG_MB = 8;

/**
 * Whether reading a file in a thread of its own will pay, as far as its first bytes tell: a zip may turn out to be a
 * workbook.
 */
export async function isWorthAThread(path: string): Promise<boolean> {
  // What is no file is refused where files are opened; a pipe would be waited for.
  const info = await stat(path).catch(() => null);
  if (!info?.isFile() || info.size < WORTH_A_THREAD) return false;
  const file = await open(path).catch(() => null);
  if (!file) return false;
  try {
    const { buffer } = await file.read(Buffer.alloc(ZIP.length), 0, ZIP.length, 0);
    return !buffer.equals(ZIP);
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

/** Starts a thread for a file, where that will pay. */
export async function startReadingThread(path: string): Promise<ReadingThread | null> {
  return (await isWorthAThread(path)) ? new ReadingThread() : null;
}

/**
 * A thread that reads and checks payment lines while another posts them. It takes a while until it is ready, so it is
 * started before it is known what to read, and before the program has loaded what it needs itself: this file needs little.
 */
export class ReadingThread {
  readonly #worker: Worker;
  readonly #inbox: FromReader[] = [];
  #failure: Error | null = null;
  #wake = () => {};

  constructor() {
    const { filename, options } = threadEntry("src/ledger/reading-thread");
    this.#worker = new Worker(filename, { ...options, resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB } });
    this.#worker.on("message", (message: FromReader) => {
      this.#inbox.push(message);
      this.#wake();
    });
    this.#worker.on("error", (error) => this.#fail(error));
    this.#worker.on("exit", () => this.#fail(new Error("the reading thread ended before the file did")));
  }

  begin(task: ReadingTask): void {
    this.#worker.postMessage(task);
  }

  /** Lets the thread read one batch further ahead. */
  askForMore(): void {
    this.#worker.postMessage(null);
  }

  /** The next message; those that wait come before a failure. @throws what the thread failed with */
  async next(): Promise<Exclude<FromReader, { kind: "failed" }>> {
    for (;;) {
      const message = this.#inbox.shift();
      if (message?.kind === "failed") throw errorOf(message.problem);
      if (message) return message;
      if (this.#failure) throw this.#failure;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #fail(error: unknown): void {
    this.#failure ??= error instanceof Error ? error : new Error(String(error));
    this.#wake();
  }
}
