import { z } from "zod";
import { importSchema } from "../ledger/schemas.ts";
import { count, problem, rupiah } from "./schemas.ts";

/** An import under way or finished. */
export const jobSchema = z
  .strictObject({
    id: z.string(),
    kind: z.literal("import"),
    state: z
      .enum(["queued", "running", "done", "failed"])
      .describe("`done` also when the extract was blocked: see `result`."),
    file: z.string(),
    created_at: z.string(),
    started_at: z.string().nullable(),
    finished_at: z.string().nullable(),
    progress: z.strictObject({
      rows: count,
      amount: rupiah,
      bytes_read: count,
      bytes: count,
      percent: z.int().min(0).max(100),
    }),
    result: importSchema.nullable(),
    problem: problem.nullable().describe("Why the job failed."),
  })
  .meta({ id: "Job", description: "An import under way or finished. Jobs live in the memory of the service." });
