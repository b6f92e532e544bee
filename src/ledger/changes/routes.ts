import { Readable } from "node:stream";
import type { FastifyReply } from "fastify";
import { z } from "zod";
import type { App, Services } from "../../http/app.ts";
import { attachment } from "../../http/attachment.ts";
import { bytes, query, replies } from "../../http/schemas.ts";
import type { Translate } from "../../i18n/index.ts";
import { extractRow } from "../extracts.ts";
import { changesSchema } from "../schemas.ts";
import { reportDocument } from "./change-document.ts";
import { type ChangeReport, changeReports, reportOfKind } from "./change-report.ts";
import { changesCsv } from "./change-table.ts";
import { compareExtracts } from "./compare.ts";

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

const id = (text: string) => z.coerce.number().int().min(1).describe(text);

/** Lines per page unless asked otherwise, and at most. */
const PAGE = 100;
const MAX_PAGE = 5_000;

const paging = query({
  after: z.coerce.number().int().min(0).default(0).describe("Lines after this number: `next` of the page before."),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(PAGE),
  kind: z.enum(["realization", "budget"]).optional().describe("For an extract that carries both; payments otherwise."),
  format: z
    .enum(["json", "csv", "xlsx"])
    .default("json")
    .describe("CSV and workbook hold every changed line, not a page."),
});

type Paging = z.infer<typeof paging>;

const reply200 = {
  200: {
    description: "The report.",
    content: {
      "application/json": { schema: changesSchema },
      "text/csv": { schema: z.string() },
      [XLSX]: { schema: bytes },
    },
  },
};

/** What an extract changed, and how two extracts differ. */
export function changeRoutes(app: App, { db, now }: Services): void {
  app.get(
    "/api/v1/extracts/:id/changes",
    {
      schema: {
        operationId: "getChanges",
        summary: "What an extract changed, line by line",
        description:
          "Compared with what was in force before it, as kept when it was posted; also of extracts that were superseded or " +
          "reverted since. Lines of cells that nothing spoke for before come last.",
        tags: ["extracts"],
        params: z.object({ id: id("Number of the extract.") }),
        querystring: paging,
        response: replies(reply200, {
          404: "There is no such extract.",
          409: "It is not posted, or carries no lines of the ledger.",
        }),
      },
    },
    async ({ params, query: given, t }, reply) => {
      const reports = changeReports(db.read, await extractRow(db, params.id), t);
      const file = {
        name: `${t("http.changesFile")}-${params.id}`,
        title: t("changes.title", { extract: params.id }),
        moment: now(),
      };
      return send(reply, reportOfKind(reports, given.kind, t), given, t, file);
    },
  );

  app.get(
    "/api/v1/extracts/:id/compare/:other",
    {
      schema: {
        operationId: "compareExtracts",
        summary: "How two extracts of the same scope differ",
        description: "All lines of both, whatever is in force. Budgets of different revisions are set side by side.",
        tags: ["extracts"],
        params: z.object({ id: id("Number of the older extract."), other: id("Number of the newer one.") }),
        querystring: paging,
        response: replies(reply200, {
          400: "They have no kind of lines, or no satker and period, in common.",
          404: "There is no such extract.",
        }),
      },
    },
    async ({ params, query: given, t }, reply) => {
      const [before, after] = [await extractRow(db, params.id), await extractRow(db, params.other)];
      const { reports } = await db.snapshot((reader) => compareExtracts(reader, before, after, t));
      const file = {
        name: `${t("http.changesFile")}-${params.id}-${params.other}`,
        title: t("changes.compareTitle", { before: params.id, after: params.other }),
        moment: now(),
      };
      return send(reply, reportOfKind(reports, given.kind, t), given, t, file);
    },
  );
}

interface ReportFile {
  name: string;
  title: string;
  moment: Date;
}

async function send(reply: FastifyReply, report: ChangeReport, given: Paging, t: Translate, file: ReportFile) {
  if (given.format === "json") {
    return reply.type("application/json; charset=utf-8").send(await reportDocument(report, given));
  }
  if (given.format === "xlsx") {
    const { changesWorkbook } = await import("../../../reports/changes.ts");
    const book = changesWorkbook(report, file.title, t, file.moment);
    attachment(reply, XLSX, `${file.name}.xlsx`);
    return reply.send(await book.pack(() => undefined));
  }
  attachment(reply, "text/csv; charset=utf-8", `${file.name}.csv`);
  return reply.send(Readable.from(changesCsv(report, t)));
}
