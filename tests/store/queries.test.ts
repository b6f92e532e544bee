import { sql } from "drizzle-orm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { INT64_MAX, INT64_MIN } from "../../src/money.ts";
import type { Value } from "../../src/store/index.ts";
import { ENGINES, withStore } from "../support/stores.ts";

/** Any text that both engines can hold: PostgreSQL has no NUL, and neither has half a surrogate pair. */
const texts = fc.string({ unit: "binary", maxLength: 20 }).filter((text) => !text.includes("\u0000"));
const integers = fc.oneof(
  fc.bigInt({ min: INT64_MIN, max: INT64_MAX }),
  fc.constantFrom(INT64_MAX, INT64_MIN, 2n ** 53n + 1n),
);

describe.each(ENGINES)("questions to the store on %s", (engine) => {
  it("a list of the program comes back as it was given", async () => {
    await withStore(engine, async (db) => {
      const row = fc.tuple(fc.option(texts), fc.option(integers));
      await fc.assert(
        fc.asyncProperty(fc.array(row, { maxLength: 10 }), async (rows) => {
          const list = db.read.list(
            { position: "int", word: "text", amount: "int" },
            rows.map((values, at) => [BigInt(at), ...values]),
          );
          const found = await db.read.rows<{ word: string | null; amount: bigint | null }>(
            sql`SELECT word, amount FROM ${list} AS given ORDER BY position`,
          );
          expect(found.map(({ word, amount }) => [word, amount])).toEqual(rows);
        }),
        { numRuns: 60 },
      );
    });
  });

  it("bulk inserts keep every value, in batches of any size", async () => {
    await withStore(engine, async (db) => {
      const row = fc.record({ amount: integers, text: texts, none: fc.option(texts) });
      let extract = 0;
      await fc.assert(
        fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 150 }), async (rows) => {
          const id = ++extract;
          await db.tx(async (tx) => {
            await tx.run(sql`INSERT INTO extracts (id, kind, layout, file, sha256, options, status, rows_read, rows_posted,
              rows_rejected, rows_skipped, amount_read, amount_posted, amount_rejected, header, outcome, imported_at)
              VALUES (${id}, 'x', 'x', 'x', 'x', '{}', 'posted', 0, 0, 0, 0, 0, 0, 0, '[]', '{}', 'x')`);
            await tx.run(sql`INSERT INTO stored_codes VALUES (${id}, '024', ${String(id)}, 0, 1)`);
            const columns = ["extract_id", "row", "ministry", "code_id", "date", "document", "amount", "description"];
            const values = rows.map(({ amount, text, none }, at): Value[] => [
              id,
              at,
              "024",
              BigInt(id),
              "2019-01-01",
              text,
              amount,
              none,
            ]);
            await tx.bulkInsert("ledger_lines", columns, values);
            await tx.bulkInsert("ledger_lines", columns, []);
          });
          const { ledgerLines: lines } = db.tables;
          const found = await db.read.select().from(lines).where(sql`${lines.extractId} = ${id}`).orderBy(lines.row);
          expect(
            found.map(({ amount, document, description }) => ({ amount, text: document, none: description })),
          ).toEqual(rows);
        }),
        { numRuns: 25 },
      );
    });
  });

  it("bulk inserts meet what is there as they were told", async () => {
    await withStore(engine, async (db) => {
      const columns = ["code", "krisna_code", "name_id", "name_en"];
      const rows = Array.from({ length: 130 }, (_, at): Value[] => [`t${at}`, null, "a", "a"]);
      await db.tx((tx) => tx.bulkInsert("themes", columns, rows));
      const onConflict = "ON CONFLICT (code) DO UPDATE SET name_id = themes.name_id || excluded.name_id";
      await db.tx((tx) => tx.bulkInsert("themes", columns, [...rows, ["new", null, "a", "a"]], { onConflict }));
      const names = await db.read.rows<{ name: string; n: bigint }>(
        sql`SELECT name_id AS name, count(*) AS n FROM themes GROUP BY name_id ORDER BY name_id`,
      );
      expect(names).toEqual([
        { name: "a", n: 1n },
        { name: "aa", n: 130n },
      ]);
      await expect(db.tx((tx) => tx.bulkInsert("themes", columns, rows))).rejects.toThrow();
    });
  });

  it("a work that is not to be kept leaves nothing, and its result is given", async () => {
    await withStore(engine, async (db) => {
      const add = (keep: boolean) =>
        db.tx(
          async (tx) => {
            await tx.run(sql`INSERT INTO themes VALUES ('t', NULL, 'a', 'a')`);
            const [row] = await tx.rows<{ n: bigint }>(sql`SELECT count(*) AS n FROM themes`);
            return row?.n;
          },
          { keep: () => keep },
        );
      expect(await add(false)).toBe(1n);
      expect(await db.read.rows(sql`SELECT * FROM themes`)).toEqual([]);
      expect(await add(true)).toBe(1n);
      expect(await db.read.rows(sql`SELECT * FROM themes`)).toHaveLength(1);
    });
  });

  it("rows come by name, also after the query builder asked the same", async () => {
    await withStore(engine, async (db) => {
      await db.tx((tx) => tx.run(sql`INSERT INTO themes VALUES ('t', NULL, 'a', 'b')`));
      const { themes } = db.tables;
      const built = db.read.select({ code: themes.code, nameEn: themes.nameEn }).from(themes);
      const text = sql.raw(built.toSQL().sql);
      for (let time = 0; time < 2; time++) {
        expect(await built).toEqual([{ code: "t", nameEn: "b" }]);
        expect(await db.read.rows(text)).toEqual([{ code: "t", name_en: "b" }]);
      }
    });
  });

  it("rows go by one after the other as they would come together, and an error of the visitor ends it", async () => {
    await withStore(engine, async (db) => {
      await db.tx(async (tx) => {
        const given = Array.from({ length: 4001 }, (_, index) => [BigInt(index), index % 3 === 0 ? null : `${index}`]);
        const query = sql`SELECT number, word FROM ${tx.list({ number: "int", word: "text" }, given)} AS given ORDER BY number`;
        const seen: unknown[] = [];
        await tx.each(query, ({ number, word }) => seen.push([number, word]));
        expect(seen).toEqual(given);
        await tx.each(sql`SELECT code FROM themes`, () => seen.push("none"));
        expect(seen).toHaveLength(4001);
        if (engine !== "sqlite") return;
        // The connection is free again.
        const broken = tx.each(query, () => {
          throw new Error("enough");
        });
        await expect(broken).rejects.toThrow("enough");
        expect(await tx.rows(sql`SELECT 1 AS one`)).toEqual([{ one: 1n }]);
      });
    });
  });
});
