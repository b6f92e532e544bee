import { z } from "zod";
import { rupiah } from "../http/schemas.ts";
import { DIMENSIONS, type Dimension } from "./types.ts";

/** Schema of a reconciliation over HTTP; the document itself is made by `document.ts`. */

const annual = rupiah.nullable().describe("Annual; null when months are a dimension.");

const measures = {
  original: annual,
  revised: annual,
  blocked: annual,
  budget: rupiah.describe("Plan of the window's months."),
  twelfths: rupiah.describe("Part of `budget` that was spread over twelfths because there is no plan."),
  realization: rupiah,
};

const ratios = {
  remaining: rupiah,
  absorption: z.number().nullable().describe("realization ÷ budget to 6 decimals; null when budget is 0."),
};

const key = z.string().nullable().optional();

/** One optional text per dimension. */
function perDimension<Value extends z.ZodType>(value: Value): Record<Dimension, Value> {
  return Object.fromEntries(DIMENSIONS.map((dimension) => [dimension, value])) as Record<Dimension, Value>;
}

export const reconciliationSchema = z
  .strictObject({
    from: z.string(),
    to: z.string(),
    by: z.array(z.enum(DIMENSIONS)),
    theme: z.string().nullable(),
    basis: z.enum(["whole", "weighted"]),
    as_of: z.string().optional().describe("Moment of the ledger and the tags, when one was asked for."),
    where: z.strictObject(perDimension(z.array(z.string()).optional())),
    rows: z.array(
      z
        .strictObject({
          ...perDimension(key),
          name: z.string().nullable().describe("Name of the first dimension's key."),
          names: z.strictObject(perDimension(key)).optional().describe("Name per dimension, when there are several."),
          ...measures,
          ...ratios,
        })
        .meta({ id: "ReconciliationRow", description: "The keys of the dimensions asked for, and the measures." }),
    ),
    total: z.strictObject({ ...measures, ...ratios }),
    unallocated: z.array(z.strictObject({ reason: z.enum(["needs-ro"]), ...measures })),
    untagged: z.strictObject(measures),
    filtered_out: z.strictObject(measures).describe("Tagged parts that a filter on class or intervention leaves out."),
    residual: rupiah.describe("Ledger minus everything above; always 0."),
    data_as_of: z.string().nullable().describe("Date of the newest payment in force."),
    extracts: z.array(z.int()).describe("Extracts in force behind the figures."),
  })
  .meta({ id: "Reconciliation" });
