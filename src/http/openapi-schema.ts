import type { SwaggerTransform, SwaggerTransformObject } from "@fastify/swagger";
import { createJsonSchemaTransform, createJsonSchemaTransformObject } from "fastify-type-provider-zod";
import { globalRegistry, z } from "zod";

type Override = NonNullable<NonNullable<Parameters<typeof z.toJSONSchema>[1]>["override"]>;

/** JSON Schema of the types that JSON does not have, and of inputs that state their written form themselves. */
const override: Override = ({ zodSchema, jsonSchema }) => {
  const replacement = globalRegistry.get(zodSchema)?.openapi;
  if (replacement !== undefined) become(jsonSchema, replacement as Record<string, unknown>);
  else if (zodSchema._zod.def.type === "bigint") become(jsonSchema, { type: "integer", format: "int64" });
  // A reply without a body.
  else if (zodSchema._zod.def.type === "undefined") become(jsonSchema, { type: "null" });
  // The bounds of a JavaScript integer say nothing about the field.
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
};

function become(schema: Record<string, unknown>, form: Record<string, unknown>): void {
  const { id, description } = schema;
  for (const key of Object.keys(schema)) delete schema[key];
  Object.assign(schema, form, id === undefined ? {} : { id }, description === undefined ? {} : { description });
}

const options = { zodToJsonConfig: { override } };

const withJsonSchema = createJsonSchemaTransform(options);

/** Turns the zod schemas of a route into JSON Schema. A reply without words of its own is described by its schema or route. */
export const transform: SwaggerTransform = (document) => {
  const result = withJsonSchema(document as Parameters<typeof withJsonSchema>[0]);
  const summary = (document.schema as { summary?: string } | undefined)?.summary;
  const given = (document.schema?.response ?? {}) as Record<string, unknown>;
  const replies = (result.schema as { response?: Record<string, { description?: string }> }).response ?? {};
  for (const [status, reply] of Object.entries(replies)) {
    const schema = given[status];
    reply.description ??= (schema instanceof z.ZodType ? schema.description : undefined) ?? summary ?? status;
  }
  return result;
};

const withComponents = createJsonSchemaTransformObject(options);

/** Adds the components that are referred to; every schema with an id would otherwise appear twice, also as an input. */
export const transformObject: SwaggerTransformObject = (document) => {
  const whole = withComponents(document);
  const schemas: Record<string, unknown> = ("components" in whole ? whole.components?.schemas : undefined) ?? {};
  const used = new Set<string>();
  const follow = (part: unknown): void => {
    for (const [, name = ""] of JSON.stringify(part ?? null).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      if (used.has(name)) continue;
      used.add(name);
      follow(schemas[name]);
    }
  };
  follow(whole.paths);
  const kept = Object.entries(schemas).filter(([name]) => used.has(name));
  return Object.assign(whole, { components: { schemas: Object.fromEntries(kept) } });
};
