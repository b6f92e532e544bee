import { z } from "zod";
import { csvLine } from "../csv.ts";
import type { App, Services } from "../http/app.ts";
import { attachment } from "../http/attachment.ts";
import { UPLOAD_RATE } from "../http/plugins/rate-limit.ts";
import { content, query, replies } from "../http/schemas.ts";
import { choicesOf, takeUpload, uploadForm } from "../http/upload-form.ts";
import { jobDocument, jobPath } from "../jobs/document.ts";
import { jobSchema } from "../jobs/schema.ts";
import { changeRoutes } from "./changes/routes.ts";
import { extractDocument } from "./extract-document.ts";
import { getExtract, listExtracts, rejectTable } from "./extracts.ts";
import { extractSchema, verificationSchema } from "./schemas.ts";

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
          "The source rows exactly as they came, so that they can be corrected and imported again, then row number, rules, " +
          "reasons and cures. Cells are not altered for spreadsheet programs: treat the file like its source.",
        tags: ["extracts"],
        params,
        querystring: query({}),
        response: replies({ 200: content("text/csv", "A CSV file, UTF-8, with a header.") }, UNKNOWN),
      },
    },
    async ({ params: { id }, t }, reply) => {
      const { file } = await getExtract(db, id);
      const { header, rows } = await rejectTable(db, id, t);
      attachment(
        reply,
        "text/csv; charset=utf-8",
        `${t("http.rejectsFile")}-${id}-${file.replace(/\.[^.]*$/, "")}.csv`,
      );
      return reply.send(`${[header, ...rows].map(csvLine).join("\r\n")}\r\n`);
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
