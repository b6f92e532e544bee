import { receiveMessageOnPort } from "node:worker_threads";
import { AppError } from "../errors.ts";
import { translator } from "../i18n/index.ts";
import { type ImportProgress, importFile, revertExtract, verifyStore } from "../ledger/index.ts";
import { previewMapping, proposeForFile } from "../mappings/index.ts";
import { reconcile } from "../reconciliation/index.ts";
import {
  assemblePerformanceExecution,
  type PerformanceExecution,
  type ReportRequest,
  writePerformanceExecution,
} from "../reporting/index.ts";
import { type Db, openStore } from "../store/index.ts";
import { errorOf, problemOf, type ThreadProblem } from "../thread-problem.ts";
import type { ThreadOutcome, ThreadProgress, ThreadTask, ThreadWork } from "./thread-work.ts";

/** Shortest time between two messages about progress, in milliseconds. */
const STEP = 100;

/** How often the figures of a report are read when imports keep changing them. */
const ASSEMBLING_ATTEMPTS = 5;

/** What work looks at while it goes on. */
interface Conduct {
  signal: AbortSignal;
  progress: (done: ImportProgress) => void;
}

/**
 * The entry of a thread of the job pool: does one piece of work on a store that it opens and closes itself. A message
 * on the port stops the work, which undoes it; the message becomes the reason.
 */
export default async function run(task: ThreadTask): Promise<ThreadOutcome> {
  const { port, location } = task;
  const conduct = conductOf(task);
  try {
    const db = await openStore(location);
    try {
      return { answer: await work(db, task, conduct) };
    } finally {
      await db.close();
    }
  } catch (error) {
    return { problem: problemOf(error) };
  } finally {
    port.close();
  }
}

function conductOf({ port }: ThreadTask): Conduct {
  const stopping = new AbortController();
  const stop = (reason: ThreadProblem): void => stopping.abort(errorOf(reason));
  port.on("message", stop);
  // What comes before the first row, such as the hash of the file, says nothing about the pace.
  let began: number | null = null;
  let told = Number.NEGATIVE_INFINITY;
  const progress = (done: ImportProgress): void => {
    // Work that never waits leaves no turn for the event: the message is looked for.
    const waiting = receiveMessageOnPort(port);
    if (waiting) stop(waiting.message as ThreadProblem);
    const now = performance.now();
    began ??= now;
    if (now - told < STEP && done.bytesRead < done.bytes) return;
    told = now;
    port.postMessage({ ...done, elapsed: Math.round(now - began) } satisfies ThreadProgress);
  };
  return { signal: stopping.signal, progress };
}

async function work(db: Db, task: ThreadTask, conduct: Conduct): Promise<ThreadWork[ThreadTask["kind"]]["answer"]> {
  switch (task.kind) {
    case "import":
      return importInTurn(db, task.given, conduct);
    case "report":
      return writeReport(db, task.given, conduct);
    case "reconcile":
      return reconcile(db, task.given.request, task.given.language);
    case "revert":
      await revertExtract(db, task.given.extract, task.given.at);
      return null;
    case "propose":
      return proposeForFile(task.given.path, task.given.hints, translator(task.given.language));
    case "preview":
      return previewMapping(db, task.given.path, task.given.mapping, translator(task.given.language));
    case "verify":
      return verifyStore(db);
  }
}

/** Another process that writes is waited for as long as it takes. */
async function importInTurn(db: Db, { path, options }: ThreadWork["import"]["given"], { signal, progress }: Conduct) {
  for (;;) {
    try {
      return await importFile(db, path, { ...options, signal, progress });
    } catch (error) {
      if (!(error instanceof AppError && error.code === "STORE-BUSY")) throw error;
    }
    signal.throwIfAborted();
  }
}

async function writeReport(db: Db, { request, file }: ThreadWork["report"]["given"], { signal, progress }: Conduct) {
  const report = await assembleUndisturbed(db, request, signal);
  return writePerformanceExecution(report, file, (done, total) => {
    progress({ rows: report.lines.length, amount: 0n, bytesRead: done, bytes: total });
    signal.throwIfAborted();
  });
}

/** Reads the figures again when an import changed them in between; a report runs beside imports. */
async function assembleUndisturbed(db: Db, request: ReportRequest, signal: AbortSignal): Promise<PerformanceExecution> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await assemblePerformanceExecution(db, request);
    } catch (error) {
      const changed = error instanceof AppError && error.code === "REPORT-CHANGED";
      if (!changed || attempt === ASSEMBLING_ATTEMPTS) throw error;
    }
    signal.throwIfAborted();
  }
}
