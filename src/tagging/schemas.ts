import { z } from "zod";
import { count, rupiah } from "../http/schemas.ts";
import { TAG_ACTIONS, TAG_STATUSES } from "./life.ts";
import { TAG_ORIGINS } from "./tag.ts";

/** Schemas of tags over HTTP; the documents themselves are made by `documents.ts`. */

/** Until there is access control, who acts is said in the body and stored in the history. */
export const actorName = z.string().trim().min(1).max(120).describe("Who acts; stored in the history.");

export const why = z
  .string()
  .trim()
  .min(1)
  .max(2_000)
  .optional()
  .describe("Why; required to reject, return and retire.");

const tagId = z.int().positive();

export const tagSchema = z
  .strictObject({
    id: tagId,
    theme: z.string(),
    fiscal_year_from: z.int(),
    fiscal_year_to: z.int(),
    code: z.string().describe("`activity[.output[.ro[.component]]]`"),
    class: z.string().nullable(),
    intervention: z.string(),
    share: z.string().describe("Percent."),
    status: z.enum(TAG_STATUSES),
    agreement: z.string().nullable(),
    evidence: z.string().nullable(),
    link: z.string().nullable(),
    origin: z.enum(TAG_ORIGINS),
    replaces: tagId.nullable().describe("The agreed tag that retires when this one is agreed."),
  })
  .meta({ id: "Tag" });

export const stepSchema = z
  .strictObject({
    step: z.int(),
    tag: tagId,
    at: z.string(),
    by: z.string().nullable().describe("Null for a file that was imported without a name."),
    action: z.string(),
    reason: z.string().nullable(),
    extract: z.int().nullable(),
    before: tagSchema.nullable(),
    after: tagSchema.nullable(),
  })
  .meta({ id: "TagStep", description: "A step in the life of a tag; steps are never changed." });

export const resultSchema = z
  .strictObject({
    row: z
      .int()
      .describe("Place in what was sent: row of the file, position of the proposal from 1, number of the tag."),
    outcome: z.enum(["created", "updated", "unchanged", "refused"]),
    tag: tagId.nullable(),
    problems: z.array(
      z.strictObject({
        rule: z.string(),
        column: z.string().nullable(),
        value: z.string().nullable(),
        message: z.string(),
        cure: z.string(),
      }),
    ),
  })
  .meta({ id: "TagResult" });

export const resultsSchema = z
  .strictObject({
    created: count,
    updated: count,
    unchanged: count,
    refused: count,
    results: z.array(resultSchema),
  })
  .meta({ id: "TagResults", description: "What became of each row; refused ones leave the others alone." });

const text = z.string().max(4_000).optional();

export const proposalSchema = z
  .strictObject({
    theme: z.string().max(80),
    code: z.string().max(80),
    fiscal_year_from: z.int(),
    fiscal_year_to: z.int(),
    class: text.describe("Follows from the intervention; when stated it must agree."),
    intervention: z.string().max(80),
    share: text.describe("Percent with at most two decimals; the whole node when absent."),
    evidence: text,
    link: text.describe("Web address of the evidence."),
    replaces: tagId.optional().describe("The agreed tag that this one is to replace."),
    rewrites: tagId.optional().describe("The tag on its way whose content this is."),
  })
  .meta({ id: "TagProposal" });

/** Most rows of one request. */
export const MAX_ROWS = 20_000;

export const proposalsBody = z.strictObject({
  by: actorName,
  why,
  status: z.enum(["identified", "proposed"]).default("proposed"),
  proposals: z.array(proposalSchema).min(1).max(MAX_ROWS),
});

export const stepsBody = z.strictObject({
  by: actorName,
  why,
  action: z.enum(TAG_ACTIONS),
  tags: z.array(tagId).min(1).max(MAX_ROWS),
  agreement: z
    .strictObject({
      number: z.string().max(200),
      date: z.string().max(20).optional(),
      semester: z.string().max(20).optional(),
      parties: z.array(z.string().max(200)).max(50).optional(),
    })
    .optional()
    .describe("For `agree`: the number of a recorded agreement, or all of a new one."),
});

export const forwardBody = z.strictObject({
  by: actorName,
  why,
  theme: z.string().max(80),
  from: z.int(),
  to: z.int(),
});

export const forwardSchema = z.array(
  z.strictObject({
    from: z.strictObject({ tag: tagId, code: z.string(), intervention: z.string() }),
    to: z.array(z.strictObject({ code: z.string(), ...resultSchema.shape })),
  }),
);

export const agreementSchema = z
  .strictObject({
    number: z.string(),
    date: z.string(),
    semester: z.string(),
    parties: z.array(z.string()),
    recorded_at: z.string(),
    recorded_by: z.string(),
  })
  .meta({ id: "TagAgreement" });

export const codeSchema = z
  .strictObject({
    code: z.string().describe("Six digits for the reserve segment."),
    theme: z.string(),
    intervention: z.string(),
    allocated_at: z.string(),
    allocated_by: z.string(),
  })
  .meta({ id: "CrossProgramCode" });

export const markSchema = z
  .strictObject({
    fiscal_year: z.int(),
    node: z.string(),
    mark: z.string().nullable(),
    theme: z.string().nullable(),
    intervention: z.string().nullable(),
    agreed: z.array(z.string()),
    verdict: z.enum(["same", "other-intervention", "only-marked", "only-agreed", "unknown-code"]),
    revised: rupiah,
    realization: rupiah,
  })
  .meta({ id: "MarkComparison" });
