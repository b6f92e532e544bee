import { z } from "zod";
import { codeDocument, parseCode } from "../coa/index.ts";
import type { App, Services } from "../http/app.ts";
import { codeDocumentSchema } from "../http/code-schema.ts";
import { fiscalYear, query, replies } from "../http/schemas.ts";
import type { Language, Translate } from "../i18n/index.ts";
import { codeNames } from "./code-names.ts";
import { searchReferences } from "./search.ts";
import { loadThemes, type Theme } from "./themes.ts";

/** Codes that one request may decode. */
const MAX_CODES = 200;

const DEFAULT_HITS = 20;
const MAX_HITS = 100;

const codeText = z.string().describe("12 or 16 segments, with or without separators, or a short notation.");

const year = fiscalYear
  .optional()
  .describe("Fiscal year of the code: decides its structure and the names of that year.");

const names = z.strictObject({ id: z.string(), en: z.string() });

const themeSchema = z
  .strictObject({
    code: z.string(),
    krisna_code: z.string().nullable().describe("Code inside the field kdtema of KRISNA."),
    name: z.string(),
    names,
    classes: z.array(z.strictObject({ code: z.string(), name: z.string(), names })),
    interventions: z.array(z.strictObject({ code: z.string(), class: z.string(), name: z.string(), names })),
  })
  .meta({ id: "Theme" });

const searchSchema = z
  .strictObject({
    query: z.string(),
    hits: z.array(z.strictObject({ list: z.string(), code: z.string(), name: z.string() })),
    more: z.boolean().describe("There are more hits than `limit`."),
  })
  .meta({ id: "ReferenceSearch" });

/** Decoding codes, searching the code lists, themes. */
export function referenceRoutes(app: App, { db, references }: Services): void {
  const decode = async (texts: string[], fiscalYear: number | undefined, t: Translate) => {
    const lists = codeNames(await references());
    return texts.map((text) => codeDocument(parseCode(text, fiscalYear === undefined ? {} : { fiscalYear }), lists, t));
  };

  app.get(
    "/api/v1/codes/:code",
    {
      schema: {
        operationId: "decodeCode",
        summary: "Decode one code",
        description:
          "A code that is wrong is answered too: `valid` is false, and `errors` say where, why and the cure.",
        tags: ["codes"],
        params: z.object({ code: codeText }),
        querystring: query({ year }),
        response: replies({ 200: codeDocumentSchema }),
      },
    },
    async ({ params, query: { year: fiscalYear }, t }) => {
      const [document] = await decode([params.code], fiscalYear, t);
      if (!document) throw new Error("a code was given and none decoded");
      return document;
    },
  );

  app.get(
    "/api/v1/codes",
    {
      schema: {
        operationId: "decodeCodes",
        summary: "Decode several codes",
        description: `In the order given, at most ${MAX_CODES}.`,
        tags: ["codes"],
        querystring: query({
          code: z
            .union([z.string(), z.array(z.string())])
            .transform((given) => [given].flat())
            .refine((list) => list.length <= MAX_CODES, { params: { text: "many", maximum: MAX_CODES } })
            .describe("Repeat for several codes.")
            .meta({ openapi: { type: "array", items: { type: "string" }, minItems: 1, maxItems: MAX_CODES } }),
          year,
        }),
        response: replies({ 200: z.array(codeDocumentSchema) }),
      },
    },
    ({ query: { code, year: fiscalYear }, t }) => decode(code, fiscalYear, t),
  );

  app.get(
    "/api/v1/references/search",
    {
      schema: {
        operationId: "searchReferences",
        summary: "Search all code lists",
        description: "Finds entries in whose code or name every word (or its beginning) occurs, by list and code.",
        tags: ["codes"],
        querystring: query({
          q: z.string().min(1).max(200).describe("Words of a name, or the beginning of a code."),
          limit: z.coerce.number().int().min(1).max(MAX_HITS).default(DEFAULT_HITS),
        }),
        response: replies({ 200: searchSchema }),
      },
    },
    async ({ query: { q, limit } }) => {
      const found = await searchReferences(db.read, q, limit + 1);
      return { query: q, hits: found.slice(0, limit), more: found.length > limit };
    },
  );

  app.get(
    "/api/v1/themes",
    {
      schema: {
        operationId: "listThemes",
        summary: "Themes with their classes and interventions",
        tags: ["codes"],
        querystring: query({}),
        response: replies({ 200: z.array(themeSchema) }),
      },
    },
    async ({ language }) => [...(await loadThemes(db)).values()].map((theme) => themeDocument(theme, language)),
  );
}

interface BothNames {
  nameId: string;
  nameEn: string;
}

function namesOf({ nameId, nameEn }: BothNames, language: Language) {
  return { name: language === "en" ? nameEn : nameId, names: { id: nameId, en: nameEn } };
}

function themeDocument(theme: Theme, language: Language): z.infer<typeof themeSchema> {
  return {
    code: theme.code,
    krisna_code: theme.krisnaCode,
    ...namesOf(theme, language),
    classes: theme.classes.map((item) => ({ code: item.code, ...namesOf(item, language) })),
    interventions: theme.interventions.map((item) => ({
      code: item.code,
      class: item.class,
      ...namesOf(item, language),
    })),
  };
}
