import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  CODE_FIELDS,
  type CodeField,
  composeCode,
  decomposeCode,
  type KnownSegments,
  parseCode,
  parseLedgerCode,
  REQUIRED_FIELDS,
  STRUCTURES,
} from "../../src/coa/index.ts";
import { ledgerCodes } from "./arbitraries.ts";

const FULL: KnownSegments = {
  satker: "006018",
  account: "511138",
  ministry: "054",
  unit: "01",
  program: "WA",
  activity: "2882",
  output: "QAB",
  fund_source: "A",
  fund_method: "0",
  fund_register: "00000001",
  location: "1403",
  ro: "105",
  component: "001",
  subcomponent: "0C",
  item: "000120",
};

function composed(known: KnownSegments, year = 2021): string {
  const result = composeCode(known, year);
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  return result.code.canonical;
}

function faults(known: KnownSegments, year = 2021) {
  const result = composeCode(known, year);
  return result.ok ? [] : result.errors.map(({ field, code, position, text }) => [field, code, position, text]);
}

/** The pieces of printed parts, cut where the structure cuts them. */
function piecesOf(parts: readonly string[]): Record<CodeField, string | null> {
  const [satker, kppn, account, program = "", output = "", fund = "", bank, authority, location] = parts;
  const [, , , , , , , , , budgetType, interEntity, reserve, ro, component, subcomponent, item] = parts;
  const texts = [satker, kppn, account, program.slice(0, 3), program.slice(3, 5), program.slice(5)]
    .concat([output.slice(0, 4), output.slice(4), fund.slice(0, 1), fund.slice(1, 2), fund.slice(2)])
    .concat([bank, authority, location, budgetType, interEntity, reserve, ro, component, subcomponent, item]);
  return Object.fromEntries(CODE_FIELDS.map((field, at) => [field, texts[at] ?? null])) as Record<CodeField, string>;
}

describe("composeCode", () => {
  it("puts a question mark for every character that nothing states", () => {
    expect(composed(FULL)).toBe(
      "006018.???.511138.05401WA.2882QAB.A000000001.?????.?.1403.?.??????.??????.105.001.0C.000120",
    );
    const least = { satker: "006018", account: "511138", program: "WA", activity: "2882", output: "QAB" };
    expect(composed(least)).toBe("006018.???.511138.?????WA.2882QAB.??????????.?????.?.????.?.??????.??????");
    expect(composed({ ...least, ro: "105" })).toMatch(/\.105\.\?\?\?\.\?\?\.\?{6}$/);
    expect(composed({ ...least, fund_source: "A" })).toContain(".A?????????.");
  });

  it("needs satker, account, activity and output", () => {
    for (const field of REQUIRED_FIELDS)
      expect(faults({ ...FULL, [field]: null })).toEqual([[field, "COA-002", 0, ""]]);
    expect(faults({}).map(([field]) => field)).toEqual(["satker", "account", "activity", "output"]);
  });

  it("names the piece and the rule that it breaks", () => {
    expect(faults({ ...FULL, satker: "6018" })).toEqual([["satker", "COA-003", 0, "6018"]]);
    expect(faults({ ...FULL, fund_register: "0000 001" })).toEqual([["fund_register", "COA-004", 4, "0000 001"]]);
    expect(faults({ ...FULL, location: "" })).toEqual([["location", "COA-002", 0, ""]]);
    expect(faults({ ...FULL, program: "wa" }).map(([, rule]) => rule)).toEqual(["COA-004", "COA-004"]);
    expect(faults({ ...FULL, item: "??????" })).toHaveLength(6);
  });

  it("takes the structure of the year", () => {
    expect(faults(FULL, 2020).map(([field, rule]) => [field, rule])).toEqual([
      ["program", "COA-007"],
      ["output", "COA-007"],
    ]);
    // A single letter among digits is a slip, not a code of the redesign.
    expect(faults({ ...FULL, program: "0A", output: "001" }, 2020)).toEqual([["program", "COA-004", 1, "0A"]]);
    expect(composed({ ...FULL, program: "08", output: "001" }, 2020)).toContain(".0540108.2882001.");
  });

  it("gives the ordinary code when all is known, and takes it apart again", () => {
    fc.assert(
      fc.property(ledgerCodes, ({ parts, year }) => {
        const pieces = piecesOf(parts);
        const canonical = composed(pieces, year);
        expect(canonical).toBe(parts.join("."));
        expect(parseLedgerCode(canonical, year).ok).toBe(true);
        expect(decomposeCode(canonical, year)?.known).toEqual(pieces);
      }),
      { numRuns: 300 },
    );
  });

  it("is undone by decomposeCode whatever is unknown, and users cannot write such codes", () => {
    const optional = CODE_FIELDS.filter((field) => !REQUIRED_FIELDS.includes(field));
    fc.assert(
      fc.property(ledgerCodes, fc.subarray(optional, { minLength: 1 }), ({ parts, year }, unknown) => {
        const pieces = piecesOf(parts);
        for (const field of unknown) pieces[field] = null;
        const canonical = composed(pieces, year);
        const again = decomposeCode(canonical, year);
        expect(again?.known).toEqual(pieces);
        expect(composed(again?.known ?? {}, year)).toBe(canonical);
        const segments = STRUCTURES["rspp-2021"].segments;
        expect(canonical.split(".").every((part, at) => part.length === segments[at]?.width)).toBe(true);
        if (!canonical.includes("?")) return;
        expect(parseLedgerCode(canonical, year).ok).toBe(false);
        expect(parseCode(canonical).valid).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it("decomposes nothing that it did not compose", () => {
    const canonical = composed(FULL);
    for (const text of ["", "2080.QEA", "006018", canonical.slice(0, -1), `${canonical}.1`, canonical.toLowerCase()]) {
      expect(decomposeCode(text, 2021)).toBeNull();
    }
    expect(decomposeCode(canonical.replace("2882", "2?82"), 2021)).toBeNull();
    expect(decomposeCode(canonical.replace(/\.105\..*/, ".???.???.??.??????"), 2021)).toBeNull();
    expect(decomposeCode(canonical, 2020)).toBeNull();
  });
});
