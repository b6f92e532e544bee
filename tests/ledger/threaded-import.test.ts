import { setTimeout } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { type ImportOptions, type ImportResult, ledgerHash, verifyStore } from "../../src/ledger/index.ts";
import { ensureReferences } from "../../src/references/index.ts";
import { type Db, openStore } from "../../src/store/index.ts";
import { ENGINES, withStore } from "../support/stores.ts";
import { code, importText, type PaymentRow, post, realization, satkers } from "./world.ts";

const LINES = 50_000;

/** More than a file must hold to be read in a thread: 400 codes in two fiscal years, both 12 and 16 segments. */
function manyLines(change: (rows: PaymentRow[]) => void = () => undefined): string {
  const rows = Array.from({ length: LINES }, (_, index): PaymentRow => {
    const number = Math.floor(index / 125);
    const detail = number % 3 === 0 ? null : "054.100.0A.000277";
    const program = number % 2 === 0 ? "0240508" : "0270601";
    const printed = code({ satker: String(100_000 + number), program, detail });
    return [printed, `${2019 + (number % 2)}-${String((index % 12) + 1).padStart(2, "0")}-09`, (index % 977) - 50];
  });
  change(rows);
  return realization(rows);
}

const FILES: Record<string, [string, Partial<ImportOptions>]> = {
  "every line plain": [manyLines(), {}],
  "rows that are refused": [
    manyLines((rows) => {
      rows[7] = [code(), "2019-13-09", 5];
      rows[40_000] = ["nothing", "2019-04-09", 7];
      rows[49_998] = [code(), "2019-04-09", "1.5"];
    }),
    {},
  ],
  "rows that are refused, the others forced": [
    manyLines((rows) => {
      rows[7] = [code(), "2019-13-09", 5];
      rows[49_998] = [code(), "2019-04-09", "x"];
    }),
    { force: true },
  ],
  "columns that must be decided": [
    manyLines((rows) => {
      for (const row of rows)
        row[2] = `${Number(row[2]) < 0 ? "-" : ""}1.${String(Math.abs(Number(row[2]))).padStart(3, "0")}`;
    }),
    {},
  ],
  "rupiah beyond what a number holds": [
    manyLines((rows) => {
      rows[10] = [code(), "2019-01-09", 2n ** 62n];
      rows[20_000] = [code(), "2019-01-09", -(2n ** 61n) - 1n];
    }),
    {},
  ],
  "a sum beyond 64 bits": [
    manyLines((rows) => {
      rows[10] = [code(), "2019-01-09", 2n ** 63n - 1n];
      rows[20_000] = [code(), "2019-01-09", 2n ** 63n - 1n];
    }),
    {},
  ],
};

/** Node 20 has no `Promise.withResolvers`. */
function gate(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

/** What an import says, without what follows from how the file was packed. */
function told({ file, sha256, ...result }: ImportResult): unknown {
  return result;
}

async function state(db: Db): Promise<unknown> {
  const { findings } = await verifyStore(db);
  return { findings, hash: await db.snapshot(ledgerHash) };
}

describe.each(ENGINES)("a file that is read in a thread of its own on %s", (engine) => {
  it.each(Object.entries(FILES))("is imported as it would be without: %s", async (_, [text, options]) => {
    await withStore(engine, async (threaded) => {
      await withStore(engine, async (alone) => {
        for (const db of [threaded, alone]) {
          await ensureReferences(db);
          // Some codes have balances already, in columns too.
          await post(
            db,
            realization([
              [code({ satker: "100004" }), "2021-05-09", 12],
              [code(), "2021-05-09", 13],
            ]),
          );
        }
        expect(Buffer.byteLength(text)).toBeGreaterThan(4 * 2 ** 20);
        const packed = gzipSync(text);
        expect(packed.length).toBeLessThan(2 ** 20);
        const result = await importText(threaded, text, options);
        expect(told(result)).toEqual(told(await importText(alone, packed, options, "file.csv.gz")));
        const after = await state(threaded);
        expect(after).toEqual(await state(alone));
        expect(after).toMatchObject({ findings: [] });
      });
    });
  });

  it("is read again when code lists change while the import waits for its turn", async () => {
    await withStore(engine, async (db) => {
      await ensureReferences(db);
      await post(db, satkers([["999999", "LAIN", "024"]]));
      const other = await openStore(db.location);
      try {
        const writing = gate();
        const release = gate();
        const held = other.tx(async (tx) => {
          await tx.run(sql`UPDATE extracts SET status = 'reverted' WHERE kind = 'satkers'`);
          writing.resolve();
          await release.promise;
        });
        await writing.promise;
        // Long enough for the import to load the lists of before and to begin to read with them.
        const waiting = importText(db, manyLines());
        await setTimeout(1_500);
        release.resolve();
        await held;
        // With a list that knows none of its satkers every line would be warned of.
        expect(await waiting).toMatchObject({ status: "posted", rows: { posted: LINES } });
        expect((await waiting).warnings).not.toHaveProperty("REF-003");
      } finally {
        await other.close();
      }
    });
  });
});
