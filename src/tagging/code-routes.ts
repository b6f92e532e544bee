import { z } from "zod";
import type { App, Services } from "../http/app.ts";
import { attachment } from "../http/attachment.ts";
import { fiscalYear, query, replies } from "../http/schemas.ts";
import { allocateCodes, compareMarks, listCrossProgramCodes, referenceTable } from "./cross-program-codes.ts";
import { codeDocument, markDocument } from "./documents.ts";
import { requireTheme } from "./require-theme.ts";
import { actorName, codeSchema, markSchema } from "./schemas.ts";

const theme = z.string().max(80);

/** Cross-program codes: given, exported, and read back from the ledger. */
export function codeRoutes(app: App, { db, now }: Services): void {
  app.get(
    "/api/v1/tags/codes",
    {
      schema: {
        operationId: "listCrossProgramCodes",
        summary: "Cross-program codes given so far",
        tags: ["tags"],
        querystring: query({}),
        response: replies({ 200: z.array(codeSchema) }),
      },
    },
    async () => (await listCrossProgramCodes(db)).map(codeDocument),
  );

  app.post(
    "/api/v1/tags/codes",
    {
      schema: {
        operationId: "allocateCrossProgramCodes",
        summary: "Give every intervention of a theme a cross-program code",
        description: "Codes are never changed and never given twice.",
        tags: ["tags"],
        querystring: query({}),
        body: z.strictObject({ by: actorName, theme }),
        response: replies({ 200: z.array(codeSchema) }),
      },
    },
    async ({ body: { by, theme: wanted }, t }) => {
      const { code } = await requireTheme(db, wanted, t);
      return (await allocateCodes(db, code, { name: by, at: now().toISOString() })).map(codeDocument);
    },
  );

  app.get(
    "/api/v1/tags/reference-table",
    {
      schema: {
        operationId: "downloadReferenceTable",
        summary: "Every agreed node of a year with its cross-program code, for KRISNA or SPAN",
        tags: ["tags"],
        querystring: query({ theme, year: fiscalYear, for: z.enum(["krisna", "span"]).default("krisna") }),
        response: replies({ 200: { description: "CSV.", content: { "text/csv": { schema: z.string() } } } }),
      },
    },
    async ({ query: { theme: wanted, year, for: system }, t }, reply) => {
      const { code } = await requireTheme(db, wanted, t);
      const { referenceCsv } = await import("../../reports/reference-table.ts");
      attachment(reply, "text/csv; charset=utf-8", `${t("tags.reference.file")}-${system}-${code}-${year}.csv`);
      return reply.send(referenceCsv(await referenceTable(db, code, year), system));
    },
  );

  app.get(
    "/api/v1/tags/marks",
    {
      schema: {
        operationId: "compareMarks",
        summary: "Cross-program codes in ledger lines against the agreed tags",
        tags: ["tags"],
        querystring: query({ theme, year: fiscalYear }),
        response: replies({ 200: z.array(markSchema) }),
      },
    },
    async ({ query: { theme: wanted, year }, t }) => {
      const { code } = await requireTheme(db, wanted, t);
      return (await compareMarks(db, code, year)).map(markDocument);
    },
  );
}
