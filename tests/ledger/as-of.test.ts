import { createHash } from "node:crypto";
import { readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toJson } from "../../src/json.ts";
import { asOf, ledgerHash, revertExtract, verifyStore } from "../../src/ledger/index.ts";
import { reconciliationDocument } from "../../src/reconciliation/document.ts";
import { type ReconciliationRequest, reconcile } from "../../src/reconciliation/index.ts";
import { ensureReferences } from "../../src/references/index.ts";
import { assemblePerformanceExecution, writePerformanceExecution } from "../../src/reporting/index.ts";
import type { Db } from "../../src/store/index.ts";
import { ALL_TAGS, listTags, proposeTags, takeSteps } from "../../src/tagging/index.ts";
import { patience, rounds } from "../support/rounds.ts";
import { ENGINES, withStore } from "../support/stores.ts";
import { budget, code, contentOf, importText, post, realization, tags } from "./world.ts";

const day = (number: number): string => new Date(Date.UTC(2026, 0, number, 12)).toISOString();
const endOf = (number: number): string => day(number).replace("12:00:00.000", "23:59:59.999");

const REQUESTS: ReconciliationRequest[] = (["whole", "weighted"] as const).flatMap((basis) =>
  (["intervention", "month", "satker"] as const).map((dimension) => ({
    by: [dimension],
    window: { from: "2019-01", to: "2020-12" },
    theme: "stunting",
    basis,
    where: {},
  })),
);

/** Everything that questions say at a moment (undefined: now). */
function answers(db: Db, moment?: string): Promise<string[]> {
  const ask = async (view: Db) => {
    const said: string[] = [];
    for (const request of REQUESTS) {
      const result = await reconcile(view, request, "id");
      expect(result.residual).toBe(0n);
      said.push(toJson(reconciliationDocument(result)));
    }
    return said;
  };
  return moment === undefined ? ask(db) : asOf(db, moment, ask);
}

describe.each(ENGINES)("as of a moment on %s", (engine) => {
  it("a report of March says the same in May, to the byte of its figures, whatever was tagged, imported and reverted since", async () => {
    await withStore(engine, async (db) => {
      await ensureReferences(db);
      await post(db, budget([{ code: code(), year: 2019, revision: 0, amount: 12_000_000 }]), { at: day(1) });
      const first = await post(db, realization([[code(), "2019-05-01", 1_000_000]]), { at: day(2) });
      await post(db, tags([{ code: "2080.001", intervention: "zinc", share: 60 }]), { agreement: "BA-1", at: day(3) });
      const request = {
        window: { from: "2019-01", to: "2019-12" },
        due: null,
        theme: "stunting",
        language: "id",
        demonstration: false,
      } as const;
      const file = join(tmpdir(), `as-of-${process.pid}-${engine}.xlsx`);
      const march = await assemblePerformanceExecution(db, request);
      await writePerformanceExecution(march, file);
      const bytes = createHash("sha256")
        .update(await readFile(file))
        .digest("hex");
      const said = await answers(db);
      const hash = await ledgerHash(db.read);

      // Until May: the tag is changed, payments are corrected, a revision comes, the first extract is taken back.
      const [old] = await listTags(db, ALL_TAGS);
      const fields = {
        theme: "stunting",
        code: "2080.001",
        fiscal_year_from: "2019",
        fiscal_year_to: "2019",
        intervention: "zinc",
        share: "10",
      };
      await proposeTags(db, [{ row: 1, fields, origin: "hand", replaces: old?.id ?? 0, rewrites: null }], {
        name: "Sari",
        at: day(10),
        reason: null,
      });
      await takeSteps(
        db,
        { action: "review", tags: [2], agreement: null },
        { name: "Budi", at: day(11), reason: null },
      );
      const agreement = { number: "BA-2", date: "2026-01-12", semester: "2026-1", parties: ["Bappenas"] };
      expect(
        await takeSteps(db, { action: "agree", tags: [2], agreement }, { name: "Budi", at: day(12), reason: null }),
      ).toMatchObject([{ outcome: "updated" }]);
      await post(
        db,
        realization([
          [code(), "2019-05-02", 700_000],
          [code({ satker: "100002" }), "2019-06-01", 5],
        ]),
        { at: day(13) },
      );
      await post(db, budget([{ code: code(), year: 2019, revision: 1, amount: 24_000_000, blocked: 3 }]), {
        at: day(14),
      });
      await revertExtract(db, first, day(15));
      const now = await answers(db);
      expect(now).not.toEqual(said);

      const before = await contentOf(db);
      expect(await answers(db, endOf(3))).toEqual(said);
      expect(await asOf(db, endOf(3), (view) => ledgerHash(view.read))).toEqual(hash);
      const [question] = REQUESTS;
      if (!question) throw new Error("nothing asked");
      const { as_of, ...document } = reconciliationDocument(await reconcile(db, { ...question, asOf: endOf(3) }, "id"));
      expect([as_of, toJson(document)]).toEqual([endOf(3), said[0]]);
      const again = await assemblePerformanceExecution(db, { ...request, asOf: endOf(3) });
      const { asOf: moment, ...figures } = again;
      expect(moment).toBe(endOf(3));
      expect(figures).toEqual(march);
      // Without the line that says so, the workbook itself is the same.
      await writePerformanceExecution(figures, file);
      expect(
        createHash("sha256")
          .update(await readFile(file))
          .digest("hex"),
      ).toBe(bytes);
      await rm(file);
      // Looking back leaves no trace.
      expect(await contentOf(db)).toEqual(before);
      expect((await verifyStore(db)).findings).toEqual([]);
      expect(await answers(db, endOf(20))).toEqual(now);
      expect(await answers(db)).toEqual(now);
      // Before everything there is nothing.
      const nothing = await reconcile(
        db,
        {
          by: ["satker"],
          window: { from: "2019-01", to: "2019-12" },
          theme: null,
          basis: "whole",
          where: {},
          asOf: endOf(0),
        },
        "id",
      );
      expect(nothing).toMatchObject({ rows: [], dataAsOf: null, extracts: [] });
    });
  });

  it(
    "every day of a random history says what it said on that day",
    async () => {
      const satker = fc.constantFrom("100001", "100002");
      const step = fc.oneof(
        fc.record({
          do: fc.constant("pay" as const),
          satker,
          month: fc.integer({ min: 1, max: 3 }),
          amount: fc.integer({ min: -9, max: 99_999 }),
        }),
        fc.record({
          do: fc.constant("budget" as const),
          satker,
          revision: fc.integer({ min: 0, max: 2 }),
          amount: fc.integer({ min: 1, max: 99_999 }),
        }),
        fc.record({
          do: fc.constant("tags" as const),
          share: fc.integer({ min: 1, max: 50 }),
          intervention: fc.constantFrom("zinc", "vitamin-a"),
          agreed: fc.boolean(),
        }),
        fc.record({ do: fc.constant("revert" as const), pick: fc.nat() }),
      );
      const history = fc.array(step, { minLength: 3, maxLength: 7 });
      const { seed, ...parameters } = rounds(`as of on ${engine}`, engine === "sqlite" ? 8 : 3, 60);
      await fc.assert(
        fc.asyncProperty(history, async (steps) => {
          await withStore(engine, async (db) => {
            await ensureReferences(db);
            const said: string[][] = [];
            const posted: number[] = [];
            for (const [index, one] of steps.entries()) {
              const at = day(index + 1);
              if (one.do === "revert") {
                const id = posted[one.pick % Math.max(posted.length, 1)];
                // An extract in the way of a revert is another test.
                if (id !== undefined)
                  await revertExtract(db, id, at).then(
                    () => posted.splice(posted.indexOf(id), 1),
                    () => undefined,
                  );
              } else {
                const result = await importText(db, textOf(one, index), {
                  at,
                  ...(one.do === "tags" && one.agreed && { agreement: `BA-${index}` }),
                });
                if (result.status === "posted" && result.extract !== null) posted.push(result.extract);
              }
              said.push(await answers(db));
            }
            for (const [index, then] of said.entries())
              expect(await answers(db, endOf(index + 1)), `day ${index + 1}`).toEqual(then);
          });
        }),
        { ...parameters, seed },
      );
    },
    patience(60),
  );
});

type Content =
  | { do: "pay"; satker: string; month: number; amount: number }
  | { do: "budget"; satker: string; revision: number; amount: number }
  | { do: "tags"; share: number; intervention: string; agreed: boolean };

function textOf(one: Content, index: number): string {
  if (one.do === "pay")
    return realization([
      [code({ satker: one.satker }), `2019-0${one.month}-01`, one.amount, `1913300000000${10 + index}`],
    ]);
  if (one.do === "budget")
    return budget([{ code: code({ satker: one.satker }), year: 2019, revision: one.revision, amount: one.amount }]);
  return tags([{ code: "2080.001", intervention: one.intervention, share: one.share }]);
}
