import { describe, expect, it } from "vitest";
import { translator } from "../../src/i18n/index.ts";
import { findings } from "../../src/reporting/findings.ts";
import { sayList, sayPercent, sayRupiah } from "../../src/reporting/wording.ts";
import { budget, payment, sampleReport } from "../reports/sample.ts";

const [id, en] = [translator("id"), translator("en")];

describe("wording", () => {
  it.each([
    [29_067_500_000_000n, "Rp 29,07 triliun", "Rp 29.07 trillion"],
    [999_999_999_999n, "Rp 1.000,00 miliar", "Rp 1,000.00 billion"],
    [-1_500_000n, "-Rp 1,50 juta", "-Rp 1.50 million"],
    [999_999n, "Rp 999.999", "Rp 999,999"],
  ])("says %s", (amount, indonesian, english) => {
    expect(sayRupiah(amount, id)).toBe(indonesian);
    expect(sayRupiah(amount, en)).toBe(english);
  });

  it("says percent with one decimal, half away from zero, and nothing where there is nothing to divide by", () => {
    expect(sayPercent(734_881_464_333n, 855_830_897_000n, id)).toBe("85,9%");
    expect(sayPercent(1n, 2000n, en)).toBe("0.1%");
    expect(sayPercent(-5n, 100n, id)).toBe("-5,0%");
    expect(sayPercent(1n, 0n, id)).toBeNull();
  });

  it("joins lists", () => {
    expect(sayList(["a"], id)).toBe("a");
    expect(sayList(["a", "b"], id)).toBe("a dan b");
    expect(sayList(["a", "b", "c"], en)).toBe("a, b, and c");
  });
});

describe("findings", () => {
  it("follow from the numbers", () => {
    const text = findings(sampleReport(), id).join("\n");
    expect(text).toContain(
      "mencapai Rp 16,78 miliar atau 152,6% dari rencana penarikan Rp 11,00 miliar; Rp 5,78 miliar di atas rencana",
    );
    expect(text).toContain("Realisasi bulanan tertinggi terjadi pada Juni 2019: Rp 9,00 miliar");
    expect(text).toContain("Rp 13,00 miliar (77,5%) tercatat pada lokasi tingkat provinsi");
    expect(text).toContain("Reservasi: realisasi Rp 77,00 juta");
    expect(text).toContain("Reservasi: rencana Rp 500,00 juta");
  });

  it("say below and above plan, more and less budget, as it is", () => {
    const below = findings(sampleReport({}, [payment(2, 1, "2019-05-05", 45n)], [budget(2, 1, 2019, 1200n)]), en);
    expect(below[0]).toContain("reached Rp 45 or 5.0% of the withdrawal plan of Rp 900; Rp 855 below plan");
    expect(below[1]).toContain("unchanged from the original");
    const revised = { ...budget(2, 1, 2019, 1200n), revision: 1 };
    const original = { ...budget(3, 1, 2019, 1000n), highest: false };
    const more = findings(sampleReport({}, [payment(2, 1, "2019-05-05", 45n)], [original, revised]), en);
    expect(more[1]).toContain("Rp 1,200, Rp 200 (20.0%) more than the original Rp 1,000");
    const less = findings(
      sampleReport({}, [payment(2, 1, "2019-05-05", 45n)], [{ ...original, amount: 1600n }, revised]),
      en,
    );
    expect(less[1]).toContain("Rp 400 (25.0%) less than the original Rp 1,600");
  });

  it("do not compute an absorption without a plan, and say when there is nothing", () => {
    const spent = findings(sampleReport({}, [payment(2, 1, "2019-05-05", 45n)], []), id);
    expect(spent[0]).toContain("Tidak ada rencana penarikan");
    expect(findings(sampleReport({}, [], []), id)).toHaveLength(1);
  });

  it("warn when the data end before the window", () => {
    expect(findings(sampleReport({ dataAsOf: "2020-02-29" }), id).at(-1)).toContain("berasal dari Februari 2020");
    expect(findings(sampleReport(), id).join()).not.toContain("sebelum akhir periode");
  });

  it.each([id, en])("leave no place unfilled in $language", (t) => {
    for (const text of findings(sampleReport({ dataAsOf: "2019-05-01" }), t))
      expect(text).not.toMatch(/[{}]|undefined|null/);
  });
});
