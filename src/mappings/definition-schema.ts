import { z } from "zod";
import { AppError } from "../errors.ts";
import {
  AMOUNT_STYLES,
  DATE_STYLES,
  MAPPING_KINDS,
  type MappingDefinition,
  mappingFaults,
  PIECE_NAMES,
} from "../extracts/index.ts";
import type { Translate } from "../i18n/index.ts";

const columnName = z.string().min(1).max(300);

const columnSource = z.strictObject({
  column: columnName.describe("Name of the column in the header."),
  format: z
    .enum(["auto", ...Object.keys(AMOUNT_STYLES), ...DATE_STYLES])
    .optional()
    .describe("How amounts or dates of the column are written; `auto` decides it from the whole column."),
  unit: z
    .union([z.literal(1), z.literal(1_000), z.literal(1_000_000), z.literal(1_000_000_000)])
    .nullable()
    .optional()
    .describe("Rupiah per printed unit; null asks for it."),
  pad: z.boolean().optional().describe("Gives digits back the zeros that a spreadsheet dropped."),
});

const fixedSource = z.strictObject({ value: z.string().max(300).describe("The same text in every row.") });

const composedSource = z.strictObject({
  compose: z
    .partialRecord(z.enum(PIECE_NAMES), z.union([columnSource, fixedSource]))
    .describe("Pieces of a code by name."),
});

const texts = z.array(z.string().max(300)).min(1).max(100);

/** The shape of a definition; what it means is checked by `mappingFaults`. */
export const definitionSchema = z
  .strictObject({
    kind: z.enum(MAPPING_KINDS),
    sheet: z.string().max(100).nullable().default(null),
    header: z.strictObject({
      rows: z.union([z.literal(1), z.literal(2)]).default(1),
      columns: z.array(z.string().max(300)).min(1).max(2_000),
    }),
    fields: z.record(z.string().max(60), z.union([columnSource, fixedSource, composedSource])),
    filters: z
      .array(z.strictObject({ column: columnName, is: texts.optional(), is_not: texts.optional() }))
      .max(50)
      .default([]),
  })
  .meta({ id: "MappingDefinition", description: "How a table that no layout knows becomes lines." });

/** A name that fits into `mapping:NAME@VERSION` and a path. */
export const mappingName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,62}$/)
  .describe("Small letters, digits, `.`, `_` and `-`.");

/**
 * A definition that came as JSON, checked; one that stands in a proposal (under `definition`) is taken out of it.
 *
 * @throws AppError MAPPING-INVALID 422 with every fault and its place
 */
export function definitionOf(given: unknown, t: Translate): MappingDefinition {
  const inner = typeof given === "object" && given !== null && "definition" in given ? given.definition : given;
  const parsed = definitionSchema.safeParse(inner);
  if (!parsed.success) {
    const issues = parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
    throw invalid(issues, t);
  }
  const definition = parsed.data as MappingDefinition;
  assertUsable(definition, t);
  return definition;
}

/** @throws AppError MAPPING-INVALID 422 */
export function assertUsable(definition: MappingDefinition, t: Translate): void {
  const faults = mappingFaults(definition).map(({ place, text, params }) => `${place}: ${t(text, params)}`);
  if (faults.length > 0) throw invalid(faults, t);
}

/** @throws AppError MAPPING-NAME 400 */
export function assertName(name: string, t: Translate): void {
  if (!mappingName.safeParse(name).success) throw new AppError("MAPPING-NAME", 400, t("mapping.badName", { name }));
}

function invalid(faults: readonly string[], t: Translate): AppError {
  return new AppError("MAPPING-INVALID", 422, t("mapping.invalid"), faults.join("\n"));
}
