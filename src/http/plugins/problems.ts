import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import type { FastifyReply, FastifyRequest } from "fastify";
import { AppError } from "../../errors.ts";
import { toJson } from "../../json.ts";
import type { App } from "../app.ts";
import { problemPage } from "../pages/problem-page.ts";
import { isDefect, problemOf } from "../problems.ts";
import type { RouteTable } from "../route-table.ts";
import { PROBLEM_TYPE } from "../schemas.ts";
import { translatorFor } from "./language.ts";

/** Answers every error as a problem document (RFC 9457), or as a page where a person asked for one. */
export function problems(app: App, routes: RouteTable): void {
  app.setErrorHandler((error, request, reply) => answer(error, request, reply));
  app.setNotFoundHandler((request, reply) => {
    const methods = routes.methodsOf(pathOf(request));
    if (methods.length === 0) {
      const { t } = request;
      return answer(new AppError("NOT-FOUND", 404, t("http.notFound"), t("http.notFoundHint")), request, reply);
    }
    const allowed = methods.join(", ");
    reply.header("allow", allowed);
    const { t, method } = request;
    const detail = t("http.wrongMethod", { method });
    return answer(
      new AppError("METHOD-NOT-ALLOWED", 405, detail, t("http.wrongMethodHint", { allowed })),
      request,
      reply,
    );
  });
}

/** Answers a request that no route and no hook has seen, such as one for a malformed path. */
export function answerFrameworkError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  request.t = translatorFor(request);
  answer(error, request, reply.header("x-content-type-options", "nosniff"));
}

function answer(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = problemOf(error, {
    t: request.t,
    instance: pathOf(request),
    requestId: request.id,
    input: { querystring: request.query, params: request.params, body: request.body, headers: request.headers },
  });
  if (isDefect(problem)) request.log.error({ err: error }, "request failed");
  else request.log.info({ code: problem.code, status: problem.status }, "request refused");
  reply.code(problem.status).header("cache-control", "no-store");
  if (wantsPage(request)) return reply.type("text/html; charset=utf-8").send(problemPage(problem, request.t));
  return reply.type(PROBLEM_TYPE).send(toJson(problem));
}

/** Answers what is not even HTTP; nothing is known about the request. */
export function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === "ECONNRESET" || socket.destroyed) return;
  const status = error.code === "HPE_HEADER_OVERFLOW" ? 431 : error.code === "ERR_HTTP_REQUEST_TIMEOUT" ? 408 : 400;
  const title = STATUS_CODES[status] ?? "";
  const code = `REQUEST-${status}`;
  const body = toJson({
    type: `urn:tandai:problem:${code.toLowerCase()}`,
    title,
    status,
    code,
    detail: title,
    hint: null,
  });
  const head = [
    `HTTP/1.1 ${status} ${title}`,
    `Content-Type: ${PROBLEM_TYPE}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    "Connection: close",
  ];
  if (socket.writable) socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
  else socket.destroy();
}

function pathOf(request: FastifyRequest): string {
  return request.url.split("?", 1)[0] ?? request.url;
}

/** A browser on a page, not a program on the interface. */
function wantsPage(request: FastifyRequest): boolean {
  const path = pathOf(request);
  const isInterface = path.startsWith("/api/") || path.startsWith("/health/");
  return !isInterface && (request.headers.accept ?? "").includes("text/html");
}
