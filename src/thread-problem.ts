import { AppError, isSystemError } from "./errors.ts";

/** An error as plain data: neither a thread nor the queue can hand over instances of a class. */
export interface ThreadProblem {
  code: string;
  status: number;
  message: string;
  hint: string | null;
  /** Only of errors nobody foresaw, for the log. */
  stack: string | null;
}

/** What was thrown, as plain data. */
export function problemOf(error: unknown): ThreadProblem {
  if (error instanceof AppError) {
    const { code, status, message, hint } = error;
    return { code, status, message, hint, stack: null };
  }
  // What the operating system says keeps its code: a person can do something about a full disk.
  const code = isSystemError(error) ? error.code : "INTERNAL";
  const [message, stack] = error instanceof Error ? [error.message, error.stack ?? ""] : [String(error), ""];
  return { code, status: 500, message, hint: null, stack };
}

/** The error again, to be thrown or explained. */
export function errorOf({ code, status, message, hint, stack }: ThreadProblem): Error {
  if (stack === null) return new AppError(code, status, message, hint);
  return Object.assign(new Error(message), { stack, ...(code !== "INTERNAL" && { code }) });
}
