import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { translator } from "../../src/i18n/index.ts";
import { ensureReferences } from "../../src/references/index.ts";
import { assemblePerformanceExecution, writePerformanceExecution } from "../../src/reporting/index.ts";
import { checkQuality } from "../../src/reporting/quality.ts";
import { dataAng, itemRow, paidRow, realisasi } from "../extracts/layouts/monsakti.ts";
import { code, importText, post, satkers, tags } from "../ledger/world.ts";
import { differences, recalculated, SOFFICE } from "../reports/libreoffice.ts";
import { inFolder, readWorkbook } from "../reports/open-workbook.ts";
import { ENGINES, withStore } from "../support/stores.ts";

const COA = code({ program: "05401WA", output: "2882QAB", account: "511138", detail: "105.001.0C.000120" });
const REQUEST = {
  window: { from: "2021-01", to: "2021-12" },
  due: "2021-12",
  theme: "stunting",
  demonstration: false,
} as const;

/** Money of a listed satker, of one that no list knows, and of one whose ministry nothing says. */
const ITEMS = [
  itemRow({ TOTAL: "1200" }),
  itemRow({ KDSATKER: "100002", TOTAL: "2400" }),
  itemRow({ KDSATKER: "100003", KODE_KEGIATAN: "9999", TOTAL: "3600", SUMBER_DANA: "" }),
];

describe.each(ENGINES)("a report of codes that are not wholly known, from %s", (engine) => {
  it("shows their rupiah as unknown, passes its own checks, and ties out when it is computed again", async () => {
    await withStore(engine, async (db) => {
      await ensureReferences(db);
      await post(db, satkers([["100001", "SATKER", "054", "1403"]]));
      expect((await importText(db, dataAng(ITEMS), { year: 2021 })).status).toBe("posted");
      await post(db, realisasi([paidRow(COA, { TGL_SP2D: "30-04-2021", NILAI_RUPIAH: "500.00" })]));
      const agreed = ["2882.QAB", "9999.QAB.105"].map((node) => {
        return { code: node, intervention: "vitamin-a", share: 50, from: 2021 };
      });
      await post(db, tags(agreed), { agreement: "BA-1" });

      const report = await assemblePerformanceExecution(db, { ...REQUEST, language: "id" });
      expect(report.residual).toEqual({ whole: 0n, weighted: 0n });
      const revised = report.ministries.map(({ code: ministry, name, whole }) => [ministry, name, whole.revised]);
      expect(revised).toEqual([
        ["054", "BADAN PUSAT STATISTIK", 3600n],
        ["—", "tidak diketahui", 3600n],
      ]);
      const districts = report.districts.map((row) => [row.code, row.province.code, row.figures.revised]);
      expect(districts).toEqual([
        ["0151", "01", 0n],
        ["1403", "14", 1200n],
        ["—", "—", 6000n],
      ]);
      expect(report.funds.map((row) => [row.code, row.figures.revised])).toEqual([
        ["A", 3600n],
        ["—", 3600n],
      ]);
      const failed = checkQuality(report, translator("id")).filter(({ status }) => status === "failed");
      expect(failed).toEqual([]);

      if (SOFFICE === undefined) return;
      await inFolder(async (folder) => {
        const file = join(folder, "report.xlsx");
        await writePerformanceExecution(report, file);
        const bytes = await readFile(file);
        const ours = await readWorkbook(bytes);
        expect(differences(ours.book, (await recalculated(bytes)).book)).toEqual([]);
      });
    });
  });
});
