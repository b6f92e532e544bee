import { openAsBlob } from "node:fs";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { request as httpRequest } from "node:http";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { type RunningServer, serve } from "../../src/http/index.ts";
import type { JobDocument } from "../../src/jobs/document.ts";
import { ensureReferences } from "../../src/references/index.ts";
import { type Db, openStore } from "../../src/store/index.ts";
import { loadWorld } from "../support/import.ts";

/** The moment at which all tests of the service take place. */
export const NOW = "2023-02-15T03:04:05.000Z";

/** A running service with a store of its own. */
export interface Service {
  url: string;
  db: Db;
  /** Files that lie in the folder of uploads or reports. */
  leftovers(folder: "uploads" | "reports"): Promise<string[]>;
  get(path: string, init?: RequestInit): Promise<Response>;
  json(path: string, init?: RequestInit): Promise<{ status: number; body: Record<string, unknown>; text: string }>;
  /** Sends a file as a form. */
  upload(file: Blob | string, fields?: Record<string, string>, path?: string, name?: string): Promise<Response>;
  /** Sends a file and waits for its job to end. */
  importFile(file: Blob | string, fields?: Record<string, string>, query?: string): Promise<JobDocument>;
  server: RunningServer;
  stop(): Promise<void>;
}

interface Options {
  /** Code lists, satkers, budget, realization and tags of world-1. */
  world?: boolean;
  maxUploadBytes?: number;
  grace?: number;
  port?: number;
}

export async function startService({ world = false, port = 0, ...options }: Options = {}): Promise<Service> {
  const dataDir = await mkdtemp(join(tmpdir(), "tandai-http-"));
  const db = await openStore(join(dataDir, "tandai.db"));
  if (world) await loadWorld(db);
  else await ensureReferences(db);
  const server = await serve({
    db,
    logger: false,
    dataDir,
    now: () => new Date(NOW),
    port,
    ...options,
  }).catch(async (error: unknown) => {
    await db.close();
    await rm(dataDir, { recursive: true, force: true });
    throw error;
  });
  const get: Service["get"] = (path, init) => fetch(server.url + path, init);
  const upload: Service["upload"] = async (file, fields = {}, path = "/api/v1/extracts", name) => {
    const form = new FormData();
    for (const [field, value] of Object.entries(fields)) form.append(field, value);
    if (typeof file === "string") form.append("file", await openAsBlob(file), name ?? basename(file));
    else form.append("file", file, name ?? "file.csv");
    return get(path, { method: "POST", body: form, redirect: "manual" });
  };
  return {
    url: server.url,
    db,
    server,
    get,
    upload,
    leftovers: (folder) => readdir(join(dataDir, folder)),
    json: async (path, init) => {
      const response = await get(path, init);
      const text = await response.text();
      return { status: response.status, body: JSON.parse(text) as Record<string, unknown>, text };
    },
    importFile: async (file, fields, query = "") => {
      const accepted = await upload(file, fields, `/api/v1/extracts${query}`);
      if (accepted.status !== 202) throw new Error(await accepted.text());
      const { id } = (await accepted.json()) as JobDocument;
      const events = await (await get(`/api/v1/jobs/${id}/events${query}`)).text();
      const last = /event: finished\ndata: (.*)\n\n$/.exec(events)?.[1];
      if (last === undefined) throw new Error(`no end in ${events}`);
      return JSON.parse(last) as JobDocument;
    },
    stop: async () => {
      await server.close();
      await db.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** A request that fetch would not send: another Host header, a path that is not one. */
export function rawRequest(
  url: string,
  options: { path?: string; method?: string; headers?: Record<string, string> },
): Promise<{ status: number; body: string; headers: NodeJS.Dict<string | string[]> }> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest({ hostname, port, ...options, agent: false }, (incoming) => {
      let body = "";
      incoming.setEncoding("utf8").on("data", (chunk: string) => {
        body += chunk;
      });
      incoming.on("end", () => resolve({ status: incoming.statusCode ?? 0, body, headers: incoming.headers }));
    });
    outgoing.on("error", reject).end();
  });
}

/** A code that world-1 knows, for lines that tests write themselves. */
export const CODE = "459384.133.521731.0240508.4250019.A000000001.00000.1.0151.2.000000.000000.054.100.0A.000277";

/** A realization file with one line per amount. */
export function realization(...amounts: (string | bigint)[]): Blob {
  const lines = amounts.map(
    (amount, index) => `${CODE},2019-01-${String((index % 28) + 1).padStart(2, "0")},${index + 1},${amount}`,
  );
  return new Blob([["code,date,document,amount", ...lines].join("\n"), "\n"]);
}
