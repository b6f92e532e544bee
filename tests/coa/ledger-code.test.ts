import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type LedgerCodeResult, parseCode, parseLedgerCode } from "../../src/coa/index.ts";
import { anyText, ledgerCodes } from "./arbitraries.ts";

const CODE = "636722.015.524111.01505CC.4787AEF.A000000001.00000.2.3051.2.000000.000000";

/** What the slow way says of the same text. */
function slowly(text: string, year: number): LedgerCodeResult {
  const { canonical, structure, kind, segments, errors, warnings } = parseCode(text, { fiscalYear: year });
  if (canonical === null || structure === null) return { ok: false, errors, warnings };
  if (kind === "short") {
    const position = text.length - text.trimStart().length;
    return { ok: false, errors: [{ segment: null, position, code: "COA-009", params: { part: canonical } }], warnings };
  }
  const of = (id: keyof typeof segments): string => segments[id] ?? "";
  return {
    ok: true,
    code: {
      canonical,
      satker: of("satker"),
      kppn: of("kppn"),
      account: of("account"),
      program: of("program"),
      output: of("output"),
      fund: of("fund"),
      authority: of("authority"),
      location: of("location"),
      ro: segments.ro ?? null,
      component: segments.component ?? null,
      subcomponent: segments.subcomponent ?? null,
      item: segments.item ?? null,
    },
    warnings,
  };
}

describe("parseLedgerCode", () => {
  it("gives the segments a ledger line needs", () => {
    expect(parseLedgerCode(`${CODE}.001.052.0C.000301`, 2021)).toEqual({
      ok: true,
      warnings: [],
      code: {
        canonical: `${CODE}.001.052.0C.000301`,
        satker: "636722",
        kppn: "015",
        account: "524111",
        program: "01505CC",
        output: "4787AEF",
        fund: "A000000001",
        authority: "2",
        location: "3051",
        ro: "001",
        component: "052",
        subcomponent: "0C",
        item: "000301",
      },
    });
    expect(parseLedgerCode(CODE, 2021)).toMatchObject({ ok: true, code: { ro: null, item: null } });
  });

  it("agrees with parseCode on valid codes, dotted or not, in any year", () => {
    const years = fc.integer({ min: 2018, max: 2023 });
    const separator = fc.constantFrom(".", "", "-");
    fc.assert(
      fc.property(ledgerCodes, years, separator, fc.boolean(), ({ parts }, year, between, small) => {
        const text = small ? parts.join(between).toLowerCase() : parts.join(between);
        expect(parseLedgerCode(text, year)).toEqual(slowly(text, year));
      }),
      { numRuns: 500 },
    );
  });

  it("agrees with parseCode on codes with one character replaced, dropped or doubled", () => {
    const characters = fc.constantFrom("0", "Z", "z", ".", " ", "", "\u0131", "00", "..", "\u0130");
    fc.assert(
      fc.property(
        ledgerCodes,
        fc.nat(),
        characters,
        fc.constantFrom(".", ""),
        ({ parts, year }, pick, sign, between) => {
          const text = parts.join(between);
          const at = pick % text.length;
          const changed = text.slice(0, at) + sign + text.slice(at + 1);
          expect(parseLedgerCode(changed, year)).toEqual(slowly(changed, year));
        },
      ),
      { numRuns: 2000 },
    );
  });

  it("agrees with parseCode on any text", () => {
    fc.assert(
      fc.property(anyText, fc.constantFrom(2019, 2021), (text, year) => {
        expect(parseLedgerCode(text, year)).toEqual(slowly(text, year));
      }),
      { numRuns: 1000 },
    );
  });

  it("refuses a short notation, which is no ledger code", () => {
    const result = parseLedgerCode(" 2080.QEA.003", 2021);
    expect(result.ok ? [] : result.errors).toEqual([
      { segment: null, position: 1, code: "COA-009", params: { part: "2080.QEA.003" } },
    ]);
  });

  it("decides by the year of the line", () => {
    expect(parseLedgerCode(CODE, 2021).ok).toBe(true);
    const before = parseLedgerCode(CODE, 2020);
    expect(before.ok ? [] : before.errors.map(({ code }) => code)).toEqual(["COA-007"]);
  });
});
