import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseCsvObjects } from "../../src/extracts/readers/csv-parser.ts";
import { suggest } from "../../src/suggestions/index.ts";
import { parseTerm } from "../../src/suggestions/keyword-term.ts";
import { inputOf, seededInterventions, seededKeywords } from "./keyword-list.ts";

/** Names as ministries write them, with the intervention they serve; none for those that only sound alike. */
const LISTS = [
  { theme: "stunting", file: "names.csv", least: 1000, alike: 40 },
  { theme: "child-protection", file: "protection-names.csv", least: 400, alike: 10 },
];

describe.each(LISTS)("keyword lists of $theme", ({ theme, file, least, alike }) => {
  const names = parseCsvObjects(readFileSync(new URL(file, import.meta.url), "utf8"));
  const keywords = seededKeywords(theme);
  const interventions = seededInterventions(theme);
  const outputs = names.map(({ ministry, name }, index) => ({
    node: `${9000 + index}.ZZZ.001`,
    name: `${name}`,
    program: `${ministry}01WA`,
    themes: null,
  }));
  const found = new Map(suggest(inputOf({ theme, keywords, interventions, outputs })).map((one) => [one.code, one]));

  it("find every intervention by name alone", () => {
    const missed = names.flatMap(({ name, intervention }, index) => {
      const one = found.get(outputs[index]?.node ?? "");
      const isFound = !intervention || (one && one.score >= 0.5 && one.intervention === intervention);
      return isFound ? [] : [`${name}: ${one?.intervention} ${one?.score}, not ${intervention}`];
    });
    expect(missed).toEqual([]);
    const covered = new Set(names.map((row) => row.intervention).filter((one) => one));
    expect(interventions.filter(({ code }) => !covered.has(code))).toEqual([]);
  });

  it("are not taken in by names that only sound alike", () => {
    const fooled = names.flatMap(({ name, intervention }, index) => {
      const score = found.get(outputs[index]?.node ?? "")?.score ?? 0;
      return !intervention && score >= 0.3 ? [`${name}: ${score}`] : [];
    });
    expect(fooled).toEqual([]);
    expect(names.filter(({ intervention }) => !intervention).length).toBeGreaterThanOrEqual(alike);
  });

  it("can all be read, know their interventions, and are large", () => {
    const codes = new Set(interventions.map(({ code }) => code));
    const counts = new Map<string, number>();
    const keys = new Set<string>();
    for (const { kind, intervention, term, language, weight, ministries } of keywords) {
      expect(typeof parseTerm(term, language), term).toBe("object");
      expect(intervention === null ? kind === "theme" || kind === "exclusion" : codes.has(intervention), term).toBe(
        true,
      );
      expect(weight > 0 && weight <= 100 && ministries.every((code) => /^!?\d{3}$/.test(code)), term).toBe(true);
      keys.add([kind, intervention, language, term.toLowerCase()].join("|"));
      if (kind === "keyword" && intervention !== null) counts.set(intervention, (counts.get(intervention) ?? 0) + 1);
    }
    expect(keys.size).toBe(keywords.length);
    for (const code of codes) expect(counts.get(code) ?? 0, code).toBeGreaterThanOrEqual(3);
    expect([...counts.values()].reduce((sum, count) => sum + count)).toBeGreaterThan(least);
  });
});

/** The score and intervention of one name in one ministry. */
function of(name: string, ministry = "024") {
  const node = "9999.ZZZ.001";
  const [one] = suggest(inputOf({ outputs: [{ node, name, program: `${ministry}01WA`, themes: null }] }));
  return { score: one?.score ?? 0, intervention: one?.intervention ?? null, reasons: one?.reasons ?? [] };
}

describe("how a name is read", () => {
  it("makes no difference between capitals, dots, hyphens and little words", () => {
    const names = [
      "Makanan Pendamping ASI untuk baduta",
      "MAKANAN PENDAMPING ASI BADUTA",
      "makanan pendamping-ASI, baduta.",
    ];
    expect(new Set(names.map((name) => of(name).score)).size).toBe(1);
    expect(of("M.P.-ASI").intervention).toBe("complementary-feeding");
    expect(of("Pendampingan 1.000 HPK").score).toBe(of("Pendampingan 1000 HPK").score);
  });

  it("reads words that are written wrong or cut off, with less certainty and saying so", () => {
    const right = of("Pelayanan imunisasi");
    for (const name of ["Pelayanan imunsasi", "Pelayanan imunissasi", "Pelayanan imuniasi", "Pelayanan imunis."]) {
      const wrong = of(name);
      expect(wrong.intervention, name).toBe("immunization");
      expect(wrong.score, name).toBeLessThan(right.score);
      expect(wrong.score, name).toBeGreaterThan(0.6);
    }
    expect(of("Pelayanan imunsasi").reasons[0]?.facts.words).toBe("imunsasi");
    expect(of("Penyediaan gigi palsu").score).toBe(0);
    expect(of("Operasi kontra intelijen").score).toBe(0);
  });

  it("takes back what exclusions share words with, and all where they share none", () => {
    expect(of("Penyediaan air minum", "033").score).toBeGreaterThan(0.7);
    expect(of("Penyediaan air minum dalam kemasan", "033").score).toBeLessThan(0.2);
    expect(of("Penyediaan air minum dalam kemasan dan sanitasi desa", "033").intervention).toBe("sanitation");
    expect(of("Sanitasi kapal", "033").score).toBe(0);
    const { reasons } = of("Vaksinasi meningitis bayi");
    expect(reasons.find(({ rule }) => rule === "excluded")?.facts).toMatchObject({ words: "meningitis", percent: 80 });
  });

  it("counts abbreviations only where they mean the theme", () => {
    expect(of("Pembinaan PKH", "027").intervention).toBe("conditional-cash-transfer");
    expect(of("Pembinaan PKH", "018").score).toBe(0);
    expect(of("Pelayanan KB", "068").score).toBeGreaterThan(0.8);
    expect(of("Pengawasan KB", "015").score).toBe(0);
    expect(of("KIA bagi ibu").intervention).toBe("antenatal-postnatal-care");
    expect(of("Pencetakan Kartu Identitas Anak (KIA)", "010").intervention).not.toBe("antenatal-postnatal-care");
  });

  it("trusts a name less in a ministry that does not work for the theme", () => {
    const own = of("Pemberian makanan tambahan balita", "024");
    const other = of("Pemberian makanan tambahan balita", "012");
    expect(other.score).toBeLessThan(own.score);
    expect(other.reasons.map(({ rule }) => rule)).toContain("other-ministry");
  });
});
