import { createHash } from "node:crypto";
import { mkdtemp, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { sql } from "drizzle-orm";
import { type ImportProgress, importFile } from "../src/ledger/index.ts";
import { projectRoot } from "../src/paths.ts";
import type { Db } from "../src/store/index.ts";
import { writeDemonstration } from "./demo/index.ts";

/** How the caller follows the loading. */
export interface DemonstrationSteps {
  /** Moment of the import, ISO text in UTC. */
  at: string;
  begin(): void;
  file(name: string, done: number, total: number): (progress: ImportProgress) => void;
}

export interface DemonstrationCounts {
  loaded: boolean;
  files: number;
  rows: number;
}

/** Files of the demonstration begin with this, so that every report can say where its figures come from. */
export const DEMONSTRATION_PREFIX = "demo-";

/** How many districts have priority in each year; the demonstration draws its own, because the official lists are not to hand. */
const COHORTS: readonly [year: number, districts: number][] = [
  [2018, 100],
  [2019, 160],
  [2020, 260],
  [2021, 360],
  [2022, 514],
];

/**
 * Writes the demonstration budget and loads it through the real import. A store that already holds extracts is left
 * alone: invented figures never mix with real ones.
 */
export async function loadDemonstration(db: Db, steps: DemonstrationSteps): Promise<DemonstrationCounts> {
  const [row] = await db.read.rows<{ extracts: bigint }>(sql`SELECT count(*) AS extracts FROM extracts`);
  if (row && row.extracts > 0n) return { loaded: false, files: 0, rows: 0 };
  steps.begin();
  const folder = await mkdtemp(join(tmpdir(), "tandai-demo-"));
  try {
    await drawCohorts(db);
    const files = await writeDemonstration({ referenceDir: join(projectRoot(), "seeds", "reference"), outDir: folder });
    let rows = 0;
    for (const [index, { path, layout, agreement }] of files.entries()) {
      const named = join(dirname(path), `${DEMONSTRATION_PREFIX}${basename(path)}`);
      await rename(path, named);
      const result = await importFile(db, named, {
        layout,
        kinds: null,
        scope: null,
        dryRun: false,
        force: false,
        maxRejects: 0,
        year: null,
        agreement: agreement ?? null,
        at: steps.at,
        progress: steps.file(basename(named), index, files.length),
      });
      if (result.status !== "posted" || result.rows.rejected > 0) {
        throw new Error(`${result.file} ${result.status}: ${JSON.stringify(result.rejects.slice(0, 3))}`);
      }
      rows += result.rows.posted;
    }
    return { loaded: true, files: files.length, rows };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Draws the priority cohorts in an order that is random to look at and the same every time. */
async function drawCohorts(db: Db): Promise<void> {
  const { districts } = db.tables;
  const codes = (await db.read.select({ code: districts.kemendagriCode }).from(districts)).map(({ code }) => code);
  const order = (code: string) => createHash("sha256").update(`tandai ${code}`).digest("hex");
  const drawn = codes.sort((a, b) => (order(a) < order(b) ? -1 : 1));
  await db.tx(async (tx) => {
    await tx.run(sql`DELETE FROM priority_districts`);
    const rows = drawn.map((code, place) => [code, BigInt(COHORTS.find(([, size]) => place < size)?.[0] ?? 2022)]);
    await tx.bulkInsert("priority_districts", ["kemendagri_code", "first_year"], rows);
  });
}
