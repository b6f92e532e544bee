import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import ExcelJS from "exceljs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rejectsWorkbook } from "../../reports/rejects.ts";
import { writeWorkbook } from "../../reports/write.ts";
import { csvLine } from "../../src/csv.ts";
import { translator } from "../../src/i18n/index.ts";
import {
  type ImportOptions,
  type ImportResult,
  importFile,
  rejectPages,
  rejectsCsv,
  revertExtract,
  summaryCsv,
  surveyRejects,
  verifyStore,
} from "../../src/ledger/index.ts";
import { ensureReferences } from "../../src/references/index.ts";
import type { Db } from "../../src/store/index.ts";
import { FA_TITLES, faCsv, faRows, leafOf, workbook } from "../extracts/layouts/statements.ts";
import { PLAIN_IMPORT } from "../support/import.ts";
import { rejectTable } from "../support/rejects.ts";
import { ENGINES, withStore } from "../support/stores.ts";
import { budget, code, codeOf, importText, type PaymentRow, post, realization, satkers, tags } from "./world.ts";

const t = translator("en");
const AT = "2026-03-01T00:00:00.000Z";

const hashOf = async (db: Db): Promise<string> => {
  const { findings, ledger } = await verifyStore(db);
  expect(findings).toEqual([]);
  return ledger.hash;
};

/** Cells of a rejected row by its number in the file: corrected, left as they are (undefined), or deleted (null). */
type Fix = (cells: string[], row: number) => string[] | null | undefined;

/** The rejects of an extract as somebody sends them back. */
async function corrected(db: Db, extract: number, fix: Fix): Promise<string> {
  const { header, rows } = await rejectTable(db, extract, t);
  const own = header.length - 6;
  const lines = rows.flatMap((row) => {
    const cells = fix(row.slice(0, own), Number(row[own]));
    const full = Array.from({ length: own }, (_, index) => (cells ?? row)[index] ?? "");
    return cells === null ? [] : [[...full, ...row.slice(own)]];
  });
  return [header, ...lines].map((cells) => `${csvLine(cells)}\r\n`).join("");
}

async function complete(
  db: Db,
  extract: number,
  fix: Fix,
  options: Partial<ImportOptions> = {},
): Promise<ImportResult> {
  return importText(db, await corrected(db, extract, fix), options, "rejects.csv");
}

/** Hash of a store that holds only the wholly correct file. */
const hashOfAlone = (engine: (typeof ENGINES)[number], file: string | Buffer, options: Partial<ImportOptions> = {}) =>
  withStore(engine, async (db) => {
    await ensureReferences(db);
    await post(db, file, options);
    return hashOf(db);
  });

const idOf = ({ extract }: ImportResult): number => extract ?? 0;

/** Payments with a document each; `bad` rows are broken. */
const GOOD = Array.from({ length: 8 }, (_, index): PaymentRow => {
  const number = `19133${String(index).padStart(10, "0")}`;
  return [codeOf(index % 2 === 0 ? "100001" : "100002"), `2019-0${1 + (index % 3)}-15`, 100 + index, number];
});
const lines = (rows: readonly PaymentRow[]) => realization(rows).trim().split("\n");
const GOOD_LINES = lines(GOOD);
/** The file with some of its rows broken; row 2 is the first below the header. */
function broken(breaks: Record<number, (line: string) => string>): string {
  return `${GOOD_LINES.map((line, index) => breaks[index + 1]?.(line) ?? line).join("\n")}\n`;
}
const cellsOfRow = (row: number): string[] => (GOOD_LINES[row - 1] ?? "").split(",");
const FIXED: Fix = (_, row) => cellsOfRow(row);

const BAD = broken({
  3: (line) => `1${line}`,
  5: (line) => line.replace(/2019-\d\d-15/, "2019-02-30"),
  6: (line) => line.replace(/\d+$/, "1.5"),
  8: (line) => line.replace(/,\d+$/, ""),
});

describe.each(ENGINES)("corrected rejects on %s", (engine) => {
  it("complete a blocked extract: the ledger holds what a wholly correct file would have given", async () => {
    const alone = await hashOfAlone(engine, realization(GOOD));
    await withStore(engine, async (db) => {
      await ensureReferences(db);
      const empty = await hashOf(db);
      const blocked = await importText(db, BAD);
      expect(blocked).toMatchObject({ status: "blocked", rows: { read: 8, posted: 4, rejected: 4, skipped: 0 } });
      const dry = await complete(db, idOf(blocked), FIXED, { dryRun: true });
      expect([dry.status, await hashOf(db)]).toEqual(["dry-run", empty]);
      const result = await complete(db, idOf(blocked), FIXED);
      expect(result).toMatchObject({ status: "posted", rows: { read: 8, posted: 8, rejected: 0, skipped: 0 } });
      expect(result.layout).toBe("realization");
      expect(await hashOf(db)).toBe(alone);
      // The same corrections twice change nothing; a revert takes everything back.
      expect((await complete(db, idOf(blocked), FIXED)).status).toBe("unchanged");
      await revertExtract(db, idOf(result), AT);
      expect(await hashOf(db)).toBe(empty);
    });
  });

  it("complete an extract that was posted in part; it is superseded, and a revert restores it", async () => {
    const alone = await hashOfAlone(engine, realization(GOOD));
    await withStore(engine, async (db) => {
      await ensureReferences(db);
      const part = await importText(db, BAD, { force: true });
      const partly = await hashOf(db);
      const result = await complete(db, idOf(part), FIXED);
      expect(result.changes).toEqual({ created: 4, updated: 0, unchanged: 4, removed: 0 });
      expect(await hashOf(db)).toBe(alone);
      await revertExtract(db, idOf(result), AT);
      expect(await hashOf(db)).toBe(partly);
    });
  });

  it("may come back in steps; what is still wrong, untouched or left out is rejected under its old row number", async () => {
    const alone = await hashOfAlone(engine, realization(GOOD));
    await withStore(engine, async (db) => {
      await ensureReferences(db);
      const blocked = await importText(db, BAD);
      const first = await complete(db, idOf(blocked), (cells, row) => {
        if (row === 3) return cellsOfRow(row);
        if (row === 5) return cells.map((cell) => (cell === "2019-02-30" ? "2019-02-31" : cell));
        return row === 6 ? null : undefined;
      });
      expect(first).toMatchObject({ status: "blocked", rows: { read: 8, posted: 5, rejected: 3 } });
      const problems = first.rejects.map(({ row, problems: [one] }) => [row, one?.rule, one?.value]);
      expect(problems).toEqual([
        [5, "DAT-003", "2019-02-31"],
        [6, "AMT-004", "1.5"],
        [8, "FILE-008", null],
      ]);
      const second = await complete(db, idOf(first), (_, row) => (row === 6 ? cellsOfRow(row) : undefined), {
        force: true,
      });
      expect(second).toMatchObject({ status: "posted", rows: { read: 8, posted: 6, rejected: 2 } });
      const third = await complete(db, idOf(second), FIXED);
      expect(third).toMatchObject({ status: "posted", rows: { read: 8, posted: 8, rejected: 0 } });
      expect(await hashOf(db)).toBe(alone);
    });
  });

  it("any rows broken in any way and corrected in two steps end as the correct file", async () => {
    const alone = await hashOfAlone(engine, realization(GOOD));
    const damage = fc.constantFrom(
      (line: string) => `9${line}`,
      (line: string) => line.replace("2019-", "2019/13/"),
      (line: string) => line.replace(/\d+$/, "x"),
      (line: string) => line.replaceAll(",", ";"),
      (line: string) => `${line},more`,
      (line: string) => `"${line}`,
      (line: string) => line.replace(/^[^,]*/, ""),
    );
    const rows = fc.uniqueArray(fc.integer({ min: 2, max: 9 }), { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(rows, fc.func(damage), fc.boolean(), fc.boolean(), async (which, damageOf, force, inSteps) => {
        await withStore(engine, async (db) => {
          await ensureReferences(db);
          const file = broken(Object.fromEntries(which.map((row) => [row, damageOf(row)])));
          let result = await importText(db, file, { force });
          // A quotation mark that is never closed takes the rest of the file with it: such a file has other rows.
          if (result.rows.rejected === 0 || result.rows.read !== 8) return;
          const before = await hashOf(db);
          const reverts: number[] = [];
          for (const step of inSteps ? [0, 1] : [1]) {
            const id = idOf(result);
            if (result.rows.rejected === 0) break;
            result = await complete(db, id, (_, row) => (step === 1 || row % 2 === 0 ? cellsOfRow(row) : undefined), {
              force,
            });
            if (result.status === "posted") reverts.push(idOf(result));
          }
          expect(result).toMatchObject({ status: "posted", rows: { read: 8, posted: 8, rejected: 0 } });
          expect(await hashOf(db)).toBe(alone);
          for (const id of reverts.reverse()) await revertExtract(db, id, AT);
          expect(await hashOf(db)).toBe(before);
        });
      }),
      { numRuns: engine === "sqlite" ? 25 : 4, interruptAfterTimeLimit: 60_000 },
    );
  });

  it("work for budgets, lists and tags, with the scope and agreement of the extract", async () => {
    const dipa = (amount: string | number) =>
      budget([
        { code: code(), year: 2019, revision: 0, amount: 1200 },
        { code: codeOf("100002"), year: 2019, revision: 0, amount },
      ]);
    const list = (ministry: string) =>
      satkers([
        ["100001", "SATU", "024"],
        ["100002", "DUA", ministry],
      ]);
    const tag = (share: string | number) =>
      tags([
        { code: "2080.001", intervention: "vitamin-a", share: 40 },
        { code: "2080.002", intervention: "vitamin-a", share },
      ]);
    const files = [
      [dipa("1.5"), dipa(600), { scope: "satker=100003" }],
      [list("2A"), list("024"), {}],
      [tag("x"), tag(50), { agreement: "BA-1" }],
    ] as const;
    for (const [bad, good, options] of files) {
      const alone = await hashOfAlone(engine, good, options);
      await withStore(engine, async (db) => {
        await ensureReferences(db);
        const part = await importText(db, bad, { ...options, force: true });
        expect(part).toMatchObject({ status: "posted", rows: { posted: 1, rejected: 1 } });
        const partly = await hashOf(db);
        const result = await complete(db, idOf(part), () => (good.trim().split("\n")[2] ?? "").split(","));
        expect(result).toMatchObject({ status: "posted", rows: { read: 2, posted: 2, rejected: 0 } });
        expect(result.scope).toMatchObject({ kind: part.scope?.kind });
        expect(await hashOf(db)).toBe(alone);
        await revertExtract(db, idOf(result), AT);
        expect(await hashOf(db)).toBe(partly);
      });
    }
  });

  it("work for reports whose rows belong together, as workbook and packed", async () => {
    const leaves = [
      leafOf({ item: "000001" }),
      leafOf({ item: "000002", account: "524119", before: 0n, blocked: 77n, inPeriod: 20n }),
    ];
    const rows = faRows({ titles: FA_TITLES("636722", 2022, "Februari 2022"), leaves });
    // The leaf states what is blocked in a way that nobody can read; its account above states it well.
    const leaf = rows.findLastIndex((row) => row.includes(77n));
    const damaged = rows.map((row, at) => row.map((cell) => (at === leaf && cell === 77n ? "7x" : cell)));
    const files: [Buffer | string, Buffer | string][] = [
      [await workbook(damaged), await workbook(rows)],
      [gzipSync(faCsv(damaged)), gzipSync(faCsv(rows))],
    ];
    for (const [bad, good] of files) {
      const alone = await hashOfAlone(engine, good);
      await withStore(engine, async (db) => {
        await ensureReferences(db);
        const blocked = await importText(db, bad);
        expect(blocked.status).toBe("blocked");
        expect(blocked.rows.rejected).toBeGreaterThan(0);
        const result = await complete(db, idOf(blocked), (cells) => {
          return cells.map((cell) => (cell === "7x" ? "77" : cell));
        });
        expect(result).toMatchObject({ status: "posted", layout: "sakti-fa-detail", rows: { rejected: 0 } });
        expect(await hashOf(db)).toBe(alone);
      });
    }
  });

  it("are refused with a sentence when they do not belong here, or newer extracts speak for the same cells", async () => {
    await withStore(engine, async (db) => {
      await ensureReferences(db);
      const part = await importText(db, BAD, { force: true });
      const file = await corrected(db, idOf(part), FIXED);
      const rules = ({ rejects }: ImportResult) => rejects.flatMap(({ problems }) => problems.map(({ rule }) => rule));
      const refused = async (text: string, options: Partial<ImportOptions> = {}) => {
        const result = await importText(db, text, options);
        expect(result).toMatchObject({ status: "blocked", extract: null });
        return rules(result);
      };
      expect(await refused(file.replace(/extract \d+ #/, "extract 77 #"))).toEqual(["FILE-041"]);
      expect(await refused(file.replace(/#[0-9a-f]{16}/, "#0123456789abcdef"))).toEqual(["FILE-041"]);
      expect(await refused(file.replace(",3,", ",4,"))).toEqual(["FILE-042"]);
      expect(await refused(file.replace(",3,", ",5,"))).toEqual(["FILE-042"]);
      expect(await refused(file.replace(",3,", ",,"))).toEqual(["FILE-042"]);
      await post(db, realization([[codeOf("100001"), "2019-01-20", 5, "1"]]));
      const newer = await hashOf(db);
      expect(await refused(file)).toEqual(["FILE-044"]);
      expect(await hashOf(db)).toBe(newer);
      expect((await importText(db, file, { force: true })).status).toBe("posted");
    });
  });
});

describe("files of rejects", () => {
  it("a workbook keeps every cell as text, marks the faulty ones, counts rules, and completes the extract", async () => {
    const alone = await hashOfAlone("sqlite", realization(GOOD));
    await withStore("sqlite", async (db) => {
      await ensureReferences(db);
      const blocked = await importText(db, BAD);
      const survey = await surveyRejects(db, idOf(blocked));
      const folder = await mkdtemp(join(tmpdir(), "tandai-rejects-"));
      try {
        const file = join(folder, "rejects.xlsx");
        const pages = () => rejectPages(db, idOf(blocked));
        await writeWorkbook(rejectsWorkbook(survey, pages, translator("id"), new Date(AT)), file);
        // Sent back untouched, everything is rejected again.
        const untouched = await importFile(db, file, PLAIN_IMPORT);
        expect(untouched).toMatchObject({ status: "blocked", rows: { read: 8, posted: 4, rejected: 4 } });
        expect(untouched.rejects).toEqual(blocked.rejects);

        const book = new ExcelJS.Workbook();
        await book.xlsx.readFile(file);
        expect(book.worksheets.map(({ name }) => name)).toEqual(["Penolakan", "Ringkasan"]);
        const [sheet, summary] = book.worksheets;
        expect(sheet?.getRow(1).values).toEqual(
          expect.arrayContaining([
            "code",
            "amount",
            expect.stringMatching(/^baris \[ekstrak 1 #[0-9a-f]{16}\]$/),
            "alasan",
          ]),
        );
        expect(sheet?.getCell("C2").value).toBe("191330000000001");
        expect(sheet?.getCell("C2").numFmt).toBe("@");
        const fill = (address: string) => JSON.stringify(sheet?.getCell(address).fill);
        expect(fill("A2")).toContain("FFE699");
        expect(fill("B2")).not.toContain("FFE699");
        expect(sheet?.views[0]).toMatchObject({ state: "frozen", ySplit: 1 });
        const rules = summary?.getColumn(1).values.filter((value) => /^[A-Z]+-\d+$/.test(String(value)));
        expect(rules).toEqual(["AMT-004", "COA-003", "DAT-003", "FILE-008"]);

        for (let row = 2; row <= 5; row++) {
          const cells = cellsOfRow(Number(sheet?.getRow(row).getCell(5).value));
          for (const [index, cell] of cells.entries()) {
            const target = sheet?.getRow(row).getCell(index + 1);
            if (target) target.value = cell;
          }
        }
        await book.xlsx.writeFile(file);
        expect((await importFile(db, file, PLAIN_IMPORT)).status).toBe("posted");
        expect(await hashOf(db)).toBe(alone);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    });
  });

  it("every problem of a row stands beside it, and the summary counts rows by rule", async () => {
    await withStore("sqlite", async (db) => {
      await ensureReferences(db);
      const bad = broken({
        3: () => `${code({ kppn: "1" })},2019-02-30,x,1.5`,
        4: (line) => line.replace(/\d+$/, "2.5"),
      });
      const { extract } = await importText(db, bad);
      const { header, rows } = await rejectTable(db, extract ?? 0, t);
      const own = header.length - 6;
      expect(rows[0]?.slice(own, own + 4)).toEqual([
        "3",
        "COA-003 · DAT-003 · AMT-004",
        "code · date · amount",
        expect.stringContaining("2019-02-30 · 1.5"),
      ]);
      const survey = await surveyRejects(db, extract ?? 0);
      const [, first = ""] = summaryCsv(survey, t).split("\r\n");
      expect(first.startsWith("AMT-004,2,3,amount,1.5,")).toBe(true);
      let csv = "";
      for await (const piece of rejectsCsv(db, survey, translator("id"))) csv += piece;
      expect(csv.split("\r\n")[1]).toContain("tidak ada");
    });
  });
});
