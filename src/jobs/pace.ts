import type { Job } from "./types.ts";

/** Part of the work that is done, in whole percent; 100 only when the job is done. */
export function percentOf({ status, progress }: Job): number {
  if (status === "done") return 100;
  if (progress === null || progress.bytes === 0) return 0;
  return Math.min(99, Math.floor((progress.bytesRead * 100) / progress.bytes));
}

/** How fast a running job goes and how long it will take. Null where nothing can be said yet. */
export interface Pace {
  rowsPerSecond: number | null;
  /** Whole seconds until everything is read; 0 while what was read is being posted. */
  secondsLeft: number | null;
}

/** A first measurement over less than this says nothing, in milliseconds. */
const TOO_SHORT = 1_000;

/** The pace since the work began, taken as even. */
export function paceOf({ status, progress }: Job): Pace {
  if (status !== "running" || progress === null || progress.elapsed < TOO_SHORT) {
    return { rowsPerSecond: null, secondsLeft: null };
  }
  const { rows, bytesRead, bytes, elapsed } = progress;
  const left = bytesRead === 0 ? null : Math.ceil((elapsed * Math.max(bytes - bytesRead, 0)) / bytesRead / 1000);
  return { rowsPerSecond: Math.round((rows * 1000) / elapsed), secondsLeft: left };
}
