import { statSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { startPostgres } from "../../support/embedded-postgres.ts";
import { type Order, writeRealization } from "../files.ts";
import { program, tandai } from "../process.ts";
import { compete } from "../rounds.ts";
import type { Suite } from "../suite.ts";
import { buildWorld } from "../world.ts";

const LINES = 1_000_000;
const CASES: { times: number; order: Order }[] = [
  { times: 20, order: "grouped" },
  { times: 5, order: "grouped" },
  { times: 5, order: "shuffled" },
];

/** Import into PostgreSQL, durable, against a bare COPY of the same file into one text column. */
export const postgresSuite: Suite = async ({ folder, rounds, note }) => {
  const server = await startPostgres("max_wal_size=4GB", "shared_buffers=256MB");
  try {
    const copy = await program("copy-postgres");
    const rows: (string | number | null)[][] = [];
    for (const { times, order } of CASES) {
      const file = join(folder, "realization.csv");
      await writeRealization(file, buildWorld(LINES / times), LINES, order);
      const name = `${LINES.toLocaleString("en")} lines (${Math.round(statSync(file).size / 1e6)} MB), ${order}, each code ${times} times`;
      note(name);
      const outcomes = await compete(
        [
          {
            name: "tandai import",
            run: async () => {
              const store = await emptyDatabase(server.url, "tandai");
              await tandai("seed", "--db", store);
              return tandai("import", file, "--db", store);
            },
          },
          {
            name: "COPY into one text column",
            run: async () => copy(file, await emptyDatabase(server.url, "lines")),
          },
        ],
        rounds,
      );
      for (const { name: contender, seconds, peakMb, ratio } of outcomes)
        rows.push([name, contender, seconds, peakMb === null ? null : Math.round(peakMb), ratio]);
    }
    return [
      {
        id: "postgres",
        title: "Import into PostgreSQL 18 (fsync on)",
        columns: ["file", "program", "seconds", "peak MB of the client", "tandai ÷ it"],
        rows,
        notes: [],
      },
    ];
  } finally {
    await server.stop();
  }
};

async function emptyDatabase(server: string, name: string): Promise<string> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await client.query(`CREATE DATABASE ${name}`);
    // What the round before left to write would be counted here.
    await client.query("CHECKPOINT");
  } finally {
    await client.end();
  }
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}
