import { fileURLToPath } from "node:url";
import { type ImportOptions, type ImportResult, importFile } from "../../src/ledger/index.ts";
import { ensureReferences } from "../../src/references/index.ts";
import type { Db } from "../../src/store/index.ts";

/** Path of a file under tests/fixtures. */
export function fixture(...parts: string[]): string {
  return fileURLToPath(new URL(["../fixtures", ...parts].join("/"), import.meta.url));
}

export const PLAIN_IMPORT: ImportOptions = {
  layout: null,
  kinds: null,
  scope: null,
  year: null,
  dryRun: false,
  force: false,
  maxRejects: 0,
  agreement: null,
  at: "2026-01-01T00:00:00.000Z",
};

/** Loads the code lists and the plain files of a sample world, tags agreed. */
export async function loadWorld(db: Db, world = "world-1"): Promise<ImportResult[]> {
  await ensureReferences(db);
  const results: ImportResult[] = [];
  for (const file of ["satkers", "budget", "realization"]) {
    results.push(await importFile(db, fixture(world, `${file}.csv`), PLAIN_IMPORT));
  }
  results.push(await importFile(db, fixture(world, "tags.csv"), { ...PLAIN_IMPORT, agreement: "BA-01/2019" }));
  return results;
}
