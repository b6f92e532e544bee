import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import Excel from "exceljs";
import fc from "fast-check";
import JSZip from "jszip";
import { describe, expect, it } from "vitest";
import { AppError } from "../../src/errors.ts";
import { parseCsv } from "../../src/extracts/index.ts";
import { LANGUAGES, translator } from "../../src/i18n/index.ts";
import { toJson } from "../../src/json.ts";
import { importDocument } from "../../src/ledger/import-document.ts";
import { type ImportOptions, type ImportResult, rejectTable, verifyStore } from "../../src/ledger/index.ts";
import { ensureReferences } from "../../src/references/index.ts";
import type { Db } from "../../src/store/index.ts";
import { contentOf, importText } from "../ledger/world.ts";
import { fixture } from "../support/import.ts";
import { ENGINES, withStore } from "../support/stores.ts";

const LAYOUTS = ["satkers", "budget", "realization", "tags"];

/** The beginning of a file of the sample world. */
function sample(layout: string): string {
  return readFileSync(fixture("world-1", `${layout}.csv`), "utf8")
    .split("\n")
    .slice(0, 25)
    .join("\n");
}

/** The samples in every container the service reads. */
async function containers(): Promise<Buffer[]> {
  const files: Buffer[] = [];
  for (const text of LAYOUTS.map(sample)) {
    files.push(Buffer.from(text), gzipSync(text));
    const zip = new JSZip();
    zip.file("data.csv", text);
    files.push(await zip.generateAsync({ type: "nodebuffer", compression: "DEFLATE" }));
    const workbook = new Excel.Workbook();
    workbook.addWorksheet("Data").addRows(parseCsv(text));
    files.push(Buffer.from(await workbook.xlsx.writeBuffer()));
  }
  return files;
}

interface Damage {
  kind: "flip" | "cut" | "insert" | "repeat" | "swap" | "drop";
  /** Where, as a part of the length. */
  at: number;
  bytes: Uint8Array;
}

const at = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
/** What confuses readers most: separators, quotes, line ends, signs, digits. */
const nasty = fc
  .array(fc.constantFrom(...',;"\n\r\t.-()=0123456789eE\u00e9*', "\u0000", "\ufeff", "NaN", "JUMLAH"), {
    minLength: 1,
    maxLength: 4,
  })
  .map((parts) => new Uint8Array(Buffer.from(parts.join(""))));
const damage: fc.Arbitrary<Damage> = fc.record({
  kind: fc.constantFrom("flip", "cut", "insert", "repeat", "swap", "drop"),
  at,
  bytes: fc.oneof(nasty, fc.uint8Array({ minLength: 1, maxLength: 6 })),
});

function spoil(file: Buffer, { kind, at: part, bytes }: Damage): Buffer {
  const place = Math.floor(part * file.length);
  const width = bytes.length * 7;
  switch (kind) {
    case "flip": {
      const copy = Buffer.from(file);
      if (copy.length > 0) copy[place] = (copy[place] ?? 0) ^ (bytes[0] ?? 1);
      return copy;
    }
    case "cut":
      return file.subarray(0, place);
    case "insert":
      return Buffer.concat([file.subarray(0, place), bytes, file.subarray(place)]);
    case "repeat":
      return Buffer.concat([file.subarray(0, place + width), file.subarray(place)]);
    case "swap":
      return Buffer.concat([file.subarray(place), file.subarray(0, place)]);
    case "drop":
      return Buffer.concat([file.subarray(0, place), file.subarray(place + width)]);
  }
}

const file = fc.oneof(
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 300 }).map((bytes) => ({ pick: null, damages: [], bytes })) },
  {
    weight: 9,
    arbitrary: fc.record({
      pick: fc.nat(),
      damages: fc.array(damage, { minLength: 1, maxLength: 3 }),
      bytes: fc.constant(new Uint8Array()),
    }),
  },
);
const options = fc.record({
  force: fc.boolean(),
  dryRun: fc.constantFrom(false, false, true),
  agreement: fc.constantFrom(null, "BA-1"),
  scope: fc.constantFrom(null, null, "2019-01..2019-12", "ministry=024"),
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

const everythingButRecords = ({ extracts: _, extract_rejects: __, ...rest }: Record<string, string[]>) => rest;

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

describe.each(ENGINES)("any bytes as a file on %s", (engine) => {
  it("are a result or an error for a person, and what is not posted leaves no line", async () => {
    const originals = await containers();
    await withStore(engine, async (db) => {
      await ensureReferences(db);
      const lists = await contentOf(db);
      let before = await contentNow(db);
      const statuses = new Map<string, number>();
      await fc.assert(
        fc.asyncProperty(file, options, async ({ pick, damages, bytes }, given) => {
          const original = pick === null ? Buffer.from(bytes) : (originals[pick % originals.length] ?? Buffer.alloc(0));
          const spoiled = damages.reduce(spoil, original);
          const posted = before.extracts?.length ?? 0;
          before = await attempt(db, spoiled, given, before);
          const kind = (before.extracts?.length ?? 0) > posted ? "recorded" : "not recorded";
          statuses.set(kind, (statuses.get(kind) ?? 0) + 1);
        }),
        { numRuns: engine === "sqlite" ? 400 : 80, interruptAfterTimeLimit: 60_000 },
      );
      expect((await verifyStore(db)).findings).toEqual([]);
      const now = await contentOf(db);
      for (const name of CODE_LISTS) expect(now[name]).toEqual(lists[name]);
      // Files that are all unreadable, or all fine, would test little.
      expect([...statuses.keys()].sort()).toEqual(["not recorded", "recorded"]);
    });
  });
});
