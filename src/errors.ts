/**
 * The one error type that reaches a user: a stable code, a status, a sentence and a hint.
 * Anything else that is thrown is a defect and is answered with a plain "something broke".
 */
export class AppError extends Error {
  readonly code: string;
  /** HTTP status; the command line derives its exit code from it (4xx → 2, 5xx → 3). */
  readonly status: number;
  readonly hint: string | null;

  constructor(code: string, status: number, message: string, hint: string | null = null) {
    super(message);
    this.name = "AppError";
    this.code = code;
    this.status = status;
    this.hint = hint;
  }
}

/** True for errors of the operating system that carry a code such as `ENOENT`. */
export function isSystemError(error: unknown): error is Error & { code: string } {
  return error instanceof Error && typeof (error as { code?: unknown }).code === "string";
}
