import { describe, expect, it } from "vitest";
import {
  AmountProfile,
  type ColumnReport,
  columnReport,
  DateProfile,
  describeColumn,
} from "../../../src/extracts/formats/index.ts";
import { LANGUAGES, translator } from "../../../src/i18n/index.ts";

const times = (count: number, text: string): string[] => Array.from({ length: count }, () => text);

function amounts(cells: readonly string[]): ColumnReport {
  const profile = new AmountProfile();
  for (const [index, cell] of cells.entries()) profile.add(index + 2, cell);
  return columnReport({ column: "amount", kind: "amount", verdict: profile.verdict() });
}

function dates(cells: readonly string[]): ColumnReport {
  const profile = new DateProfile();
  for (const [index, cell] of cells.entries()) profile.add(index + 2, cell);
  return columnReport({ column: "date", kind: "date", verdict: profile.verdict() });
}

describe("the report of a column", () => {
  it("says what decided, and names the rows against it", () => {
    const cells = times(998, "6.776.000");
    cells.splice(15, 0, "6776000.00");
    cells.splice(21, 0, "1,234");
    const report = amounts(cells);
    expect(describeColumn(report, translator("id"))).toBe(
      "Kolom amount: 998 sel dengan titik ribuan, 1 sel dengan titik desimal, 1 sel seperti 1,234; bertentangan: baris 17, 23. Dibaca sebagai 1.234.567,89.",
    );
    expect(report.signs).toContainEqual({
      sign: "dotDecimal",
      example: "1234567.89",
      contradicts: true,
      cells: 1,
      rows: [17],
    });
  });

  it("has no style where cells cannot be decided", () => {
    expect(amounts(["1.234", "1,234"])).toMatchObject({ style: null });
    expect(amounts(["6.776.000", "6776000.00", "1.234"])).toMatchObject({ style: null });
    // Nothing doubtful is there, so nothing is open.
    expect(amounts(["6.776.000", "6776000.00"]).style).not.toBeNull();
    expect(dates(["22/04/2026", "04/22/2026", "04/06/2026"])).toMatchObject({ style: null });
    expect(dates(["22/04/2026", "04/22/2026"]).style).toBe("dd-mm-yyyy");
  });

  it("names the style of every kind of column", () => {
    expect(amounts(["6,776,000", "1,234"]).style).toBe("1,234,567.89");
    expect(amounts(["6 776 000", "1 234,00"]).style).toBe("1 234 567,89");
    expect(amounts(["6 776 000.00"]).style).toBe("1 234 567.89");
    expect(amounts(["6'776'000"]).style).toBe("1'234'567.89");
    expect(amounts(["6776000.00"]).style).toBe("1234567.89");
    expect(dates(["2026-04-06"]).style).toBe("yyyy-mm-dd");
    expect(dates(["46134", "20260422", "46135"]).style).toBe("serial");
    expect(dates(["20260422"]).style).toBe("yyyymmdd");
    expect(dates(["04/22/2026", "04/23/2026"]).style).toBe("mm-dd-yyyy");
  });

  it("is a sentence in both languages for whatever stands in a column", () => {
    const odd = ["", "abc", "6.776.000", "1,234", "1.234", "6,776,000", "6 776 000", "6'776'000", "1.5", "1,5", "7"];
    const days = ["", "abc", "22-04-2026", "04-22-2026", "04-06-2026", "2026-04-06", "46134", "20260422"];
    for (const language of LANGUAGES) {
      const t = translator(language);
      for (const report of [amounts(odd), dates(days), amounts(["", "5"]), dates([""])]) {
        expect(describeColumn(report, t)).not.toMatch(/[{}]|undefined|null/);
      }
    }
  });
});
