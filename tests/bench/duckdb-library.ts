import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { projectRoot } from "../../src/paths.ts";

const PACKAGE = "@duckdb/node-api@1.5.6-r.1";

/** A connection to DuckDB, as far as the bench uses it. */
export interface DuckDBConnection {
  run(sql: string): Promise<unknown>;
  runAndReadAll(sql: string): Promise<{ getRows(): unknown[][] }>;
  closeSync(): void;
}

/** An open database, as far as the bench uses it. */
interface DuckDBInstance {
  connect(): Promise<DuckDBConnection>;
  closeSync(): void;
}

interface Library {
  DuckDBInstance: { create(path: string, options?: Record<string, string>): Promise<DuckDBInstance> };
}

/**
 * Opens a DuckDB database. The library is no dependency of the project: it names binaries for platforms that not every
 * registry mirror carries, which would make `npm ci` fail. The first bench installs it beside its other output.
 */
export async function openDuckDb(path: string, options: Record<string, string>): Promise<DuckDBInstance> {
  const folder = join(projectRoot(), "out", "bench-tools");
  if (!existsSync(join(folder, "node_modules", "@duckdb", "node-api"))) {
    mkdirSync(folder, { recursive: true });
    execFileSync("npm", ["install", "--prefix", folder, "--no-audit", "--no-fund", PACKAGE], { stdio: "ignore" });
  }
  const entry = createRequire(join(folder, "package.json")).resolve("@duckdb/node-api");
  const library = (await import(pathToFileURL(entry).href)) as Library;
  return library.DuckDBInstance.create(path, options);
}
