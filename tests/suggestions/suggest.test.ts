import { describe, expect, it } from "vitest";
import { type Suggestion, type SuggestionInput, suggest } from "../../src/suggestions/index.ts";
import { learnedWeight, together } from "../../src/suggestions/learned-weight.ts";
import { inputOf } from "./keyword-list.ts";

type Output = SuggestionInput["outputs"][number];

function output(node: string, name: string, themes: string | null = null, program = "02403DG"): Output {
  return { node, name, program, themes };
}

function list(given: Partial<SuggestionInput>): Map<string, Suggestion> {
  return new Map(suggest(inputOf(given)).map((one) => [one.code, one]));
}

function rules(suggestion: Suggestion | undefined): string[] {
  return (suggestion?.reasons ?? []).map(({ rule }) => rule);
}

/** A year in which ten other outputs were agreed, so that it counts as worked through. */
function teachingYear(year: number, given: Partial<SuggestionInput["teaching"][number]>) {
  const others = Array.from({ length: 10 }, (_, index) => `8${String(index).padStart(3, "0")}.AAA.001`);
  return {
    year,
    outputs: given.outputs ?? [],
    agreed: [...others.map((node) => ({ node, intervention: "zinc", share: 10_000 })), ...(given.agreed ?? [])],
    decisions: given.decisions ?? [],
  };
}

describe("the order and the score", () => {
  it("is the chance that one sign speaks true", () => {
    expect(together([])).toBe(0);
    expect(together([0.5, 0.5])).toBe(0.75);
    expect(together([0.65, 0])).toBeCloseTo(0.65, 12);
  });

  it("is best first, equal scores by code, and the same whatever the order of the input", () => {
    const outputs = [
      output("2080.QEA.003", "Kapsul vitamin A"),
      output("2080.QEA.001", "Kapsul vitamin A"),
      output("2080.QEA.002", "Imunisasi dasar dan vitamin A", "008"),
      output("2080.QEA.004", "Layanan arsip"),
    ];
    const first = suggest(inputOf({ outputs }));
    expect(first.map(({ code }) => code)).toEqual(["2080.QEA.002", "2080.QEA.001", "2080.QEA.003", "2080.QEA.004"]);
    expect(suggest(inputOf({ outputs: [...outputs].reverse() }))).toEqual(first);
    for (const { score } of first) expect(score).toBeGreaterThan(0);
    for (const { score } of first) expect(score).toBeLessThan(1);
  });

  it("leaves out what carries an agreed tag, itself or through a node above it", () => {
    const outputs = [
      output("2080.QEA.001", "Kapsul vitamin A"),
      output("2080.QEB.001", "Kapsul vitamin A"),
      output("2081.QEA.001", "Kapsul vitamin A"),
      output("2082.QEA", "Imunisasi bayi"),
    ];
    const agreed = [
      { node: "2080.QEA.001", intervention: "vitamin-a", share: 10_000 },
      { node: "2081", intervention: "vitamin-a", share: 10_000 },
      { node: "2082.QEA.005", intervention: "immunization", share: 10_000 },
    ];
    const found = list({ outputs, teaching: [{ year: 2023, outputs, agreed, decisions: [] }] });
    expect([...found.keys()].sort()).toEqual(["2080.QEB.001", "2082.QEA"]);
    expect(rules(found.get("2082.QEA"))).toContain("partly-tagged");
  });
});

describe("the mark of KRISNA", () => {
  it("is found inside a field of several codes, written together or apart", () => {
    const fields = ["008", "003008", "006;008", "6008", "003, 008", "8", "stunting"];
    for (const themes of fields) {
      const found = list({ outputs: [output("1999.QAA.001", "Layanan arsip", themes)] });
      expect(rules(found.get("1999.QAA.001")), themes).toContain("krisna-mark");
    }
    for (const themes of ["080", "800", "003006", "000", null, "gender"]) {
      const found = list({ outputs: [output("1999.QAA.001", "Layanan arsip", themes)] });
      expect(found.size, String(themes)).toBe(0);
    }
  });

  it("without any other sign takes the intervention of the ministry and says that it is a guess", () => {
    const found = list({ outputs: [output("1999.QAA.001", "Layanan arsip", "008", "06301WA")] });
    const one = found.get("1999.QAA.001");
    expect(one).toMatchObject({ intervention: "food-fortification", class: "sensitive" });
    expect(rules(one)).toEqual(["krisna-mark", "default-intervention"]);
  });
});

describe("earlier years", () => {
  const name = "Rumah belajar gembira";
  const outputs = [
    output("1999.QEA.001", name, null, "01201AA"),
    output("1999.QEA.002", "Layanan arsip", null, "01201AA"),
  ];

  it("suggest a name that was tagged before, also under another code", () => {
    const earlier = teachingYear(2022, {
      outputs: [output("7000.QEA.001", "Rumah-rumah belajar gembira", null, "01201AA")],
      agreed: [{ node: "7000.QEA.001", intervention: "parent-counselling", share: 10_000 }],
    });
    const found = list({ outputs, teaching: [earlier] });
    const one = found.get("1999.QEA.001");
    expect(one).toMatchObject({ intervention: "parent-counselling", class: "sensitive" });
    expect(one?.reasons[0]).toMatchObject({
      rule: "similar-name",
      facts: { node: "7000.QEA.001", year: 2022, percent: 100, tagged: 1, untagged: 0 },
    });
    expect(found.has("1999.QEA.002")).toBe(false);
  });

  it("trust a name less that mostly stayed untagged", () => {
    const same = (count: number) =>
      Array.from({ length: count }, (_, index) => output(`70${10 + index}.QEA.001`, name));
    const agreed = [{ node: "7010.QEA.001", intervention: "parent-counselling", share: 10_000 }];
    const rare = list({ outputs, teaching: [teachingYear(2022, { outputs: same(1), agreed })] });
    const frequent = list({ outputs, teaching: [teachingYear(2022, { outputs: same(9), agreed })] });
    expect(rare.get("1999.QEA.001")?.score).toBeGreaterThan(0.85);
    expect(frequent.get("1999.QEA.001")?.score).toBeLessThan(0.35);
  });

  it("suggest a code that was tagged, less where it has got another name, and its neighbours a little", () => {
    const agreed = [{ node: "1999.QEA.001", intervention: "sanitation", share: 10_000 }];
    const kept = list({ outputs, teaching: [teachingYear(2022, { outputs, agreed })] });
    const renamed = list({
      outputs,
      teaching: [teachingYear(2022, { outputs: [output("1999.QEA.001", "Gedung serba guna kota")], agreed })],
    });
    expect(rules(kept.get("1999.QEA.001"))).toContain("same-code");
    expect(rules(renamed.get("1999.QEA.001"))).toContain("same-code-renamed");
    expect(renamed.get("1999.QEA.001")?.score).toBeLessThan(kept.get("1999.QEA.001")?.score ?? 0);
    const neighbour = kept.get("1999.QEA.002");
    expect(neighbour).toMatchObject({ intervention: "sanitation" });
    expect(neighbour?.reasons[0]).toMatchObject({
      rule: "same-activity",
      facts: { activity: "1999", year: 2022, tagged: 1, listed: 2 },
    });
    expect(rules(neighbour)).toContain("passed-over");
  });

  it("push down what was rejected, by code and by name, with the reason", () => {
    const plain = list({ outputs: [output("2080.QEA.001", "Kapsul vitamin A")] }).get("2080.QEA.001")?.score ?? 0;
    const decisions = [
      {
        node: "2080.QEA.001",
        name: "Kapsul vitamin A",
        outcome: "rejected" as const,
        intervention: null,
        reason: "hanya gudang",
      },
    ];
    const found = list({
      outputs: [output("2080.QEA.001", "Kapsul vitamin A"), output("3000.QEA.001", "KAPSUL VITAMIN-A")],
      teaching: [teachingYear(2022, { decisions })],
    });
    for (const node of ["2080.QEA.001", "3000.QEA.001"]) {
      expect(found.get(node)?.score, node).toBeLessThan(plain / 2);
      expect(found.get(node)?.reasons.find(({ rule }) => rule === "rejected-before")).toMatchObject({
        effect: "lowers",
        facts: { year: 2022, node: "2080.QEA.001", reason: "hanya gudang" },
      });
    }
  });
});

describe("what keywords and marks learn", () => {
  it("is the mean of their weight and of what became of them", () => {
    const none = { agreed: 0, rejected: 0, passed: 0 };
    expect(learnedWeight(0.6, none)).toBeCloseTo(0.6, 12);
    expect(learnedWeight(0.6, { ...none, agreed: 6 })).toBeCloseTo(0.8, 12);
    expect(learnedWeight(0.6, { ...none, rejected: 6 })).toBeCloseTo(0.3, 12);
    expect(learnedWeight(0.6, { ...none, passed: 24 })).toBeCloseTo(0.3, 12);
    expect(learnedWeight(0.6, { ...none, agreed: 1e6 })).toBe(0.97);
  });

  it("moves a keyword up where its outputs were agreed, down where they were rejected, and names the counts", () => {
    const outputs = [output("2080.QEA.001", "Lumbung pangan desa", null, "01803AA")];
    const others = Array.from({ length: 8 }, (_, index) =>
      output(`71${10 + index}.QEA.001`, `Lumbung pangan wilayah ${index}${index}`, null, "01803AA"),
    );
    const agreed = others.map(({ node }) => ({ node, intervention: "food-security", share: 10_000 }));
    const decisions = others.map(({ node, name }) => ({
      node,
      name,
      outcome: "rejected" as const,
      intervention: null,
      reason: "bukan gizi",
    }));
    const points = (teaching: SuggestionInput["teaching"]) =>
      list({ outputs, teaching })
        .get("2080.QEA.001")
        ?.reasons.find(({ facts }) => facts.term === "lumbung pangan");
    const plain = points([]);
    const up = points([teachingYear(2022, { outputs: others, agreed })]);
    const down = points([teachingYear(2022, { outputs: others, decisions })]);
    expect(up?.points).toBeGreaterThan(plain?.points ?? 1);
    expect(down?.points).toBeLessThan(plain?.points ?? 0);
    expect(up?.facts).toMatchObject({ agreed: 8, rejected: 0, passed: 0 });
    expect(down?.facts).toMatchObject({ agreed: 0, rejected: 8, passed: 0 });
  });
});

describe("the level at which an output is suggested", () => {
  const kro = output("2080.QEA", "Bantuan Masyarakat");
  const vitamins = [output("2080.QEA.001", "Kapsul vitamin A bayi"), output("2080.QEA.002", "Kapsul vitamin A balita")];

  it("is the RO from 2021 on, and the output before, where no year tells", () => {
    const now = list({ outputs: [kro, ...vitamins], year: 2023 });
    expect(now.get("2080.QEA.001")?.score).toBeGreaterThan(now.get("2080.QEA")?.score ?? 1);
    expect(rules(now.get("2080.QEA"))).toEqual(expect.arrayContaining(["parts-below", "other-level"]));
    const before = [output("2080.004", "Kapsul vitamin A bayi"), output("2080.004.001", "Kapsul vitamin A bayi")];
    const then = list({ outputs: before, year: 2019 });
    expect(then.get("2080.004")?.score).toBeGreaterThan(then.get("2080.004.001")?.score ?? 1);
  });

  it("is where the year before had it, as long as all parts serve one intervention", () => {
    const teaching = [teachingYear(2022, { agreed: [{ node: "2080.QMA", intervention: "vitamin-a", share: 10_000 }] })];
    const habit = list({ outputs: [kro, ...vitamins], teaching });
    expect(habit.get("2080.QEA")?.score).toBeGreaterThan(habit.get("2080.QEA.001")?.score ?? 1);
    const mixed = [vitamins[0] as Output, output("2080.QEA.002", "Tablet tambah darah ibu hamil")];
    const apart = list({ outputs: [kro, ...mixed], teaching });
    expect(apart.get("2080.QEA.002")?.score).toBeGreaterThan(0.9);
    expect(apart.get("2080.QEA")?.score ?? 0).toBeLessThan(0.5);
  });

  it("takes no sign from the name of a KRO, which is the name of its class", () => {
    const found = list({
      outputs: [output("1999.RAB", "Sarana Bidang Kesehatan"), output("1999.RAB.001", "Layanan arsip")],
    });
    expect(found.size).toBe(0);
  });
});
