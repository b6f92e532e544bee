import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ExcelJS from "exceljs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeReconciliation } from "../../reports/reconciliation.ts";
import { type Reconciliation, reconcile } from "../../src/reconciliation/index.ts";
import { loadWorld } from "../support/import.ts";
import { withStore } from "../support/stores.ts";

let folder: string;
let result: Reconciliation;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tandai-reconciliation-"));
  result = await withStore("sqlite", async (db) => {
    await loadWorld(db);
    const window = { from: "2019-04", to: "2020-03" };
    return reconcile(db, { by: ["class", "ministry"], window, theme: "stunting", basis: "whole", where: {} }, "id");
  });
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function open(language: "id" | "en") {
  const file = join(folder, `${language}.xlsx`);
  const written = await writeReconciliation(result, file, language);
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(file);
  const [sheet] = book.worksheets;
  if (!sheet) throw new Error("no sheet");
  return { file, written, sheet };
}

describe("a reconciliation as a workbook", () => {
  it("has one row per group, and totals that are live formulas with our values", async () => {
    const { sheet } = await open("id");
    let totals = 0;
    sheet.eachRow((row) => {
      const label = row.getCell(2).value;
      if (label !== "JUMLAH") return;
      totals++;
      // class, name, ministry, name, then original … realization in columns 5 to 9.
      for (const [column, name] of [
        [5, "original"],
        [6, "revised"],
        [7, "blocked"],
        [8, "budget"],
        [9, "realization"],
      ] as const) {
        const cell = row.getCell(column);
        expect(cell.formula).toMatch(/^SUM\(/);
        expect(BigInt(cell.result as number)).toBe(result.total[name]);
      }
    });
    expect(totals).toBe(1);
    expect(sheet.autoFilter).toMatch(/^A\d+:/);
    expect(sheet.views[0]?.state).toBe("frozen");
  });

  it("shows what no row holds", async () => {
    const { sheet } = await open("en");
    const labels: unknown[] = [];
    sheet.eachRow((row) => labels.push(row.getCell(2).value));
    expect(labels).toContain("outside the theme");
    expect(labels).toContain("cannot be placed: needs-ro");
  });

  it("gives the same bytes for the same result", async () => {
    const first = await open("id");
    const before = await readFile(first.file);
    const again = await open("id");
    expect(again.written.sha256).toBe(first.written.sha256);
    expect(await readFile(again.file)).toEqual(before);
  });
});
