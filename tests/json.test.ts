import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toJson } from "../src/json.ts";

/** Values that JSON.stringify can print too, so that it is the oracle. */
const plain = fc.jsonValue({ maxDepth: 4 }).map((value): unknown => value);

describe("toJson", () => {
  it("prints what JSON.stringify prints for values without bigint, at any indentation", () => {
    fc.assert(
      fc.property(plain, fc.integer({ min: 0, max: 4 }), (value, space) => {
        expect(toJson(value, space)).toBe(JSON.stringify(value, null, space));
      }),
    );
  });

  it("prints every bigint as a bare integer", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.bigInt()), (amounts) => {
        const quoted = JSON.stringify(amounts, (_, part: unknown) =>
          typeof part === "bigint" ? `\u0000${part}\u0000` : part,
        );
        expect(toJson(amounts)).toBe(quoted.replace(/"\\u0000(-?\d+)\\u0000"/g, "$1"));
      }),
    );
  });

  it("keeps amounts that a float would round", () => {
    expect(toJson({ total: 9_223_372_036_854_775_807n, below: -9_007_199_254_740_993n })).toBe(
      '{"total":9223372036854775807,"below":-9007199254740993}',
    );
  });

  it("does not touch text that looks like a number or a placeholder", () => {
    expect(toJson(["123n", '"9"', "\u0000", 9n])).toBe('["123n","\\"9\\"","\\u0000",9]');
  });

  it("follows JSON.stringify for dates, undefined and holes", () => {
    const value = { at: new Date(0), gone: undefined, list: [undefined, 1], nested: { gone: undefined } };
    expect(toJson(value, 2)).toBe(JSON.stringify(value, null, 2));
    expect(toJson(undefined)).toBe("null");
  });

  it("refuses what JSON cannot say instead of printing null", () => {
    expect(() => toJson({ absorption: Number.NaN })).toThrow("absorption");
    expect(() => toJson([Number.POSITIVE_INFINITY])).toThrow(TypeError);
    const loop: Record<string, unknown> = {};
    loop.self = loop;
    expect(() => toJson(loop)).toThrow("inside itself");
  });

  it("prints an object that is used twice twice", () => {
    const shared = { amount: 1n };
    expect(toJson([shared, shared])).toBe('[{"amount":1},{"amount":1}]');
  });
});
