import { createReadStream } from "node:fs";
import { rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { FastifyReply } from "fastify";
import { z } from "zod";
import { AppError } from "../errors.ts";
import type { App, Services } from "../http/app.ts";
import { attachment } from "../http/attachment.ts";
import { type DueReport, dueReports } from "../http/due-reports.ts";
import { isFresh } from "../http/etag.ts";
import { bytes, content, count, month, pastMoment, query, replies } from "../http/schemas.ts";
import type { Language, Translate } from "../i18n/index.ts";
import { jobDocument, jobPath } from "../jobs/document.ts";
import { jobSchema } from "../jobs/schema.ts";
import { ledgerCoverage } from "../ledger/coverage.ts";
import { ledgerVersion } from "../ledger/version.ts";
import { reportWindow, type Window } from "../periods.ts";
import { isDemonstration } from "./demonstration.ts";
import type { ReportRequest } from "./types.ts";

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

const querystring = query({
  due: month.optional().describe("Month in which the report is due: June or December from 2019-12."),
  from: month.optional().describe("First month of a window of your own, with `to`, instead of `due`."),
  to: month.optional(),
  theme: z.string().default("stunting").describe("Code of the theme."),
  as_of: pastMoment.optional().describe("Ledger and tags as they were at the end of a date, or at an instant."),
}).superRefine(({ due, from, to }, context) => {
  const issue = (path: string, text: string, value = "") =>
    context.addIssue({ code: "custom", path: [path], params: { text, value, from: from ?? "" } });
  if (due !== undefined && (from !== undefined || to !== undefined)) issue("due", "dueOrWindow", due);
  else if (due !== undefined && reportWindow(due) === null) issue("due", "notDue", due);
  else if (due === undefined && from === undefined) issue("due", "dueOrWindow");
  else if (due === undefined && to === undefined) issue("to", "dueOrWindow");
  else if (from !== undefined && to !== undefined && from > to) issue("to", "window", to);
});

const dueSchema = z
  .strictObject({
    due: z.string(),
    from: z.string(),
    to: z.string(),
    months: count,
    months_with_data: count.describe("Months of the window for which some extract of payments is in force."),
    has_data: z.boolean(),
    complete: z.boolean().describe("Every month of the window has data of some satker."),
  })
  .meta({ id: "DueReport", description: "A report of the calendar: when it is due, and what its window holds." });

/** The Performance and Execution report and its calendar. */
export function reportingRoutes(app: App, { db, files, jobs, now }: Services): void {
  app.get(
    "/api/v1/reports/performance-execution",
    {
      schema: {
        operationId: "downloadPerformanceExecution",
        summary: "The Performance and Execution report as a workbook",
        description:
          "The same ledger gives the same bytes; the ETag follows it. Reports are written one after the other.",
        tags: ["reports"],
        querystring,
        response: replies(
          {
            200: content(XLSX, "The workbook.", bytes),
            304: z.undefined().describe("Nothing has changed since the ETag."),
          },
          { 409: "The window holds no data, or an import changed the ledger meanwhile." },
        ),
      },
    },
    async (request, reply) => {
      const { query: given, language, t } = request;
      const wanted = await requestOf(given, language);
      if (isFresh(request, reply, [await ledgerVersion(db.read), wanted])) return reply.code(304).send();
      await assertData(wanted.window, t);
      const file = join(files.reports, `${crypto.randomUUID()}.xlsx`);
      await jobs.read("report", { request: wanted, file }, { signal: goneSignal(reply) });
      attachment(reply, XLSX, fileName(wanted, t));
      reply.header("content-length", (await stat(file)).size);
      const workbook = createReadStream(file);
      workbook.once("close", () =>
        rm(file, { force: true }).catch((error: unknown) => request.log.error({ err: error })),
      );
      return reply.send(workbook);
    },
  );

  app.post(
    "/api/v1/reports/performance-execution",
    {
      schema: {
        operationId: "writePerformanceExecution",
        summary: "Have the Performance and Execution report written as a job",
        description:
          "For ledgers so large that a request should not wait: follow Location, then fetch the workbook from the job, " +
          "which keeps it for a day. The report is written beside running imports.",
        tags: ["reports"],
        querystring,
        response: replies(
          { 202: jobSchema.describe("Accepted; Location leads to the job.") },
          { 409: "The window holds no data.", 503: "Too many jobs wait, or the service is stopping." },
        ),
      },
    },
    async ({ query: given, language, t }, reply) => {
      const wanted = await requestOf(given, language);
      await assertData(wanted.window, t);
      const job = await jobs.submitReport(wanted, fileName(wanted, t));
      return reply.code(202).header("location", jobPath(job)).send(jobDocument(job, t));
    },
  );

  app.get(
    "/api/v1/reports/due",
    {
      schema: {
        operationId: "listDueReports",
        summary: "The calendar of the rolling reports, newest first",
        tags: ["reports"],
        querystring: query({}),
        response: replies({ 200: z.array(dueSchema) }),
      },
    },
    async () => dueReports((await ledgerCoverage(db.read)).months, now()).map(dueDocument),
  );

  const requestOf = async (given: z.output<typeof querystring>, language: Language): Promise<ReportRequest> => {
    const { due = null, from = "", to = "", theme, as_of: asOf } = given;
    const window = due === null ? { from, to } : reportWindow(due);
    if (window === null) throw new Error(`${due} passed validation and is not due`);
    const demonstration = await isDemonstration(db);
    return { window, due, theme, language, demonstration, ...(asOf !== undefined && { asOf }) };
  };

  const assertData = async ({ from, to }: Window, t: Translate): Promise<void> => {
    const { months, budgetYears } = await ledgerCoverage(db.read);
    const years = new Set(budgetYears.map(String));
    if (months.some((known) => from <= known && known <= to)) return;
    if (years.has(from.slice(0, 4)) || years.has(to.slice(0, 4))) return;
    throw new AppError("REPORT-NO-DATA", 409, t("http.reportNoData", { from, to }), t("http.reportNoDataHint"));
  };
}

function fileName({ theme, due, window }: ReportRequest, t: Translate): string {
  return `${t("http.reportFile")}-${theme}-${due ?? `${window.from}-${window.to}`}.xlsx`;
}

/** Given when nobody waits for the reply any more: reports are written one after the other, and others do wait. */
function goneSignal(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.once("close", () => gone.abort(new AppError("REQUEST-GONE", 400, "the request was given up")));
  return gone.signal;
}

function dueDocument({ due, window, months, monthsWithData }: DueReport): z.infer<typeof dueSchema> {
  return {
    due,
    ...window,
    months,
    months_with_data: monthsWithData,
    has_data: monthsWithData > 0,
    complete: monthsWithData === months,
  };
}
