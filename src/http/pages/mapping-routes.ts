import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { AppError } from "../../errors.ts";
import { MAPPING_KINDS, type MappingDefinition, mappingFaults } from "../../extracts/index.ts";
import type { ImportChoices } from "../../jobs/index.ts";
import { definitionOf, mappingName } from "../../mappings/definition-schema.ts";
import { type PreviewDocument, previewDocument, proposalDocument } from "../../mappings/documents.ts";
import { listMappings, saveMapping } from "../../mappings/index.ts";
import type { App, Services } from "../app.ts";
import { UPLOAD_RATE } from "../plugins/rate-limit.ts";
import { content, query, replies } from "../schemas.ts";
import { isUpload } from "../upload-form.ts";
import { MAPPING_FORM_LIMITS, receiveForm, safeFileName } from "../uploads.ts";
import { localPath } from "./layout.ts";
import { definitionOfForm, type FormFields } from "./mapping-form.ts";
import { type MappingDraft, mappingPage } from "./mapping-page.ts";
import { mappingsPage } from "./mappings-page.ts";

const HTML = "text/html; charset=utf-8";

const CHOICES: ImportChoices = {
  layout: null,
  scope: null,
  year: null,
  agreement: null,
  dryRun: false,
  force: false,
  maxRejects: 0,
};

/** A file among the uploads: a folder of its own, and a name that needs no care. */
const STORED = /^([0-9a-f-]{36})\/([^/\\]+)$/;

/** The pages of mappings: send a file, correct what is proposed, look at the preview, save, import. */
export function mappingPages(app: App, services: Services): void {
  const { db, jobs, files, maxUploadBytes, now } = services;
  const page = {
    hide: true,
    querystring: query({}),
    response: replies({ 200: content("text/html", "A page."), 303: z.undefined() }),
  };
  /** The fields of a form; its file, if any, stays until it is imported or a day has gone by. */
  const receive = (request: FastifyRequest) => receiveForm(request, files.uploads, maxUploadBytes, MAPPING_FORM_LIMITS);

  app.get("/mappings", { schema: page }, async ({ t }, reply) =>
    reply
      .type(HTML)
      .header("cache-control", "no-store")
      .send(mappingsPage(await listMappings(db), t)),
  );

  app.post("/mappings/propose", { schema: page, config: { rateLimit: UPLOAD_RATE } }, async (request, reply) => {
    const { t } = request;
    const form = await receive(request);
    if (!isUpload(form.file)) throw new AppError("UPLOAD-ONE-FILE", 400, t("http.oneFile"), t("http.oneFileHint"));
    const { stored, name, discard } = form.file;
    const kind = MAPPING_KINDS.find((one) => one === form.kind) ?? null;
    const sheet = typeof form.sheet === "string" ? form.sheet : null;
    const path = join(files.uploads, stored);
    try {
      const proposal = await jobs.read("propose", { path, hints: { kind, sheet }, language: t.language });
      const document = proposalDocument(proposal, t);
      const draft = { upload: stored, file: name, definition: proposal.definition, proposal: document };
      return reply
        .type(HTML)
        .header("cache-control", "no-store")
        .send(mappingPage({ ...draft, faults: [], preview: null, name: nameFor(name) }, t));
    } catch (error) {
      await discard();
      throw error;
    }
  });

  app.post("/mappings/draft", { schema: page }, async (request, reply) => {
    const { t } = request;
    const form = await receive(request);
    const upload = await storedUpload(form, request);
    const definition = definitionOfForm(form);
    if (!definition) throw new AppError("MAPPING-FORM", 400, t("mapping.page.broken"));
    const draft: MappingDraft = {
      upload: upload.stored,
      file: upload.name,
      definition,
      proposal: null,
      faults: faultsOf(definition, form, request),
      preview: null,
      name: typeof form.name === "string" ? form.name : nameFor(upload.name),
    };
    const show = (more: Partial<MappingDraft> = {}) =>
      reply
        .type(HTML)
        .header("cache-control", "no-store")
        .send(mappingPage({ ...draft, ...more }, t));
    if (draft.faults.length > 0) return show();
    if (form.action !== "save" && form.action !== "import") {
      return show({ preview: await preview(upload.path, definition, request) });
    }
    const { name, version } = await saveMapping(db, draft.name, definitionOf(definition, t), now().toISOString());
    if (form.action === "save") return reply.redirect(localPath("/mappings", t), 303);
    const job = await jobs.submitImport(upload, { ...CHOICES, mapping: `${name}@${version}` });
    return reply.redirect(localPath(`/jobs/${job.id}`, t), 303);
  });

  async function preview(path: string, definition: MappingDefinition, { t }: FastifyRequest): Promise<PreviewDocument> {
    const mapping = { name: "?", version: null, definition };
    return previewDocument(await jobs.read("preview", { path, mapping, language: t.language }), t);
  }

  /** The file of a draft. @throws AppError UPLOAD-GONE 404 when it was imported or is too old */
  async function storedUpload(form: FormFields, { t }: FastifyRequest) {
    const stored = typeof form.upload === "string" ? form.upload : "";
    const [, , name = ""] = STORED.exec(stored) ?? [];
    const path = join(files.uploads, stored);
    const info = name !== "" && safeFileName(name) === name ? await stat(path).catch(() => null) : null;
    if (!info?.isFile()) throw new AppError("UPLOAD-GONE", 404, t("mapping.page.gone"), t("mapping.page.goneHint"));
    return { stored, name, path, bytes: info.size };
  }
}

function faultsOf(definition: MappingDefinition, form: FormFields, { t }: FastifyRequest): string[] {
  const faults = mappingFaults(definition).map(({ text, params }) => t(text, params));
  const needsName = form.action === "save" || form.action === "import";
  const name = typeof form.name === "string" ? form.name : "";
  if (needsName && !mappingName.safeParse(name).success) faults.push(t("mapping.badName", { name }));
  return faults;
}

/** A name proposed from that of the file: `SP2D April 2022.xlsx` → `sp2d-april-2022`. */
function nameFor(file: string): string {
  const name = file
    .toLowerCase()
    .replace(/\.[a-z0-9]+(\.gz)?$/, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 40);
  return name === "" ? "tabel" : name;
}
