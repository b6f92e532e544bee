import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { projectRoot } from "../../src/paths.ts";
import { code, type PaymentRow, realization } from "../ledger/world.ts";
import type { Told } from "./worker.ts";

/** Payment lines of each file: enough that an import takes a while, few enough that a hundred do not. */
export const ROWS = 600;
const FILES = 5;

/** A folder with files that restate the same cells: every line of file f has f + 1 rupiah. */
export async function makeFiles(
  count = FILES,
  lines = ROWS,
): Promise<{ folder: string; files: string[]; dispose: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), "tandai-fault-"));
  const files: string[] = [];
  for (let file = 0; file < count; file++) {
    const rows = Array.from({ length: lines }, (_, row): PaymentRow => {
      const month = String((row % 12) + 1).padStart(2, "0");
      const account = String(521_000 + (row % 50));
      return [code({ satker: String(100_000 + (row % 7)), account }), `2019-${month}-15`, file + 1];
    });
    const path = join(folder, `file-${file}.csv`);
    await writeFile(path, realization(rows));
    files.push(path);
  }
  return { folder, files, dispose: () => rm(folder, { recursive: true, force: true }) };
}

const WORKER = join(projectRoot(), "dist", "fault", "worker.js");

/** Bundles the worker, so that a hundred of them start fast. */
export async function buildWorker(): Promise<void> {
  await build({
    entryPoints: [join(projectRoot(), "tests", "fault", "worker.ts")],
    outfile: WORKER,
    bundle: true,
    packages: "external",
    format: "esm",
    platform: "node",
    target: "node20",
    logLevel: "warning",
  });
}

/** A running worker. */
export interface Worker {
  child: ChildProcess;
  told: Told[];
  errors: string[];
  /** Resolves when the worker has told this, or is gone. */
  until(what: Told["what"]): Promise<void>;
  ended: Promise<number | null>;
}

export interface WorkerTask {
  location: string;
  seed: number;
  steps: number;
  backup: string;
  files: readonly string[];
  /** Largest file the program may write, in kilobytes, as the shell limits it. */
  fileKilobytes?: number;
}

export function startWorker({ location, seed, steps, backup, files, fileKilobytes }: WorkerTask): Worker {
  const command = [process.execPath, WORKER, location, String(seed), String(steps), backup, ...files];
  const limited = ["bash", "-c", `ulimit -f ${fileKilobytes}; exec "$@"`, "bash", ...command];
  const [program = "", ...args] = fileKilobytes === undefined ? command : limited;
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
  const told: Told[] = [];
  const errors: string[] = [];
  const waiting = new Set<() => void>();
  let rest = "";
  let gone = false;
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    told.push(...lines.map((line) => JSON.parse(line) as Told));
    for (const look of waiting) look();
  });
  child.stderr?.setEncoding("utf8").on("data", (text: string) => errors.push(text));
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (exit) => {
      gone = true;
      for (const look of waiting) look();
      resolve(exit);
    });
  });
  const until = (what: Told["what"]) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (!gone && !told.some((one) => one.what === what)) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
    });
  return { child, told, errors, until, ended };
}
