import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ExcelJS from "exceljs";
import { describe, expect, it } from "vitest";
import { referenceCsv, writeReferenceTable } from "../../reports/reference-table.ts";
import { writeTagWorksheet } from "../../reports/tag-worksheet.ts";
import { translator } from "../../src/i18n/index.ts";
import { verifyStore } from "../../src/ledger/index.ts";
import { reconcile } from "../../src/reconciliation/index.ts";
import { ensureReferences, loadThemes } from "../../src/references/index.ts";
import type { Db } from "../../src/store/index.ts";
import { suggestionTexts } from "../../src/suggestions/index.ts";
import {
  type Actor,
  ALL_TAGS,
  allocateCodes,
  compareMarks,
  copyForward,
  importWorksheet,
  listTags,
  marksAsProposals,
  proposeTags,
  referenceTable,
  takeSteps,
  WORKSHEET_COLUMNS,
  worksheetRows,
} from "../../src/tagging/index.ts";
import { budget, code, importText, post, realization, tags } from "../ledger/world.ts";
import { ENGINES, withStore } from "../support/stores.ts";

const by = (name: string): Actor => ({ name, at: "2026-02-01T00:00:00.000Z", reason: null });
const T = translator("id");
const LIST = "fiscal_year,ministry,unit,program,activity,output,ro,name,themes,target,unit_of_measure";

/** An output list with RO 001 … of activity 2080, output QEA. */
function outputList(year: number, count: number): string {
  const rows = Array.from({ length: count }, (_, index) => {
    const ro = String(index + 1).padStart(3, "0");
    return `${year},024,05,DG,2080,QEA,${ro},Layanan gizi ${ro},${index % 2 === 0 ? "008" : "000"},10,orang`;
  });
  return [LIST, ...rows, ""].join("\n");
}

async function agreeAll(db: Db): Promise<void> {
  const ids = async (status: string) => (await listTags(db, { ...ALL_TAGS, status: [status] })).map(({ id }) => id);
  await takeSteps(db, { action: "review", tags: await ids("proposed"), agreement: null }, by("Budi"));
  const agreement = { number: "BA-1", date: "2026-01-15", semester: "2026-1", parties: ["Bappenas", "Kemenkeu"] };
  await takeSteps(db, { action: "agree", tags: await ids("in-review"), agreement }, by("Budi"));
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "tandai-bulk-"));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Opens a worksheet, lets `fill` change cells by column and place below the header, and saves it. */
async function edit(
  file: string,
  fill: (set: (row: number, column: string, value: string | number | null) => void) => void,
) {
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(file);
  const sheet = book.worksheets[0];
  if (!sheet) throw new Error("no sheet");
  let names = 0;
  for (let row = 1; row < 10; row++) if (sheet.getRow(row).getCell(2).value === "code") names = row;
  const columns = new Map(WORKSHEET_COLUMNS.map((name, index) => [name as string, index + 1]));
  fill((row, column, value) => {
    sheet.getRow(names + 1 + row).getCell(columns.get(column) ?? 0).value = value;
  });
  await book.xlsx.writeFile(file);
  return { sheet, names };
}

async function worksheet(db: Db, file: string, year: number): Promise<void> {
  const theme = (await loadThemes(db)).get("stunting");
  if (!theme) throw new Error("no theme");
  await writeTagWorksheet(
    {
      theme,
      year,
      rows: await worksheetRows(db, "stunting", year, await suggestionTexts(db, "stunting", year, T)),
      language: "id",
    },
    file,
  );
}

describe.each(ENGINES)("worksheets of a year on %s", (engine) => {
  it("go out with current tags, come back with a result per row, and change what planners changed", async () => {
    await withStore(engine, async (db) => {
      await ensureReferences(db);
      await post(db, outputList(2023, 4));
      await post(db, tags([{ code: "2080.QEA.001", intervention: "zinc", share: 60, from: 2023 }]), {
        agreement: "BA-0",
      });
      await proposeTags(
        db,
        [
          {
            row: 1,
            origin: "hand",
            replaces: null,
            rewrites: null,
            fields: {
              theme: "stunting",
              code: "2080.QEA.002",
              intervention: "zinc",
              fiscal_year_from: "2023",
              fiscal_year_to: "2023",
            },
          },
        ],
        by("Sari"),
      );
      await inFolder(async (folder) => {
        const file = join(folder, "lembar.xlsx");
        await worksheet(db, file, 2023);
        // The K/L marked the third output.
        const said3 = (await worksheetRows(db, "stunting", 2023, await suggestionTexts(db, "stunting", 2023, T)))[2];
        expect(said3).toMatchObject({
          code: "2080.QEA.003",
          marks: "008",
          suggestion: expect.stringMatching(/ \(0\.\d\d\)$/),
        });
        const { sheet, names } = await edit(file, (set) => {
          // Row 1 is agreed and stays; row 2 is on its way and changes; rows 3 and 4 are new; below them free rows.
          set(2, "share", 50);
          set(3, "intervention", "vitamin-a");
          set(3, "share", 33.33);
          set(3, "evidence", "kata kunci vitamin A");
          set(4, "intervention", "deworming");
          set(5, "code", "2080.QEA.004");
          set(5, "intervention", "immunization");
          set(5, "share", 100);
          set(6, "code", "2080.QEA.009");
          set(6, "intervention", "immunization");
          set(7, "code", "2080.QEA.001");
          set(7, "intervention", "vitamin-a");
          set(7, "share", 40);
        });
        expect([sheet.getRow(names).hidden, sheet.getCell(names + 2, 2).protection?.locked ?? true]).toEqual([
          true,
          true,
        ]);
        const protection = (sheet as unknown as { sheetProtection: { sheet?: boolean } | null }).sheetProtection;
        expect(protection?.sheet).toBe(true);
        const first = names + 2;
        const results = await importWorksheet(db, file, by("Dewi"), T);
        const said = results.map(({ row, outcome, problems }) => [row - first + 1, problems[0]?.rule ?? outcome]);
        expect(said).toEqual([
          [1, "unchanged"],
          [2, "updated"],
          [3, "created"],
          [4, "TAG-005"],
          [5, "TAG-005"],
          [6, "TAG-010"],
          [7, "created"],
        ]);
        // The same file again changes nothing more.
        const again = await importWorksheet(db, file, by("Dewi"), T);
        expect(again.filter(({ outcome }) => outcome === "created" || outcome === "updated")).toEqual([]);
        // An agreed tag changes only by being replaced.
        await edit(file, (set) => set(1, "share", 55));
        expect((await importWorksheet(db, file, by("Dewi"), T))[0]?.problems[0]?.rule).toBe("TAG-025");
        await edit(file, (set) => set(1, "action", "replace"));
        expect((await importWorksheet(db, file, by("Dewi"), T))[0]?.outcome).toBe("created");
        // 001 agreed, its replacement and its second intervention; one row each for the others.
        expect(await worksheetRows(db, "stunting", 2023)).toHaveLength(6);
      });
    });
  });

  it("a CSV with the same columns is read the same way; another table is refused", async () => {
    await withStore(engine, async (db) => {
      await ensureReferences(db);
      await inFolder(async (folder) => {
        const file = join(folder, "tag.csv");
        await writeFile(
          file,
          "theme,code,intervention,class,share,fiscal_year_from,fiscal_year_to\nstunting,2080.QEA.001,zinc,C,,2023,2023\n008,2080.QEA.001,zinc,A,40,2023,2023\n",
        );
        const results = await importWorksheet(db, file, by("Sari"), T);
        expect(results.map(({ row, problems, outcome }) => [row, problems[0]?.rule ?? outcome])).toEqual([
          [2, "TAG-003"],
          [3, "created"],
        ]);
        await writeFile(file, "a,b\n1,2\n");
        await expect(importWorksheet(db, file, by("Sari"), T)).rejects.toMatchObject({ code: "WORKSHEET-UNREADABLE" });
      });
    });
  });

  it("last year's agreed tags are proposed for this year, under the codes of a crosswalk or the same ones", async () => {
    await withStore(engine, async (db) => {
      await ensureReferences(db);
      await post(db, outputList(2024, 2));
      await post(
        db,
        tags([
          { code: "2080.QEA.001", intervention: "zinc", share: 60, from: 2023, evidence: "bukti" },
          { code: "2080.QEA.002", intervention: "zinc", from: 2023, to: 2024 },
          { code: "2078.QEA.005", intervention: "vitamin-a", from: 2023 },
        ]),
        { agreement: "BA-0" },
      );
      // The list of 2024 does not have this one any more.
      await post(db, tags([{ code: "2080.BDB.003", intervention: "zinc", share: 10, from: 2022, to: 2022 }]), {
        agreement: "BA-0",
      });
      const copied = await copyForward(db, { theme: "stunting", from: 2023, to: 2024 }, by("Sari"));
      expect(copied.map(({ from, results }) => [from.node, results.map(({ outcome }) => outcome)])).toEqual([
        ["2078.QEA.005", ["created"]],
        ["2080.QEA.001", ["created"]],
      ]);
      expect(await listTags(db, { ...ALL_TAGS, year: 2024, node: "2080.QEA.001" })).toMatchObject([
        {
          status: "proposed",
          share: 6000,
          evidence: "bukti",
          origin: "copied",
          fiscalYearFrom: 2024,
          fiscalYearTo: 2024,
        },
      ]);
      const gone = await copyForward(db, { theme: "stunting", from: 2022, to: 2024 }, by("Sari"));
      expect(gone[0]?.results[0]?.problems[0]?.rule).toBe("TAG-010");
      const moved = await copyForward(db, { theme: "stunting", from: 2022, to: 2024 }, by("Sari"), () => [
        { code: "2080.QEA.001", share: 10_000 },
      ]);
      expect(moved[0]?.results[0]).toMatchObject({ code: "2080.QEA.001" });
      expect(await copyForward(db, { theme: "stunting", from: 2022, to: 2024 }, by("Sari"), () => [])).toMatchObject([
        { results: [] },
      ]);
    });
  });

  it("5,000 outputs are tagged, reviewed and agreed by file within seconds, and count at once", async () => {
    await withStore(engine, async (db) => {
      await ensureReferences(db);
      const nodes = Array.from(
        { length: 5000 },
        (_, index) =>
          `2080.${String(Math.floor(index / 50)).padStart(3, "0")}.${String((index % 50) + 1).padStart(3, "0")}`,
      );
      const detail = (node: string) => ({
        output: node.slice(0, 8).replace(".", ""),
        detail: `${node.slice(9)}.051.0A.000001`,
      });
      await post(db, realization([0, 4999].map((index) => [code(detail(nodes[index] ?? "")), "2019-05-01", 1000])));
      const lines = nodes.map((node) => `stunting,${node},zinc,,40,2019,2019`);
      await inFolder(async (folder) => {
        const file = join(folder, "tag.csv");
        const write = (share: number) =>
          writeFile(
            file,
            [
              "theme,code,intervention,class,share,fiscal_year_from,fiscal_year_to",
              ...lines.map((line) => line.replace(",40,", `,${share},`)),
              "",
            ].join("\n"),
          );
        const timed = async <T>(work: () => Promise<T>): Promise<[T, number]> => {
          const start = performance.now();
          return [await work(), performance.now() - start];
        };
        await write(40);
        const [results, first] = await timed(() => importWorksheet(db, file, by("Sari"), T));
        expect(results.filter(({ outcome }) => outcome === "created")).toHaveLength(5000);
        await write(50);
        const [changed, second] = await timed(() => importWorksheet(db, file, by("Sari"), T));
        expect(changed.filter(({ outcome }) => outcome === "updated")).toHaveLength(5000);
        const [, third] = await timed(() => agreeAll(db));
        for (const took of [first, second, third]) expect(took).toBeLessThan(30_000);
      });
      const request = {
        by: ["intervention" as const],
        window: { from: "2019-01", to: "2019-12" },
        theme: "stunting",
        basis: "weighted" as const,
        where: {},
      };
      expect((await reconcile(db, request, "id")).rows).toMatchObject([
        { keys: { intervention: "zinc" }, realization: 1000n },
      ]);
      const retagged = await importText(
        db,
        tags(nodes.map((node) => ({ code: node, intervention: "zinc", share: 10 }))),
        { agreement: "BA-9" },
      );
      expect(retagged.changes).toMatchObject({ updated: 5000 });
      expect((await reconcile(db, request, "id")).rows).toMatchObject([{ realization: 200n }]);
      expect((await verifyStore(db)).findings).toEqual([]);
    });
  });
});

describe.each(ENGINES)("cross-program codes on %s", (engine) => {
  it("are allocated once, exported for both systems, and read back from the ledger", async () => {
    await withStore(engine, async (db) => {
      await ensureReferences(db);
      const codes = await allocateCodes(db, "stunting", by("Sari"));
      expect(new Set(codes.map((one) => one.code)).size).toBe(36);
      for (const one of codes) expect(one.code).toMatch(/^901\d{3}$/);
      expect(await allocateCodes(db, "stunting", by("Budi"))).toEqual(codes);
      const other = await allocateCodes(db, "child-protection", by("Sari"));
      expect(other[0]?.code).toBe("902001");
      const markOf = (intervention: string) => codes.find((one) => one.intervention === intervention)?.code ?? "";
      const marked = (mark: string, output: string) => code({ output }).replace(/000000$/, mark);
      await post(db, budget([{ code: marked(markOf("zinc"), "2080001"), year: 2019, revision: 0, amount: 900 }]));
      await post(
        db,
        realization([
          [marked(markOf("zinc"), "2080001"), "2019-05-01", 100],
          [marked(markOf("vitamin-a"), "2080001"), "2019-05-01", 20],
          [code({ output: "2080001" }), "2019-05-01", 3],
          [marked(markOf("deworming"), "2080002"), "2019-05-01", 7],
          [marked("999999", "2080002"), "2019-05-01", 8],
          [code({ output: "2080003" }), "2019-05-01", 9],
        ]),
      );
      await post(db, tags([{ code: "2080.001", intervention: "zinc", share: 40 }]), { agreement: "BA-0" });
      const compared = await compareMarks(db, "stunting", 2019);
      expect(
        compared.map(({ node, mark, verdict, revised, realization: paid }) => [node, mark, verdict, revised, paid]),
      ).toEqual([
        ["2080.001", null, "only-agreed", 0n, 3n],
        ["2080.001", markOf("zinc"), "same", 900n, 100n],
        ["2080.001", markOf("vitamin-a"), "other-intervention", 0n, 20n],
        ["2080.002", markOf("deworming"), "only-marked", 0n, 7n],
        ["2080.002", "999999", "unknown-code", 0n, 8n],
      ]);
      const results = await proposeTags(db, marksAsProposals(compared), by("Sari"), "identified");
      expect(results.map(({ outcome }) => outcome)).toEqual(["created"]);
      expect(await listTags(db, { ...ALL_TAGS, status: ["identified"] })).toMatchObject([
        { node: "2080.002", intervention: "deworming", origin: "ledger" },
      ]);
      const rows = await referenceTable(db, "stunting", 2019);
      const mark = markOf("zinc");
      expect(referenceCsv(rows, "krisna").split("\r\n")[1]).toBe(`2019,008,2080,001,,,${mark},specific,zinc,40,BA-0`);
      expect(referenceCsv(rows, "span").split("\r\n")[1]).toBe(`2019,2080001,,,${mark},stunting,specific,zinc,40,BA-0`);
      await inFolder(async (folder) => {
        const written = await writeReferenceTable(
          rows,
          { system: "span", year: 2019, language: "en" },
          join(folder, "x.xlsx"),
        );
        expect(written.sheets).toBe(1);
      });
    });
  });
});
