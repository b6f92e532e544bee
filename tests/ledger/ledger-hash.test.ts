import { describe, expect, it } from "vitest";
import { ContentHash } from "../../src/ledger/content-hash.ts";
import { revertExtract, verifyStore } from "../../src/ledger/index.ts";
import type { Db } from "../../src/store/index.ts";
import { ENGINES, withStore } from "../support/stores.ts";
import { budget, code, codeOf, type PaymentRow, post, realization, satkers } from "./world.ts";

const hashOf = async (db: Db): Promise<string> => (await verifyStore(db)).ledger.hash;

const digest = (...entries: (string | bigint | null)[][]): string => {
  const sum = new ContentHash();
  for (const entry of entries) sum.add(entry);
  return sum.digest();
};

describe("a hash of a collection", () => {
  it("does not depend on the order, but on every value and on how often an entry occurs", () => {
    expect(digest(["a", 1n], ["b", null])).toBe(digest(["b", null], ["a", 1n]));
    const others = [
      digest(["a", 1n]),
      digest(["a", 1n], ["a", 1n]),
      digest(["a", "1"]),
      digest(["a1"]),
      digest(["a", 2n]),
    ];
    expect(new Set([...others, digest(["b", ""]), digest(["b", null]), digest()]).size).toBe(8);
  });

  it("carries: many entries add up modulo 2^256", () => {
    const sums = [new ContentHash(), new ContentHash()];
    for (let index = 0; index < 5_000; index++) {
      sums[0]?.add([BigInt(index)]);
      sums[1]?.add([BigInt(4_999 - index)]);
    }
    expect(sums[0]?.digest()).toMatch(/^[0-9a-f]{64}$/);
    expect(sums[0]?.digest()).toBe(sums[1]?.digest());
  });
});

const ROWS: PaymentRow[] = [
  [code(), "2019-01-15", 10, "191330000000001"],
  [codeOf("100002"), "2019-02-15", 20, "191330000000002"],
  [codeOf("100002"), "2019-02-15", 20, "191330000000002"],
];
const corrected = (amount: number): PaymentRow[] => [
  ...ROWS.slice(1),
  [code(), "2019-01-15", amount, "191330000000001"],
];

async function everything(db: Db, reversed: boolean): Promise<void> {
  const files = [
    realization(reversed ? [...ROWS].reverse() : ROWS),
    budget([{ code: code(), year: 2019, revision: 1, amount: 1200, plan: Array(12).fill(100) }]),
    satkers([["100001", "SATU", "024"]]),
  ];
  for (const file of reversed ? files.reverse() : files) await post(db, file);
}

describe.each(ENGINES)("the hash of verify on %s", (engine) => {
  it("is that of the content: other extracts, other order, the same hash", async () => {
    const hashes = await Promise.all(
      [false, true].map((reversed) =>
        withStore(engine, async (db) => {
          await everything(db, reversed);
          return (await verifyStore(db)).ledger;
        }),
      ),
    );
    expect(hashes[0]).toEqual(hashes[1]);
    expect(hashes[0]?.parts).toMatchObject({
      realization: { entries: 3 },
      budget: { entries: 1 },
      satkers: { entries: 1 },
    });
    // Written down, so that both engines and later versions agree on it.
    expect(hashes[0]?.parts.realization.hash).toBe("de24b5f474c2e53022821fbe8ceeaa99b4c7324c2d6f3e11a8078cb33e93567f");
  });

  it("follows every change and comes back with a revert, to the last digit", async () => {
    await withStore(engine, async (db) => {
      await everything(db, false);
      const first = await hashOf(db);
      const second = await post(db, realization(corrected(11)));
      const after = await hashOf(db);
      expect(after).not.toBe(first);
      await revertExtract(db, second, "2026-02-01T00:00:00.000Z");
      expect(await hashOf(db)).toBe(first);
      await post(db, realization(corrected(11)));
      expect(await hashOf(db)).toBe(after);
      await post(db, realization(ROWS));
      expect(await hashOf(db)).toBe(first);
      const named = await post(db, satkers([["100001", "SATU BARU", "024"]]));
      expect(await hashOf(db)).not.toBe(first);
      await revertExtract(db, named, "2026-02-01T00:00:00.000Z");
      expect(await hashOf(db)).toBe(first);
    });
  });

  it("of a partly superseded extract counts only its lines in force", async () => {
    await withStore(engine, async (db) => {
      await post(db, realization(ROWS));
      const again = await post(db, realization([[codeOf("100002"), "2019-02-15", 21, "1"]]));
      const parts = (await verifyStore(db)).ledger.parts;
      expect(parts.realization.entries).toBe(2);
      await revertExtract(db, again, "2026-02-01T00:00:00.000Z");
      expect((await verifyStore(db)).ledger.parts.realization.entries).toBe(3);
    });
  });
});
