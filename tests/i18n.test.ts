import { describe, expect, it, test } from "vitest";
import { en } from "../src/i18n/en/index.ts";
import { id } from "../src/i18n/id/index.ts";
import {
  formatMonth,
  formatNumber,
  formatRupiah,
  isLanguage,
  isTextKey,
  LANGUAGES,
  type TextKey,
  translator,
} from "../src/i18n/index.ts";

const KEYS = Object.keys(id) as TextKey[];

/** Names in braces, sorted. */
function places(template: string): string[] {
  return [...new Set(template.match(/\{\w+\}/g) ?? [])].sort();
}

describe("catalogues", () => {
  it("have the same keys in both languages", () => {
    expect(Object.keys(en).sort()).toEqual([...KEYS].sort());
    expect(KEYS.length).toBeGreaterThan(200);
  });

  it("have a text with the same places for every key in both languages", () => {
    for (const key of KEYS) {
      expect(places(en[key]), key).toEqual(places(id[key]));
      for (const text of [id[key], en[key]]) {
        expect(text.trim(), key).not.toBe("");
        expect(text.replace(/\{\w+\}/g, ""), `${key}: braces only around names`).not.toMatch(/[{}]/);
      }
    }
  });
});

describe("translator", () => {
  const t = translator("id");

  it("fills places, each time they occur, and only once", () => {
    const value = { column: "code", layout: "{column}" };
    expect(t("rule.FILE-004.message", value)).toBe("Kolom code tidak ada; tata letak {column} memerlukannya.");
    expect(t("rule.FLD-001.message", { column: "$&" })).toBe("Kolom $& wajib diisi.");
  });

  it("refuses a place without a value instead of printing braces", () => {
    expect(() => t("rule.FILE-004.message", { column: "code" })).toThrow("{layout}");
    expect(() => t("rule.FLD-001.message")).toThrow("{column}");
  });

  it("knows its language", () => {
    expect(LANGUAGES.map((language) => translator(language).language)).toEqual(["id", "en"]);
    expect(["id", "en", "fr", "", "ID"].map(isLanguage)).toEqual([true, true, false, false, false]);
  });

  it("knows its keys, not what every object has", () => {
    expect(isTextKey("rule.AMT-001.message")).toBe(true);
    for (const key of ["rule.AMT-999.message", "constructor", "toString", "__proto__"]) {
      expect(isTextKey(key)).toBe(false);
    }
  });
});

describe("numbers and months", () => {
  test.each([
    [0n, "Rp 0", "Rp 0"],
    [999n, "Rp 999", "Rp 999"],
    [1234n, "Rp 1.234", "Rp 1,234"],
    [-1_234_567n, "-Rp 1.234.567", "-Rp 1,234,567"],
    [9_007_199_254_740_993n, "Rp 9.007.199.254.740.993", "Rp 9,007,199,254,740,993"],
    [-9_223_372_036_854_775_808n, "-Rp 9.223.372.036.854.775.808", "-Rp 9,223,372,036,854,775,808"],
  ])("%s rupiah", (value, indonesian, english) => {
    expect(formatRupiah(value, "id")).toBe(indonesian);
    expect(formatRupiah(value, "en")).toBe(english);
  });

  it("prints numbers and months of each language", () => {
    expect([formatNumber(1234.5, "id"), formatNumber(1234.5, "en")]).toEqual(["1.234,5", "1,234.5"]);
    expect([formatMonth("2019-05", "id"), formatMonth("2019-05", "en")]).toEqual(["Mei 2019", "May 2019"]);
    expect(formatMonth("2019-01", "id")).toBe("Januari 2019");
    expect(formatMonth("2019-12", "id")).toBe("Desember 2019");
  });
});
