import { z } from "zod";
import { count } from "../http/schemas.ts";
import { KEYWORD_KINDS, REASON_RULES } from "./types.ts";

/** Schemas of the routes of suggestions and keyword lists. */

const facts = z.record(z.string(), z.union([z.string(), z.number()]));

const reasonSchema = z
  .strictObject({
    rule: z.enum(REASON_RULES),
    effect: z.enum(["raises", "lowers", "explains"]),
    points: z
      .number()
      .describe("What raises: how far it speaks for the theme by itself, 0 to 1; what lowers: the factor; else 0."),
    intervention: z.string().nullable(),
    facts: facts.describe("What the rule found, as the sentence names it."),
    text: z.string().describe("The sentence in the language asked for."),
    texts: z.strictObject({ id: z.string(), en: z.string() }),
  })
  .meta({ id: "SuggestionReason" });

export const suggestionsSchema = z
  .strictObject({
    theme: z.string(),
    year: z.int(),
    suggestions: z.array(
      z
        .strictObject({
          code: z.string(),
          name: z.string(),
          class: z.string(),
          intervention: z.string(),
          score: z.number().min(0).max(1),
          reasons: z
            .array(reasonSchema)
            .describe("What raises the score, the strongest first; what lowers; what explains."),
        })
        .meta({ id: "Suggestion" }),
    ),
  })
  .meta({ id: "Suggestions" });

const language = z.enum(["id", "en"]);

export const keywordSchema = z
  .strictObject({
    theme: z.string(),
    intervention: z.string().nullable(),
    kind: z.enum(KEYWORD_KINDS),
    language,
    term: z.string().describe("Words that follow each other; `a|b` either, `a & b` both, `=word` not its stem."),
    weight: z.int().describe("Percent."),
    ministries: z.array(z.string()).describe("Empty: everywhere; `!018`: everywhere but there."),
    note: z.string().nullable(),
  })
  .meta({ id: "Keyword" });

/** A keyword as it is sent; what is absent has its usual value. */
export const sentKeyword = z.strictObject({
  intervention: z.string().max(100).nullable().default(null),
  kind: z.enum(KEYWORD_KINDS).default("keyword"),
  language: language.default("id"),
  term: z.string().max(400),
  weight: z.int().min(1).max(100).default(80),
  ministries: z.array(z.string().max(4)).max(200).default([]),
  note: z.string().max(500).nullable().default(null),
});

export const keywordChangesSchema = z.strictObject({
  added: count,
  updated: count,
  unchanged: count,
});

export const keywordHistorySchema = z.array(
  z.strictObject({
    id: z.int(),
    at: z.string(),
    by: z.string(),
    action: z.enum(["added", "updated", "removed"]),
    before: keywordSchema.nullable(),
    after: keywordSchema.nullable(),
  }),
);
