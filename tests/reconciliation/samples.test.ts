import { readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { verifyStore } from "../../src/ledger/index.ts";
import { type Basis, type Dimension, reconcile } from "../../src/reconciliation/index.ts";
import { type Db, openStore } from "../../src/store/index.ts";
import { fixture, loadWorld } from "../support/import.ts";
import { ENGINES, newStorePlace, type StorePlace } from "../support/stores.ts";

interface Expected {
  rows: Record<string, string | number>[];
  total: Record<string, number>;
  unsplit: Record<string, number>;
}

const MEASURES = ["original", "revised", "blocked", "budget", "realization"] as const;
const FILES = readdirSync(fixture("world-1", "expected"));

/** `activity+account_group_2021-01_2021-12_stunting_whole.json` → the request it answers. */
function requestOf(file: string) {
  const match = /^(.+)_(\d{4}-\d{2})_(\d{4}-\d{2})_([^_]+)_(whole|weighted)\.json$/.exec(file);
  if (!match) throw new Error(`unexpected sample ${file}`);
  const [, dimensions = "", from = "", to = "", theme = "", basis] = match;
  return {
    by: dimensions.split("+") as Dimension[],
    window: { from, to },
    theme: theme === "all" ? null : theme,
    basis: basis as Basis,
    where: {},
  };
}

describe.each(ENGINES)("independently computed answers on %s", (engine) => {
  let place: StorePlace;
  let db: Db;

  beforeAll(async () => {
    place = await newStorePlace(engine);
    db = await openStore(place.location);
    const results = await loadWorld(db);
    expect(results.map(({ status }) => status)).toEqual(["posted", "posted", "posted", "posted"]);
  });

  afterAll(async () => {
    await db.close();
    await place.dispose();
  });

  it("has samples to compare with", () => {
    expect(FILES.length).toBeGreaterThanOrEqual(7);
  });

  it.each(FILES)("%s equals ours to the rupiah", async (file) => {
    const expected = JSON.parse(readFileSync(fixture("world-1", "expected", file), "utf8")) as Expected;
    const request = requestOf(file);
    const byMonth = request.by.includes("month");
    const result = await reconcile(db, request, "id");
    // The samples print 0 where months leave no place for annual measures; the contract says null.
    const numbers = (measures: Record<(typeof MEASURES)[number], bigint | null>) =>
      Object.fromEntries(
        MEASURES.map((name) => [name, measures[name] === null && byMonth ? 0 : Number(measures[name])]),
      );
    expect(result.rows.map((row) => ({ ...row.keys, ...numbers(row) }))).toEqual(expected.rows);
    expect(numbers(result.total)).toEqual(expected.total);
    const needsRo = result.unallocated.map(numbers);
    expect(needsRo).toEqual(Object.values(expected.unsplit).some((value) => value !== 0) ? [expected.unsplit] : []);
    expect(result.residual).toBe(0n);
  });

  it("leaves nothing for verify to find", async () => {
    expect((await verifyStore(db)).findings).toEqual([]);
  });
});
