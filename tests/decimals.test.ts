import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { DecimalColumn, readDecimal, scaled } from "../src/decimals.ts";

const exact = (value: string, mark: string | null) => ({ kind: "exact", value, mark });

describe("readDecimal", () => {
  test.each([
    ["12", "12", null],
    ["0012", "12", null],
    ["12.50", "12.5", "."],
    ["12,5", "12.5", ","],
    ["0.123", "0.123", "."],
    ["0,123", "0.123", ","],
    ["1234.567", "1234.567", "."],
    ["1.2345", "1.2345", "."],
    ["1.234.567", "1234567", ","],
    ["1.234,5", "1234.5", ","],
    ["1,234.5", "1234.5", "."],
    ["1,234,567", "1234567", "."],
    ["12 345", "12345", null],
    ["12\u00a0345,25", "12345.25", ","],
    ["-3", "-3", null],
    ["(3,25)", "-3.25", ","],
    ["-0.00", "0", "."],
    [" 85,87 % ", "85.87", ","],
    ["100%", "100", null],
  ])("reads %j", (text, value, mark) => {
    expect(readDecimal(text)).toEqual(exact(value, mark));
  });

  test.each([
    "",
    "-",
    "()",
    "abc",
    "1e5",
    "1.2.3",
    "1,2,3",
    "1.23.456",
    "12 34",
    "1.234.56",
    ".5",
    "5.",
    "Rp 5",
    "--5",
  ])("refuses %j", (text) => {
    expect(readDecimal(text)).toEqual({ kind: "none" });
  });

  it("leaves open whether three digits behind one sign are a fraction or a thousand", () => {
    expect(readDecimal("1.234")).toEqual({ kind: "open", sign: ".", fraction: "1.234", thousand: "1234" });
    expect(readDecimal("-999,000")).toEqual({ kind: "open", sign: ",", fraction: "-999", thousand: "-999000" });
  });

  it("reads what it is given in both styles", () => {
    const parts = fc.record({
      whole: fc.bigInt({ min: 0n, max: 10n ** 30n }),
      // Three digits are left open; they are tried above.
      fraction: fc
        .string({ unit: fc.constantFrom(..."0123456789"), maxLength: 20 })
        .filter(({ length }) => length !== 3),
      negative: fc.boolean(),
      grouped: fc.boolean(),
      mark: fc.constantFrom(".", ","),
    });
    fc.assert(
      fc.property(parts, ({ whole, fraction, negative, grouped, mark }) => {
        fc.pre(fraction !== "" || whole < 1000n || !grouped || whole >= 10n ** 6n);
        const group = mark === "." ? "," : ".";
        const digits = grouped ? String(whole).replace(/\B(?=(\d{3})+$)/g, group) : String(whole);
        const text = `${negative ? "-" : ""}${digits}${fraction === "" ? "" : mark + fraction}`;
        const printed = readDecimal(text);
        expect(printed.kind, text).toBe("exact");
        const { digits: value, scale } = scaled(printed.kind === "exact" ? printed.value : "");
        const stated = BigInt(`${whole}${fraction}`) * (negative ? -1n : 1n);
        expect(value * 10n ** BigInt(fraction.length - scale)).toBe(stated);
      }),
    );
  });
});

describe("DecimalColumn", () => {
  const decide = (texts: string[]) => {
    const column = new DecimalColumn();
    const printed = texts.map(readDecimal);
    for (const one of printed) column.see(one);
    return printed.map((one) => column.value(one));
  };

  it("reads an open number as the rest of its column says", () => {
    expect(decide(["1.234", "12.5"])).toEqual(["1.234", "12.5"]);
    expect(decide(["1.234", "12,5"])).toEqual(["1234", "12.5"]);
    expect(decide(["1,234", "12.5", "7"])).toEqual(["1234", "12.5", "7"]);
    expect(decide(["1,234", "0,5"])).toEqual(["1.234", "0.5"]);
    expect(decide(["1.234", "1.234.567"])).toEqual(["1234", "1234567"]);
  });

  it("decides nothing without proof or with proof of both", () => {
    expect(decide(["1.234", "7"])).toEqual([null, "7"]);
    expect(decide(["1.234", "0.5", "0,5"])).toEqual([null, "0.5", "0.5"]);
    expect(decide(["x"])).toEqual([null]);
  });
});
