import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildServer, openApiDocument } from "../../src/http/index.ts";
import { NOW, type Service, startService } from "./support.ts";

interface Operation {
  operationId?: string;
  summary?: string;
  tags?: string[];
  parameters?: { name: string; in: string; schema: object }[];
  requestBody?: { content: Record<string, { schema: object }> };
  responses: Record<string, { description: string; content?: Record<string, { schema: object }> }>;
}

interface Document {
  openapi: string;
  info: { version: string };
  tags: { name: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object> };
}

let service: Service;
let document: Document;
beforeAll(async () => {
  service = await startService();
  document = (await (await service.get("/api/openapi.json")).json()) as Document;
});
afterAll(() => service.stop());

const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );

describe("the OpenAPI document", () => {
  it("documents every route that is not a page", async () => {
    const folder = await mkdtemp(join(tmpdir(), "tandai-routes-"));
    const app = await buildServer({ db: service.db, logger: false, dataDir: folder, now: () => new Date(NOW) });
    await app.ready();
    const routes = app.routeTable.routes
      .filter(({ hidden }) => !hidden)
      .flatMap(({ methods, url }) => methods.map((method) => `${method} ${url.replace(/:(\w+)/g, "{$1}")}`))
      .filter((route) => !route.startsWith("HEAD ") && !route.includes("/api/docs/static"));
    await app.close();
    await rm(folder, { recursive: true });
    const documented = operations().map(({ path, method }) => `${method.toUpperCase()} ${path}`);
    expect(documented.sort()).toEqual(routes.sort());
    expect(documented.length).toBeGreaterThan(15);
  });

  it("gives every operation an id, a summary, a group, and replies with descriptions", () => {
    const groups = document.tags.map(({ name }) => name);
    const ids = operations().map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { operation } of operations()) {
      expect(operation.operationId).toMatch(/^[a-z][A-Za-z]+$/);
      expect(operation.summary ?? "").toMatch(/\S/);
      expect(groups).toContain(operation.tags?.[0]);
      for (const [status, { description }] of Object.entries(operation.responses)) {
        expect(`${status} ${description}`).not.toMatch(/Default Response| $/);
      }
      expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining(["4XX", "5XX"]));
    }
  });

  it("has a schema with content for everything that is sent or received", () => {
    const schemas: [string, object][] = Object.entries(document.components.schemas);
    for (const { path, method, operation } of operations()) {
      const at = `${method} ${path}`;
      for (const { name, schema } of operation.parameters ?? []) schemas.push([`${at} ${name}`, schema]);
      const contents = [operation.requestBody, ...Object.values(operation.responses)].flatMap((part) =>
        Object.values(part?.content ?? {}),
      );
      for (const { schema } of contents) schemas.push([at, schema]);
    }
    for (const [name, schema] of schemas) assertSaysSomething(name, schema);
  });

  it("refers only to components that are there", () => {
    const names = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(
      ([, name]) => name,
    );
    expect(new Set(names)).toEqual(new Set(Object.keys(document.components.schemas)));
  });

  it("says that rupiah are 64-bit integers", () => {
    expect(document.components.schemas.Rupiah).toEqual({
      type: "integer",
      format: "int64",
      description: "Whole rupiah, an exact 64-bit integer.",
    });
    const row = document.components.schemas.ReconciliationRow as { properties: Record<string, object> };
    expect(row.properties.realization).toEqual({ $ref: "#/components/schemas/Rupiah" });
  });

  it("describes the upload as a form with a file", () => {
    const form = document.paths["/api/v1/extracts"]?.post?.requestBody?.content["multipart/form-data"]?.schema;
    expect(form).toMatchObject({ required: ["file"], properties: { file: { type: "string", format: "binary" } } });
  });

  it("is the document that is generated for the repository, the same each time", async () => {
    const text = await openApiDocument();
    expect(JSON.parse(text)).toEqual(document);
    expect(await openApiDocument()).toBe(text);
    expect(text.endsWith("}\n")).toBe(true);
  });
});

/** A schema that allows anything is a hole in the documentation, wherever it stands. */
function assertSaysSomething(name: string, schema: object): void {
  const { description: _, ...rest } = schema as Record<string, unknown>;
  expect(Object.keys(rest), `${name} allows anything`).not.toEqual([]);
  const {
    properties = {},
    items,
    anyOf = [],
    additionalProperties,
  } = rest as {
    properties?: Record<string, object>;
    items?: object;
    anyOf?: object[];
    additionalProperties?: unknown;
  };
  for (const [key, inner] of Object.entries(properties)) assertSaysSomething(`${name}.${key}`, inner);
  if (items) assertSaysSomething(`${name}[]`, items);
  for (const inner of anyOf) assertSaysSomething(`${name}|`, inner);
  if (typeof additionalProperties === "object" && additionalProperties !== null && !name.includes("openapi.json"))
    assertSaysSomething(`${name}{}`, additionalProperties);
}

describe("the documentation page", () => {
  it("is served with everything it needs from here", async () => {
    const page = await (await service.get("/api/docs")).text();
    const links = [...page.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, link]) => link ?? "");
    expect(links.length).toBeGreaterThan(4);
    for (const link of links) {
      expect(link).toMatch(/^\/api\/docs\/static\//);
      const file = await service.get(link);
      expect(file.status).toBe(200);
      expect((await file.arrayBuffer()).byteLength).toBeGreaterThan(100);
    }
    expect(page).not.toMatch(/<script>|style=|onload=/);
    expect((await (await service.get("/api/docs/json")).json()) as Document).toEqual(document);
  });
});
