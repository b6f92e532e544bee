import swagger from "@fastify/swagger";
import swaggerUi from "@fastify/swagger-ui";
import { z } from "zod";
import type { App } from "../app.ts";
import { transform, transformObject } from "../openapi-schema.ts";
import { content, replies } from "../schemas.ts";

/** Groups of the documentation page, in its order. */
const TAGS = [
  { name: "suggestions", description: "Outputs that may serve a theme, decisions about them, keyword lists." },
  { name: "codes", description: "Decode codes, search the code lists." },
  { name: "extracts", description: "Import files, see what was rejected and why, take an extract back." },
  { name: "jobs", description: "Imports under way." },
  { name: "mappings", description: "How tables that no layout knows are read." },
  { name: "tags", description: "The life of tags, worksheets, cross-program codes." },
  { name: "reconciliation", description: "Budget against realization by any dimension." },
  { name: "reports", description: "The rolling reports." },
  { name: "health", description: "For whoever watches over the service." },
];

const DESCRIPTION = `
Tandai tags, reconciles and reports what one national goal costs and what it buys.

* Amounts are whole rupiah, exact integers of up to 64 bits: read them with a parser that keeps big integers.
* Sentences come in Indonesian (default) or English, by \`lang\` or Accept-Language.
* Every error is a problem document (RFC 9457) with a stable \`code\` and a \`hint\`.
* Unknown parameters are refused, not ignored.
* Import jobs live in the memory of the service: after a restart they are unknown, and an import that had not
  finished has changed nothing. Extracts are kept.
* Until access control exists the service answers on the loopback address only, and to its own pages only.
`.trim();

/** The OpenAPI document at /api/openapi.json and a page that reads it, without anything from elsewhere, at /api/docs. */
export async function openapi(app: App, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "Tandai",
        version,
        description: DESCRIPTION,
        license: { name: "Apache-2.0", identifier: "Apache-2.0" },
      },
      servers: [{ url: "/", description: "This service" }],
      tags: TAGS,
    },
    transform,
    transformObject,
  });
  await app.register(swaggerUi, {
    routePrefix: "/api/docs",
    theme: { title: "Tandai API" },
    uiConfig: { layout: "BaseLayout", docExpansion: "list", defaultModelsExpandDepth: 0, tryItOutEnabled: true },
  });
}

/** The route of the document; its own reply is documented as any JSON object. */
export function openapiRoute(app: App): void {
  const schema = {
    operationId: "openApi",
    summary: "This document",
    tags: ["health"],
    response: replies({
      200: content("application/json", "The OpenAPI 3.1 document.", z.looseObject({ openapi: z.string() })),
    }),
  };
  app.get("/api/openapi.json", { schema }, async (_, reply) => {
    reply.type("application/json; charset=utf-8");
    return reply.send({ ...app.swagger() });
  });
}
