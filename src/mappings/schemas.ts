import { z } from "zod";
import { MAPPING_KINDS } from "../extracts/index.ts";
import { count, rupiah } from "../http/schemas.ts";
import { formatSchema, problemSchema } from "../ledger/schemas.ts";
import { definitionSchema } from "./definition-schema.ts";

/** Schemas of what is answered about mappings; the documents are made by `documents.ts`. */

export const mappingSchema = z
  .strictObject({
    name: z.string(),
    version: z.int(),
    layout: z.string().describe("How extracts name it: `mapping:NAME@VERSION`."),
    kind: z.enum(MAPPING_KINDS),
    created_at: z.string(),
    definition: definitionSchema,
  })
  .meta({ id: "Mapping", description: "A saved mapping. Versions never change." });

const confidence = z.number().min(0).max(1);

export const proposalSchema = z
  .strictObject({
    definition: definitionSchema,
    confidence: confidence.describe("Of the least sure field that the kind cannot do without; 0 when one is missing."),
    header_row: z.int(),
    fields: z.array(
      z.strictObject({
        field: z.string(),
        piece: z.string().nullable().describe("The piece of a composed code."),
        column: z.string().nullable().describe("Null for a fixed value."),
        confidence,
        reasons: z.array(z.string()),
      }),
    ),
    questions: z.array(z.string()).describe("What only a person can say, before the definition can be used."),
    notes: z.array(z.string()),
    columns: z.array(
      z.strictObject({ column: z.string(), examples: z.array(z.string()), field: z.string().nullable() }),
    ),
  })
  .meta({ id: "MappingProposal", description: "A mapping proposed from the header and the first rows." });

export const previewSchema = z
  .strictObject({
    layout: z.string(),
    kind: z.string(),
    rows: z.array(
      z.strictObject({
        row: z.int(),
        values: z.record(z.string(), z.string().nullable()).nullable().describe("Null for a row that is rejected."),
        problems: z.array(problemSchema),
      }),
    ),
    totals: z.strictObject({
      rows: z.strictObject({ read: count, posted: count, rejected: count, skipped: count }),
      amount: z.strictObject({ read: rupiah, posted: rupiah, rejected: rupiah }),
    }),
    stated_totals: z.array(z.strictObject({ stated: rupiah, read: rupiah, difference: rupiah })),
    formats: z.array(formatSchema),
    warnings: z.record(z.string(), count),
    rejects: z.record(z.string(), count).describe("Rejected rows by rule."),
    ignored_columns: z.array(z.string()),
  })
  .meta({ id: "MappingPreview", description: "What a mapping makes of a whole file. Nothing is stored." });
