import { z } from "zod";
import { codeDocument, parseCode } from "../../coa/index.ts";
import { jobDocument, listedJobDocument } from "../../jobs/document.ts";
import { cancelJob, knownJob } from "../../jobs/routes.ts";
import { ledgerVersion } from "../../ledger/version.ts";
import { codeNames } from "../../references/index.ts";
import type { App, Services } from "../app.ts";
import { UPLOAD_RATE } from "../plugins/rate-limit.ts";
import { content, fiscalYear, query, replies } from "../schemas.ts";
import { downloadableReports, storeOverview, taggedTotals } from "../store-overview.ts";
import { choicesOf, takeUpload, uploadForm } from "../upload-form.ts";
import { Versioned } from "../versioned.ts";
import { codePage } from "./code-page.ts";
import { jobPage } from "./job-page.ts";
import { JOB_SCRIPT, JOB_SCRIPT_PATH } from "./job-script.ts";
import { jobsPage } from "./jobs-page.ts";
import { localPath } from "./layout.ts";
import { startPage } from "./start-page.ts";
import { ICON, STYLE, STYLE_PATH } from "./style.ts";

const HTML = "text/html; charset=utf-8";

/** Reports linked from the start page. */
const REPORTS = 6;

/** Jobs on their page. */
const LISTED_JOBS = 50;

/** A year, in seconds: files whose name changes with their content. */
const FOR_EVER = "public, max-age=31536000, immutable";

/** A few pages without script for a person at this machine, until the browser app takes their place. */
export function pages(app: App, services: Services): void {
  const { db, jobs, now, references } = services;
  const tagged = new Versioned(
    () => ledgerVersion(db.read),
    () => taggedTotals(db),
  );
  const page = (querystring: z.ZodType = query({})) => ({
    hide: true,
    querystring,
    response: replies({ 200: content("text/html", "A page.") }),
  });

  app.get("/", { schema: page() }, async ({ t }, reply) => {
    const overview = await storeOverview(db, await tagged.value());
    const html = startPage(overview, await downloadableReports(db, now(), REPORTS), t);
    return reply.type(HTML).header("cache-control", "no-cache").send(html);
  });

  const code = query({
    code: z.string().trim().min(1),
    // An empty field of the form.
    year: z.union([z.literal("").transform(() => undefined), fiscalYear]).optional(),
  });
  app.get("/code", { schema: { ...page(), querystring: code } }, async ({ query: given, t }, reply) => {
    const options = given.year === undefined ? {} : { fiscalYear: given.year };
    const document = codeDocument(parseCode(given.code, options), codeNames(await references()), t);
    return reply.type(HTML).send(codePage(document, given.year, t));
  });

  app.post(
    "/upload",
    {
      schema: { ...page(), body: uploadForm, response: replies({ 303: z.undefined() }) },
      config: { rateLimit: UPLOAD_RATE },
      preValidation: takeUpload(services),
    },
    async ({ body, t }, reply) => {
      const job = await jobs.submitImport(body.file, choicesOf(body));
      return reply.redirect(localPath(`/jobs/${job.id}`, t), 303);
    },
  );

  const params = z.object({ id: z.string() });
  app.get("/jobs/:id", { schema: { ...page(), params } }, async (request, reply) => {
    const job = await knownJob(jobs, request.params.id, request);
    return reply
      .type(HTML)
      .header("cache-control", "no-store")
      .send(jobPage(jobDocument(job, request.t), request.t));
  });

  app.get("/jobs", { schema: page() }, async ({ t }, reply) =>
    reply
      .type(HTML)
      .header("cache-control", "no-store")
      .send(jobsPage((await jobs.list(LISTED_JOBS)).map(listedJobDocument), t)),
  );

  const cancelled = { ...page(), params, response: replies({ 303: z.undefined() }) };
  app.post("/jobs/:id/cancel", { schema: cancelled }, async (request, reply) => {
    const { id } = await cancelJob(jobs, request.params.id, request);
    return reply.redirect(localPath(`/jobs/${id}`, request.t), 303);
  });

  const asset = (type: string) => ({ hide: true, response: replies({ 200: content(type, "A file of the pages.") }) });
  app.get(STYLE_PATH, { schema: asset("text/css") }, async (_, reply) =>
    reply.type("text/css; charset=utf-8").header("cache-control", FOR_EVER).send(STYLE),
  );
  app.get(JOB_SCRIPT_PATH, { schema: asset("text/javascript") }, async (_, reply) =>
    reply.type("text/javascript; charset=utf-8").header("cache-control", FOR_EVER).send(JOB_SCRIPT),
  );
  app.get("/assets/tandai.svg", { schema: asset("image/svg+xml") }, async (_, reply) =>
    reply.type("image/svg+xml").header("cache-control", "public, max-age=86400").send(ICON),
  );
}
