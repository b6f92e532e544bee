import { MessageChannel } from "node:worker_threads";
import { Piscina } from "piscina";
import { errorOf, problemOf } from "../thread-problem.ts";
import { threadEntry } from "../threads.ts";
import type { ThreadOutcome, ThreadProgress, ThreadTask, ThreadWork, ThreadWorkKind } from "./thread-work.ts";

/** A thread without work is kept this long, in milliseconds: a row of small files should not start one each. */
const IDLE = 10_000;

export interface Watching {
  /** Stops the work, which undoes it; the reason is thrown. */
  signal?: AbortSignal;
  progress?: (done: ThreadProgress) => void;
}

/**
 * One thread that does work on the store, one piece after the other in the order it came, so that requests are answered
 * meanwhile. It is started when there is work. It is never torn down in the middle of a piece of work: it would leave
 * connections of the native addon behind.
 */
export class WorkThread {
  readonly #location: string;
  readonly #pool: Piscina<ThreadTask, ThreadOutcome>;

  constructor(location: string) {
    this.#location = location;
    const { filename, options } = threadEntry("src/jobs/job-thread");
    // Without atomics an idle thread stays awake for its connections.
    this.#pool = new Piscina({
      filename,
      ...options,
      minThreads: 0,
      maxThreads: 1,
      idleTimeout: IDLE,
      atomics: "disabled",
    });
  }

  /** Does a piece of work and gives its answer. @throws what the work threw: an AppError, or an error with its stack */
  async run<Kind extends ThreadWorkKind>(
    kind: Kind,
    given: ThreadWork[Kind]["given"],
    { signal, progress }: Watching = {},
  ): Promise<ThreadWork[Kind]["answer"]> {
    signal?.throwIfAborted();
    const { port1: ours, port2: port } = new MessageChannel();
    const stop = (): void => ours.postMessage(problemOf(signal?.reason));
    ours.on("message", (done: ThreadProgress) => progress?.(done));
    signal?.addEventListener("abort", stop, { once: true });
    try {
      const task = { kind, location: this.#location, given, port } as ThreadTask;
      const outcome = await this.#pool.run(task, { transferList: [port] });
      if ("problem" in outcome) throw errorOf(outcome.problem);
      return outcome.answer as ThreadWork[Kind]["answer"];
    } finally {
      signal?.removeEventListener("abort", stop);
      ours.close();
    }
  }

  /** Waits for the work and lets the thread go. */
  close(): Promise<void> {
    return this.#pool.close();
  }
}
