import type { FastifySchemaValidationError } from "fastify";
import { isTextKey, type TextParams, type Translate } from "../i18n/index.ts";

/** An input that was refused: its name, what is wrong with it, what to do. */
export interface RefusedInput {
  field: string;
  message: string;
  cure: string;
}

/** Longest value that is shown back. */
const SHOWN = 80;

/** Sentences for the findings of a zod schema. `part` is the query, the parameters or the form as it came. */
export function refusedInputs(
  findings: readonly FastifySchemaValidationError[],
  part: unknown,
  t: Translate,
): RefusedInput[] {
  return findings.flatMap((finding) => explain(finding, part, t));
}

function explain({ keyword, instancePath, params }: FastifySchemaValidationError, part: unknown, t: Translate) {
  const field = instancePath.split("/")[1] ?? "";
  if (keyword === "unrecognized_keys") return unknownFields(params, t);
  const own = record(params.params);
  const given = typeof own.value === "string" ? own.value : givenIn(part, field);
  if (given === undefined) {
    return [{ field, message: t("http.input.missing", { field }), cure: t("http.input.missing.cure", { field }) }];
  }
  const places = { field, value: shorten(given), ...textPlaces(own), ...textPlaces(params) };
  const kind = kindOf(keyword, params, own);
  return [
    { field, message: sentence(`http.input.${kind}`, places, t), cure: sentence(`http.input.${kind}.cure`, places, t) },
  ];
}

function unknownFields(params: Record<string, unknown>, t: Translate): RefusedInput[] {
  const keys = Array.isArray(params.keys) ? params.keys.map(String) : [];
  return keys.map((field) => ({
    field,
    message: t("http.input.unknown", { field }),
    cure: t("http.input.unknown.cure", { field }),
  }));
}

/** The text that fits a finding: what the schema names itself, else by what zod found. */
function kindOf(keyword: string, params: Record<string, unknown>, own: Record<string, unknown>): string {
  if (typeof own.text === "string") return own.text;
  if (keyword === "invalid_value") return "choice";
  if (keyword === "too_small" || keyword === "too_big")
    return `${keyword}.${params.origin === "string" ? "text" : "number"}`;
  return params.expected === "number" || params.expected === "int" ? "number" : "form";
}

function sentence(key: string, places: TextParams, t: Translate): string {
  if (!isTextKey(key)) throw new Error(`validation text ${key} is missing`);
  return t(key, places);
}

/** What a finding says that a sentence may repeat. */
function textPlaces(params: Record<string, unknown>): TextParams {
  const places: TextParams = {};
  for (const [name, value] of Object.entries(params)) {
    if (typeof value === "string" || typeof value === "number" || typeof value === "bigint") places[name] = value;
  }
  if (Array.isArray(params.values)) places.choices = params.values.join(", ");
  return places;
}

function givenIn(part: unknown, field: string): string | undefined {
  const value = field === "" ? part : record(part)[field];
  if (value === undefined || value === null) return undefined;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function shorten(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}
