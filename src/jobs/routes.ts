import { createReadStream } from "node:fs";
import { join } from "node:path";
import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { AppError } from "../errors.ts";
import type { App, Services } from "../http/app.ts";
import { attachment } from "../http/attachment.ts";
import { bytes, content, listOf, query, replies } from "../http/schemas.ts";
import { jobDocument, listedJobDocument } from "./document.ts";
import { jobEvents } from "./events.ts";
import type { Jobs } from "./jobs.ts";
import type { QueuedJob } from "./queue.ts";
import { jobSchema, listedJobSchema } from "./schema.ts";
import { JOB_STATUSES } from "./types.ts";

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** Jobs in a list unless asked otherwise, and at most. */
const LISTED = 50;
const MAX_LISTED = 500;

const params = z.object({ id: z.string() });

const UNKNOWN = { 404: "There is no such job, or it was forgotten." };

/** Following and cancelling long work. */
export function jobRoutes(app: App, { jobs, files }: Services): void {
  app.get(
    "/api/v1/jobs",
    {
      schema: {
        operationId: "listJobs",
        summary: "The newest jobs, newest first",
        tags: ["jobs"],
        querystring: query({
          state: listOf(JOB_STATUSES).optional().describe("Only jobs in one of these states."),
          limit: z.coerce.number().int().min(1).max(MAX_LISTED).default(LISTED),
        }),
        response: replies({ 200: z.array(listedJobSchema) }),
      },
    },
    async ({ query: { state, limit } }, reply) => {
      reply.header("cache-control", "no-store");
      return (await jobs.list(limit, state)).map(listedJobDocument);
    },
  );

  app.get(
    "/api/v1/jobs/:id",
    {
      schema: {
        operationId: "getJob",
        summary: "State, progress and result of a job",
        tags: ["jobs"],
        params,
        querystring: query({}),
        response: replies({ 200: jobSchema }, UNKNOWN),
      },
    },
    async (request, reply) => {
      reply.header("cache-control", "no-store");
      return jobDocument(await knownJob(jobs, request.params.id, request), request.t);
    },
  );

  app.get(
    "/api/v1/jobs/:id/events",
    {
      schema: {
        operationId: "followJob",
        summary: "Progress of a job as server-sent events",
        description:
          "`progress` with the job as JSON, at most five times a second; then `finished`, after which the stream ends. " +
          "A stream that ends without it was cut by a restart: ask again.",
        tags: ["jobs"],
        params,
        querystring: query({}),
        response: replies({ 200: content("text/event-stream", "Server-sent events.") }, UNKNOWN),
      },
    },
    async (request, reply) => {
      const { id } = await knownJob(jobs, request.params.id, request);
      const events = jobEvents(jobs, id, request.t);
      return reply.type("text/event-stream; charset=utf-8").header("cache-control", "no-store").send(events);
    },
  );

  app.post(
    "/api/v1/jobs/:id/cancel",
    {
      schema: {
        operationId: "cancelJob",
        summary: "Cancel a job",
        description: "One that waits never begins; one that runs stops within moments and leaves nothing behind.",
        tags: ["jobs"],
        params,
        querystring: query({}),
        response: replies({ 200: jobSchema }, { ...UNKNOWN, 409: "The job is finished." }),
      },
    },
    async (request) => jobDocument(await cancelJob(jobs, request.params.id, request), request.t),
  );

  app.get(
    "/api/v1/jobs/:id/file",
    {
      schema: {
        operationId: "downloadJobFile",
        summary: "The workbook that a report job wrote",
        tags: ["jobs"],
        params,
        querystring: query({}),
        response: replies(
          { 200: content(XLSX, "The workbook.", bytes) },
          { ...UNKNOWN, 410: "It was kept for a day." },
        ),
      },
    },
    async (request, reply) => {
      const { t } = request;
      const job = await knownJob(jobs, request.params.id, request);
      if (job.kind !== "report" || !job.result) throw unknownFile(job, request);
      const workbook = createReadStream(join(files.reports, job.result.path));
      await new Promise((resolve, reject) => {
        workbook.once("open", resolve).once("error", reject);
      }).catch(() => {
        throw new AppError("REPORT-GONE", 410, t("http.reportGone"), t("http.reportGoneHint"));
      });
      attachment(reply, XLSX, job.name);
      return reply.header("content-length", job.result.bytes).send(workbook);
    },
  );
}

/** @throws AppError JOB-UNKNOWN 404 */
export async function knownJob(jobs: Jobs, id: string, request: FastifyRequest): Promise<QueuedJob> {
  const job = await jobs.find(id);
  if (!job) throw unknownJob(id, request);
  return job;
}

/** Cancels a job. @throws AppError JOB-UNKNOWN 404, JOB-FINISHED 409 */
export async function cancelJob(jobs: Jobs, id: string, request: FastifyRequest): Promise<QueuedJob> {
  const job = await jobs.cancel(id);
  if (!job) throw unknownJob(id, request);
  return job;
}

function unknownJob(id: string, { t }: FastifyRequest): AppError {
  return new AppError("JOB-UNKNOWN", 404, t("http.jobUnknown", { id: id.slice(0, 60) }), t("http.jobUnknownHint"));
}

function unknownFile({ id }: QueuedJob, { t }: FastifyRequest): AppError {
  return new AppError("JOB-NO-FILE", 404, t("http.jobNoFile", { id }), t("http.jobNoFileHint"));
}
