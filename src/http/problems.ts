import { hasZodFastifySchemaValidationErrors } from "fastify-type-provider-zod";
import { AppError, isSystemError } from "../errors.ts";
import { isTextKey, type Translate } from "../i18n/index.ts";
import type { ProblemDocument } from "./schemas.ts";
import { type RefusedInput, refusedInputs } from "./validation-texts.ts";

/** What is known about the request that failed. */
export interface ProblemContext {
  t: Translate;
  instance: string;
  requestId: string;
  /** The request's parts as they came, to show the refused values. */
  input: Record<string, unknown>;
}

interface Facts {
  code: string;
  status: number;
  detail: string | null;
  hint: string | null;
  errors?: RefusedInput[];
}

/** Turns anything that was thrown into a problem document in the reader's language. */
export function problemOf(error: unknown, context: ProblemContext): ProblemDocument {
  const { t, instance, requestId } = context;
  const { code, status, detail, hint, errors } = factsOf(error, context);
  return {
    type: `urn:tandai:problem:${code.toLowerCase()}`,
    title: titleOf(status, t),
    status,
    detail: text(`http.problem.${code}`, t) ?? detail ?? t(status < 500 ? "http.badRequest" : "http.broken"),
    code,
    hint: text(`http.problem.${code}.hint`, t) ?? hint ?? (status < 500 ? null : t("http.brokenHint")),
    instance,
    request_id: requestId,
    ...(errors && { errors }),
  };
}

/** Whether nobody foresaw the error: it is logged with its stack. */
export function isDefect(problem: ProblemDocument): boolean {
  return problem.status >= 500 && problem.code === "INTERNAL";
}

function factsOf(error: unknown, { t, input }: ProblemContext): Facts {
  if (error instanceof AppError) {
    const { code, status, message, hint } = error;
    // What the program says about its own inside stays inside; known codes have a text of their own.
    return status < 500 ? { code, status, detail: message, hint } : { code, status, detail: null, hint: null };
  }
  if (hasZodFastifySchemaValidationErrors(error)) {
    const part = input[error.validationContext ?? ""];
    const errors = refusedInputs(error.validation, part, t);
    const detail = errors.map(({ message }) => message).join(" ");
    const hint = [...new Set(errors.map(({ cure }) => cure))].join(" ");
    return { code: "REQUEST-INVALID", status: 400, detail, hint, errors };
  }
  if (isSystemError(error) && (error.code === "ENOSPC" || error.code === "EDQUOT")) {
    return { code: "STORE-FULL", status: 507, detail: null, hint: null };
  }
  const status = frameworkStatus(error);
  return status === null
    ? { code: "INTERNAL", status: 500, detail: null, hint: null }
    : { code: `REQUEST-${status}`, status, detail: null, hint: null };
}

/** The status of an error with which the framework refuses a request; null for anything else. */
function frameworkStatus(error: unknown): number | null {
  if (!isSystemError(error) || !error.code.startsWith("FST_") || !("statusCode" in error)) return null;
  // A form that does not say it is one is a wrong content type, whatever the parser calls it.
  if (error.code === "FST_INVALID_MULTIPART_CONTENT_TYPE") return 415;
  const { statusCode } = error;
  return typeof statusCode === "number" && statusCode >= 400 && statusCode < 500 ? statusCode : null;
}

function titleOf(status: number, t: Translate): string {
  return text(`http.title.${status}`, t) ?? t(status < 500 ? "http.title.400" : "http.title.500");
}

function text(key: string, t: Translate): string | null {
  return isTextKey(key) ? t(key) : null;
}
