import { Readable } from "node:stream";
import type { Translate } from "../i18n/index.ts";
import { toJson } from "../json.ts";
import { type ImportJob, type ImportJobs, isFinished } from "./import-jobs.ts";
import { jobDocument } from "./job-document.ts";

/** Shortest time between two progress events, in milliseconds. */
const STEP = 200;

/** A comment is sent this often, so that nothing between here and the reader takes silence for an end. */
const HEARTBEAT = 15_000;

/**
 * The life of a job as server-sent events: `progress` with the job document at most five times a second, then one
 * `finished`, after which the stream ends.
 */
export function jobEvents(jobs: ImportJobs, job: ImportJob, t: Translate): Readable {
  let sentAt = Number.NEGATIVE_INFINITY;
  let unwatch = () => {};
  const heartbeat = setInterval(() => stream.push(": ...\n\n"), HEARTBEAT);
  const stream = new Readable({
    read: () => {},
    destroy: (error, done) => {
      clearInterval(heartbeat);
      unwatch();
      done(error);
    },
  });
  const send = (event: string) => stream.push(`event: ${event}\ndata: ${toJson(jobDocument(job, t))}\n\n`);
  const report = () => {
    if (isFinished(job)) {
      send("finished");
      stream.push(null);
      return;
    }
    if (performance.now() - sentAt < STEP) return;
    sentAt = performance.now();
    send("progress");
  };
  unwatch = jobs.watch(job, report);
  report();
  return stream;
}
