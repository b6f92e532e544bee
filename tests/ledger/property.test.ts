import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { backupStore, restoreStore } from "../../src/backup/index.ts";
import { revertExtract, verifyStore } from "../../src/ledger/index.ts";
import { type Dimension, type ReconciliationRequest, reconcile } from "../../src/reconciliation/index.ts";
import { type Db, openStore } from "../../src/store/index.ts";
import { expectSameAnswers } from "../reconciliation/same-answers.ts";
import { patience, rounds } from "../support/rounds.ts";
import { ENGINES, type Engine, newStorePlace, withStore } from "../support/stores.ts";
import { MEASURES, Model, type ModelExtract, type ModelRequest, type Sums } from "./model.ts";
import { CLASSES, INTERVENTIONS, type Step, session } from "./sessions.ts";
import { budget, code, importText, type PaymentRow, realization, tags } from "./world.ts";

/** Puts the theme of the tests into an empty store; code lists stay empty, so that no warning costs time. */
async function addTheme(db: Db): Promise<void> {
  await db.tx(async (tx) => {
    await tx.run(sql`INSERT INTO themes VALUES ('stunting', '008', 'Stunting', 'Stunting')`);
    const classes = [...new Set(Object.values(CLASSES))].map((name, index) => ["stunting", name, index, name, name]);
    await tx.bulkInsert("theme_classes", ["theme", "code", "position", "name_id", "name_en"], classes);
    const interventions = INTERVENTIONS.map((name, index) => [
      "stunting",
      name,
      CLASSES[name] ?? "",
      index,
      name,
      name,
    ]);
    await tx.bulkInsert("interventions", ["theme", "code", "class", "position", "name_id", "name_en"], interventions);
  });
}

/** A file that was imported, how, and what the model says about it. */
interface Imported {
  text: string;
  options: { scope: string | null; agreement: string | null };
  apply: () => number;
  extract: ModelExtract | null;
}

/** The store and its model, taking the same steps. */
class Pair {
  readonly #db: Db;
  readonly #model = new Model(CLASSES);
  readonly #files: Imported[] = [];
  /** What verify said of each content that was in force. */
  readonly #hashes = new Map<string, string>();

  constructor(db: Db) {
    this.#db = db;
  }

  async take(action: Step): Promise<void> {
    const model = this.#model;
    switch (action.do) {
      case "payments": {
        const text = realization(
          action.payments.map(({ code: { printed }, date: day, amount }) => [printed, day, amount]),
        );
        const { payments, scope: wider } = action;
        const apply = () => {
          const satkers = wider?.ministry ? model.satkersOf(wider.ministry) : (wider?.satkers ?? []);
          model.postPayments(payments, wider?.months ?? [], satkers);
          return 0;
        };
        return this.#import({ text, options: { scope: wider?.text ?? null, agreement: null }, apply, extract: null });
      }
      case "budget": {
        const { lines } = action;
        const text = budget(lines.map((line) => ({ ...line, code: line.code.printed })));
        const apply = () => {
          model.postBudget(lines);
          return 0;
        };
        return this.#import({ text, options: { scope: null, agreement: null }, apply, extract: null });
      }
      case "tags": {
        const { agreed } = action;
        const agreement = agreed ? `BA-${this.#model.extracts.length}` : null;
        const rows = action.tags.map((tag) => ({ ...tag, to: Math.max(tag.from, tag.to), agreed, agreement }));
        const text = tags(rows.map((tag) => ({ ...tag, code: tag.node, share: (tag.share / 100).toFixed(2) })));
        return this.#import({
          text,
          options: { scope: null, agreement },
          apply: () => model.postTags(rows),
          extract: null,
        });
      }
      case "again": {
        const file = this.#files[action.pick % Math.max(this.#files.length, 1)];
        return file ? this.#import({ ...file, extract: null }) : undefined;
      }
      case "blocked": {
        const result = await importText(
          this.#db,
          realization([
            [code({ kppn: "1" }), "2019-11-30", 1],
            [code(), "2019-11-30", 1],
          ]),
        );
        expect(result.status).toBe("blocked");
        return model.block();
      }
      case "try": {
        const rows = action.payments.map(
          ({ code: { printed }, date: day, amount }): PaymentRow => [printed, day, amount],
        );
        const result = await importText(this.#db, realization(rows), { dryRun: true });
        expect(["dry-run", "unchanged"]).toContain(result.status);
        return;
      }
      case "revert":
        return this.#revert(action.pick);
    }
  }

  async #import(file: Imported): Promise<void> {
    const result = await importText(this.#db, file.text, file.options);
    const same = this.#files.filter(({ text, options, extract }) => {
      return text === file.text && JSON.stringify(options) === JSON.stringify(file.options) && !extract?.reverted;
    });
    const newest = same.at(-1)?.extract;
    if (newest && this.#model.isWhollyInForce(newest)) {
      expect(result.status).toBe("unchanged");
      return;
    }
    expect(result.status).toBe("posted");
    expect(result.rows.rejected).toBe(file.apply());
    expect(result.extract).toBe(this.#model.extracts.length);
    this.#files.push({ ...file, extract: this.#model.extracts.at(-1) ?? null });
  }

  async #revert(pick: number): Promise<void> {
    const posted = this.#model.extracts.flatMap(({ reverted }, index) => (reverted ? [] : index + 1));
    // Half of the reverts take the newest back, which is where older ones come in force again.
    const id = pick % 2 === 0 ? posted.at(-1) : posted[pick % Math.max(posted.length, 1)];
    if (id === undefined) return;
    const reverting = revertExtract(this.#db, id, "2026-06-01T00:00:00.000Z");
    if (this.#model.revert(id)) await reverting;
    else await expect(reverting).rejects.toMatchObject({ code: "EXTRACT-LATER" });
  }

  /**
   * Nothing for verify to find, and its hash says what is in force: the same content has the same hash however it came
   * about (a revert brings the earlier hash back), other content has another.
   */
  async verify(): Promise<void> {
    const { findings, ledger } = await verifyStore(this.#db);
    expect(findings).toEqual([]);
    const content = this.#model.inForce();
    const before = this.#hashes.get(content);
    if (before !== undefined) expect(ledger.hash).toBe(before);
    else expect([...this.#hashes.values()]).not.toContain(ledger.hash);
    this.#hashes.set(content, ledger.hash);
  }

  /** A backup into a store of the other engine says the same. */
  async move(to: Engine): Promise<void> {
    const place = await newStorePlace(to);
    const folder = await mkdtemp(join(tmpdir(), "tandai-move-"));
    const file = join(folder, "world.tandai");
    try {
      const { ledger } = await backupStore(this.#db, file, "2026-06-01T00:00:00.000Z", "test");
      expect(ledger).toBe(this.#hashes.get(this.#model.inForce()));
      await restoreStore(place.location, file, false);
      const db = await openStore(place.location);
      const { findings, ledger: restored } = await verifyStore(db);
      await db.close();
      expect(findings).toEqual([]);
      expect(restored.hash).toBe(ledger);
    } finally {
      await rm(folder, { recursive: true, force: true });
      await place.dispose();
    }
  }

  async compare(asked: ModelRequest): Promise<void> {
    const { by, window, basis, where: filters } = asked;
    const theme = asked.themed ? "stunting" : null;
    const request: ReconciliationRequest = { by: by as Dimension[], window, theme, basis, where: filters };
    await expectSameAnswers(this.#db, request);
    const result = await reconcile(this.#db, request, "id");
    const expected = this.#model.reconcile(asked);
    const sums = (row: Sums): Sums => Object.fromEntries(MEASURES.map((name) => [name, row[name]])) as Sums;
    expect(
      result.rows.map((row) => ({ keys: by.map((name) => row.keys[name as Dimension] ?? null), sums: sums(row) })),
    ).toEqual(expected.rows);
    expect(sums(result.total)).toEqual(expected.total);
    expect(sums(result.untagged)).toEqual(expected.untagged);
    expect(sums(result.filteredOut)).toEqual(expected.filteredOut);
    const isNothing = Object.values(expected.needsRo).every((amount) => !amount);
    expect(result.unallocated.map(sums)).toEqual(isNothing ? [] : [expected.needsRo]);
    expect(result.residual).toBe(0n);
  }
}

/** What each engine is given to do. */
const EFFORT = { sqlite: { times: 60, seconds: 60 }, postgres: { times: 6, seconds: 40 } } as const;

describe.each(ENGINES)("any sequence of imports and reverts on %s", (engine) => {
  const { times, seconds } = EFFORT[engine];
  const other = ENGINES.find((one) => one !== engine) ?? engine;

  it(
    "leaves what a ledger of plain arrays leaves, and nothing for verify to find",
    async () => {
      let sessions = 0;
      // fast-check prints the shrunk sequence when this fails.
      await fc.assert(
        fc.asyncProperty(session, (steps) =>
          withStore(engine, async (db) => {
            await addTheme(db);
            const pair = new Pair(db);
            await pair.verify();
            for (const { step: action, requests } of steps) {
              await pair.take(action);
              await pair.verify();
              for (const asked of requests) await pair.compare(asked);
            }
            if (sessions++ % 10 === 0) await pair.move(other);
          }),
        ),
        rounds(`worlds on ${engine}`, times, seconds),
      );
    },
    patience(seconds),
  );
});
