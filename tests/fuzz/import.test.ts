import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AppError } from "../../src/errors.ts";
import { LANGUAGES, translator } from "../../src/i18n/index.ts";
import { toJson } from "../../src/json.ts";
import { importDocument } from "../../src/ledger/import-document.ts";
import { type ImportOptions, type ImportResult, verifyStore } from "../../src/ledger/index.ts";
import { ensureReferences } from "../../src/references/index.ts";
import type { Db } from "../../src/store/index.ts";
import { contentOf, importText } from "../ledger/world.ts";
import { rejectTable } from "../support/rejects.ts";
import { patience, rounds } from "../support/rounds.ts";
import { ENGINES, withStore } from "../support/stores.ts";
import { corpus, refused } from "./corpus.ts";
import { bytesOf, victim } from "./damage.ts";

const options = fc.record({
  force: fc.boolean(),
  dryRun: fc.constantFrom(false, false, true),
  agreement: fc.constantFrom(null, "BA-1"),
  scope: fc.constantFrom(null, null, "2019-01..2019-12", "ministry=024"),
  year: fc.constantFrom(null, null, 2019, 2021),
});

/** What may be said to a person about a result: complete sentences in both languages, and JSON. */
function expectSpeakable(result: ImportResult): void {
  for (const language of LANGUAGES) {
    const document = importDocument(result, translator(language));
    for (const { message, cure } of document.rejects) {
      expect(message).toMatch(/\S/);
      expect(cure).toMatch(/\S/);
    }
    expect(() => JSON.parse(toJson(document)) as unknown).not.toThrow();
  }
}

const everythingButRecords = ({
  extracts: _,
  extract_rejects: __,
  source_parts: ___,
  ...rest
}: Record<string, string[]>) => rest;

/** Thousands of codes that no import touches: compared once, at the end. */
const CODE_LISTS = ["reference_entries", "districts"];
const contentNow = (db: Db) => contentOf(db, CODE_LISTS);

async function attempt(db: Db, content: Buffer, given: Partial<ImportOptions>, before: Record<string, string[]>) {
  let result: ImportResult;
  try {
    result = await importText(db, content, given);
  } catch (error) {
    // An error that a person can read is an answer; anything else is a defect.
    if (!(error instanceof AppError)) throw error;
    expect(await contentNow(db)).toEqual(before);
    return before;
  }
  expectSpeakable(result);
  const after = await contentNow(db);
  if (result.status !== "posted") expect(everythingButRecords(after)).toEqual(everythingButRecords(before));
  if (result.status === "dry-run" || result.status === "unchanged") expect(after).toEqual(before);
  expect(result.rows.read).toBe(result.rows.posted + result.rows.rejected + result.rows.skipped);
  expect(result.amount.read).toBe(result.amount.posted + result.amount.rejected);
  if (result.extract !== null) {
    const { rows } = await rejectTable(db, result.extract, translator("id"));
    expect(rows).toHaveLength(result.rows.rejected);
  }
  return after;
}

/** What each engine is given to do. */
const EFFORT = { sqlite: { times: 500, seconds: 45 }, postgres: { times: 80, seconds: 30 } } as const;

describe.each(ENGINES)("any bytes as a file on %s", (engine) => {
  const { times, seconds } = EFFORT[engine];

  it(
    "are a result or an error for a person, and what is not posted leaves no line",
    async () => {
      const originals = [...(await corpus()).values(), ...refused().values()];
      await withStore(engine, async (db) => {
        await ensureReferences(db);
        const lists = await contentOf(db);
        let before = await contentNow(db);
        const statuses = new Map<string, number>();
        await fc.assert(
          fc.asyncProperty(victim, options, async (chosen, given) => {
            const posted = before.extracts?.length ?? 0;
            before = await attempt(db, bytesOf(chosen, originals), given, before);
            const kind = (before.extracts?.length ?? 0) > posted ? "recorded" : "not recorded";
            statuses.set(kind, (statuses.get(kind) ?? 0) + 1);
          }),
          rounds(`fuzz of imports, ${engine}`, times, seconds),
        );
        expect((await verifyStore(db)).findings).toEqual([]);
        const now = await contentOf(db);
        for (const name of CODE_LISTS) expect(now[name]).toEqual(lists[name]);
        // Files that are all unreadable, or all fine, would test little.
        expect([...statuses.keys()].sort()).toEqual(["not recorded", "recorded"]);
      });
    },
    patience(seconds),
  );
});
