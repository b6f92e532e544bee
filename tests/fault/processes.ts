import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const IMPORTER = fileURLToPath(new URL("importer.ts", import.meta.url));

/** A running importer (tests/fault/importer.ts). */
export interface Importer {
  child: ChildProcess;
  /** Lines printed so far. */
  lines: string[];
  errors: string[];
  /** Resolves when the store is open and the imports begin. */
  open: Promise<void>;
  /** Resolves to the exit code, null when killed. */
  ended: Promise<number | null>;
}

/** @param fileKilobytes largest file the program may write, as the shell limits it */
export function startImporter(location: string, files: readonly string[], fileKilobytes?: number): Importer {
  const command = [process.execPath, "--import", "tsx", IMPORTER, location, ...files];
  const [program = "", ...args] =
    fileKilobytes === undefined ? command : ["bash", "-c", `ulimit -f ${fileKilobytes}; exec "$@"`, "bash", ...command];
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
  const lines: string[] = [];
  const errors: string[] = [];
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve(code));
  });
  const open = new Promise<void>((resolve) => {
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      lines.push(...text.split("\n").filter((line) => line !== ""));
      if (lines.includes("open")) resolve();
    });
    child.once("close", () => resolve());
  });
  child.stderr?.setEncoding("utf8").on("data", (text: string) => errors.push(text));
  return { child, lines, errors, open, ended };
}
