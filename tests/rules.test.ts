import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { en } from "../src/i18n/en/index.ts";
import { id } from "../src/i18n/id/index.ts";
import { LANGUAGES, type Language, translator } from "../src/i18n/index.ts";
import type { ImportResult } from "../src/ledger/index.ts";
import { saveMapping } from "../src/mappings/index.ts";
import { ensureReferences } from "../src/references/index.ts";
import { explain, isError, RULES, type RuleId } from "../src/rules.ts";
import { type Db, openStore } from "../src/store/index.ts";
import { AGREED, type Case, KNOWN, NEWER, OUTDATED, PAID, PARTIAL, RULE_CASES, SAVED } from "./extracts/rule-cases.ts";
import { importText, post, realization, satkers, tags } from "./ledger/world.ts";
import { newStorePlace, type StorePlace } from "./support/stores.ts";

const IDS = Object.keys(RULES) as RuleId[];
const TEXTS: Record<Language, Record<string, string>> = { id, en };

describe("the catalogue of rules", () => {
  test.each(IDS)("%s has a sentence and a cure in both languages", (rule) => {
    expect(rule).toMatch(/^[A-Z]{3,4}-\d{3}$/);
    for (const language of LANGUAGES) {
      for (const part of ["message", "cure"]) {
        const text = TEXTS[language][`rule.${rule}.${part}`] ?? "";
        expect(text, `${language} ${part}`).toMatch(/\S[.)]$/);
      }
      // A warning is listed with its count, so it needs a title; an error is listed row by row.
      expect(`rule.${rule}.title` in TEXTS[language]).toBe(!isError(rule));
    }
  });

  it("has no text for a rule that does not exist, and a case for every rule that does", () => {
    const spoken = Object.keys(id).filter((key) => key.startsWith("rule."));
    const known = new Set<string>(IDS);
    expect(spoken.filter((key) => !known.has(key.split(".")[1] ?? ""))).toEqual([]);
    // Steps of tags are not read from files: tests/tagging/life.test.ts has their cases.
    const ofFiles = IDS.filter((rule) => RULES[rule].area !== "tag-step");
    expect(ofFiles.filter((rule) => RULE_CASES[rule] === undefined)).toEqual([]);
  });

  it("numbers warnings apart from errors where an area has both", () => {
    for (const rule of IDS.filter((one) => /^(FILE|COA)-/.test(one))) {
      expect(isError(rule), rule).toBe(!/-1\d\d$/.test(rule));
    }
  });
});

/** The rules that a result speaks of: of rejects, and of warnings. */
function rulesOf(result: ImportResult): string[] {
  const errors = result.rejects.flatMap(({ problems }) => problems.map(({ rule }) => rule));
  return [...new Set([...errors, ...Object.keys(result.warnings)])];
}

describe("rules at work", () => {
  let place: StorePlace;
  let db: Db;

  beforeAll(async () => {
    place = await newStorePlace("sqlite");
    db = await openStore(place.location);
    await ensureReferences(db);
    await post(db, satkers([[KNOWN.satker, "SATKER DIKENAL", "015", KNOWN.location]]));
    await post(db, realization(PAID));
    await post(db, tags([AGREED]), { agreement: "BA-1" });
    for (const partial of [PARTIAL, OUTDATED]) await post(db, partial, { force: true });
    await post(db, NEWER);
    for (const [name, definition] of SAVED) await saveMapping(db, name, definition, "2026-01-01T00:00:00.000Z");
  });

  afterAll(async () => {
    await db.close();
    await place.dispose();
  });

  const run = (given: Case | string) => {
    const {
      content,
      options = {},
      name = "file.csv",
    } = typeof given === "string" ? { content: given } : (given as Case);
    return importText(db, content, { ...options, dryRun: true }, name);
  };

  describe.each(Object.entries(RULE_CASES) as [RuleId, NonNullable<(typeof RULE_CASES)[RuleId]>][])(
    "%s",
    (rule, cases) => {
      it("lets the right file pass", async () => {
        const result = await run(cases.passes);
        expect(rulesOf(result)).not.toContain(rule);
        expect(result.status).toBe("dry-run");
      });

      it(isError(rule) ? "refuses the wrong file" : "warns of the wrong file and posts it", async () => {
        const result = await run(cases.fails);
        expect(rulesOf(result)).toContain(rule);
        if (!isError(rule)) {
          expect(result).toMatchObject({ status: "dry-run", rejects: [], warnings: { [rule]: 1 } });
          return;
        }
        const problem = result.rejects.flatMap(({ problems }) => problems).find((one) => one.rule === rule);
        for (const language of LANGUAGES) {
          const { message, cure } = explain(problem ?? { rule, column: null, value: null }, translator(language));
          for (const text of [message, cure]) expect(text, language).not.toMatch(/[{}]|undefined|null/);
        }
      });

      it(`the border ${cases.boundary.breaks ? "breaks it" : "does not break it"}`, async () => {
        const found = rulesOf(await run(cases.boundary));
        if (cases.boundary.breaks) expect(found).toContain(rule);
        else expect(found).not.toContain(rule);
      });
    },
  );
});
