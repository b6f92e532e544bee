import { z } from "zod";
import { count, rupiah } from "../http/schemas.ts";

/** Schemas of what the ledger answers over HTTP; the documents themselves are made by `*-document.ts`. */

const rows = z.strictObject({ read: count, posted: count, rejected: count, skipped: count });

const amount = z.strictObject({ read: rupiah, posted: rupiah, rejected: rupiah });

const withheld = z
  .strictObject({ rows: count, amount: rupiah })
  .describe("Good rows of a blocked extract: counted as posted, but not in the ledger.");

const changes = z.strictObject({ created: count, updated: count, unchanged: count, removed: count });

const lines = z.strictObject({ lines: count, amount: rupiah });

const sums = z.strictObject({
  created: lines,
  updated: z.strictObject({ lines: count, before: rupiah, after: rupiah }),
  unchanged: lines,
  removed: lines,
  moved: z
    .strictObject({ moves: count, amount: rupiah })
    .describe("Rupiah that went to another code of the same document; its lines are among those above."),
  before: rupiah,
  after: rupiah,
  difference: rupiah.describe("after − before."),
});

const changeSums = {
  changes_total: sums.meta({ id: "ChangeSums", description: "What changed, in lines and whole rupiah." }),
  changes_by_ministry: z.array(z.strictObject({ ministry: z.string(), ...sums.shape })),
  changes_by_month: z.array(z.strictObject({ month: z.string(), ...sums.shape })).describe("Payments only."),
  changes_by_revision: z
    .array(z.strictObject({ fiscal_year: z.int(), revision: z.int(), ...sums.shape }))
    .describe("Budgets only."),
};

const move = z.strictObject({
  ministry: z.string(),
  satker: z.string(),
  document: z.string(),
  date: z.string(),
  from_code: z.string(),
  to_code: z.string(),
  amount: rupiah,
});

const line = z
  .record(z.string(), z.union([z.string(), z.int(), rupiah, z.null()]))
  .nullable()
  .describe(
    "Where the line stands (extract, row) and its columns: code, amount, date, document … of payments, others of budgets.",
  );

const changedLine = z
  .strictObject({
    number: z.int(),
    state: z.enum(["created", "updated", "removed"]),
    moved: z.boolean(),
    before: line,
    after: line,
  })
  .meta({ id: "ChangedLine", description: "A line as it was and as it is." });

const listedChanges = { moves: z.array(move), changed_lines: z.array(changedLine) };

const controlTotals = z.array(z.strictObject({ name: z.string(), file: rupiah, read: rupiah, difference: rupiah }));

const scope = z
  .strictObject({
    kind: z.enum(["realization", "budget", "budget-and-realization", "satkers", "outputs", "achievements", "tags"]),
    fiscal_years: z.array(z.int()),
    months: z.array(z.string()),
    satkers: count,
  })
  .describe("What the extract speaks for.");

const warnings = z.record(z.string(), count).describe("Count of lines per warning rule.");

export const problemSchema = z.strictObject({
  column: z.string().nullable(),
  value: z.string().nullable(),
  rule: z.string(),
  message: z.string(),
  cure: z.string(),
});

const reject = z.strictObject({
  row: z.int().describe("Row number a person sees in the file."),
  ...problemSchema.shape,
  more: z.array(problemSchema).optional().describe("Further rules that the row broke."),
});

export const formatSchema = z
  .strictObject({
    column: z.string(),
    kind: z.enum(["amount", "date"]),
    style: z.string().nullable().describe("Such as `1.234.567,89`; null when some cells cannot be decided."),
    signs: z.array(
      z.strictObject({
        sign: z.string(),
        example: z.string().nullable(),
        contradicts: z.boolean().describe("Whether such cells break what the column is, or cannot be decided."),
        cells: count,
        rows: z.array(z.int()).describe("The first rows, at most five."),
      }),
    ),
    message: z.string(),
  })
  .describe("How a column is written, decided from all its cells.");

export const importSchema = z
  .strictObject({
    extract: z.int().nullable(),
    file: z.string(),
    layout: z.string().nullable(),
    sha256: z.string(),
    status: z.enum(["posted", "unchanged", "blocked", "dry-run"]),
    dry_run: z.boolean(),
    rows,
    amount,
    withheld,
    changes,
    ...changeSums,
    ...listedChanges,
    budget_changes: z.strictObject({ ...changeSums, ...listedChanges }).optional(),
    control_totals: controlTotals,
    scope: scope.nullable(),
    rejects: z.array(reject).describe("The first 50; all of a posted or blocked extract under /rejects."),
    warnings,
    ignored_columns: z.array(z.string()),
    formats: z.array(formatSchema).describe("Columns of amounts and dates whose cells are not all plain."),
  })
  .meta({ id: "ImportResult", description: "The result of reading one file." });

export const extractSchema = z
  .strictObject({
    id: z.int(),
    kind: z.string(),
    layout: z.string(),
    file: z.string(),
    sha256: z.string(),
    status: z
      .enum(["posted", "superseded", "reverted", "blocked"])
      .describe("`superseded`: newer extracts speak for all of its cells."),
    rows,
    amount,
    withheld,
    changes,
    control_totals: controlTotals,
    scope: scope.nullable(),
    warnings,
    options: z.strictObject({
      scope: z.string().nullable(),
      agreement: z.string().nullable(),
      year: z.int().nullable(),
      completes: z.int().nullable().describe("The extract that it completes with corrected rejects."),
    }),
    cells: z
      .strictObject({ covered: count, in_force: count })
      .nullable()
      .describe("Cells it speaks for; null for lists and tags."),
    imported_at: z.string(),
    reverted_at: z.string().nullable(),
  })
  .meta({ id: "Extract", description: "One file read into the ledger, or refused." });

export const changesSchema = z
  .strictObject({
    kind: z.enum(["realization", "budget"]),
    ...changeSums,
    ...listedChanges,
    changed: count.describe("Changed lines in all."),
    next: z.int().nullable().describe("`after` of the next page of changed lines; null on the last one."),
  })
  .meta({ id: "ChangeReport", description: "What an extract changed, or how two extracts differ." });

export const verificationSchema = z
  .strictObject({
    ok: z.boolean(),
    hash: z.string().describe("Hash of everything in force: equal ledgers have equal hashes, on either engine."),
    contents: z.record(z.string(), z.strictObject({ entries: count, hash: z.string() })),
    checks: z.array(z.strictObject({ check: z.string(), examined: count, findings: count })),
    findings: z.array(z.strictObject({ check: z.string(), subject: z.string(), detail: z.string() })),
  })
  .meta({ id: "Verification", description: "Everything derived, recomputed from the lines." });
