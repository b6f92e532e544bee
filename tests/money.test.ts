import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { formatShare, INT64_MAX, INT64_MIN, mulDivRound, parseRupiah, parseShare, twelfths } from "../src/money.ts";

/** `1234567` → `1<mark>234<mark>567`. */
function grouped(digits: string, mark: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, mark);
}

const magnitudes = fc.oneof(
  fc.bigInt({ min: 0n, max: INT64_MAX }),
  fc.bigInt({ min: 0n, max: 9_999_999_999n }),
  fc.bigInt({ min: 0n, max: 9_999n }),
);
const anyBigInt = fc.oneof(fc.bigInt(), fc.bigInt({ min: -200n, max: 200n }));

/** Every style of the field that says whole rupiah without a doubt. */
const STYLES: Record<string, (digits: string) => string> = {
  plain: (digits) => digits,
  dots: (digits) => grouped(digits, "."),
  "dots, decimal comma": (digits) => `${grouped(digits, ".")},00`,
  "one decimal": (digits) => `${digits},0`,
  "decimal dot of a database": (digits) => `${digits}.00`,
  "commas, decimal dot": (digits) => `${grouped(digits, ",")}.00`,
  spaces: (digits) => grouped(digits, " "),
  "no-break spaces": (digits) => grouped(digits, "\u00a0"),
  "narrow no-break spaces": (digits) => grouped(digits, "\u202f"),
  "commas of OM-SPAN": (digits) => grouped(digits, ","),
  apostrophes: (digits) => grouped(digits, "'"),
  "no cents": (digits) => `${grouped(digits, ".")},-`,
};
const PREFIXES = ["", "Rp ", "Rp", "Rp. ", "RP\u00a0", "rp.", "IDR "];
const NEGATIVES: ((text: string) => string)[] = [
  (text) => `-${text}`,
  (text) => `(${text})`,
  (text) => `\u2212${text}`,
  (text) => ` - ${text}`,
  (text) => `( ${text} )`,
  (text) => `${text}-`,
];

describe("parseRupiah", () => {
  test.each([
    ["6.776.000", 6_776_000n],
    ["6.776.000,00", 6_776_000n],
    ["Rp 6.776.000,00", 6_776_000n],
    ["6 776 000", 6_776_000n],
    ["6,776,000", 6_776_000n],
    ["6,776,000.00", 6_776_000n],
    ["6776000.00", 6_776_000n],
    ["6776000", 6_776_000n],
    ["  6776000\t", 6_776_000n],
    ["1.234", 1234n],
    ["1.234,00", 1234n],
    ["1,234.00", 1234n],
    ["(1.000)", -1000n],
    ["-1.000", -1000n],
    ["-Rp 1.000", -1000n],
    ["Rp -1.000", -1000n],
    ["(Rp 1.000,00)", -1000n],
    ["\u22121.000", -1000n],
    ["\u20131000", -1000n],
    ["+1000", 1000n],
    ["1.000-", -1000n],
    ["1.000 -", -1000n],
    ["6'776'000", 6_776_000n],
    ["6\u2019776\u2019000", 6_776_000n],
    ["1'234", 1234n],
    ["Rp 6.776.000,-", 6_776_000n],
    ["Rp6.776.000,-", 6_776_000n],
    ["1.234,-", 1234n],
    ["1,234.-", 1234n],
    ["(1.000,-)", -1000n],
    ["6.776.000 IDR", 6_776_000n],
    ["0", 0n],
    ["-0", 0n],
    ["0,00", 0n],
    ["000123", 123n],
    ["9223372036854775807", INT64_MAX],
    ["9.223.372.036.854.775.807", INT64_MAX],
    ["-9223372036854775808", INT64_MIN],
    ["(9.223.372.036.854.775.808)", INT64_MIN],
    // 2^53 + 1 and 2^62 are lost by floats.
    ["9007199254740993", 9_007_199_254_740_993n],
    ["4611686018427387904", 2n ** 62n],
  ])("reads %j", (text, value) => {
    expect(parseRupiah(text)).toEqual({ ok: true, value });
  });

  test.each([
    ["", "AMT-001"],
    [" \u00a0\t", "AMT-001"],
    ["-", "AMT-002"],
    ["Rp", "AMT-002"],
    ["()", "AMT-002"],
    ["abc", "AMT-002"],
    ["12a", "AMT-002"],
    ["--5", "AMT-002"],
    ["-5-", "AMT-002"],
    // No cents, or a minus behind?
    ["1.000,--", "AMT-002"],
    ["(5-)", "AMT-002"],
    ["- -", "AMT-002"],
    ["1 234'567", "AMT-002"],
    ["+-5", "AMT-002"],
    ["(-5)", "AMT-002"],
    ["(5", "AMT-002"],
    ["5)", "AMT-002"],
    ["USD 5", "AMT-002"],
    ["#REF!", "AMT-002"],
    ["0x10", "AMT-002"],
    ["NaN", "AMT-002"],
    ["Infinity", "AMT-002"],
    ["\uff11\uff12", "AMT-002"],
    ["1 2", "AMT-002"],
    ["1. 000", "AMT-002"],
    ["1.000.", "AMT-002"],
    ["6.776.00000", "AMT-003"],
    ["6.776.000.-", "AMT-003"],
    ["1'23,00", "AMT-003"],
    ["6.776.00", "AMT-003"],
    ["1.23.456", "AMT-003"],
    ["1234.567.890", "AMT-003"],
    ["1,23,456", "AMT-003"],
    ["1.234,567.890", "AMT-003"],
    [".5", "AMT-003"],
    ["0.1.000", "AMT-003"],
    ["6.776.000,50", "AMT-004"],
    ["6.776.000,5", "AMT-004"],
    ["6776000.25", "AMT-004"],
    ["0,5", "AMT-004"],
    ["0.5", "AMT-004"],
    ["1.5", "AMT-004"],
    ["1.2345", "AMT-004"],
    ["1234,567", "AMT-004"],
    // A group of thousands never begins with a zero: 0.123 is a fraction, not 123.
    ["0.123", "AMT-004"],
    ["-0.500", "AMT-004"],
    ["012.345", "AMT-004"],
    ["0,123", "AMT-004"],
    ["Rp 1.234,5", "AMT-004"],
    ["9223372036854775808", "AMT-005"],
    ["-9223372036854775809", "AMT-005"],
    ["99.999.999.999.999.999.999", "AMT-005"],
    ["1,234", "AMT-006"],
    ["-1,234", "AMT-006"],
    ["1E+6", "AMT-006"],
    ["1.5e10", "AMT-006"],
    ["6,776E+06", "AMT-006"],
  ])("refuses %j by %s", (text, rule) => {
    expect(parseRupiah(text)).toEqual({ ok: false, rule });
  });

  it("refuses a zero in front of grouped thousands in every grouping", () => {
    for (const text of ["0.123.456", "0 123", "0,123,456", "00.123", "01.234.567"]) {
      expect(parseRupiah(text), text).toMatchObject({ ok: false });
    }
  });

  it("reads back every amount in every style, positive and negative", () => {
    const prefixes = fc.constantFrom(...PREFIXES);
    fc.assert(
      fc.property(magnitudes, prefixes, fc.constantFrom(...NEGATIVES), (amount, prefix, negative) => {
        for (const [name, style] of Object.entries(STYLES)) {
          const digits = amount.toString();
          // Commas as thousands are certain only from the second comma on.
          if (name === "commas of OM-SPAN" && amount > 999n && amount < 1_000_000n) continue;
          const text = `${prefix}${style(digits)}`;
          expect(parseRupiah(text), `${name}: ${text}`).toEqual({ ok: true, value: amount });
          const below = negative(text);
          if (below.endsWith(",--")) continue;
          expect(parseRupiah(below), `${name}: ${below}`).toEqual({ ok: true, value: -amount });
        }
      }),
    );
  });

  it("never turns a fraction into whole rupiah", () => {
    const fraction = fc.tuple(magnitudes, fc.stringMatching(/^\d{0,5}[1-9]$/), fc.constantFrom(".", ","));
    fc.assert(
      fc.property(fraction, ([amount, decimals, separator]) => {
        const text = `${amount}${separator}${decimals}`;
        // Three digits after a dot, behind one to three that do not begin with 0, are thousands.
        fc.pre(!(separator === "." && decimals.length === 3 && amount > 0n && amount < 1000n));
        expect(parseRupiah(text), text).toMatchObject({ ok: false });
      }),
    );
  });

  it("answers any text with a value within 64 bits or a rule", () => {
    const anyText = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string({ unit: fc.constantFrom(..."0123456789.,-+() RpIDRe\u00a0\u2212"), maxLength: 30 }),
    );
    fc.assert(
      fc.property(anyText, (text) => {
        const result = parseRupiah(text);
        if (!result.ok) {
          expect(result.rule).toMatch(/^AMT-00[1-6]$/);
          return;
        }
        expect(result.value >= INT64_MIN && result.value <= INT64_MAX).toBe(true);
        // Nothing but digits decides the size.
        const digits = text.replace(/\D/g, "").replace(/^0+/, "");
        const value = (result.value < 0n ? -result.value : result.value).toString();
        expect([value, `${value}0`, `${value}00`, value === "0" ? "" : null]).toContain(digits);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("mulDivRound", () => {
  test.each([
    [1n, 1n, 2n, 1n],
    [-1n, 1n, 2n, -1n],
    [3n, 1n, 2n, 2n],
    [-3n, 1n, 2n, -2n],
    [1n, 1n, 3n, 0n],
    [2n, 1n, 3n, 1n],
    [-2n, 1n, 3n, -1n],
    [5n, 5000n, 10_000n, 3n],
    [INT64_MIN, 10_000n, 10_000n, INT64_MIN],
  ])("%s × %s ÷ %s = %s", (a, b, c, expected) => {
    expect(mulDivRound(a, b, c)).toBe(expected);
  });

  it("is nearest, and half goes away from zero", () => {
    const positive = fc.bigInt({ min: 1n, max: 10n ** 12n });
    fc.assert(
      fc.property(anyBigInt, fc.bigInt({ min: 0n, max: 10n ** 6n }), positive, (a, b, c) => {
        const rounded = mulDivRound(a, b, c);
        const error = 2n * (a * b - rounded * c);
        const size = error < 0n ? -error : error;
        expect(size <= c).toBe(true);
        // Exactly half: the result lies further from zero than the product.
        if (size === c) expect(error < 0n).toBe(a * b > 0n);
      }),
    );
  });
});

describe("twelfths", () => {
  it("adds up to the amount and follows the formula of the contract", () => {
    const halfAway = (numerator: bigint): bigint => {
      const sign = numerator < 0n ? -1n : 1n;
      const size = numerator * sign;
      return sign * (size / 12n + (size % 12n >= 6n ? 1n : 0n));
    };
    fc.assert(
      fc.property(anyBigInt, (amount) => {
        const months = twelfths(amount);
        expect(months).toHaveLength(12);
        expect(months.reduce((sum, month) => sum + month, 0n)).toBe(amount);
        months.forEach((month, index) => {
          const m = BigInt(index + 1);
          expect(month).toBe(halfAway(amount * m) - halfAway(amount * (m - 1n)));
        });
      }),
    );
  });

  test.each([
    [1n, [0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0]],
    [-1n, [0, 0, 0, 0, 0, -1, 0, 0, 0, 0, 0, 0]],
    [100n, [8, 9, 8, 8, 9, 8, 8, 9, 8, 8, 9, 8]],
    [1200n, Array(12).fill(100)],
  ])("%s", (amount, months) => {
    expect(twelfths(amount).map(Number)).toEqual(months);
  });
});

describe("shares", () => {
  test.each([
    ["100", 10_000],
    ["100,00 %", 10_000],
    ["33.33", 3333],
    ["33,33", 3333],
    ["33,3", 3330],
    ["33.3300", 3333],
    ["0.01", 1],
    [" 25% ", 2500],
    ["007", 700],
  ])("reads %j percent", (text, points) => {
    expect(parseShare(text)).toBe(points);
  });

  test.each(["", "0", "0.00", "0.001", "100.01", "101", "1000", "-5", "33.333", "a", "1e1", "5%%", "1/3", "."])(
    "refuses %j",
    (text) => {
      expect(parseShare(text)).toBeNull();
    },
  );

  it("reads back every printed share", () => {
    for (let points = 1; points <= 10_000; points++) {
      const text = formatShare(points);
      expect(parseShare(text)).toBe(points);
      expect(text).toMatch(/^(0|[1-9]\d*)(\.\d?[1-9])?$/);
    }
  });
});
