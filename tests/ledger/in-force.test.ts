import { describe, expect, it } from "vitest";
import { getExtract, listExtracts, revertExtract, verifyStore } from "../../src/ledger/index.ts";
import { type Dimension, reconcile } from "../../src/reconciliation/index.ts";
import type { Db } from "../../src/store/index.ts";
import { ENGINES, withStore } from "../support/stores.ts";
import { code, codeOf, contentOf, countsOf, importText, type PaymentRow, post, realization, satkers } from "./world.ts";

const REVERTED_AT = "2026-03-01T00:00:00.000Z";

/** Realization per satker and month: `100001 2019-01` → rupiah. */
async function ledgerOf(db: Db): Promise<Record<string, bigint>> {
  const by: Dimension[] = ["satker", "month"];
  const window = { from: "2018-01", to: "2020-12" };
  const result = await reconcile(db, { by, window, theme: null, basis: "whole", where: {} }, "id");
  expect(result.residual).toBe(0n);
  expect((await verifyStore(db)).findings).toEqual([]);
  return Object.fromEntries(result.rows.map(({ keys, realization: paid }) => [`${keys.satker} ${keys.month}`, paid]));
}

/** Payments as `satker month amount` texts. */
function payments(...rows: string[]): string {
  return realization(
    rows.map((row): PaymentRow => {
      const [satker = "", month = "", amount = ""] = row.split(" ");
      return [codeOf(satker), `${month}-15`, amount, `${satker}${month.replace("-", "")}001`];
    }),
  );
}

async function states(db: Db): Promise<string[]> {
  return (await listExtracts(db)).map(({ state }) => state);
}

describe.each(ENGINES)("the extract in force on %s", (engine) => {
  it("a newer extract replaces the cells it covers whole, and nothing else", async () => {
    await withStore(engine, async (db) => {
      await post(db, payments("100001 2019-01 10", "100001 2019-01 5", "100001 2019-02 20", "100002 2019-01 30"));
      const second = await importText(db, payments("100001 2019-01 7"));
      expect(second.changes).toEqual({ created: 0, updated: 1, unchanged: 0, removed: 1 });
      expect(await ledgerOf(db)).toEqual({ "100001 2019-01": 7n, "100001 2019-02": 20n, "100002 2019-01": 30n });
      expect((await getExtract(db, 1)).cells).toEqual({ covered: 4, inForce: 3 });
      expect(await states(db)).toEqual(["posted", "posted"]);
    });
  });

  it("covers every month of the file for every satker of the file, so what vanished is emptied", async () => {
    await withStore(engine, async (db) => {
      await post(db, payments("100001 2019-01 10", "100001 2019-02 20", "100002 2019-02 30", "100003 2019-02 1"));
      const second = await importText(db, payments("100001 2019-01 11", "100002 2019-02 31"));
      expect(second.scope).toEqual({
        kind: "realization",
        fiscal_years: [2019],
        months: ["2019-01", "2019-02"],
        satkers: 2,
      });
      // 100001 had money in February; the new extract speaks for that cell and has none.
      expect(await ledgerOf(db)).toEqual({ "100001 2019-01": 11n, "100002 2019-02": 31n, "100003 2019-02": 1n });
      expect(second.changes).toEqual({ created: 0, updated: 2, unchanged: 0, removed: 1 });
    });
  });

  it("months of other years and of the same number stay apart", async () => {
    await withStore(engine, async (db) => {
      await post(db, payments("100001 2019-01 10", "100001 2020-01 20"));
      await post(db, payments("100001 2020-01 21"));
      expect(await ledgerOf(db)).toEqual({ "100001 2019-01": 10n, "100001 2020-01": 21n });
    });
  });

  it("codes that change between extracts leave nothing behind", async () => {
    await withStore(engine, async (db) => {
      await post(db, realization([[code({ account: "521111" }), "2019-01-15", 10]]));
      const second = await importText(db, realization([[code({ account: "521219" }), "2019-01-15", 10]]));
      expect(second.changes).toEqual({ created: 0, updated: 1, unchanged: 0, removed: 0 });
      const window = { from: "2019-01", to: "2019-12" };
      const { rows } = await reconcile(db, { by: ["account"], window, theme: null, basis: "whole", where: {} }, "id");
      expect(rows.map(({ keys }) => keys.account)).toEqual(["521219"]);
    });
  });

  it("--scope widens to months, satkers and ministries: vanished satkers are emptied", async () => {
    await withStore(engine, async (db) => {
      await post(
        db,
        realization([
          [codeOf("100001"), "2019-01-15", 1],
          [codeOf("100001"), "2019-03-15", 2],
          [codeOf("100002"), "2019-02-15", 4],
          [code({ satker: "100003", program: "0270108" }), "2019-02-15", 8],
          [codeOf("100004"), "2019-04-15", 16],
        ]),
      );
      const widened = await importText(db, payments("100001 2019-01 32"), { scope: "2019-01..2019-03,ministry=024" });
      // 100004 of ministry 024 has no money in the window but is covered there; April is not.
      expect(widened.scope).toMatchObject({ months: ["2019-01", "2019-02", "2019-03"], satkers: 3 });
      expect(await ledgerOf(db)).toEqual({ "100001 2019-01": 32n, "100003 2019-02": 8n, "100004 2019-04": 16n });
      await revertExtract(db, 2, REVERTED_AT);
      expect(Object.keys(await ledgerOf(db))).toHaveLength(5);
      await post(db, payments("100001 2019-01 64"), { scope: "2019-02;satker=100003" });
      expect(await ledgerOf(db)).toEqual({
        "100001 2019-01": 64n,
        "100001 2019-03": 2n,
        "100002 2019-02": 4n,
        "100004 2019-04": 16n,
      });
    });
  });

  it("a ministry of the scope includes satkers that only the satker list knows", async () => {
    await withStore(engine, async (db) => {
      await post(db, satkers([["100009", "SATKER BARU", "024"]]));
      const { scope } = await importText(db, payments("100001 2019-01 1"), { scope: "ministry=024" });
      expect(scope?.satkers).toBe(2);
      expect((await getExtract(db, 2)).cells).toEqual({ covered: 2, inForce: 2 });
      // An empty statement is one: the satker has no money that month, and the extract is in force for it.
      expect(await ledgerOf(db)).toEqual({ "100001 2019-01": 1n });
    });
  });

  it("a revert restores what was superseded, cell by cell", async () => {
    await withStore(engine, async (db) => {
      await post(db, payments("100001 2019-01 10", "100002 2019-01 20"));
      const before = await ledgerOf(db);
      await post(db, payments("100001 2019-01 11", "100001 2019-02 12"));
      await post(db, payments("100001 2019-02 13"));
      await revertExtract(db, 2, REVERTED_AT);
      expect(await ledgerOf(db)).toEqual({ ...before, "100001 2019-02": 13n });
      expect(await states(db)).toEqual(["posted", "reverted", "posted"]);
      expect((await getExtract(db, 2)).revertedAt).toBe(REVERTED_AT);
      await revertExtract(db, 3, REVERTED_AT);
      expect(await ledgerOf(db)).toEqual(before);
      await revertExtract(db, 1, REVERTED_AT);
      expect(await ledgerOf(db)).toEqual({});
    });
  });

  it("a revert follows from the lines that changed: codes that came, went, changed, and those that stayed", async () => {
    await withStore(engine, async (db) => {
      const [stays, changes, goes, comes] = ["521111", "521112", "521113", "521114"].map((account) =>
        code({ account }),
      );
      const first = [stays, changes, goes].flatMap((one): PaymentRow[] => [
        [one ?? "", "2019-05-01", 10],
        [one ?? "", "2019-06-01", 20],
      ]);
      await post(db, realization(first));
      const hash = async () => {
        const { findings, ledger } = await verifyStore(db);
        expect(findings).toEqual([]);
        return ledger.hash;
      };
      const before = await hash();
      const kept = first.filter(([one, date]) => one === stays || (one === changes && date === "2019-05-01"));
      await post(db, realization([...kept, [changes ?? "", "2019-06-01", 21], [comes ?? "", "2019-06-02", 1]]));
      await revertExtract(db, 2, REVERTED_AT);
      expect(await hash()).toBe(before);
      // Once more, with a cell that nothing spoke for before.
      await post(db, realization([...kept, [comes ?? "", "2019-06-02", 1], [stays ?? "", "2019-07-01", 5]]));
      await revertExtract(db, 3, REVERTED_AT);
      expect(await hash()).toBe(before);
    });
  });

  it("a superseded extract can be reverted; reverting the newer one later does not bring it back", async () => {
    await withStore(engine, async (db) => {
      await post(db, payments("100001 2019-01 10"));
      await post(db, payments("100001 2019-01 11"));
      await post(db, payments("100001 2019-01 12"));
      expect(await states(db)).toEqual(["superseded", "superseded", "posted"]);
      await revertExtract(db, 2, REVERTED_AT);
      expect(await ledgerOf(db)).toEqual({ "100001 2019-01": 12n });
      await revertExtract(db, 3, REVERTED_AT);
      expect(await ledgerOf(db)).toEqual({ "100001 2019-01": 10n });
      expect(await states(db)).toEqual(["posted", "reverted", "reverted"]);
    });
  });

  it("a revert brings back the newest of the older ones", async () => {
    await withStore(engine, async (db) => {
      for (const amount of [1, 2, 3]) await post(db, payments(`100001 2019-01 ${amount}`));
      await revertExtract(db, 3, REVERTED_AT);
      expect(await ledgerOf(db)).toEqual({ "100001 2019-01": 2n });
    });
  });

  it("what is reverted can be imported again", async () => {
    await withStore(engine, async (db) => {
      const file = payments("100001 2019-01 10");
      await post(db, file);
      await revertExtract(db, 1, REVERTED_AT);
      expect(await importText(db, file)).toMatchObject({ status: "posted", extract: 2 });
      expect((await importText(db, file)).status).toBe("unchanged");
    });
  });

  it("only what is posted can be reverted", async () => {
    await withStore(engine, async (db) => {
      const blocked = await importText(db, realization([[code({ kppn: "1" }), "2019-01-15", 1]]));
      const before = await contentOf(db);
      await expect(revertExtract(db, blocked.extract ?? 0, REVERTED_AT)).rejects.toMatchObject({
        code: "EXTRACT-NOT-POSTED",
        status: 409,
      });
      await expect(revertExtract(db, 99, REVERTED_AT)).rejects.toMatchObject({ code: "EXTRACT-UNKNOWN", status: 404 });
      await expect(getExtract(db, 99)).rejects.toMatchObject({ code: "EXTRACT-UNKNOWN" });
      expect(await contentOf(db)).toEqual(before);
      await post(db, payments("100001 2019-01 1"));
      await revertExtract(db, 2, REVERTED_AT);
      await expect(revertExtract(db, 2, REVERTED_AT)).rejects.toMatchObject({ code: "EXTRACT-NOT-POSTED" });
    });
  });

  it("a code is stored once across spellings, files and years", async () => {
    await withStore(engine, async (db) => {
      const printed = code();
      await post(
        db,
        realization([
          [printed, "2019-01-15", 1],
          [printed.replaceAll(".", ""), "2019-01-16", 2],
          [` ${printed.replaceAll(".", " - ").toLowerCase()} `, "2020-01-15", 4],
        ]),
      );
      await post(db, realization([[printed, "2018-12-31", 8]]));
      const counts = await countsOf(db);
      expect(counts).toMatchObject({ stored_codes: 1, ledger_lines: 4, month_balances: 3 });
      expect(await ledgerOf(db)).toEqual({ "100001 2018-12": 8n, "100001 2019-01": 3n, "100001 2020-01": 4n });
    });
  });

  it("lines of one document and code are told apart when they change", async () => {
    await withStore(engine, async (db) => {
      const rows = (...amounts: number[]) => realization(amounts.map((amount) => [code(), "2019-01-15", amount, "1"]));
      await post(db, rows(10, 20, 30));
      const again = await importText(db, rows(20, 10, 31, 40));
      expect(again.changes).toEqual({ created: 1, updated: 1, unchanged: 2, removed: 0 });
      const fewer = await importText(db, rows(10));
      expect(fewer.changes).toEqual({ created: 0, updated: 0, unchanged: 1, removed: 3 });
    });
  });
});
