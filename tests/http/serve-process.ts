import { join } from "node:path";
import { serve } from "../../src/http/index.ts";
import { ensureReferences } from "../../src/references/index.ts";
import { openStore } from "../../src/store/index.ts";

/**
 * The service as a process of its own, for tests of signals and of several processes: prints its address, serves until it
 * is told to stop.
 */
const [folder = "", location = join(folder, "tandai.db"), lease = "15000"] = process.argv.slice(2);
const db = await openStore(location);
await ensureReferences(db);
const options = { db, logger: false, dataDir: folder, now: () => new Date(), port: 0, lease: Number(lease) };
const server = await serve(options);
process.stdout.write(`${server.url}\n`);
await server.stopped;
await db.close();
