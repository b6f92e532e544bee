import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { listExtracts, revertExtract, verifyStore } from "../../src/ledger/index.ts";
import { INT64_MAX, INT64_MIN } from "../../src/money.ts";
import { type Dimension, reconcile } from "../../src/reconciliation/index.ts";
import type { Db } from "../../src/store/index.ts";
import { ENGINES, withStore } from "../support/stores.ts";
import { budget, code, codeOf, contentOf, importText, post, realization } from "./world.ts";

const LARGE = 2n ** 62n;
const OUT_OF_RANGE = expect.objectContaining({ code: "AMT-RANGE", hint: expect.any(String) });

function total(db: Db, by: Dimension[] = ["satker"], from = "2019-01", to = "2019-12") {
  return reconcile(db, { by, window: { from, to }, theme: null, basis: "whole", where: {} }, "id");
}

describe.each(ENGINES)("large rupiah on %s", (engine) => {
  it("keep every digit near 2^62 from file to reconciliation and back", async () => {
    await withStore(engine, async (db) => {
      const amount = LARGE - 1n;
      await post(db, realization([[code(), "2019-05-31", amount]]));
      const plan = Array.from({ length: 12 }, (_, month) => (month === 4 ? -(LARGE + 1n) : 0n));
      await post(
        db,
        budget([{ code: code(), year: 2019, revision: 0, amount: -(LARGE + 1n), blocked: LARGE + 7n, plan }]),
      );
      const { rows, residual } = await total(db);
      expect(rows[0]).toMatchObject({ realization: amount, budget: -(LARGE + 1n), original: -(LARGE + 1n) });
      expect(rows[0]).toMatchObject({ blocked: LARGE + 7n, revised: -(LARGE + 1n), remaining: -2n * LARGE });
      expect(residual).toBe(0n);
      expect((await listExtracts(db)).map((extract) => extract.amount.posted)).toEqual([amount, -(LARGE + 1n)]);
      expect((await verifyStore(db)).findings).toEqual([]);
    });
  });

  it("hold the very bounds of 64 bits", async () => {
    await withStore(engine, async (db) => {
      await post(db, realization([[codeOf("100001"), "2019-05-31", INT64_MAX]]));
      await post(db, realization([[codeOf("100002"), "2019-05-31", INT64_MIN]]));
      const { rows, total: sum } = await total(db);
      expect(rows.map((row) => row.realization)).toEqual([INT64_MAX, INT64_MIN]);
      expect(sum.realization).toBe(-1n);
      expect((await verifyStore(db)).findings).toEqual([]);
    });
  });

  it("twelfths of the largest budget add up", async () => {
    await withStore(engine, async (db) => {
      await post(db, budget([{ code: code(), year: 2019, revision: 0, amount: INT64_MAX }]));
      const { rows } = await total(db);
      expect(rows[0]).toMatchObject({ budget: INT64_MAX, twelfths: INT64_MAX, revised: INT64_MAX });
    });
  });

  /** Files whose sums leave 64 bits, and how: each must be refused as a whole. */
  const REFUSED: Record<string, string> = {
    "one code, one month": realization([
      [code(), "2019-05-01", LARGE],
      [code(), "2019-05-02", LARGE],
    ]),
    "two codes": realization([
      [codeOf("100001"), "2019-05-01", LARGE],
      [codeOf("100002"), "2019-05-02", LARGE],
    ]),
    negative: realization([
      [codeOf("100001"), "2019-05-01", -LARGE],
      [codeOf("100002"), "2019-05-02", -LARGE - 1n],
    ]),
    "budget of one code": budget([
      { code: code(), year: 2019, revision: 0, amount: LARGE },
      { code: code(), year: 2019, revision: 0, amount: LARGE },
    ]),
    "blocked of one code": budget([
      { code: code(), year: 2019, revision: 0, amount: 1, blocked: LARGE },
      { code: code(), year: 2019, revision: 0, amount: 1, blocked: LARGE },
    ]),
    "plan of one code": budget([
      { code: code(), year: 2019, revision: 0, amount: 1, plan: Array(12).fill(LARGE) },
      { code: code(), year: 2019, revision: 0, amount: 1, plan: Array(12).fill(LARGE) },
    ]),
    "rejected rupiah": realization([
      [code({ kppn: "1" }), "2019-05-01", LARGE],
      [code({ kppn: "1" }), "2019-05-01", LARGE],
    ]),
  };

  it.each(Object.entries(REFUSED))(
    "a sum beyond 64 bits is refused with a sentence and nothing stays: %s",
    async (_, file) => {
      await withStore(engine, async (db) => {
        const before = await contentOf(db);
        for (const force of [false, true]) {
          const { status, rejects } = await importText(db, file, { force });
          expect([status, rejects.flatMap(({ problems }) => problems)]).toMatchObject([
            "blocked",
            [{ rule: "AMT-009" }],
          ]);
          expect(await contentOf(db)).toEqual(before);
        }
      });
    },
  );

  it("a balance that grows beyond 64 bits over two files is refused, the first file stays", async () => {
    await withStore(engine, async (db) => {
      // The month of a code is spread over cells of two extracts only when the cells differ: other satker, same sum.
      await post(db, realization([[codeOf("100001"), "2019-05-01", LARGE]]));
      await post(db, realization([[codeOf("100002"), "2019-05-01", LARGE]]));
      const before = await contentOf(db);
      await expect(total(db)).rejects.toEqual(OUT_OF_RANGE);
      await expect(total(db, ["ministry"])).rejects.toEqual(OUT_OF_RANGE);
      expect(await contentOf(db)).toEqual(before);
      expect((await verifyStore(db)).findings).toEqual([]);
    });
  });

  it("months of one code that add up beyond 64 bits are refused, not rounded", async () => {
    await withStore(engine, async (db) => {
      await post(db, realization([[code(), "2019-05-01", LARGE + 1n]]));
      await post(db, realization([[code(), "2019-06-01", LARGE + 1n]]));
      expect((await total(db, ["satker"], "2019-05", "2019-05")).rows[0]?.realization).toBe(LARGE + 1n);
      expect((await total(db, ["month"], "2019-06", "2019-06")).rows[0]?.realization).toBe(LARGE + 1n);
      await expect(total(db)).rejects.toEqual(OUT_OF_RANGE);
      await revertExtract(db, 2, "2026-01-02T00:00:00.000Z");
      expect((await total(db)).total.realization).toBe(LARGE + 1n);
    });
  });

  it("raw sums come as exact integers or not at all", async () => {
    await withStore(engine, async (db) => {
      const values = (list: bigint[]) =>
        sql.raw(list.map((value) => `SELECT CAST(${value} AS bigint) AS v`).join(" UNION ALL "));
      const [row] = await db.read.rows<{ v: bigint }>(
        sql`SELECT sum(v) AS v FROM (${values([LARGE, LARGE - 1n])}) AS t`,
      );
      expect(row?.v).toBe(INT64_MAX);
      const beyond = [LARGE, LARGE];
      await expect(db.read.rows(sql`SELECT sum(v) AS v FROM (${values(beyond)}) AS t`)).rejects.toEqual(OUT_OF_RANGE);
      await expect(db.read.rows(sql`SELECT v + v AS v FROM (${values([LARGE])}) AS t`)).rejects.toEqual(OUT_OF_RANGE);
    });
  });
});
