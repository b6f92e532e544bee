import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { AppError } from "../errors.ts";
import type { App, Services } from "./app.ts";
import type { ImportJob, ImportJobs } from "./import-jobs.ts";
import { jobDocument } from "./job-document.ts";
import { jobEvents } from "./job-events.ts";
import { jobSchema } from "./job-schema.ts";
import { content, query, replies } from "./schemas.ts";

const params = z.object({ id: z.string() });

const UNKNOWN = { 404: "There is no such job, or it was forgotten: jobs live in the memory of the service." };

/** Following imports. */
export function jobRoutes(app: App, { jobs }: Services): void {
  app.get(
    "/api/v1/jobs/:id",
    {
      schema: {
        operationId: "getJob",
        summary: "State, progress and result of an import",
        tags: ["jobs"],
        params,
        querystring: query({}),
        response: replies({ 200: jobSchema }, UNKNOWN),
      },
    },
    async (request, reply) => {
      reply.header("cache-control", "no-store");
      return jobDocument(findJob(jobs, request.params.id, request), request.t);
    },
  );

  app.get(
    "/api/v1/jobs/:id/events",
    {
      schema: {
        operationId: "followJob",
        summary: "Progress of an import as server-sent events",
        description:
          "`progress` with the job as JSON, at most five times a second; then `finished`, after which the stream ends.",
        tags: ["jobs"],
        params,
        querystring: query({}),
        response: replies({ 200: content("text/event-stream", "Server-sent events.") }, UNKNOWN),
      },
    },
    async (request, reply) => {
      const events = jobEvents(jobs, findJob(jobs, request.params.id, request), request.t);
      return reply.type("text/event-stream; charset=utf-8").header("cache-control", "no-store").send(events);
    },
  );
}

/** @throws AppError JOB-UNKNOWN 404 */
export function findJob(jobs: ImportJobs, id: string, { t }: FastifyRequest): ImportJob {
  const job = jobs.find(id);
  if (!job)
    throw new AppError("JOB-UNKNOWN", 404, t("http.jobUnknown", { id: id.slice(0, 60) }), t("http.jobUnknownHint"));
  return job;
}
