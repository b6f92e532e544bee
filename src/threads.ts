import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { projectRoot } from "./paths.ts";

/** Where the code of a thread is, and the options of Node it needs; fits `new Worker` and piscina. */
export interface ThreadEntry {
  /** Absolute path. */
  filename: string;
  /** Only when the program runs from its sources; otherwise the thread takes over those of the process. */
  options: { execArgv?: string[] };
}

/**
 * Finds the entry of a thread: the bundled file when the program runs bundled (dist), the TypeScript source when it runs
 * from its sources (vitest, tsx). Node 20 has no type stripping, and `--import tsx` does nothing inside a thread, so a
 * thread from sources registers tsx by itself first (src/typescript-threads.mjs).
 *
 * `npm run build` bundles every entry. That of payments is bundled apart from the program, with nothing that it does not need:
 * a large import waits until it is ready.
 *
 * @param module path of the entry from the project's root without its ending, such as `src/jobs/job-thread`
 */
export function threadEntry(module: string): ThreadEntry {
  const root = projectRoot();
  if (!import.meta.url.endsWith(".ts")) return { filename: join(root, "dist", `${module}.js`), options: {} };
  const register = pathToFileURL(join(root, "src", "typescript-threads.mjs")).href;
  return { filename: join(root, `${module}.ts`), options: { execArgv: ["--import", register] } };
}
