import type { IncomingMessage, ServerResponse } from "node:http";
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import type { References } from "../references/index.ts";
import type { Db } from "../store/index.ts";
import type { ImportJobs } from "./import-jobs.ts";

/** The server, with requests and replies typed by the zod schemas of each route. */
export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** Where files live while the service works on them. */
export interface Folders {
  uploads: string;
  reports: string;
}

/** What routes work with. */
export interface Services {
  db: Db;
  jobs: ImportJobs;
  folders: Folders;
  maxUploadBytes: number;
  /** The clock. */
  now: () => Date;
  /** The code lists, read again only after the ledger changed. */
  references: () => Promise<References>;
}
