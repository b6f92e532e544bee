import { randomUUID } from "node:crypto";
import multipart from "@fastify/multipart";
import Fastify, { type FastifyInstance, type FastifyServerOptions } from "fastify";
import { validatorCompiler, type ZodTypeProvider } from "fastify-type-provider-zod";
import { safeEncode, type z } from "zod";
import { Jobs, StoredFiles } from "../jobs/index.ts";
import { jobRoutes } from "../jobs/routes.ts";
import { toJson } from "../json.ts";
import { ledgerRoutes } from "../ledger/routes.ts";
import { ledgerVersion } from "../ledger/version.ts";
import { mappingRoutes } from "../mappings/routes.ts";
import { reconciliationRoutes } from "../reconciliation/routes.ts";
import { loadReferences } from "../references/index.ts";
import { referenceRoutes } from "../references/routes.ts";
import { reportingRoutes } from "../reporting/routes.ts";
import type { Db } from "../store/index.ts";
import { suggestionRoutes } from "../suggestions/routes.ts";
import { taggingRoutes } from "../tagging/routes.ts";
import { version } from "../version.ts";
import type { App, Services } from "./app.ts";
import { mappingPages } from "./pages/mapping-routes.ts";
import { pages } from "./pages/routes.ts";
import { health } from "./plugins/health.ts";
import { language } from "./plugins/language.ts";
import { localOnly } from "./plugins/local-only.ts";
import { openapi, openapiRoute } from "./plugins/openapi.ts";
import { answerClientError, answerFrameworkError, problems } from "./plugins/problems.ts";
import { limitRates } from "./plugins/rate-limit.ts";
import { security } from "./plugins/security.ts";
import { RouteTable } from "./route-table.ts";
import { FORM_LIMITS } from "./uploads.ts";
import { Versioned } from "./versioned.ts";

type LoggerOptions = Exclude<FastifyServerOptions["logger"], boolean | undefined>;

export interface ServerOptions {
  db: Db;
  /** Pino options, true for the usual log on standard error, false for none. */
  logger: boolean | LoggerOptions;
  /** Folder for uploads until they are imported and for reports until they are fetched. */
  dataDir: string;
  /** The clock. */
  now: () => Date;
  /** Largest file that is taken; 2 GiB unless said otherwise. */
  maxUploadBytes?: number;
  /** How long running work may go on after the service was told to stop, in milliseconds; 30 seconds unless said otherwise. */
  grace?: number;
  /** After how long without a sign of life another process is taken for dead, in milliseconds. */
  lease?: number;
}

const MAX_UPLOAD_BYTES = 2 * 1024 ** 3;

/** A request must have arrived within this time: the largest upload over a slow disk, not for ever. Milliseconds. */
const REQUEST_TIMEOUT = 30 * 60_000;

/** Codes of any length that is worth reading fit into a path. */
const MAX_PARAM_LENGTH = 1_500;

/** Time that running requests and running jobs get after the service was told to stop, in milliseconds. */
const GRACE = 30_000;

/** Never logged, wherever they stand. */
const SECRETS = ["authorization", "cookie", "set-cookie", "password", "token", "secret", "connectionString"];

/** Assembles the service on an open store; the same for `serve`, for tests and for the OpenAPI document. */
export async function buildServer(options: ServerOptions): Promise<FastifyInstance> {
  const { db, dataDir, now, maxUploadBytes = MAX_UPLOAD_BYTES, grace = GRACE, lease } = options;
  const app: App = Fastify({
    logger: loggerOptions(options.logger),
    genReqId: () => randomUUID(),
    requestTimeout: REQUEST_TIMEOUT,
    routerOptions: { maxParamLength: MAX_PARAM_LENGTH },
    frameworkErrors: (error, request, reply) => answerFrameworkError(error, request, reply),
    clientErrorHandler: answerClientError,
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(({ schema, method, url }) => serializer(schema as z.ZodType, `${method} ${url}`));

  const routes = new RouteTable(app);
  const references = new Versioned(
    () => ledgerVersion(db.read),
    () => loadReferences(db),
  );
  const files = await StoredFiles.open(dataDir);
  const services: Services = {
    db,
    now,
    maxUploadBytes,
    files,
    jobs: await Jobs.open({ db, files, now, log: app.log, ...(lease !== undefined && { lease }) }),
    references: () => references.value(),
  };

  language(app);
  app.addHook("onRequest", async (request, reply) => {
    reply.header("x-request-id", request.id);
  });
  await security(app);
  localOnly(app);
  problems(app, routes);
  await limitRates(app);
  await app.register(multipart, { limits: FORM_LIMITS });
  await openapi(app, version());

  health(app, services);
  openapiRoute(app);
  referenceRoutes(app, services);
  ledgerRoutes(app, services);
  jobRoutes(app, services);
  mappingRoutes(app, services);
  taggingRoutes(app, services);
  reconciliationRoutes(app, services);
  reportingRoutes(app, services);
  suggestionRoutes(app, services);
  pages(app, services);
  mappingPages(app, services);
  app.decorate("routeTable", routes);
  app.addHook("preClose", async () => {
    // A reader that stopped reading must not keep the service from stopping.
    const cut = setTimeout(() => app.server.closeAllConnections(), grace);
    app.server.once("close", () => clearTimeout(cut));
    await services.jobs.close(grace);
  });
  return app as unknown as FastifyInstance;
}

function loggerOptions(logger: ServerOptions["logger"]): boolean | LoggerOptions {
  if (logger === false) return false;
  const given = logger === true ? {} : logger;
  const paths = SECRETS.flatMap((name) => [name, `*["${name}"]`, `*.headers["${name}"]`]);
  // Standard output belongs to answers; the log is for people and machines beside it.
  return { stream: process.stderr, redact: { paths, censor: "[…]" }, ...given };
}

/**
 * Checks a reply against its schema and prints it as it is, in its own order of keys, rupiah as exact integers. Schemas
 * of replies are strict, so that nothing undocumented gets out.
 */
function serializer(schema: z.ZodType, route: string): (data: unknown) => string {
  return (data) => {
    const encoded = safeEncode(schema, data);
    if (!encoded.success) throw new Error(`reply of ${route} does not match its schema: ${encoded.error.message}`);
    return toJson(data);
  };
}
