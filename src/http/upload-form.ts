import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { AppError } from "../errors.ts";
import { LAYOUTS, parseScope } from "../extracts/index.ts";
import type { ImportChoices } from "../jobs/index.ts";
import { FIRST_YEAR, LAST_YEAR } from "../periods.ts";
import type { Services } from "./app.ts";
import { flag } from "./schemas.ts";
import { FORM_LIMITS, receiveForm, type Upload } from "./uploads.ts";

const MAX_REJECTS = 1_000_000;

const LAYOUT_IDS = LAYOUTS.map(({ id }) => id);

/** The form that sends a file. The file is on disk by the time it is validated. */
export const uploadForm = z.strictObject({
  file: z
    .custom<Upload>((value) => isUpload(value))
    .describe("CSV or xlsx, also as .gz or in a .zip of its own.")
    .meta({ openapi: { type: "string", format: "binary" } }),
  layout: z
    .enum(LAYOUT_IDS)
    .optional()
    .describe("Recognised by the header when empty or absent.")
    .meta({ openapi: { type: "string", enum: ["", ...LAYOUT_IDS], default: "" } }),
  mapping: z
    .string()
    .max(80)
    .optional()
    .describe("Saved mapping by `NAME` or `NAME@VERSION`; without it the one whose header fits, if any.")
    .meta({ openapi: { type: "string", maxLength: 80, default: "" } }),
  scope: z
    .string()
    .refine(isScope, { params: { text: "scope" } })
    .optional()
    .describe("Widens what the file speaks for: `2019-01..2019-06,ministry=024`.")
    .meta({ openapi: { type: "string", default: "" } }),
  year: z.coerce
    .number()
    .int()
    .min(FIRST_YEAR)
    .max(LAST_YEAR)
    .optional()
    .describe("Fiscal year of a file that does not state it."),
  agreement: z
    .string()
    .max(200)
    .optional()
    .describe("Number of the agreement under which tags are agreed.")
    .meta({ openapi: { type: "string", maxLength: 200, default: "" } }),
  dry_run: flag
    .default(false)
    .describe("Check everything, keep nothing.")
    .meta({ openapi: { type: "boolean", default: false } }),
  force: flag
    .default(false)
    .describe("Post the good rows of a file that would be blocked.")
    .meta({ openapi: { type: "boolean", default: false } }),
  max_rejects: z.coerce
    .number()
    .int()
    .min(0)
    .max(MAX_REJECTS)
    .default(0)
    .describe("Rejected rows with rupiah that do not block yet."),
});

/** What the sender chose. */
export function choicesOf(form: z.infer<typeof uploadForm>): ImportChoices {
  return {
    layout: form.layout ?? null,
    mapping: form.mapping ?? null,
    scope: form.scope ?? null,
    year: form.year ?? null,
    agreement: form.agreement ?? null,
    dryRun: form.dry_run,
    force: form.force,
    maxRejects: form.max_rejects,
  };
}

/** Reads the form before it is validated. A file that no import takes over is deleted when the request ends. */
export function takeUpload({ jobs, files, maxUploadBytes }: Services, limits = FORM_LIMITS) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    await jobs.assertRoom();
    const form = await receiveForm(request, files.uploads, maxUploadBytes, limits);
    request.body = form;
    reply.raw.once("close", () => {
      for (const value of Object.values(form).flat()) {
        if (isUpload(value) && !jobs.owns(value)) value.discard().catch((error) => request.log.error({ err: error }));
      }
    });
  };
}

export function isUpload(value: unknown): value is Upload {
  return typeof value === "object" && value !== null && "discard" in value && "stored" in value;
}

function isScope(text: string): boolean {
  try {
    parseScope(text);
    return true;
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}
