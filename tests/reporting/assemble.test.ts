import { readFileSync } from "node:fs";
import { copyFile, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { importFile } from "../../src/ledger/index.ts";
import {
  assemblePerformanceExecution,
  isDemonstration,
  type PerformanceExecution,
  type ReportRequest,
  writePerformanceExecution,
} from "../../src/reporting/index.ts";
import { type Db, openStore } from "../../src/store/index.ts";
import { differences, recalculated, SOFFICE } from "../reports/libreoffice.ts";
import { inFolder, readWorkbook } from "../reports/open-workbook.ts";
import { fixture, loadWorld, PLAIN_IMPORT } from "../support/import.ts";
import { ENGINES, newStorePlace, type StorePlace, withStore } from "../support/stores.ts";

const REQUEST: ReportRequest = {
  window: { from: "2019-04", to: "2020-03" },
  due: "2020-06",
  theme: "stunting",
  language: "id",
  demonstration: false,
};

interface Expected {
  rows: Record<string, string | number>[];
  total: Record<string, number>;
  unsplit: Record<string, number>;
}

function expected(name: string): Expected {
  return JSON.parse(readFileSync(fixture("world-1", "expected", `${name}.json`), "utf8")) as Expected;
}

const numbers = (figures: Record<string, bigint>) =>
  Object.fromEntries(Object.entries(figures).map(([measure, amount]) => [measure, Number(amount)]));

/** Fingerprints of the file that each engine wrote. */
const written = new Map<string, string>();

describe.each(ENGINES)("a report read from %s", (engine) => {
  let place: StorePlace;
  let db: Db;
  let report: PerformanceExecution;

  beforeAll(async () => {
    place = await newStorePlace(engine);
    db = await openStore(place.location);
    await loadWorld(db);
    report = await assemblePerformanceExecution(db, REQUEST);
  });

  afterAll(async () => {
    await db.close();
    await place.dispose();
  });

  it("has the ministries and districts that were computed independently", () => {
    const { rows, total, unsplit } = expected("ministry_2019-04_2020-03_stunting_whole");
    expect(report.ministries.map(({ code, whole }) => ({ ministry: code, ...numbers(whole) }))).toEqual(rows);
    expect(numbers(report.total.whole)).toMatchObject(total);
    expect(numbers(report.needsRo)).toMatchObject(unsplit);
    const places = expected("district_2019-04_2020-03_stunting_whole").rows;
    expect(report.districts.map(({ code, figures }) => ({ district: code, ...numbers(figures) }))).toEqual(places);
  });

  it("ties to the lines and to the ledger: no check fails", async () => {
    await inFolder(async (folder) => {
      const { checks, sheets, sha256 } = await writePerformanceExecution(report, join(folder, "new", "report.xlsx"));
      written.set(engine, sha256);
      expect(checks.filter(({ status }) => status === "failed")).toEqual([]);
      expect(checks.length).toBeGreaterThan(80);
      expect(sheets).toBe(13);
    });
  });

  it("reads windows on both sides of the budget redesign, and of one month", async () => {
    for (const window of [
      { from: "2020-04", to: "2021-03" },
      { from: "2021-07", to: "2021-07" },
    ]) {
      const other = await assemblePerformanceExecution(db, { ...REQUEST, due: null, window });
      await inFolder(async (folder) => {
        const { checks } = await writePerformanceExecution(other, join(folder, "report.xlsx"));
        expect(checks.filter(({ status }) => status === "failed")).toEqual([]);
      });
      expect(other.lines.length).toBeGreaterThan(0);
    }
  });

  it("stands where there is nothing", async () => {
    const nothing = await assemblePerformanceExecution(db, {
      ...REQUEST,
      due: null,
      window: { from: "2030-01", to: "2030-06" },
    });
    expect([nothing.lines, nothing.ministries, nothing.extracts, nothing.dataAsOf]).toEqual([[], [], [], null]);
    expect(nothing.months).toHaveLength(6);
  });

  it("refuses a theme that the store does not know", async () => {
    await expect(assemblePerformanceExecution(db, { ...REQUEST, theme: "flood-control" })).rejects.toMatchObject({
      code: "REPORT-THEME",
      status: 400,
    });
  });
});

describe("a report", () => {
  it("has the same bytes whichever engine holds the data", () => {
    expect(written.size).toBe(2);
    expect(new Set(written.values()).size).toBe(1);
  });

  it("knows a demonstration by its files", async () => {
    await withStore("sqlite", async (db) => {
      await loadWorld(db);
      expect(await isDemonstration(db)).toBe(false);
      await inFolder(async (folder) => {
        const file = join(folder, "demo-realization.csv");
        await copyFile(fixture("world-1", "realization.csv"), file);
        await importFile(db, file, { ...PLAIN_IMPORT, scope: "2019-01..2021-12", force: true });
      });
      expect(await isDemonstration(db)).toBe(true);
    });
  });

  it.skipIf(SOFFICE === undefined)("of a world adds up in LibreOffice as in ours", async () => {
    await withStore("sqlite", async (db) => {
      await loadWorld(db);
      const report = await assemblePerformanceExecution(db, REQUEST);
      await inFolder(async (folder) => {
        const file = join(folder, "report.xlsx");
        const steps: number[] = [];
        await writePerformanceExecution(report, file, (done) => steps.push(done));
        expect(steps.at(-1)).toBe(100);
        expect(steps).toEqual([...steps].sort((a, b) => a - b));
        const bytes = await readFile(file);
        const [ours, theirs] = [await readWorkbook(bytes), await recalculated(bytes)];
        expect(differences(ours.book, theirs.book)).toEqual([]);
      });
    });
  });
});
