import { z } from "zod";
import { LANGUAGES } from "../i18n/index.ts";
import { momentOf } from "../moment.ts";
import { isMonth, LAST_YEAR } from "../periods.ts";

/**
 * Schemas that several routes share. `meta({ id })` makes a component of the OpenAPI document; `meta({ openapi })`
 * replaces what would be generated, for inputs whose written form differs from what the program works with.
 */

/** Whole rupiah: bigint in the program, an exact integer of up to 64 bits in JSON. */
export const rupiah = z.int64().meta({ id: "Rupiah", description: "Whole rupiah, an exact 64-bit integer." });

export const count = z.int().nonnegative();

export const month = z
  .string()
  .refine(isMonth, { params: { text: "month" } })
  .meta({ openapi: { type: "string", pattern: "^\\d{4}-(0[1-9]|1[0-2])$", examples: ["2019-04"] } });

/** A date (its end in UTC) or an instant with a time zone; the program works with the moment in UTC. */
export const pastMoment = z
  .string()
  .refine((text) => momentOf(text) !== null, { params: { text: "moment" } })
  .transform((text) => momentOf(text) ?? text)
  .meta({ openapi: { type: "string", examples: ["2026-03-31", "2026-03-31T17:00:00+07:00"] } });

/** First fiscal year the codes know; the ledger itself begins later. */
export const fiscalYear = z.coerce.number().int().min(2000).max(LAST_YEAR);

/** A code with its name; null when no list knows it. */
export const named = z.strictObject({ code: z.string(), name: z.string().nullable() }).meta({ id: "Named" });

export const language = z
  .enum(LANGUAGES)
  .optional()
  .describe("Language of names and sentences; overrides Accept-Language. Default id.");

/** The query of a route: what it names and `lang`, nothing else, so that a misspelt parameter is not ignored. */
export function query<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  return z.strictObject({ ...shape, lang: language });
}

/** One or several values of a fixed set: `by=ministry,class` or `by=ministry&by=class`; each value once. */
export function listOf<Value extends string>(allowed: readonly Value[]) {
  return z
    .union([z.string(), z.array(z.string())])
    .transform((given, context): Value[] => {
      const chosen = new Set<Value>();
      for (const text of pieces(given)) {
        const value = allowed.find((candidate) => candidate === text);
        if (value !== undefined) chosen.add(value);
        else context.addIssue({ code: "custom", params: { text: "choice", value: text, choices: allowed.join(", ") } });
      }
      return [...chosen];
    })
    .refine((list) => list.length > 0, { params: { text: "empty" } })
    .meta({ openapi: { type: "array", items: { type: "string", enum: [...allowed] }, minItems: 1 } });
}

/** One or several codes, repeated or separated by commas. */
export const codes = z
  .union([z.string(), z.array(z.string())])
  .transform(pieces)
  .refine((list) => list.length > 0, { params: { text: "empty" } })
  .meta({ openapi: { type: "array", items: { type: "string" }, minItems: 1 } });

function pieces(given: string | string[]): string[] {
  return [given]
    .flat()
    .flatMap((text) => text.split(","))
    .map((text) => text.trim())
    .filter((text) => text !== "");
}

/** `true` or `false` as text, as queries and forms carry it. */
export const flag = z
  .enum(["true", "false"])
  .transform((text) => text === "true")
  .meta({ openapi: { type: "boolean" } });

/** An error as RFC 9457 puts it, with a stable code and what to do about it. */
export const problem = z
  .strictObject({
    type: z.string().describe("URN that ends in the code."),
    title: z.string(),
    status: z.int(),
    detail: z.string().describe("What went wrong, for the user."),
    code: z.string().describe("Stable id of the error."),
    hint: z.string().nullable().describe("What to do about it."),
    instance: z.string().describe("Path that was asked for."),
    request_id: z.string().describe("Finds the request in the log."),
    errors: z
      .array(z.strictObject({ field: z.string(), message: z.string(), cure: z.string() }))
      .optional()
      .describe("Every input that was refused, with its cure."),
  })
  .meta({ id: "Problem" });

export type ProblemDocument = z.infer<typeof problem>;

export const PROBLEM_TYPE = "application/problem+json";

interface ProblemReply {
  description: string;
  content: { [PROBLEM_TYPE]: { schema: typeof problem } };
}

function problemReply(description: string): ProblemReply {
  return { description, content: { [PROBLEM_TYPE]: { schema: problem } } };
}

type WithProblems<Good> = Good & Record<"4xx" | "5xx", ProblemReply>;

/**
 * The replies of a route: the good ones, the errors worth naming by status, and that every other error is a problem
 * document too.
 */
export function replies<Good extends Record<number, unknown>>(
  good: Good,
  errors: Record<number, string> = {},
): WithProblems<Good> {
  const named = Object.fromEntries(Object.entries(errors).map(([status, text]) => [status, problemReply(text)]));
  return {
    ...good,
    ...named,
    "4xx": problemReply("The request was refused; the problem says why and what to do."),
    "5xx": problemReply("The service could not answer; the problem says nothing about its inside."),
  };
}

/** A reply that is a file or a stream of text. */
export function content(type: string, description: string, schema: z.ZodType = z.string()) {
  return { description, content: { [type]: { schema } } };
}

/** The bytes of a workbook. */
export const bytes = z.unknown().meta({ openapi: { type: "string", format: "binary" } });
