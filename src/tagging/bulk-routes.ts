import { join } from "node:path";
import { z } from "zod";
import type { App, Services } from "../http/app.ts";
import { attachment } from "../http/attachment.ts";
import { UPLOAD_RATE } from "../http/plugins/rate-limit.ts";
import { bytes, content, fiscalYear, query, replies } from "../http/schemas.ts";
import { isUpload, takeUpload } from "../http/upload-form.ts";
import { FORM_LIMITS, type Upload } from "../http/uploads.ts";
import { suggestionTexts } from "../suggestions/index.ts";
import { copyForward } from "./copy-forward.ts";
import { resultDocument, resultsDocument } from "./documents.ts";
import { requireTheme } from "./require-theme.ts";
import { actorName, forwardBody, forwardSchema, resultsSchema, why } from "./schemas.ts";
import { importWorksheet, worksheetRows } from "./worksheet.ts";

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

const worksheetForm = z.strictObject({
  file: z
    .custom<Upload>((value) => isUpload(value))
    .describe("The filled worksheet, or a CSV with the same columns.")
    .meta({ openapi: { type: "string", format: "binary" } }),
  by: actorName,
  why,
});

/** Worksheets of a year, and last year's tags copied forward. */
export function bulkRoutes(app: App, services: Services): void {
  const { db, files, now } = services;

  app.get(
    "/api/v1/tags/worksheet",
    {
      schema: {
        operationId: "downloadTagWorksheet",
        summary: "The outputs of a year with their tags as a workbook that planners fill",
        description:
          "Interventions and actions from lists, codes locked, a check beside every row. Send it back with POST.",
        tags: ["tags"],
        querystring: query({ theme: z.string().max(80), year: fiscalYear }),
        response: replies({ 200: content(XLSX, "The workbook.", bytes) }),
      },
    },
    async ({ query: { theme: code, year }, language, t }, reply) => {
      const theme = await requireTheme(db, code, t);
      const { tagWorksheetBook } = await import("../../reports/tag-worksheet.ts");
      const suggestions = await suggestionTexts(db, code, year, t);
      const rows = await worksheetRows(db, code, year, suggestions);
      const book = await tagWorksheetBook({ theme, year, rows, language });
      attachment(reply, XLSX, `${t("tags.sheet.file")}-${code}-${year}.xlsx`);
      return reply.send(await book.pack(() => undefined));
    },
  );

  app.post(
    "/api/v1/tags/worksheet",
    {
      config: { rateLimit: UPLOAD_RATE },
      preValidation: takeUpload(services, FORM_LIMITS),
      schema: {
        operationId: "importTagWorksheet",
        summary: "Propose what stands in a filled worksheet",
        description: "A result per row; rows that say what is there already are unchanged.",
        tags: ["tags"],
        consumes: ["multipart/form-data"],
        querystring: query({}),
        body: worksheetForm,
        response: replies({ 200: resultsSchema }, { 422: "The file is no worksheet.", 429: "Too many uploads." }),
      },
    },
    async ({ body: { file, by, why: reason }, t }) => {
      const actor = { name: by, at: now().toISOString(), reason: reason ?? null };
      return resultsDocument(await importWorksheet(db, join(files.uploads, file.stored), actor, t), t);
    },
  );

  app.post(
    "/api/v1/tags/forward",
    {
      schema: {
        operationId: "copyTagsForward",
        summary: "Propose the agreed tags of one year for another",
        tags: ["tags"],
        querystring: query({}),
        body: forwardBody,
        response: replies({ 200: forwardSchema }),
      },
    },
    async ({ body: { by, why: reason, theme, from, to }, t }) => {
      const { code } = await requireTheme(db, theme, t);
      const actor = { name: by, at: now().toISOString(), reason: reason ?? null };
      const copied = await copyForward(db, { theme: code, from, to }, actor);
      return copied.map(({ from: tag, results }) => ({
        from: { tag: tag.id, code: tag.node, intervention: tag.intervention },
        to: results.map(({ code: place, ...result }) => ({ code: place, ...resultDocument(result, t) })),
      }));
    },
  );
}
