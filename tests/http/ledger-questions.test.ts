import { describe, expect, it } from "vitest";
import { ledgerCoverage } from "../../src/ledger/coverage.ts";
import { importFile, revertExtract } from "../../src/ledger/index.ts";
import { ledgerVersion } from "../../src/ledger/version.ts";
import { monthsOf } from "../../src/periods.ts";
import { fixture, loadWorld, PLAIN_IMPORT } from "../support/import.ts";
import { ENGINES, withStore } from "../support/stores.ts";

describe.each(ENGINES)("on %s", (engine) => {
  it("the version follows every change of the ledger, and nothing else", async () => {
    await withStore(engine, async (db) => {
      const seen: string[] = [];
      const version = async () => {
        const found = await ledgerVersion(db.read);
        seen.push(found);
        return found;
      };
      const empty = await version();
      expect(empty).toMatch(/^[\w-]{22}$/);
      expect(await ledgerVersion(db.read)).toBe(empty);
      await loadWorld(db);
      const loaded = await version();
      await importFile(db, fixture("world-1", "budget.csv"), PLAIN_IMPORT);
      expect(await ledgerVersion(db.read), "the same file again").toBe(loaded);
      await importFile(db, fixture("world-1", "tags.csv"), { ...PLAIN_IMPORT, layout: "budget" });
      expect(await ledgerVersion(db.read), "a blocked file").toBe(loaded);
      await revertExtract(db, 4, "2026-02-01T00:00:00.000Z");
      await version();
      await revertExtract(db, 3, "2026-02-01T00:00:00.000Z");
      await version();
      await importFile(db, fixture("world-1", "tags.csv"), { ...PLAIN_IMPORT, agreement: "BA-01/2019" });
      await version();
      expect(new Set(seen).size).toBe(seen.length);
    });
  });

  it("the coverage is what is in force", async () => {
    await withStore(engine, async (db) => {
      expect(await ledgerCoverage(db.read)).toEqual({ months: [], budgetYears: [] });
      await loadWorld(db);
      expect(await ledgerCoverage(db.read)).toEqual({
        months: monthsOf({ from: "2019-01", to: "2021-12" }),
        budgetYears: [2019, 2020, 2021],
      });
      await revertExtract(db, 3, "2026-02-01T00:00:00.000Z");
      expect((await ledgerCoverage(db.read)).months).toEqual([]);
    });
  });
});
