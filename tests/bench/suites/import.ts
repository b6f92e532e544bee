import { rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { type Order, writeRealization } from "../files.ts";
import { measure, program, tandai } from "../process.ts";
import { compete } from "../rounds.ts";
import type { Suite } from "../suite.ts";
import { buildWorld } from "../world.ts";

interface Case {
  lines: number;
  /** How often a code comes back. */
  times: number;
  order: Order;
}

const CASES: Case[] = [
  { lines: 200_000, times: 20, order: "grouped" },
  { lines: 1_000_000, times: 20, order: "grouped" },
  { lines: 1_000_000, times: 5, order: "grouped" },
  { lines: 1_000_000, times: 20, order: "shuffled" },
  { lines: 1_000_000, times: 5, order: "shuffled" },
];
const LARGE: Case[] = [{ lines: 10_000_000, times: 20, order: "grouped" }];

/** Import into an embedded store, against the sqlite3 shell that checks nothing and DuckDB that checks the form. */
export const importSuite: Suite = async ({ folder, large, rounds, note }) => {
  const intoDuckdb = await program("duckdb-import");
  const rows: (string | number | null)[][] = [];
  for (const { lines, times, order } of large ? [...CASES, ...LARGE] : CASES) {
    const file = join(folder, "realization.csv");
    await writeRealization(file, buildWorld(lines / times), lines, order);
    const name = `${lines.toLocaleString("en")} lines (${Math.round(statSync(file).size / 1e6)} MB), ${order}, each code ${times} times`;
    note(name);
    const fresh = (store: string) => {
      const path = join(folder, store);
      for (const suffix of ["", "-wal", "-shm", ".wal"]) rmSync(path + suffix, { force: true });
      return path;
    };
    const outcomes = await compete(
      [
        {
          name: "tandai import",
          // Into a store that has its code lists, as in daily work.
          run: async () => {
            const store = fresh("tandai.db");
            await tandai("seed", "--db", store);
            return tandai("import", file, "--db", store);
          },
        },
        { name: "sqlite3 .import, no check", run: () => importWithShell(file, fresh("shell.db")) },
        { name: "DuckDB, regular expression, twelve columns", run: () => intoDuckdb(file, fresh("lines.duckdb")) },
      ],
      rounds,
    );
    for (const store of ["tandai.db", "shell.db", "lines.duckdb"]) fresh(store);
    rmSync(file);
    for (const { name: contender, seconds, peakMb, ratio } of outcomes)
      rows.push([name, contender, seconds, peakMb === null ? null : Math.round(peakMb), ratio]);
  }
  return [
    {
      id: "import",
      title: "Import into an embedded store",
      columns: ["file", "program", "seconds", "peak MB", "tandai ÷ it"],
      rows,
      notes: [],
    },
  ];
};

function importWithShell(file: string, store: string) {
  const script = `CREATE TABLE lines(code text, date text, document text, amount integer);\n.mode csv\n.import --skip 1 ${file} lines\n`;
  return measure("sqlite3", [store], { input: script });
}
