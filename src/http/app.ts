import type { IncomingMessage, ServerResponse } from "node:http";
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import type { Jobs, StoredFiles } from "../jobs/index.ts";
import type { References } from "../references/index.ts";
import type { Db } from "../store/index.ts";

/** The server, with requests and replies typed by the zod schemas of each route. */
export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** What routes work with. */
export interface Services {
  db: Db;
  jobs: Jobs;
  files: StoredFiles;
  maxUploadBytes: number;
  /** The clock. */
  now: () => Date;
  /** The code lists, read again only after the ledger changed. */
  references: () => Promise<References>;
}
