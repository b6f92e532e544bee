import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { verifyStore } from "../../src/ledger/index.ts";
import type { Db } from "../../src/store/index.ts";
import { ENGINES, withStore } from "../support/stores.ts";
import { budget, code, codeOf, importText, post, realization, satkers } from "./world.ts";

/** Changes behind the back of the program, and the check that must notice. */
const TAMPERINGS: [check: string, statement: string][] = [
  [
    "realization-balances",
    "UPDATE month_balances SET month_01 = month_01 + 1 WHERE measure = 'realization' AND month_01 IS NOT NULL",
  ],
  ["realization-balances", "UPDATE month_balances SET month_07 = 0 WHERE measure = 'realization'"],
  ["realization-balances", "DELETE FROM month_balances WHERE measure = 'realization'"],
  ["budget-balances", "UPDATE month_balances SET month_12 = month_12 - 1 WHERE measure = 'budget'"],
  ["budget-balances", "DELETE FROM month_balances WHERE measure = 'twelfths'"],
  ["budget-balances", "UPDATE year_balances SET blocked = NULL"],
  ["budget-balances", "UPDATE year_balances SET original = original + 1"],
  ["budget-balances", "DELETE FROM year_balances"],
  ["extract-totals", "UPDATE ledger_lines SET amount = amount + 1"],
  ["realization-balances", "UPDATE ledger_lines SET amount = amount + 1"],
  ["extract-totals", "DELETE FROM ledger_lines WHERE extract_id = 1"],
  ["extract-totals", "UPDATE budget_lines SET amount = amount - 1"],
  ["budget-balances", "UPDATE budget_lines SET blocked = blocked + 1"],
  ["extract-totals", "DELETE FROM satkers"],
  ["extract-totals", "DELETE FROM extract_rejects"],
  ["extract-totals", "UPDATE extracts SET rows_posted = rows_posted + 1 WHERE kind = 'satkers'"],
  ["extract-totals", "UPDATE extracts SET status = 'open' WHERE kind = 'satkers'"],
  ["cells-in-force", "UPDATE cells_in_force SET extract_id = 1 WHERE kind = 'realization'"],
  ["cells-in-force", "DELETE FROM cells_in_force WHERE kind = 'budget'"],
  ["cells-in-force", "UPDATE periods_in_force SET cells = cells + 1 WHERE kind = 'budget'"],
  ["cells-in-force", "DELETE FROM periods_in_force"],
  ["cells-in-force", "INSERT INTO cells_in_force VALUES ('realization', '999999', 2019, '2019-01', 1)"],
  ["cells-in-force", "UPDATE extracts SET status = 'reverted' WHERE id = 2"],
  ["orphaned-lines", "UPDATE ledger_lines SET code_id = 99 WHERE amount = 20"],
  ["orphaned-lines", "UPDATE ledger_lines SET ministry = '027' WHERE amount = 20"],
  ["orphaned-lines", "UPDATE ledger_lines SET extract_id = 99 WHERE amount = 20"],
  ["balance-columns", "DELETE FROM balance_columns WHERE name <> 'realization_07'"],
  [
    "balance-columns",
    "UPDATE balance_columns SET data = (SELECT data FROM balance_columns WHERE name = 'codes') WHERE name = 'satker'",
  ],
  ["balance-columns", "UPDATE balance_columns SET keys = '[\"3051\"]' WHERE name = 'location'"],
  ["balance-columns", "UPDATE month_balances SET month_12 = month_12 - 1 WHERE measure = 'budget'"],
  ["balance-columns", "DELETE FROM year_balances"],
  ["balance-totals", "UPDATE balance_totals SET amount = amount + 1 WHERE measure = 'blocked'"],
  ["balance-totals", "DELETE FROM balance_totals WHERE measure = 'twelfths' AND month = 12"],
  ["balance-totals", "UPDATE month_balances SET month_01 = 7 WHERE measure = 'realization'"],
  ["code-combinations", "UPDATE stored_codes SET locator = locator + 1"],
  [
    "code-combinations",
    "INSERT INTO stored_codes SELECT id + 1000, ministry, code, locator, complete FROM stored_codes",
  ],
  ["code-combinations", "UPDATE stored_codes SET code = 'x' || code WHERE substr(code, 1, 6) = '100001'"],
];

async function fill(db: Db): Promise<void> {
  await post(
    db,
    realization([
      [code(), "2019-01-15", 10],
      [codeOf("100002"), "2019-02-15", 20],
    ]),
  );
  await post(db, realization([[code(), "2019-01-15", 11]]));
  await post(db, budget([{ code: code(), year: 2019, revision: 0, amount: 1200, blocked: 12 }]));
  await post(db, satkers([["100001", "SATU", "024"]]));
  const bad = realization([[code({ kppn: "1" }), "2019-01-15", 1]]);
  expect((await importText(db, bad)).status).toBe("blocked");
}

describe.each(ENGINES)("verify on %s", (engine) => {
  it("finds nothing in a sound store, and says what it looked at", async () => {
    await withStore(engine, async (db) => {
      expect((await verifyStore(db)).findings).toEqual([]);
      await fill(db);
      const { checks, findings } = await verifyStore(db);
      expect(findings).toEqual([]);
      expect(Object.fromEntries(checks.map(({ check, examined }) => [check, examined]))).toEqual({
        "store-integrity": 1,
        "extract-totals": 5,
        "cells-in-force": 5,
        "code-combinations": 2,
        "orphaned-lines": 3,
        "realization-balances": 2,
        "budget-balances": 3,
        // Seven parts and the amounts by measure of two codes; amounts by measure and month.
        "balance-columns": 21,
        "balance-totals": 29,
      });
    });
  });

  it("notices every change behind its back", async () => {
    await withStore(engine, async (db) => {
      await fill(db);
      for (const [check, statement] of TAMPERINGS) {
        // Each change is looked at and then taken back.
        const seen = await db.tx(
          async (tx) => {
            await tx.run(sql.raw(statement));
            const inside: Db = {
              ...db,
              tables: db.tables,
              read: tx,
              snapshot: (work) => work(tx),
              checkIntegrity: async () => [],
            };
            return verifyStore(inside);
          },
          { keep: () => false },
        );
        expect(new Set(seen.findings.map((finding) => finding.check)), statement).toContain(check);
        const counted = seen.checks.find((one) => one.check === check)?.findings ?? 0;
        expect(counted, statement).toBeGreaterThan(0);
      }
      expect((await verifyStore(db)).findings).toEqual([]);
    });
  });

  it("counts all findings and lists the first twenty of a check", async () => {
    await withStore(engine, async (db) => {
      await post(
        db,
        realization(Array.from({ length: 30 }, (_, at) => [codeOf(String(100_100 + at)), "2019-01-15", 1])),
      );
      await db.tx((tx) => tx.run(sql`UPDATE month_balances SET month_01 = 2`));
      const { checks, findings } = await verifyStore(db);
      const found = findings.filter(({ check }) => check === "realization-balances");
      expect(found).toHaveLength(20);
      expect(checks.find(({ check }) => check === "realization-balances")?.findings).toBe(60);
    });
  });
});
