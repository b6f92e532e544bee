import { spawn } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { projectRoot } from "../../src/paths.ts";
import type { Run } from "./rounds.ts";

/** The command line as it is installed. */
export const CLI = join(projectRoot(), "dist", "src", "cli", "main.js");

/** Runs a program to its end and measures it; any other exit code than the expected one is an error. */
export async function measure(
  command: string,
  args: readonly string[],
  { input = "", exitCode = 0 }: { input?: string; exitCode?: number } = {},
): Promise<Run> {
  const start = performance.now();
  const child = spawn(command, args, { stdio: ["pipe", "ignore", "pipe"] });
  let errors = "";
  child.stderr.on("data", (chunk) => {
    errors += chunk;
  });
  child.stdin.end(input);
  let peakMb = 0;
  const watch = setInterval(() => {
    peakMb = Math.max(peakMb, peakOf(child.pid));
  }, 10);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  }).finally(() => clearInterval(watch));
  if (code !== exitCode) throw new Error(`${command} ${args.join(" ")} ended with ${code}: ${errors.slice(0, 500)}`);
  return { seconds: (performance.now() - start) / 1000, peakMb: peakMb > 0 ? peakMb : null };
}

/** Highest resident memory of a process so far, in MB; 0 where the system does not tell or the process is gone. */
function peakOf(pid: number | undefined): number {
  try {
    const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return Number(peak ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** Runs `tandai` as a user does. */
export function tandai(...args: string[]): Promise<Run> {
  return measure(process.execPath, [CLI, ...args, "--json"]);
}

/** A store that has its code lists and nothing else, as in daily work; it takes the place of the one before. */
export async function freshStore(folder: string): Promise<string> {
  const store = join(folder, "tandai.db");
  for (const suffix of ["", "-wal", "-shm"]) rmSync(store + suffix, { force: true });
  await tandai("seed", "--db", store);
  return store;
}

/** Builds a program of tests/bench/programs, so that it starts as fast as an installed one; returns how to run it. */
export async function program(name: string): Promise<(...args: string[]) => Promise<Run>> {
  const outfile = join(projectRoot(), "dist", "bench", `${name}.js`);
  await build({
    entryPoints: [join(projectRoot(), "tests", "bench", "programs", `${name}.ts`)],
    outfile,
    bundle: true,
    packages: "external",
    format: "esm",
    platform: "node",
    target: "node20",
    logLevel: "warning",
  });
  return (...args) => measure(process.execPath, [outfile, ...args]);
}

/** Whether a command can be run here. */
export async function exists(command: string, ...args: string[]): Promise<boolean> {
  return measure(command, args).then(
    () => true,
    () => false,
  );
}
