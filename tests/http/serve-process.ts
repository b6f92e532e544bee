import { join } from "node:path";
import { serve } from "../../src/http/index.ts";
import { ensureReferences } from "../../src/references/index.ts";
import { openStore } from "../../src/store/index.ts";

/** The service as a process of its own, for tests of signals: prints its address, serves until it is told to stop. */
const [folder = ""] = process.argv.slice(2);
const db = await openStore(join(folder, "tandai.db"));
await ensureReferences(db);
const server = await serve({ db, logger: false, dataDir: folder, now: () => new Date(), port: 0 });
process.stdout.write(`${server.url}\n`);
await server.stopped;
await db.close();
