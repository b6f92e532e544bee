import { z } from "zod";
import { count, problem, rupiah } from "../http/schemas.ts";
import { importSchema } from "../ledger/schemas.ts";
import { JOB_STATUSES } from "./types.ts";

const common = {
  id: z.string(),
  kind: z.enum(["import", "report"]),
  state: z.enum(JOB_STATUSES).describe("`done` also when the extract was blocked: see `result`."),
  file: z.string().describe("Name of the file that was sent or asked for."),
  ahead: count.describe("Jobs of the same kind that come before a queued one."),
  attempts: count.describe("How often it was begun; a job whose process died is begun again."),
  created_at: z.string(),
  started_at: z.string().nullable(),
  finished_at: z.string().nullable(),
  cancelled_at: z.string().nullable().describe("When it was asked to stop; a running job stops within moments."),
  progress: z.strictObject({
    rows: count,
    amount: rupiah,
    bytes_read: count,
    bytes: count,
    percent: z.int().min(0).max(100),
    rows_per_second: count.nullable(),
    seconds_left: count.nullable().describe("Until everything is read; 0 while it is being posted."),
  }),
};

/** A job in a list. */
export const listedJobSchema = z
  .strictObject(common)
  .meta({ id: "ListedJob", description: "Long work of the service, without its outcome." });

/** A job with its outcome. */
export const jobSchema = z
  .strictObject({
    ...common,
    result: importSchema.nullable().describe("What an import did."),
    report: z
      .strictObject({
        href: z.string().describe("Where the workbook can be fetched for a day."),
        bytes: count,
        sha256: z.string(),
        sheets: count,
        checks: count,
        failed: count.describe("Quality checks that do not hold."),
      })
      .nullable()
      .describe("What a report job wrote."),
    problem: problem.nullable().describe("Why the job failed."),
  })
  .meta({ id: "Job", description: "Long work of the service: it outlives the request and a restart." });
