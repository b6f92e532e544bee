import { z } from "zod";
import { AppError } from "../errors.ts";
import type { App, Services } from "../http/app.ts";
import { attachment } from "../http/attachment.ts";
import { isFresh } from "../http/etag.ts";
import { codes, listOf, month, pastMoment, query, replies } from "../http/schemas.ts";
import type { Translate } from "../i18n/index.ts";
import { ledgerVersion } from "../ledger/version.ts";
import { loadThemes } from "../references/index.ts";
import type { Db } from "../store/index.ts";
import { reconciliationCsv } from "./csv.ts";
import { TAG_DIMENSIONS } from "./dimensions.ts";
import { reconciliationDocument } from "./document.ts";
import { reconcile } from "./reconcile.ts";
import { reconciliationSchema } from "./schema.ts";
import { DIMENSIONS, type Dimension, type ReconciliationRequest } from "./types.ts";

type Filters = Record<`where[${Dimension}]`, z.ZodOptional<typeof codes>>;

/** `where[ministry]=024,027`: one parameter per dimension. */
const filters = Object.fromEntries(
  DIMENSIONS.map((dimension) => [
    `where[${dimension}]`,
    codes.optional().describe(`Keeps lines whose ${dimension} is one of these codes.`),
  ]),
) as Filters;

const querystring = query({
  by: listOf(DIMENSIONS).describe("One or several dimensions, in the order of the rows' keys."),
  from: month.describe("First month of the window."),
  to: month.describe("Last month of the window."),
  theme: z.string().optional().describe("Code of a theme, such as stunting. Without it all expenditure is added."),
  basis: z
    .enum(["whole", "weighted"])
    .default("whole")
    .describe("Whole output, or only the share that serves the theme."),
  as_of: pastMoment.optional().describe("Ledger and tags as they were at the end of a date, or at an instant."),
  format: z.enum(["json", "csv"]).optional().describe("Overrides Accept."),
  ...filters,
}).superRefine((given, context) => {
  if (given.from > given.to) {
    context.addIssue({ code: "custom", path: ["to"], params: { text: "window", from: given.from } });
  }
  const used: string[] = [...given.by, ...Object.keys(whereOf(given))];
  const lost = TAG_DIMENSIONS.find((dimension) => used.includes(dimension));
  if (given.theme === undefined && lost !== undefined) {
    context.addIssue({ code: "custom", path: ["theme"], params: { text: "needsTheme", value: "", dimension: lost } });
  }
});

/** The reconciliation as JSON or CSV. */
export function reconciliationRoutes(app: App, { db, jobs }: Services): void {
  app.get(
    "/api/v1/reconciliation",
    {
      schema: {
        operationId: "reconcile",
        summary: "Budget against realization by any dimension over any window",
        description:
          "JSON, or CSV of the same rows (`Accept: text/csv` or `format=csv`; in CSV a name that a spreadsheet would take " +
          "for a formula is preceded by an apostrophe). The ETag follows the ledger: ask again with If-None-Match.",
        tags: ["reconciliation"],
        querystring,
        response: replies({
          200: {
            description: "The reconciliation.",
            content: { "application/json": { schema: reconciliationSchema }, "text/csv": { schema: z.string() } },
          },
          304: z.undefined().describe("Nothing has changed since the ETag that was sent."),
        }),
      },
    },
    async (request, reply) => {
      const { query: given, language, t } = request;
      const wanted: ReconciliationRequest = {
        by: given.by,
        window: { from: given.from, to: given.to },
        theme: given.theme ?? null,
        basis: given.basis,
        where: whereOf(given),
        ...(given.as_of !== undefined && { asOf: given.as_of }),
      };
      await assertTheme(db, wanted.theme, t);
      const asCsv = given.format === undefined ? prefersCsv(request.headers.accept) : given.format === "csv";
      reply.header("vary", "Accept, Accept-Language");
      if (isFresh(request, reply, [await ledgerVersion(db.read), language, asCsv, wanted]))
        return reply.code(304).send();
      // To put the past back is work for a thread.
      const result =
        wanted.asOf === undefined
          ? await reconcile(db, wanted, language)
          : await jobs.read("reconcile", { request: wanted, language });
      if (!asCsv) return reply.type("application/json; charset=utf-8").send(reconciliationDocument(result));
      const name = `${t("http.reconciliationFile")}-${wanted.by.join("-")}-${given.from}-${given.to}.csv`;
      attachment(reply, "text/csv; charset=utf-8", name);
      return reply.send(reconciliationCsv(result));
    },
  );
}

function whereOf(given: Record<string, unknown>): ReconciliationRequest["where"] {
  const where: ReconciliationRequest["where"] = {};
  for (const dimension of DIMENSIONS) {
    const wanted = given[`where[${dimension}]`];
    if (Array.isArray(wanted)) where[dimension] = wanted.map(String);
  }
  return where;
}

async function assertTheme(db: Db, theme: string | null, t: Translate): Promise<void> {
  if (theme === null) return;
  const themes = await loadThemes(db);
  if (themes.has(theme)) return;
  const known = [...themes.keys()].join(", ");
  throw new AppError(
    "THEME-UNKNOWN",
    400,
    t("http.themeUnknown", { theme }),
    t("http.themeUnknownHint", { themes: known }),
  );
}

/** Whether the reader names CSV before (or without) JSON. */
function prefersCsv(accept = ""): boolean {
  const csv = accept.indexOf("text/csv");
  const json = accept.indexOf("application/json");
  return csv >= 0 && (json < 0 || csv < json);
}
