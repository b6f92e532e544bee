import { describe, expect, it } from "vitest";
import { differences, recalculated, SOFFICE } from "./libreoffice.ts";
import { formulasOf, readWorkbook, workbookBytes } from "./open-workbook.ts";
import { sampleReport } from "./sample.ts";

describe.skipIf(SOFFICE === undefined)("LibreOffice computes the workbook again", () => {
  it.each([
    ["an ordinary report", sampleReport(), undefined],
    ["an English report with lines on several sheets", sampleReport({ language: "en" }), 6],
    ["a report without data", sampleReport({ dataAsOf: null, tags: [] }, [], []), undefined],
  ])("and finds every value of %s", async (_, report, linesPerSheet) => {
    const bytes = await workbookBytes(report, linesPerSheet);
    const ours = await readWorkbook(bytes);
    const theirs = await recalculated(bytes);
    const formulas = ours.book.worksheets.flatMap((sheet) => formulasOf(sheet));
    expect(formulas.length).toBeGreaterThan(200);
    expect(differences(ours.book, theirs.book)).toEqual([]);
    expect([...theirs.parts.keys()].filter((name) => /^xl\/charts\/chart\d/.test(name))).toHaveLength(3);
  });

  it("and would notice a wrong total", async () => {
    const bytes = await workbookBytes(sampleReport());
    const ours = await readWorkbook(bytes);
    const theirs = await recalculated(bytes);
    const total = ours.sheet("Per KL").getCell("H10");
    expect(total.formula).toMatch(/^SUM/);
    total.value = { formula: total.formula, result: 1, date1904: false };
    expect(differences(ours.book, theirs.book)).toHaveLength(1);
  });
});
