import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { fileProblem } from "../../src/extracts/index.ts";
import { readCsv } from "../../src/extracts/readers/csv.ts";
import { type TableRow, UnreadableFile } from "../../src/extracts/readers/csv-parser.ts";
import { closeSource, contentOf, openSource } from "../../src/extracts/readers/source.ts";
import { readXlsx } from "../../src/extracts/readers/xlsx.ts";
import { LANGUAGES, translator } from "../../src/i18n/index.ts";
import { explain, isError } from "../../src/rules.ts";
import { withFile } from "../extracts/files.ts";
import { patience, rounds } from "../support/rounds.ts";
import { corpus, refused } from "./corpus.ts";
import { bytesOf, victim } from "./damage.ts";

/** Resident memory may grow by this much, in MB, however many broken files are read. */
const MAX_GROWTH = 300;

type Outcome = { rows: TableRow[] } | { refusal: UnreadableFile };

/** What a file is to the readers: its rows, or why it is refused. Anything else that is thrown is a defect. */
function read(content: Buffer): Promise<Outcome> {
  return withFile("file.csv", content, async (path) => {
    try {
      const source = await openSource(path);
      try {
        const rows: TableRow[] = [];
        const batches = source.container === "xlsx" ? readXlsx(source) : readCsv(contentOf(source));
        for await (const batch of batches) rows.push(...batch);
        return { rows };
      } finally {
        await closeSource(source);
      }
    } catch (error) {
      if (error instanceof UnreadableFile) return { refusal: error };
      throw error;
    }
  });
}

const openFiles = () => (process.platform === "linux" ? readdirSync("/proc/self/fd").length : 0);
const unpacked = () => readdirSync(tmpdir()).filter((name) => name.startsWith("tandai-unpacked-"));
const megabytes = () => process.memoryUsage().rss / 2 ** 20;

/** A refusal can be said in both languages, with nothing left open. */
function expectSpeakable(refusal: UnreadableFile): void {
  expect(isError(refusal.rule)).toBe(true);
  expect(refusal.row).toBeGreaterThanOrEqual(1);
  for (const language of LANGUAGES) {
    const { message, cure } = explain(fileProblem(refusal), translator(language));
    for (const text of [message, cure]) expect(text).toMatch(/^\S.*[.)]$/s);
  }
}

/** Rows as a reader may give them: numbered upwards, each within the size of a record. */
function expectRows(rows: readonly TableRow[]): void {
  let before = 0;
  for (const { row, cells } of rows) {
    expect(row).toBeGreaterThan(before);
    before = row;
    expect(cells.length).toBeGreaterThan(0);
  }
}

describe("any bytes to the readers", () => {
  let files: Map<string, Buffer>;
  beforeAll(async () => {
    files = new Map([...(await corpus()), ...refused()]);
  });

  it("whole files: the same rows in every encoding and container", async () => {
    for (const [name, content] of files) {
      if (refused().has(name)) {
        expect(await read(content), name).toHaveProperty("refusal");
        continue;
      }
      const outcome = await read(content);
      if (!("rows" in outcome)) throw new Error(`${name}: ${outcome.refusal.rule} ${outcome.refusal.value}`);
      const original = /^\S+\.(?:csv|xlsx)/.exec(name)?.[0] ?? "";
      const plain = await read(files.get(original) ?? Buffer.alloc(0));
      if (!("rows" in plain)) throw new Error(original);
      const filled = (rows: readonly TableRow[]) =>
        rows
          .map(({ row, cells }) => ({ row, cells: cells.map((cell) => cell.replace(/\r$/, "")) }))
          .filter(({ cells }) => cells.some((cell) => cell.trim() !== "" && cell !== "* CÔTE"))
          // A workbook ends a row at its last filled cell.
          .map(({ row, cells }) => ({ row, cells: cells.slice(0, cells.findLastIndex((cell) => cell !== "") + 1) }));
      const numbered = name.endsWith(" xlsx") ? ({ cells }: { cells: string[] }) => cells : (row: object) => row;
      expect(filled(outcome.rows).map(numbered), name).toEqual(filled(plain.rows).map(numbered));
    }
  });

  it(
    "broken ones: rows or a refusal, no open file, no copy, no growing memory",
    async () => {
      const all = [...files.values()];
      const before = { files: openFiles(), unpacked: unpacked().length, memory: megabytes() };
      let highest = 0;
      const outcomes = new Map<string, number>();
      await fc.assert(
        fc.asyncProperty(victim, async (chosen) => {
          const outcome = await read(bytesOf(chosen, all));
          if ("rows" in outcome) expectRows(outcome.rows);
          else expectSpeakable(outcome.refusal);
          const kind = "rows" in outcome ? "rows" : outcome.refusal.rule;
          outcomes.set(kind, (outcomes.get(kind) ?? 0) + 1);
          highest = Math.max(highest, megabytes());
        }),
        rounds("fuzz of readers", 1500, 40),
      );
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(openFiles()).toBeLessThanOrEqual(before.files + 2);
      expect(unpacked().length).toBeLessThanOrEqual(before.unpacked);
      expect(highest - before.memory).toBeLessThan(MAX_GROWTH);
      // Damage that is never noticed, or that is always the same to the readers, would test little.
      expect([...outcomes.keys()]).toEqual(expect.arrayContaining(["rows", "FILE-012", "FILE-014"]));
    },
    patience(40),
  );
});
