import { z } from "zod";
import { named } from "./schemas.ts";

/** A decoded code as the contract prints it (`tandai code --json`). */

const account = z.strictObject({ code: z.string(), name: z.string().nullable(), group: named });

/** Segments of a ledger code; an invalid code lacks what did not hold. */
const ledgerSegments = z
  .strictObject({
    satker: named,
    kppn: named,
    account,
    program: z.strictObject({ code: z.string(), ministry: named, unit: named, program: named }),
    output: z.strictObject({ code: z.string(), activity: named, output: named }),
    fund: z.strictObject({ code: z.string(), source: named, method: named, register: named }),
    bank: z.strictObject({ code: z.string(), type: z.string(), number: z.string() }),
    authority: named,
    location: z.strictObject({ code: z.string(), province: named, district: named }),
    budget_type: named,
    inter_entity: named,
    reserve: named,
    ro: named,
    component: named,
    subcomponent: named,
    item: named,
  })
  .partial()
  .meta({ id: "LedgerSegments", description: "Segments of a code of 12 or 16 segments." });

/** Segments of a short notation: what it states, each by itself. */
const shortSegments = z
  .strictObject({
    ministry: named,
    unit: named,
    program: named,
    activity: named,
    output: named,
    fund_source: z.strictObject({ code: z.string(), name: z.string().nullable(), span_code: z.string().nullable() }),
    ro: named,
    component: named,
    subcomponent: named,
    account,
    item: named,
  })
  .partial()
  .meta({ id: "ShortSegments", description: "What a short notation states." });

const explained = z
  .strictObject({
    segment: z.string().nullable().describe("Null when the whole text is meant."),
    position: z.int().nonnegative().describe("0-based, in the input as given."),
    code: z.string().describe("Id of the rule, such as COA-003."),
    message: z.string(),
    cure: z.string(),
  })
  .meta({ id: "CodeFinding" });

export const codeDocumentSchema = z
  .strictObject({
    input: z.string(),
    valid: z.boolean(),
    structure: z.enum(["bas-2013", "rspp-2021"]).nullable(),
    kind: z.enum(["ledger-12", "ledger-16", "short"]).nullable(),
    canonical: z.string().nullable(),
    digits: z.string().nullable(),
    segments: z.union([ledgerSegments, shortSegments]),
    errors: z.array(explained),
    warnings: z.array(explained),
  })
  .meta({ id: "Code", description: "A decoded code." });
