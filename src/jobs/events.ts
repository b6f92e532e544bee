import { Readable } from "node:stream";
import type { Translate } from "../i18n/index.ts";
import { toJson } from "../json.ts";
import { jobDocument } from "./document.ts";
import type { Jobs } from "./jobs.ts";
import { isFinished } from "./types.ts";

/** Shortest time between two progress events, in milliseconds. */
const STEP = 200;

/** A comment is sent this often, so that nothing between here and the reader takes silence for an end. */
const HEARTBEAT = 15_000;

/**
 * The life of a job as server-sent events: `progress` with the job document at most five times a second, then one
 * `finished`, after which the stream ends. A service that stops ends the stream without it; the job goes on later.
 */
export function jobEvents(jobs: Jobs, id: string, t: Translate): Readable {
  let sentAt = Number.NEGATIVE_INFINITY;
  let ended = false;
  let unwatch = () => {};
  const heartbeat = setInterval(() => stream.push(": ...\n\n"), HEARTBEAT);
  const stream = new Readable({
    read: () => {},
    // Only when the reader has everything: a service that stops waits for those who watch.
    destroy: (error, done) => {
      clearInterval(heartbeat);
      unwatch();
      done(error);
    },
  });
  const tell = async (): Promise<void> => {
    if (ended) return;
    const job = await jobs.find(id);
    const finished = job === null || isFinished(job);
    const last = finished || jobs.parting;
    if (stream.destroyed || (!last && performance.now() - sentAt < STEP)) return;
    sentAt = performance.now();
    if (job) stream.push(`event: ${finished ? "finished" : "progress"}\ndata: ${toJson(jobDocument(job, t))}\n\n`);
    if (!last) return;
    ended = true;
    clearInterval(heartbeat);
    stream.push(null);
  };
  const report = oneAtATime(tell, (error) => stream.destroy(error));
  unwatch = jobs.watch(id, report);
  report();
  return stream;
}

/** Does work when asked, and once more when it was asked again meanwhile. */
function oneAtATime(work: () => Promise<void>, failed: (error: Error) => void): () => void {
  let asked = 0;
  const go = async (): Promise<void> => {
    for (let seen = 0; seen !== asked; ) {
      seen = asked;
      await work();
    }
    asked = 0;
  };
  return () => {
    asked += 1;
    if (asked === 1) go().catch((error: unknown) => failed(error instanceof Error ? error : new Error(String(error))));
  };
}
