import { z } from "zod";
import { AppError } from "../errors.ts";
import type { App, Services } from "../http/app.ts";
import { count, fiscalYear, query, replies } from "../http/schemas.ts";
import { resultDocument } from "../tagging/documents.ts";
import { acceptSuggestions } from "./accept.ts";
import { decide } from "./decide.ts";
import { keywordDocument, suggestionsDocument } from "./document.ts";
import { keywordHistory, putKeywords, removeKeyword } from "./edit-keywords.ts";
import { activeKeywords, findTheme, suggestionsOf } from "./queries.ts";
import {
  keywordChangesSchema,
  keywordHistorySchema,
  keywordSchema,
  sentKeyword,
  suggestionsSchema,
} from "./schemas.ts";
import { KEYWORD_KINDS } from "./types.ts";

const DEFAULT_SUGGESTIONS = 200;
const MAX_SUGGESTIONS = 5_000;
const MAX_DECISIONS = 1_000;
const MAX_KEYWORDS = 5_000;
const MAX_CHANGES = 1_000;

const params = z.object({ theme: z.string().max(100) });
const by = z.string().trim().min(1).max(100).describe("Who does it: every change is kept with a name.");
const UNKNOWN_THEME = { 404: "There is no such theme." };

/** Suggestions, what is decided about them, and the keyword lists they come from. */
export function suggestionRoutes(app: App, services: Services): void {
  listRoutes(app, services);
  keywordRoutes(app, services);
}

function listRoutes(app: App, { db, now }: Services): void {
  app.get(
    "/api/v1/themes/:theme/suggestions",
    {
      schema: {
        operationId: "suggestTags",
        summary: "Outputs of a year that may serve a theme, best first",
        description:
          "Over the outputs listed for the year that carry no agreed tag of the theme; empty where no list is in force. The same data give the same list.",
        tags: ["suggestions"],
        params,
        querystring: query({
          year: fiscalYear,
          limit: z.coerce.number().int().min(1).max(MAX_SUGGESTIONS).default(DEFAULT_SUGGESTIONS),
        }),
        response: replies({ 200: suggestionsSchema }, UNKNOWN_THEME),
      },
    },
    async ({ params: { theme }, query: { year, limit }, t, language }) =>
      suggestionsDocument(await suggestionsOf(db, theme, year, t), language, limit),
  );

  app.post(
    "/api/v1/themes/:theme/suggestions/decisions",
    {
      schema: {
        operationId: "decideSuggestions",
        summary: "Accept or reject suggestions",
        description:
          "Accepted ones become proposed tags; those that cannot be proposed say why and are not counted as accepted. A rejection needs a reason. Both teach later lists.",
        tags: ["suggestions"],
        params,
        querystring: query({}),
        body: z.strictObject({
          year: fiscalYear,
          codes: z.array(z.string().max(40)).min(1).max(MAX_DECISIONS),
          outcome: z.enum(["accepted", "rejected"]),
          intervention: z.string().max(100).nullable().default(null),
          reason: z.string().max(1_000).nullable().default(null),
          by,
        }),
        response: replies(
          {
            200: z.strictObject({
              outcome: z.enum(["accepted", "rejected"]),
              decided: count,
              refused: z.array(z.strictObject({ code: z.string(), messages: z.array(z.string()) })),
            }),
          },
          {
            ...UNKNOWN_THEME,
            422: "A rejection without reason, an unknown intervention, or outputs that no list has.",
          },
        ),
      },
    },
    async ({ params: { theme }, body: { codes, outcome, ...rest }, t }) => {
      const request = { ...rest, theme, nodes: codes, at: now().toISOString() };
      if (outcome === "rejected")
        return { outcome, decided: await decide(db, { ...request, outcome }, t), refused: [] };
      const { decided, results } = await acceptSuggestions(db, request, t);
      const refused = results
        .filter(({ result }) => result.outcome === "refused")
        .map(({ node, result }) => {
          const { problems } = resultDocument(result, t);
          return { code: node, messages: problems.map(({ message }) => message) };
        });
      return { outcome, decided, refused };
    },
  );
}

function keywordRoutes(app: App, { db, now }: Services): void {
  app.get(
    "/api/v1/themes/:theme/keywords",
    {
      schema: {
        operationId: "listKeywords",
        summary: "The keyword lists of a theme",
        tags: ["suggestions"],
        params,
        querystring: query({ intervention: z.string().max(100).optional(), kind: z.enum(KEYWORD_KINDS).optional() }),
        response: replies({ 200: z.array(keywordSchema) }, UNKNOWN_THEME),
      },
    },
    async ({ params: { theme }, query: { intervention, kind }, t }) => {
      await findTheme(db, db.read, theme, t);
      const keywords = await activeKeywords(db, db.read, theme);
      return keywords
        .filter((one) => intervention === undefined || one.intervention === intervention)
        .filter((one) => kind === undefined || one.kind === kind)
        .map(keywordDocument);
    },
  );

  app.put(
    "/api/v1/themes/:theme/keywords",
    {
      schema: {
        operationId: "putKeywords",
        summary: "Add or change keywords",
        description: "All or none: with a row that cannot be used nothing is changed.",
        tags: ["suggestions"],
        params,
        querystring: query({}),
        body: z.strictObject({ by, keywords: z.array(sentKeyword).min(1).max(MAX_KEYWORDS) }),
        response: replies(
          { 200: keywordChangesSchema },
          { ...UNKNOWN_THEME, 422: "Some rows are no keywords; the hint names each with its fault." },
        ),
      },
    },
    async ({ params: { theme }, body, t }) => {
      await findTheme(db, db.read, theme, t);
      const written = body.keywords.map(({ intervention, weight, ministries, note, ...rest }, index) => ({
        row: index + 1,
        keyword: {
          ...rest,
          theme,
          intervention: intervention ?? "",
          weight: String(weight),
          ministries: ministries.join(" "),
          note: note ?? "",
        },
      }));
      const editor = { by: body.by, at: now().toISOString() };
      const { faults, ...changes } = await putKeywords(db, written, editor, t);
      if (faults.length === 0) return changes;
      const hint = faults.map(({ row, field, message }) => `${row} · ${field}: ${message}`).join("\n");
      throw new AppError("KEYWORD-INVALID", 422, t("keyword.refused", { count: faults.length }), hint);
    },
  );

  app.post(
    "/api/v1/themes/:theme/keywords/removals",
    {
      schema: {
        operationId: "removeKeyword",
        summary: "Take a keyword out of use",
        description: "It stays in the history, and loading the seeds again does not bring it back.",
        tags: ["suggestions"],
        params,
        querystring: query({}),
        body: sentKeyword.pick({ kind: true, intervention: true, language: true, term: true }).extend({ by }),
        response: replies({ 200: keywordSchema }, { 404: "There is no such theme or keyword." }),
      },
    },
    async ({ params: { theme }, body: { by: name, ...key }, t }) => {
      await findTheme(db, db.read, theme, t);
      return keywordDocument(await removeKeyword(db, { theme, ...key }, { by: name, at: now().toISOString() }, t));
    },
  );

  app.get(
    "/api/v1/themes/:theme/keywords/history",
    {
      schema: {
        operationId: "keywordHistory",
        summary: "Who changed which keyword, newest first",
        tags: ["suggestions"],
        params,
        querystring: query({ limit: z.coerce.number().int().min(1).max(MAX_CHANGES).default(MAX_CHANGES) }),
        response: replies({ 200: keywordHistorySchema }, UNKNOWN_THEME),
      },
    },
    async ({ params: { theme }, query: { limit }, t }) => {
      await findTheme(db, db.read, theme, t);
      return keywordHistory(db, theme, limit);
    },
  );
}
