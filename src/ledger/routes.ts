import { Readable } from "node:stream";
import { z } from "zod";
import type { App, Services } from "../http/app.ts";
import { attachment } from "../http/attachment.ts";
import { UPLOAD_RATE } from "../http/plugins/rate-limit.ts";
import { bytes, query, replies } from "../http/schemas.ts";
import { choicesOf, takeUpload, uploadForm } from "../http/upload-form.ts";
import { jobDocument, jobPath } from "../jobs/document.ts";
import { jobSchema } from "../jobs/schema.ts";
import { changeRoutes } from "./changes/routes.ts";
import { extractDocument } from "./extract-document.ts";
import { getExtract, listExtracts } from "./extracts.ts";
import { rejectPages, rejectsCsv, summaryCsv, surveyRejects } from "./rejects.ts";
import { extractSchema, verificationSchema } from "./schemas.ts";

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

const params = z.object({ id: z.coerce.number().int().min(1).describe("Number of the extract.") });

const UNKNOWN = { 404: "There is no such extract." };

/** Importing, listing, inspecting and reverting extracts; verifying the store. */
export function ledgerRoutes(app: App, services: Services): void {
  changeRoutes(app, services);
  const { db, jobs, now } = services;

  app.post(
    "/api/v1/extracts",
    {
      schema: {
        operationId: "importExtract",
        summary: "Send a file to be imported",
        description:
          "The file is stored while it arrives and imported as a job; follow Location. Imports run one after the other, in " +
          "the order they came, and go on after a restart of the service. The same file twice changes nothing.",
        tags: ["extracts"],
        consumes: ["multipart/form-data"],
        querystring: query({}),
        body: uploadForm,
        response: replies(
          { 202: jobSchema.describe("Accepted; Location leads to the job.") },
          {
            413: "The file is larger than the service takes.",
            415: "The request is not a form (multipart/form-data).",
            429: "Too many uploads within a minute.",
            503: "Too many imports wait, or the service is stopping.",
          },
        ),
      },
      config: { rateLimit: UPLOAD_RATE },
      preValidation: takeUpload(services),
    },
    async ({ body, t }, reply) => {
      const job = await jobs.submitImport(body.file, choicesOf(body));
      return reply.code(202).header("location", jobPath(job)).send(jobDocument(job, t));
    },
  );

  app.get(
    "/api/v1/extracts",
    {
      schema: {
        operationId: "listExtracts",
        summary: "All extracts, oldest first",
        tags: ["extracts"],
        querystring: query({}),
        response: replies({ 200: z.array(extractSchema) }),
      },
    },
    async () => (await listExtracts(db)).map(extractDocument),
  );

  app.get(
    "/api/v1/extracts/:id",
    {
      schema: {
        operationId: "getExtract",
        summary: "One extract",
        tags: ["extracts"],
        params,
        querystring: query({}),
        response: replies({ 200: extractSchema }, UNKNOWN),
      },
    },
    async ({ params: { id } }) => extractDocument(await getExtract(db, id)),
  );

  app.get(
    "/api/v1/extracts/:id/rejects",
    {
      schema: {
        operationId: "downloadRejects",
        summary: "Rejected rows with the reasons beside them",
        description:
          "The source rows exactly as they came, then row number, rules, columns, values, reasons and cures. Corrected, the " +
          "same file can be imported: it completes the extract. A workbook also counts the rules. Cells of CSV are not " +
          "altered for spreadsheet programs: treat the file like its source.",
        tags: ["extracts"],
        params,
        querystring: query({
          format: z
            .enum(["csv", "xlsx", "summary"])
            .default("csv")
            .describe("`summary` is CSV too: one line per rule."),
        }),
        response: replies(
          {
            200: {
              description: "The rejects.",
              content: { "text/csv": { schema: z.string() }, [XLSX]: { schema: bytes } },
            },
          },
          { ...UNKNOWN, 409: "A worksheet does not hold that many rows." },
        ),
      },
    },
    async ({ params: { id }, query: { format }, t }, reply) => {
      const survey = await surveyRejects(db, id);
      const name = `${t("http.rejectsFile")}-${id}-${survey.extract.file.replace(/\.[^.]*$/, "")}`;
      if (format === "xlsx") {
        const { rejectsWorkbook } = await import("../../reports/rejects.ts");
        const book = rejectsWorkbook(survey, () => rejectPages(db, id), t, now());
        attachment(reply, XLSX, `${name}.xlsx`);
        return reply.send(await book.pack(() => undefined));
      }
      attachment(reply, "text/csv; charset=utf-8", `${name}.csv`);
      return reply.send(format === "csv" ? Readable.from(rejectsCsv(db, survey, t)) : summaryCsv(survey, t));
    },
  );

  app.post(
    "/api/v1/extracts/:id/revert",
    {
      schema: {
        operationId: "revertExtract",
        summary: "Take an extract back",
        description: "What it superseded is in force again; its lines stay readable.",
        tags: ["extracts"],
        params,
        querystring: query({}),
        response: replies({ 200: extractSchema }, { ...UNKNOWN, 409: "The extract is not posted." }),
      },
    },
    async ({ params: { id } }) => {
      await jobs.write("revert", { extract: id, at: now().toISOString() });
      return extractDocument(await getExtract(db, id));
    },
  );

  app.post(
    "/api/v1/verify",
    {
      schema: {
        operationId: "verify",
        summary: "Recompute everything that is derived from the lines",
        description: "Totals, cells in force, codes and balances. On a large ledger this takes a while.",
        tags: ["extracts"],
        querystring: query({}),
        response: replies({ 200: verificationSchema }),
      },
    },
    async () => {
      const { checks, findings, ledger } = await jobs.read("verify", null);
      const ok = checks.every((check) => check.findings === 0);
      return { ok, hash: ledger.hash, contents: ledger.parts, checks, findings };
    },
  );
}
