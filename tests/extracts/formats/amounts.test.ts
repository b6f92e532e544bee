import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import {
  AMOUNT_STYLES,
  AmountProfile,
  type AmountStyle,
  amountEvidence,
  readAmount,
  readByVerdict,
  styleOf,
} from "../../../src/extracts/formats/index.ts";
import { INT64_MAX } from "../../../src/money.ts";

/** Row numbers as in a file: the header is row 1. */
function profileOf(cells: readonly string[]): AmountProfile {
  const profile = new AmountProfile();
  cells.forEach((cell, index) => {
    profile.add(index + 2, cell);
  });
  return profile;
}

/** Every cell as its column reads it: rupiah, or the rule that refuses it. */
function readColumn(cells: readonly string[], family: readonly AmountProfile[] = []): (number | string)[] {
  const verdict = profileOf(cells).verdict(family);
  return cells.map((cell) => {
    const reading = readByVerdict(cell, verdict);
    return reading.ok ? Number(reading.value) : reading.rule;
  });
}

const STYLES = Object.keys(AMOUNT_STYLES) as AmountStyle[];

/** Writes an amount in a style, with cents or without. */
function write(amount: bigint, style: AmountStyle, cents: boolean): string {
  const { thousands, point } = AMOUNT_STYLES[style];
  const digits = (amount < 0n ? -amount : amount).toString();
  const grouped = thousands === null ? digits : digits.replace(/\B(?=(\d{3})+$)/g, thousands);
  return `${amount < 0n ? "-" : ""}${grouped}${cents ? `${point}00` : ""}`;
}

const amounts = fc.oneof(
  fc.bigInt({ min: -INT64_MAX, max: INT64_MAX }),
  fc.bigInt({ min: -9_999_999_999n, max: 9_999_999_999n }),
  fc.bigInt({ min: -9_999n, max: 9_999n }),
);

describe("a column of amounts", () => {
  test.each([
    ["the home way", ["6.776.000", "1.234", "500", "-1.000"], [6_776_000, 1234, 500, -1000]],
    ["a lone thousand", ["1.234"], [1234]],
    ["the way of OM-SPAN", ["6,776,000", "1,234", "500"], [6_776_000, 1234, 500]],
    ["decimals that settle commas", ["500.00", "1,234"], [500, 1234]],
    ["decimals that settle dots", ["500,00", "1.234"], [500, 1234]],
    ["a database", ["6776000.00", "500.00", "12"], [6_776_000, 500, 12]],
    ["a database with four decimals", ["6776000.0000", "500.0000"], [6_776_000, 500]],
    ["spaces", ["6 776 000", "1 234", "1\u00a0234,00"], [6_776_000, 1234, 1234]],
    ["apostrophes", ["6'776'000", "1\u2019234", "1'234.00"], [6_776_000, 1234, 1234]],
    ["negatives of every kind", ["-1.000", "1.000-", "(1.000)", "\u22121.000"], [-1000, -1000, -1000, -1000]],
    ["currencies", ["Rp 1.000", "Rp1.000,-", "IDR 1.000"], [1000, 1000, 1000]],
  ])("reads %s", (_, cells, expected) => {
    expect(readColumn(cells)).toEqual(expected);
  });

  it("reads all traps of the field in one column: no cell of them is open but for the home way", () => {
    const cells = ["6.776.000", "6.776.000,00", "Rp 6.776.000,00", "6 776 000", "6,776,000", "1.234", "(1.000)"];
    const seven = 6_776_000;
    expect(readColumn(cells)).toEqual([seven, seven, seven, seven, seven, 1234, -1000]);
    expect(readColumn([...cells, "6.776.00000"]).at(-1)).toBe("AMT-003");
  });

  test.each([
    ["a comma alone may be a decimal one", ["1,234", "999"], ["AMT-006", 999]],
    ["dot and comma, and nothing that settles them", ["1,234", "1.234", "5"], ["AMT-008", "AMT-008", 5]],
    ["a dot in a column of comma thousands", ["6,776,000", "1.234"], [6_776_000, "AMT-008"]],
    ["a comma in a column of dot thousands", ["6.776.000", "1,234"], [6_776_000, "AMT-008"]],
    ["a dot in a column of spaces", ["6 776 000", "1.234"], [6_776_000, "AMT-008"]],
    ["fractions", ["6776000.5", "1.234"], ["AMT-004", "AMT-004"]],
    ["three zeros that may be decimals or a group", ["6776000.50", "1.000"], ["AMT-004", "AMT-008"]],
    ["dots that mean both", ["6.776.000", "6776000.00", "1.234"], [6_776_000, 6_776_000, "AMT-008"]],
    ["commas that mean both", ["6,776,000", "6776000,00", "1,234"], [6_776_000, 6_776_000, "AMT-008"]],
    ["two ways to group", ["6.776.000", "6,776,000", "1,234"], [6_776_000, 6_776_000, "AMT-008"]],
    ["what is no amount", ["6.776.000", "", "abc", "1E+6"], [6_776_000, "AMT-001", "AMT-002", "AMT-006"]],
  ])("refuses %s", (_, cells, expected) => {
    expect(readColumn(cells)).toEqual(expected);
  });

  it("is decided by its many cells, and the few that break it are named", () => {
    const cells = Array.from({ length: 998 }, () => "6.776.000");
    cells.splice(15, 0, "6776000.00");
    cells.splice(21, 0, "6,776,000");
    const verdict = profileOf(cells).verdict();
    const read = readColumn(cells);
    expect(read.flatMap((value, index) => (value === "AMT-007" ? [index + 2] : []))).toEqual([17, 23]);
    expect(read.filter((value) => value === 6_776_000)).toHaveLength(998);
    expect(styleOf(verdict)).toBe("1.234.567,89");
    expect(amountEvidence(verdict)).toBe(
      "1.234.567 × 998 (2, 3, 4, 5, 6, …) · 1234567.89 × 1 (17) · 1,234,567 × 1 (23)",
    );
    // One of ten is an error of the cell; one of nine may be another way to write.
    const few = (count: number) => [...Array.from({ length: count }, () => "6.776.000"), "6776000.00", "1.234"];
    expect(readColumn(few(10)).slice(-2)).toEqual(["AMT-007", 1234]);
    expect(readColumn(few(9)).slice(-2)).toEqual([6_776_000, "AMT-008"]);
  });

  it("refuses a doubtful cell of another way to write, and leaves the column decided", () => {
    expect(readColumn([...Array(10).fill("6.776.000"), "1,234"]).at(-1)).toBe("AMT-007");
    expect(readColumn([...Array(10).fill("6,776,000"), "1.234"]).at(-1)).toBe("AMT-007");
    expect(readColumn([...Array(10).fill("6 776 000"), "1.234", "1 234"]).slice(-2)).toEqual(["AMT-007", 1234]);
    expect(readColumn([...Array(9).fill("6.776.000"), "1,234"]).at(-1)).toBe("AMT-008");
  });

  it("is decided by many commas against a few dots", () => {
    const cells = [...Array.from({ length: 50 }, () => "6,776,000"), "6.776.000", "1.234", "1,234"];
    expect(readColumn(cells).slice(-3)).toEqual(["AMT-007", "AMT-004", 1234]);
  });

  it("leaves to its family what it does not settle itself", () => {
    const total = profileOf(["6,776,000", "1,500,000"]);
    expect(readColumn(["564,667", "1,234"], [total])).toEqual([564_667, 1234]);
    expect(readColumn(["564,667", "6.776.000"], [total])).toEqual(["AMT-008", 6_776_000]);
    expect(readColumn(["564,667"], [profileOf(["12", "5"])])).toEqual(["AMT-006"]);
  });

  it("reads back every amount written in one style throughout", () => {
    const column = fc.array(fc.tuple(amounts, fc.boolean()), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(column, fc.constantFrom(...STYLES), (cells, style) => {
        const texts = cells.map(([amount, cents]) => write(amount, style, cents));
        // A comma that groups is certain only beside a million or cents.
        const proof = write(1_234_567n, style, true);
        const read = profileOf([...texts, proof]).verdict();
        cells.forEach(([amount], index) => {
          expect(readByVerdict(texts[index] ?? "", read), texts[index]).toEqual({ ok: true, value: amount });
        });
      }),
    );
  });

  it("never reads another amount than was written, even where nothing is certain", () => {
    const column = fc.array(fc.tuple(amounts, fc.boolean()), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(column, fc.constantFrom(...STYLES), (cells, style) => {
        const texts = cells.map(([amount, cents]) => write(amount, style, cents));
        const verdict = profileOf(texts).verdict();
        cells.forEach(([amount], index) => {
          const reading = readByVerdict(texts[index] ?? "", verdict);
          if (reading.ok) expect(reading.value, texts[index]).toBe(amount);
          else expect(reading.rule).toMatch(/^AMT-00[68]$/);
        });
      }),
    );
  });
});

describe("an amount in a stated style", () => {
  test.each<[string, AmountStyle, number | string]>([
    ["1,234", "1,234,567.89", 1234],
    ["6,776,000.00", "1,234,567.89", 6_776_000],
    ["6776000", "1,234,567.89", 6_776_000],
    ["-6,776,000", "1,234,567.89", -6_776_000],
    ["(6,776,000)", "1,234,567.89", -6_776_000],
    ["1.234", "1,234,567.89", "AMT-004"],
    ["6.776.000", "1,234,567.89", "AMT-007"],
    ["1.234,00", "1,234,567.89", "AMT-007"],
    ["6 776 000", "1,234,567.89", "AMT-007"],
    ["67,76,000", "1,234,567.89", "AMT-003"],
    ["1.234.567,89", "1.234.567,89", "AMT-004"],
    ["1.234.567,00", "1.234.567,89", 1_234_567],
    ["1.234", "1.234.567,89", 1234],
    ["1,234", "1.234.567,89", "AMT-004"],
    ["1234567.00", "1.234.567,89", "AMT-007"],
    ["1234567.00", "1234567.89", 1_234_567],
    ["1234567.0000", "1234567.89", 1_234_567],
    ["1.000", "1234567.89", 1],
    ["1.234", "1234567.89", "AMT-004"],
    ["1,234", "1234567.89", "AMT-007"],
    ["1,234", "1234567,89", "AMT-004"],
    ["1 234 567,00", "1 234 567,89", 1_234_567],
    ["1'234", "1'234'567.89", 1234],
    ["", "1.234.567,89", "AMT-001"],
    ["6.776.00000", "1.234.567,89", "AMT-003"],
    ["9.223.372.036.854.775.808", "1.234.567,89", "AMT-005"],
  ])("%j in %s", (text, style, expected) => {
    const reading = readAmount(text, style);
    expect(reading.ok ? Number(reading.value) : reading.rule).toBe(expected);
  });

  test.each([
    ["12,345", 1_000_000, 12_345_000n],
    ["1.234,5", 1_000, 1_234_500n],
    ["(1.234)", 1_000, -1_234_000n],
    ["0,000001", 1_000_000, 1n],
    ["7", 1_000_000_000, 7_000_000_000n],
  ] as const)("%j in units of %s", (text, unit, value) => {
    expect(readAmount(text, "1.234.567,89", unit)).toEqual({ ok: true, value });
  });

  it("refuses what is less than a rupiah, whatever the unit", () => {
    expect(readAmount("1,2345", "1.234.567,89", 1_000)).toMatchObject({ rule: "AMT-004" });
    expect(readAmount("9.223.372.036.854,776", "1.234.567,89", 1_000_000)).toMatchObject({ rule: "AMT-005" });
  });

  it("reads back every amount in every style", () => {
    fc.assert(
      fc.property(amounts, fc.boolean(), fc.constantFrom(...STYLES), (amount, cents, style) => {
        expect(readAmount(write(amount, style, cents), style)).toEqual({ ok: true, value: amount });
      }),
    );
  });
});
