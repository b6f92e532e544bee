import { rmSync } from "node:fs";
import { join } from "node:path";
import { type Dimension, type Reconciliation, reconcile } from "../../../src/reconciliation/index.ts";
import { type Db, openStore } from "../../../src/store/index.ts";
import { addDimensions, loadLines } from "../duckdb.ts";
import { type DuckDBConnection, openDuckDb } from "../duckdb-library.ts";
import { writeRealization, writeSatkers, writeTags } from "../files.ts";
import { tandai } from "../process.ts";
import { compete, timed } from "../rounds.ts";
import type { BenchContext, Suite } from "../suite.ts";
import { type BenchWorld, buildWorld, YEAR } from "../world.ts";

/** Distinct codes, the same for every number of lines. */
const CODES = 200_000;
/** The questions are short: they are asked more often than a file is imported. */
const TIMES = 5;

/** What must be fast, and pairs of dimensions that nobody prepared for. */
const QUESTIONS: { by: Dimension[]; theme: boolean }[] = [
  { by: ["ministry", "month"], theme: false },
  { by: ["district"], theme: false },
  { by: ["intervention"], theme: true },
  { by: ["activity", "account_group"], theme: false },
  { by: ["province", "fund"], theme: false },
  { by: ["unit", "account"], theme: false },
  { by: ["district", "month"], theme: false },
  { by: ["program", "authority"], theme: false },
  { by: ["satker", "account_group"], theme: false },
  { by: ["output", "district"], theme: false },
  { by: ["satker", "month"], theme: false },
];

/** Reconciliations of twelve months on an open store, against DuckDB on an open database of the same lines. */
export const reconcileSuite: Suite = async (context) => {
  const world = buildWorld(CODES);
  const rows: (string | number | null)[][] = [];
  const ours = new Map<string, number>();
  for (const lines of context.large ? [1_000_000, 10_000_000] : [1_000_000]) {
    const contest = await prepare(context, world, lines);
    try {
      for (const { by, theme } of QUESTIONS) {
        const name = by.join(" × ");
        await checkEqual(contest, by, theme);
        const [tandai, duckdb] = await compete(
          [
            { name: "tandai", run: () => timed(() => ask(contest.db, by, theme)) },
            { name: "DuckDB", run: () => timed(() => contest.duckdb.runAndReadAll(sqlOf(by, theme))) },
          ],
          context.rounds * TIMES,
        );
        const cli = await compete([{ name: "CLI", run: () => contest.askCli(by, theme) }], context.rounds);
        const milliseconds = (tandai?.seconds ?? Number.NaN) * 1000;
        const before = ours.get(name);
        if (before === undefined) ours.set(name, milliseconds);
        rows.push([
          name + (theme ? " (theme)" : ""),
          lines.toLocaleString("en"),
          milliseconds,
          (duckdb?.seconds ?? Number.NaN) * 1000,
          duckdb?.ratio ?? null,
          before === undefined ? null : milliseconds / before,
          (cli[0]?.seconds ?? Number.NaN) * 1000,
        ]);
      }
    } finally {
      await contest.close();
    }
  }
  return [
    {
      id: "reconcile",
      title: `Reconciliations of twelve months, ${CODES.toLocaleString("en")} codes`,
      columns: ["by", "lines", "tandai ms", "DuckDB ms", "tandai ÷ DuckDB", "÷ at 1,000,000 lines", "whole command ms"],
      rows,
      notes: [
        "Both on an open store in one process; DuckDB has two threads and its own table with every dimension as a column. " +
          "The whole command starts a new process.",
      ],
    },
  ];
};

interface Contest {
  db: Db;
  duckdb: DuckDBConnection;
  askCli(by: Dimension[], theme: boolean): ReturnType<typeof tandai>;
  close(): Promise<void>;
}

async function prepare({ folder, note }: BenchContext, world: BenchWorld, lines: number): Promise<Contest> {
  const file = (name: string) => join(folder, name);
  note(`loading ${lines.toLocaleString("en")} lines`);
  await writeRealization(file("realization.csv"), world, lines, "grouped");
  await writeSatkers(file("satkers.csv"), world);
  await writeTags(file("tags.csv"), world);
  const store = file("tandai.db");
  await tandai("seed", "--db", store);
  await tandai("import", file("satkers.csv"), file("realization.csv"), "--db", store);
  await tandai("tags", "import", file("tags.csv"), "--agreed", "BENCH", "--db", store);
  const instance = await openDuckDb(file("lines.duckdb"), { threads: "2" });
  const duckdb = await instance.connect();
  await loadLines(duckdb, file("realization.csv"));
  await addDimensions(duckdb);
  await addTags(duckdb, world);
  rmSync(file("realization.csv"));
  const db = await openStore(store);
  note(`asking ${lines.toLocaleString("en")} lines`);
  return {
    db,
    duckdb,
    askCli: (by, theme) =>
      tandai("reconcile", "--by", by.join(","), ...WINDOW, ...(theme ? ["--theme", "stunting"] : []), "--db", store),
    close: async () => {
      await db.close();
      duckdb.closeSync();
      instance.closeSync();
      for (const name of ["tandai.db", "lines.duckdb"]) {
        for (const suffix of ["", "-wal", "-shm", ".wal"]) rmSync(file(name + suffix), { force: true });
      }
    },
  };
}

/** A tag table as an analyst would join it: an output, an intervention, and its part of the whole. */
async function addTags(duckdb: DuckDBConnection, { tags }: BenchWorld): Promise<void> {
  const rows = tags.flatMap(({ output, shares }) => {
    const whole = shares.reduce((sum, { share }) => sum + share, 0);
    return shares.map(({ intervention, share }) => `('${output}', '${intervention}', ${share}, ${whole})`);
  });
  await duckdb.run("CREATE TABLE tags (output varchar, intervention varchar, share bigint, whole bigint)");
  await duckdb.run(`INSERT INTO tags VALUES ${rows.join(", ")}`);
}

const WINDOW = ["--from", `${YEAR}-01`, "--to", `${YEAR}-12`];

function ask(db: Db, by: Dimension[], theme: boolean): Promise<Reconciliation> {
  const window = { from: `${YEAR}-01`, to: `${YEAR}-12` };
  return reconcile(db, { by, window, theme: theme ? "stunting" : null, basis: "whole", where: {} }, "en");
}

function sqlOf(by: readonly Dimension[], theme: boolean): string {
  const keys = by.map((name) => (name === "month" ? "date_trunc('month', date) AS month" : name)).join(", ");
  const amount = theme ? "sum(amount * share // whole)" : "sum(amount)";
  return `SELECT ${keys}, CAST(${amount} AS bigint) AS realization FROM ledger ${theme ? "JOIN tags USING (output)" : ""}
    WHERE date BETWEEN '${YEAR}-01-01' AND '${YEAR}-12-31' AND account_group >= '5' AND account_group < '7'
    GROUP BY ALL ORDER BY ALL`;
}

/** Both must give the same groups, and without shares the same rupiah; otherwise the comparison says nothing. */
async function checkEqual({ db, duckdb }: Contest, by: Dimension[], theme: boolean): Promise<void> {
  const { rows, total } = await ask(db, by, theme);
  const theirs = (await duckdb.runAndReadAll(sqlOf(by, theme))).getRows();
  const sum = theirs.reduce((amount, row) => amount + (row.at(-1) as bigint), 0n);
  if (rows.length === theirs.length && (theme || sum === total.realization)) return;
  throw new Error(`${by.join(" × ")}: ${rows.length} groups, ${total.realization} ≠ ${theirs.length} groups, ${sum}`);
}
