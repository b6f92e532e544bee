import { existsSync, rmSync, statSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeRealization } from "./lines.ts";
import { measure, median, type Run } from "./process.ts";

/**
 * Imports plain realization lines with Tandai and, in the same run and in turn, with the sqlite3 shell that checks
 * nothing. Prints medians and the ratio: seconds alone say little on a shared machine.
 */
const CLI = fileURLToPath(new URL("../../dist/src/cli/main.js", import.meta.url));
const ROUNDS = 5;
const CASES = [
  { name: "200.000 baris, setiap kode ± 20 kali", lines: 200_000, codes: 10_000 },
  { name: "200.000 baris, setiap kode ± 3 kali", lines: 200_000, codes: 70_000 },
];

const folder = await mkdtemp(join(tmpdir(), "tandai-bench-"));
try {
  console.log("| berkas | program | detik (median) | puncak MB | rasio |");
  console.log("|---|---|---|---|---|");
  for (const { name, lines, codes } of CASES) {
    const file = join(folder, "realization.csv");
    await writeRealization(file, lines, codes);
    const runs: Record<"shell" | "tandai", Run[]> = { shell: [], tandai: [] };
    for (let round = 0; round < ROUNDS; round++) {
      runs.shell.push(await importWithShell(file));
      runs.tandai.push(await importWithTandai(file));
    }
    const seconds = (which: keyof typeof runs) => median(runs[which].map((run) => run.seconds));
    const peak = (which: keyof typeof runs) => Math.max(...runs[which].map((run) => run.peakMb));
    const row = (program: string, which: keyof typeof runs) =>
      console.log(
        `| ${name} (${Math.round(statSync(file).size / 1e6)} MB) | ${program} | ${seconds(which).toFixed(2)} | ${peak(which).toFixed(0)} | ${(seconds(which) / seconds("shell")).toFixed(2)} |`,
      );
    row("sqlite3 .import, tanpa pemeriksaan", "shell");
    row("tandai import", "tandai");
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function importWithShell(file: string): Promise<Run> {
  const store = fresh("shell.db");
  const script = `CREATE TABLE lines(code text, date text, document text, amount integer, description text);\n.mode csv\n.import --skip 1 ${file} lines\n`;
  return measure("sqlite3", [store], script);
}

/** Into a store that has its code lists, as in daily work. */
async function importWithTandai(file: string): Promise<Run> {
  const store = fresh("tandai.db");
  await measure(process.execPath, [CLI, "seed", "--db", store, "--json"]);
  return measure(process.execPath, [CLI, "import", file, "--db", store, "--json"]);
}

function fresh(name: string): string {
  const store = join(folder, name);
  for (const suffix of ["", "-wal", "-shm"]) if (existsSync(store + suffix)) rmSync(store + suffix);
  return store;
}
