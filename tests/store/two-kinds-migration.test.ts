import Database from "better-sqlite3";
import { sql } from "drizzle-orm";
import pg from "pg";
import { describe, expect, it } from "vitest";
import { verifyStore } from "../../src/ledger/index.ts";
import { openStore } from "../../src/store/index.ts";
import { migrationsOf } from "../../src/store/migrations.ts";
import { ENGINES, type Engine, newStorePlace } from "../support/stores.ts";

/** A store as an older program left it: every migration before the one that gave cells a kind, and an extract of each kind. */
async function olderStore(engine: Engine, location: string): Promise<void> {
  const all = migrationsOf(engine);
  const older = all.slice(
    0,
    all.findIndex(({ tag }) => tag.endsWith("_two_kinds")),
  );
  const extract = (id: number, kind: string, amount: number) =>
    `INSERT INTO extracts (id, kind, layout, file, sha256, options, status, rows_read, rows_posted, rows_rejected,
      rows_skipped, amount_read, amount_posted, amount_rejected, header, outcome, imported_at)
     VALUES (${id}, '${kind}', '${kind}', 'a.csv', 'x', '{}', 'posted', 1, 1, 0, 0, ${amount}, ${amount}, 0, '[]', '{}', '')`;
  const statements = [
    ...older.flatMap(({ statements: steps }) => steps),
    "CREATE TABLE schema_migrations (tag text PRIMARY KEY NOT NULL, sha256 text NOT NULL, applied_at text)",
    ...older.map(({ tag, sha256 }) => `INSERT INTO schema_migrations (tag, sha256) VALUES ('${tag}', '${sha256}')`),
    extract(1, "budget", 12),
    extract(2, "realization", 5),
    "INSERT INTO extract_cells (extract_id, fiscal_year, period, satker) VALUES (1, 2019, '0000', '100001'), (2, 2019, '2019-04', '100001')",
    `INSERT INTO cells_in_force (kind, fiscal_year, period, satker, extract_id)
     VALUES ('budget', 2019, '0000', '100001', 1), ('realization', 2019, '2019-04', '100001', 2)`,
    `INSERT INTO code_combinations (id, ministry, code, satker, program, account, fund, authority, location, node)
     VALUES (1, '024', '100001.133.521211.0240508.2080001.A000000001.00000.1.0151.2.000000.000000', '100001', '0240508',
       '521211', 'A000000001', '1', '0151', '2080.001')`,
    "INSERT INTO budget_lines (extract_id, row, ministry, code_id, fiscal_year, revision, amount, blocked) VALUES (1, 2, '024', 1, 2019, 0, 12, 3)",
    "INSERT INTO ledger_lines (extract_id, row, ministry, code_id, date, document, amount) VALUES (2, 2, '024', 1, '2019-04-30', '1', 5)",
    "INSERT INTO year_balances VALUES (1, '024', 2019, 12, 12, 3)",
    "INSERT INTO month_balances VALUES (1, '024', 2019, 'budget', 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1)",
    "INSERT INTO month_balances VALUES (1, '024', 2019, 'twelfths', 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1)",
    "INSERT INTO month_balances (code_id, ministry, fiscal_year, measure, month_04) VALUES (1, '024', 2019, 'realization', 5)",
  ];
  if (engine === "sqlite") {
    const file = new Database(location);
    for (const statement of statements) file.exec(statement);
    file.close();
    return;
  }
  const client = new pg.Client({ connectionString: location });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

describe.each(ENGINES)("cells of an older store on %s", (engine) => {
  it("get the kind of their extract, and everything still follows from the lines", async () => {
    const place = await newStorePlace(engine);
    try {
      await olderStore(engine, place.location);
      const db = await openStore(place.location);
      const cells = await db.read.rows(sql`SELECT extract_id, kind, period FROM extract_cells ORDER BY extract_id`);
      expect(cells).toEqual([
        { extract_id: 1n, kind: "budget", period: "0000" },
        { extract_id: 2n, kind: "realization", period: "2019-04" },
      ]);
      expect(await db.read.rows(sql`SELECT amount, blocked, commitment FROM budget_lines`)).toEqual([
        { amount: 12n, blocked: 3n, commitment: null },
      ]);
      expect((await verifyStore(db)).findings).toEqual([]);
      await db.close();
    } finally {
      await place.dispose();
    }
  });
});
