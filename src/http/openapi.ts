import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openStore } from "../store/index.ts";
import { buildServer } from "./server.ts";

/**
 * The OpenAPI document as text for docs/openapi.json: what a server of this version serves, so that a stale file shows.
 */
export async function openApiDocument(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "tandai-openapi-"));
  const db = await openStore(join(folder, "tandai.db"));
  try {
    const app = await buildServer({ db, logger: false, dataDir: folder, now: () => new Date(0) });
    await app.ready();
    const text = `${JSON.stringify(app.swagger(), null, 2)}\n`;
    await app.close();
    return text;
  } finally {
    await db.close();
    await rm(folder, { recursive: true, force: true });
  }
}
