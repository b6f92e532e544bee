import { z } from "zod";
import { AppError } from "../errors.ts";
import type { App, Services } from "../http/app.ts";
import { fiscalYear, query, replies } from "../http/schemas.ts";
import { loadThemes } from "../references/index.ts";
import { listAgreements } from "./agreements.ts";
import { bulkRoutes } from "./bulk-routes.ts";
import { codeRoutes } from "./code-routes.ts";
import { agreementDocument, resultsDocument, stepDocument, tagDocument } from "./documents.ts";
import { TAG_STATUSES } from "./life.ts";
import { listTags, tagHistory } from "./list-tags.ts";
import { type Proposal, proposeTags } from "./propose-tags.ts";
import { agreementSchema, proposalsBody, resultsSchema, stepSchema, stepsBody, tagSchema } from "./schemas.ts";
import { takeSteps } from "./take-steps.ts";

/** Thousands of proposals in one request. */
const BULK_BODY = 32 * 1024 * 1024;

/** The life of tags. */
export function taggingRoutes(app: App, services: Services): void {
  const { db, now } = services;

  app.get(
    "/api/v1/tags",
    {
      schema: {
        operationId: "listTags",
        summary: "Tags with their numbers and states",
        tags: ["tags"],
        querystring: query({
          theme: z.string().max(80).optional(),
          status: z.enum(TAG_STATUSES).optional(),
          year: fiscalYear.optional().describe("Fiscal year in which they hold."),
          code: z.string().max(80).optional().describe("Node: `2080.QEA.003`."),
        }),
        response: replies({ 200: z.array(tagSchema) }),
      },
    },
    async ({ query: { theme = null, status, year = null, code = null } }) => {
      const filter = { theme, status: status === undefined ? null : [status], year, node: code };
      const themes = await loadThemes(db);
      return (await listTags(db, filter)).map((tag) => typed(tagDocument(tag, themes)));
    },
  );

  app.get(
    "/api/v1/tags/:id/history",
    {
      schema: {
        operationId: "getTagHistory",
        summary: "Every step in the life of one tag: who, when, why, before, after",
        tags: ["tags"],
        params: z.object({ id: z.coerce.number().int().positive() }),
        querystring: query({}),
        response: replies({ 200: z.array(stepSchema) }, { 404: "There is no such tag." }),
      },
    },
    async ({ params: { id }, t }) => {
      const steps = await tagHistory(db, id);
      if (steps.length === 0) {
        throw new AppError("TAG-UNKNOWN", 404, t("rule.TAG-021.message", { value: id }), t("rule.TAG-021.cure"));
      }
      const themes = await loadThemes(db);
      return steps.map((step) => {
        const { before, after, ...rest } = stepDocument(step, themes);
        return { ...rest, before: before && typed(before), after: after && typed(after) };
      });
    },
  );

  app.post(
    "/api/v1/tags/proposals",
    {
      bodyLimit: BULK_BODY,
      schema: {
        operationId: "proposeTags",
        summary: "Propose tags, or mark outputs as identified",
        description:
          "All rows are checked with each other and with what is there before anything is stored; refused rows say why and leave " +
          "the others alone. What is agreed is unchanged: to say something else, `replaces` names the agreed tag.",
        tags: ["tags"],
        querystring: query({}),
        body: proposalsBody,
        response: replies({ 200: resultsSchema }),
      },
    },
    async ({ body: { by, why, status, proposals }, t }) => {
      const rows = proposals.map(({ replaces = null, rewrites = null, ...fields }, index): Proposal => {
        const texts = Object.entries(fields).flatMap(([name, value]) =>
          value === undefined ? [] : [[name, String(value)]],
        );
        return { row: index + 1, fields: Object.fromEntries(texts), origin: "hand", replaces, rewrites };
      });
      return resultsDocument(await proposeTags(db, rows, actorOf(by, why), status), t);
    },
  );

  app.post(
    "/api/v1/tags/steps",
    {
      bodyLimit: BULK_BODY,
      schema: {
        operationId: "takeTagSteps",
        summary: "Propose, review, return, agree, reject or retire tags",
        description:
          "Nobody agrees what is their own. An agreement is recorded with the first tags that are agreed under it.",
        tags: ["tags"],
        querystring: query({}),
        body: stepsBody,
        response: replies({ 200: resultsSchema }),
      },
    },
    async ({ body: { by, why, action, tags, agreement }, t }) => {
      const stated = agreement && {
        number: agreement.number,
        ...(agreement.date !== undefined && { date: agreement.date }),
        ...(agreement.semester !== undefined && { semester: agreement.semester }),
        ...(agreement.parties !== undefined && { parties: agreement.parties }),
      };
      const results = await takeSteps(db, { action, tags, agreement: stated ?? null }, actorOf(by, why));
      return resultsDocument(results, t);
    },
  );

  app.get(
    "/api/v1/tags/agreements",
    {
      schema: {
        operationId: "listTagAgreements",
        summary: "Recorded agreements: number, date, semester, parties",
        tags: ["tags"],
        querystring: query({}),
        response: replies({ 200: z.array(agreementSchema) }),
      },
    },
    async () => (await listAgreements(db)).map(agreementDocument),
  );

  bulkRoutes(app, services);
  codeRoutes(app, services);

  function actorOf(name: string, why: string | undefined) {
    return { name, at: now().toISOString(), reason: why ?? null };
  }
}

/** A document whose state and origin are those that the schema knows. */
function typed(document: ReturnType<typeof tagDocument>): z.infer<typeof tagSchema> {
  return tagSchema.parse(document);
}
