import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";

/** What one run of a program took. */
export interface Run {
  seconds: number;
  /** Highest resident memory seen, in MB. */
  peakMb: number;
}

/** Runs a program to its end and measures it; input goes to its standard input. */
export async function measure(
  command: string,
  args: readonly string[],
  input = "",
  env: NodeJS.ProcessEnv = {},
): Promise<Run> {
  const start = performance.now();
  const child = spawn(command, args, { stdio: ["pipe", "ignore", "pipe"], env: { ...process.env, ...env } });
  let errors = "";
  child.stderr.on("data", (chunk) => {
    errors += chunk;
  });
  child.stdin.end(input);
  let peakMb = 0;
  const watch = setInterval(async () => {
    const status = await readFile(`/proc/${child.pid}/status`, "utf8").catch(() => "");
    const peak = /VmHWM:\s+(\d+) kB/.exec(status)?.[1];
    if (peak) peakMb = Math.max(peakMb, Number(peak) / 1024);
  }, 10);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  clearInterval(watch);
  if (code !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${code}: ${errors.slice(0, 500)}`);
  return { seconds: (performance.now() - start) / 1000, peakMb };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
