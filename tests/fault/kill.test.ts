import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ExtractSummary, importFile, listExtracts, verifyStore } from "../../src/ledger/index.ts";
import { type Db, openStore, readBackup } from "../../src/store/index.ts";
import { generator } from "../bench/world.ts";
import { PLAIN_IMPORT } from "../support/import.ts";
import { patience, rounds } from "../support/rounds.ts";
import { ENGINES, newStorePlace } from "../support/stores.ts";
import { buildWorker, makeFiles, ROWS, startWorker } from "./support.ts";
import type { Told } from "./worker.ts";

/** How often each engine is killed: a hundred times together. */
const KILLS = { sqlite: 84, postgres: 16 } as const;
/** A store is used until it has met so many deaths. */
const DEATHS_PER_STORE = 8;
/** Deaths come within this time after the store was opened, in milliseconds. */
const WITHIN = 600;

let made: Awaited<ReturnType<typeof makeFiles>>;
beforeAll(async () => {
  await buildWorker();
  made = await makeFiles();
});
afterAll(() => made.dispose());

/** The store as it stands: nothing for verify to find, every extract whole. */
async function wholeStore(db: Db): Promise<{ hash: string; extracts: ExtractSummary[] }> {
  const { findings, ledger } = await verifyStore(db);
  expect(findings).toEqual([]);
  const extracts = await listExtracts(db);
  expect(extracts.map(({ id }) => id).sort((a, b) => a - b)).toEqual(extracts.map((_, index) => index + 1));
  for (const { rows } of extracts) expect(rows).toEqual({ read: ROWS, posted: ROWS, rejected: 0, skipped: 0 });
  const [lines] = await db.read.rows<{ n: bigint }>(sql`SELECT count(*) AS n FROM ledger_lines`);
  expect(lines?.n).toBe(BigInt(ROWS * extracts.length));
  return { hash: ledger.hash, extracts };
}

/** What the worker had done for certain, and what it was about to do. */
function lastOf(told: readonly Told[]): { done: string | null; under: Told | null } {
  const done = told.findLast((one) => one.what === "done");
  const last = told.at(-1);
  return {
    done: done?.what === "done" ? done.hash : null,
    under: last && /done|open/.test(last.what) ? null : (last ?? null),
  };
}

describe.each(ENGINES)("a program that is killed while it works on %s", (engine) => {
  it(
    "leaves a store that opens, verifies and holds whole extracts, and whole backups",
    async () => {
      const { seed, numRuns = 0 } = rounds(`kills on ${engine}`, KILLS[engine], 0);
      const below = generator(seed);
      const met = new Map<string, number>();
      const backup = join(made.folder, `${engine}.tandai`);
      for (let death = 0; death < numRuns; ) {
        const place = await newStorePlace(engine);
        let before = await (async () => {
          const db = await openStore(place.location);
          // Something to revert and to back up from the beginning.
          for (const file of made.files.slice(0, 2)) await importFile(db, file, PLAIN_IMPORT);
          const start = await wholeStore(db);
          await db.close();
          return start;
        })();
        for (let round = 0; round < DEATHS_PER_STORE && death < numRuns; round++, death++) {
          const worker = startWorker({ ...made, location: place.location, seed: below(2 ** 31), steps: 1000, backup });
          await worker.until("open");
          await setTimeout(below(WITHIN));
          worker.child.kill("SIGKILL");
          await worker.ended;
          expect(worker.errors.join("")).toBe("");
          const { done, under } = lastOf(worker.told);
          const hash = done ?? before.hash;
          met.set(under?.what ?? "between", (met.get(under?.what ?? "between") ?? 0) + 1);

          const db = await openStore(place.location);
          const now = await wholeStore(db);
          // Either it is as it was after the last thing that was done, or the next is done too.
          if (now.hash !== hash) {
            const newest = now.extracts.find(({ id }) => id === now.extracts.length);
            if (under?.what === "import") expect(newest?.file).toBe(under.file);
            else if (under?.what === "revert") {
              expect(now.extracts.find(({ id }) => id === under.extract)?.state).toBe("reverted");
            } else throw new Error(`changed during ${under?.what ?? "nothing"}`);
          }
          await db.close();
          before = now;
          // A backup is there whole, or not at all.
          if (existsSync(backup)) expect(await readBackup(backup)).toBeTypeOf("object");
        }
        await place.dispose();
      }
      console.log(`deaths on ${engine}:`, Object.fromEntries(met));
      // Deaths that all come at one and the same moment would prove little.
      if (engine === "sqlite") expect([...met.keys()]).toEqual(expect.arrayContaining(["import", "revert", "backup"]));
      const left = (await readdir(made.folder)).filter((name) => name.startsWith(`${engine}.tandai.work-`));
      // What a death leaves of a backup is cleared away by the next one.
      expect(left.length).toBeLessThanOrEqual(1);
      const last = await newStorePlace(engine);
      const finisher = startWorker({ location: last.location, seed: 0, steps: 1, backup, files: [] });
      expect(await finisher.ended).toBe(0);
      await last.dispose();
      expect((await readdir(made.folder)).filter((name) => name.startsWith(`${engine}.tandai.work-`))).toEqual([]);
    },
    patience(200),
  );
});
