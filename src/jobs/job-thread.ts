import { receiveMessageOnPort } from "node:worker_threads";
import { AppError, isSystemError } from "../errors.ts";
import { importFile } from "../ledger/index.ts";
import { type Db, openStore } from "../store/index.ts";
import type { ThreadOutcome, ThreadProblem, ThreadProgress, ThreadTask } from "./thread-work.ts";

/** Shortest time between two messages about progress, in milliseconds. */
const STEP = 100;

type Work = (
  db: Db,
  signal: AbortSignal,
  progress: (done: Omit<ThreadProgress, "elapsed">) => void,
) => Promise<unknown>;

/**
 * The entry of a thread of the job pool: does one piece of work on a store that it opens and closes itself. A message
 * on the port stops the work, which undoes it; the message becomes the reason.
 */
export default async function run(task: ThreadTask): Promise<ThreadOutcome> {
  const { port, location } = task;
  const stopping = new AbortController();
  const stop = (reason: ThreadProblem): void => stopping.abort(errorOf(reason));
  port.on("message", stop);
  const began = performance.now();
  let told = Number.NEGATIVE_INFINITY;
  const progress = (done: Omit<ThreadProgress, "elapsed">): void => {
    // Work that never waits leaves no turn for the event: the message is looked for.
    const waiting = receiveMessageOnPort(port);
    if (waiting) stop(waiting.message as ThreadProblem);
    const now = performance.now();
    if (now - told < STEP && done.bytesRead < done.bytes) return;
    told = now;
    port.postMessage({ ...done, elapsed: Math.round(now - began) } satisfies ThreadProgress);
  };
  try {
    const db = await openStore(location);
    try {
      return { answer: (await workOf(task)(db, stopping.signal, progress)) as never };
    } finally {
      await db.close();
    }
  } catch (error) {
    return { problem: problemOf(error) };
  } finally {
    port.close();
  }
}

function workOf({ kind, given }: ThreadTask): Work {
  switch (kind) {
    case "import":
      return (db, signal, progress) => importFile(db, given.path, { ...given.options, progress, signal });
  }
}

function problemOf(error: unknown): ThreadProblem {
  if (error instanceof AppError) {
    const { code, status, message, hint } = error;
    return { code, status, message, hint, stack: null };
  }
  // What the operating system says keeps its code: a full disk is something a person can do about.
  const code = isSystemError(error) ? error.code : "INTERNAL";
  const [message, stack] = error instanceof Error ? [error.message, error.stack ?? null] : [String(error), null];
  return { code, status: 500, message, hint: null, stack };
}

function errorOf({ code, status, message, hint }: ThreadProblem): AppError {
  return new AppError(code, status, message, hint);
}
