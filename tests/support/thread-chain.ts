import { once } from "node:events";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { parseRupiah } from "../../src/money.ts";
import { threadEntry } from "../../src/threads.ts";

/**
 * Starts itself as a thread, which starts itself as a thread, as deep as asked: every one must be able to load
 * TypeScript. Answers (prints, as a process) what the deepest read.
 */
async function chain(depth: number): Promise<string> {
  if (depth === 0) return String(parseRupiah("6.776.000").ok);
  const { filename, options } = threadEntry("tests/support/thread-chain");
  const [answer] = (await once(new Worker(filename, { ...options, workerData: depth - 1 }), "message")) as [string];
  return `${depth} ${answer}`;
}

if (isMainThread) console.log(await chain(2));
else parentPort?.postMessage(await chain(workerData as number));
