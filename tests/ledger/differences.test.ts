import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { agree, type CodeSum, differencesOf } from "../../src/ledger/differences.ts";

/** A code of a few characters in the form of a printed one; `?` is unknown. */
const code = (fund: string, ro = "", account = "521211", output = "2080QEA"): string =>
  `100001.133.${account}.02405WA.${output}.${fund}000000001.00000.1.0151.2.000000.000000${ro && `.${ro}.051.0A.000001`}`;
const UNKNOWN_FUND = code("A").replace("A000000001", "??????????");
const sum = (text: string, amount: bigint): CodeSum => ({ code: text, amount });

describe("codes agree", () => {
  it("where both know a character it is the same; a short code does not know what lies below it", () => {
    expect(agree(code("A"), code("A"))).toBe(true);
    expect(agree(code("A"), UNKNOWN_FUND)).toBe(true);
    expect(agree(code("A", "001"), code("A"))).toBe(true);
    expect(agree(code("A", "001"), code("A", "002"))).toBe(false);
    expect(agree(code("A"), code("F"))).toBe(false);
  });
});

describe("differencesOf", () => {
  it("posts what the ledger does not say yet", () => {
    expect(differencesOf([sum(code("A"), 100n)], [])).toEqual({ stated: [100n], absent: [], moved: [] });
    expect(differencesOf([sum(code("A"), 100n)], [sum(code("A"), 70n)]).stated).toEqual([30n]);
    expect(differencesOf([sum(code("A"), 100n)], [sum(code("A", "001"), 60n), sum(code("A", "002"), 50n)])).toEqual({
      stated: [-10n],
      absent: [],
      moved: [],
    });
  });

  it("takes back what is in force on a code that the file does not have", () => {
    expect(differencesOf([], [sum(code("A"), 5n), sum(code("F"), 0n)]).absent).toEqual([sum(code("A"), -5n)]);
    const other = code("A", "", "524111");
    expect(differencesOf([sum(code("A"), 1n)], [sum(other, 9n)])).toEqual({
      stated: [1n],
      absent: [sum(other, -9n)],
      moved: [],
    });
  });

  it("leaves alone a code that could belong to several rows whose sum is right", () => {
    const rows = [sum(code("A"), 60n), sum(code("F"), 40n)];
    expect(differencesOf(rows, [sum(UNKNOWN_FUND, 100n)])).toEqual({ stated: [0n, 0n], absent: [], moved: [] });
    expect(differencesOf(rows, [sum(UNKNOWN_FUND, 90n), sum(code("A"), 10n)]).stated).toEqual([0n, 0n]);
  });

  it("moves it to the rows where their sum is another", () => {
    const rows = [sum(code("A"), 60n), sum(code("F"), 40n)];
    expect(differencesOf(rows, [sum(UNKNOWN_FUND, 90n), sum(code("F"), 5n)])).toEqual({
      stated: [60n, 35n],
      absent: [],
      moved: [sum(UNKNOWN_FUND, -90n)],
    });
  });

  it("prefers the very same code to others that agree with it", () => {
    const rows = [sum(UNKNOWN_FUND, 10n), sum(code("A"), 20n)];
    expect(differencesOf(rows, [sum(UNKNOWN_FUND, 10n)]).stated).toEqual([0n, 20n]);
  });

  it("always makes up the whole difference", () => {
    const anyCode = fc
      .tuple(
        fc.constantFrom("A", "F", "?"),
        fc.constantFrom("", "001", "002", "???"),
        fc.constantFrom("521211", "524111", "??????"),
        fc.constantFrom("2080QEA", "2080???", "2081QEA"),
      )
      .map((parts) => code(...parts));
    const anySum = fc.tuple(anyCode, fc.bigInt(-1000n, 1000n)).map(([text, amount]) => sum(text, amount));
    const distinct = fc.uniqueArray(anySum, { selector: (one) => one.code, maxLength: 12 });
    const total = (sums: readonly { amount: bigint }[]) => sums.reduce((all, { amount }) => all + amount, 0n);
    fc.assert(
      fc.property(distinct, distinct, (stated, inForce) => {
        const found = differencesOf(stated, inForce);
        const posted =
          found.stated.reduce((all, amount) => all + amount, 0n) + total(found.absent) + total(found.moved);
        expect(posted).toBe(total(stated) - total(inForce));
        // Posted on their codes, the differences leave nothing to post.
        const after = new Map(inForce.map(({ code: text, amount }) => [text, amount]));
        const post = (text: string, amount: bigint) => after.set(text, (after.get(text) ?? 0n) + amount);
        for (const [at, amount] of found.stated.entries()) post(stated[at]?.code ?? "", amount);
        for (const one of [...found.absent, ...found.moved]) post(one.code, one.amount);
        const again = differencesOf(
          stated,
          [...after].map(([text, amount]) => sum(text, amount)),
        );
        expect(again.stated.every((amount) => amount === 0n)).toBe(true);
        expect([...again.absent, ...again.moved]).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});
