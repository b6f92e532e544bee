import { join } from "node:path";
import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { AppError } from "../errors.ts";
import { MAPPING_KINDS, type NamedMapping } from "../extracts/index.ts";
import type { App, Services } from "../http/app.ts";
import { UPLOAD_RATE } from "../http/plugins/rate-limit.ts";
import { query, replies } from "../http/schemas.ts";
import { isUpload, takeUpload } from "../http/upload-form.ts";
import { MAPPING_FORM_LIMITS, type Upload } from "../http/uploads.ts";
import { definitionOf, definitionSchema, mappingName } from "./definition-schema.ts";
import { mappingDocument, previewDocument, proposalDocument } from "./documents.ts";
import { findMapping, listMappings, saveMapping } from "./queries.ts";
import { mappingSchema, previewSchema, proposalSchema } from "./schemas.ts";

const file = z
  .custom<Upload>((value) => isUpload(value))
  .describe("The table, in any form that can be imported.")
  .meta({ openapi: { type: "string", format: "binary" } });

const proposeForm = z.strictObject({
  file,
  kind: z.enum(MAPPING_KINDS).optional().describe("What the table is known to be."),
  sheet: z.string().max(100).optional().describe("Worksheet by name; without it the first visible one with data."),
});

const previewForm = z.strictObject({
  file,
  mapping: z.string().max(80).optional().describe("A saved mapping, `NAME` or `NAME@VERSION`."),
  definition: z.string().max(200_000).optional().describe("A definition as JSON, instead of a saved mapping."),
});

const FILE_ERRORS = {
  413: "The file is larger than the service takes.",
  422: "No table can be read from the file, or the definition cannot be used.",
  429: "Too many uploads within a minute.",
};

/** Listing, proposing, trying and saving mappings. */
export function mappingRoutes(app: App, services: Services): void {
  const { db, jobs, files, now } = services;
  const uploading = {
    config: { rateLimit: UPLOAD_RATE },
    preValidation: takeUpload(services, MAPPING_FORM_LIMITS),
  };

  app.get(
    "/api/v1/mappings",
    {
      schema: {
        operationId: "listMappings",
        summary: "All mappings, by name, the newest version first",
        tags: ["mappings"],
        querystring: query({}),
        response: replies({ 200: z.array(mappingSchema) }),
      },
    },
    async () => (await listMappings(db)).map(mappingDocument),
  );

  app.get(
    "/api/v1/mappings/:name",
    {
      schema: {
        operationId: "getMapping",
        summary: "One mapping, its newest version or the one asked for",
        tags: ["mappings"],
        params: z.object({ name: z.string().max(80) }),
        querystring: query({ version: z.coerce.number().int().min(1).optional() }),
        response: replies({ 200: mappingSchema }, { 404: "There is no such mapping or version." }),
      },
    },
    async ({ params: { name }, query: { version } }) =>
      mappingDocument(await findMapping(db, version === undefined ? name : `${name}@${version}`)),
  );

  app.post(
    "/api/v1/mappings",
    {
      schema: {
        operationId: "saveMapping",
        summary: "Save a definition as the next version of a name",
        description:
          "Versions never change. The definition that is the newest version already is answered as it is. Files with exactly " +
          "this header are from now on read by it.",
        tags: ["mappings"],
        querystring: query({}),
        body: z.strictObject({ name: mappingName, definition: definitionSchema }),
        response: replies(
          { 201: mappingSchema.describe("Location leads to the mapping.") },
          { 422: "The definition cannot be used; the hint lists every fault with its place." },
        ),
      },
    },
    async ({ body, t }, reply) => {
      const saved = await saveMapping(db, body.name, definitionOf(body.definition, t), now().toISOString());
      const location = `/api/v1/mappings/${saved.name}?version=${saved.version}`;
      return reply.code(201).header("location", location).send(mappingDocument(saved));
    },
  );

  app.post(
    "/api/v1/mappings/propose",
    {
      schema: {
        operationId: "proposeMapping",
        summary: "Propose how to read a table",
        description:
          "From its header and its first rows. Questions must be answered in the definition before it can be saved.",
        tags: ["mappings"],
        consumes: ["multipart/form-data"],
        querystring: query({}),
        body: proposeForm,
        response: replies({ 200: proposalSchema }, FILE_ERRORS),
      },
      ...uploading,
    },
    async ({ body, t }) => {
      const path = join(files.uploads, body.file.stored);
      const hints = { kind: body.kind ?? null, sheet: body.sheet ?? null };
      return proposalDocument(await jobs.read("propose", { path, hints, language: t.language }), t);
    },
  );

  app.post(
    "/api/v1/mappings/preview",
    {
      schema: {
        operationId: "previewMapping",
        summary: "Read a whole file by a mapping and keep nothing",
        description: "The first 20 rows as they would be read, with their problems, and the whole file in numbers.",
        tags: ["mappings"],
        consumes: ["multipart/form-data"],
        querystring: query({}),
        body: previewForm,
        response: replies({ 200: previewSchema }, { ...FILE_ERRORS, 404: "There is no such mapping." }),
      },
      ...uploading,
    },
    async (request) => {
      const { body, t } = request;
      const path = join(files.uploads, body.file.stored);
      const mapping = await chosenMapping(request, body);
      return previewDocument(await jobs.read("preview", { path, mapping, language: t.language }), t);
    },
  );

  async function chosenMapping(
    { t }: FastifyRequest,
    { mapping, definition }: { mapping?: string | undefined; definition?: string | undefined },
  ): Promise<NamedMapping> {
    if ((mapping === undefined) === (definition === undefined)) {
      throw new AppError("MAPPING-CHOICE", 400, t("mapping.oneOfTwo"));
    }
    if (mapping !== undefined) return findMapping(db, mapping);
    return { name: "?", version: null, definition: definitionOf(parsed(definition ?? "", t("mapping.notJson")), t) };
  }
}

function parsed(text: string, message: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AppError("MAPPING-INVALID", 422, message, error instanceof Error ? error.message : null);
  }
}
