import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { codeDocument, type Description, describeCode, parseCode } from "../../src/coa/index.ts";
import { translator } from "../../src/i18n/index.ts";
import { anyText, ledgerCodes } from "./arbitraries.ts";
import { seedNames } from "./seed-names.ts";

const CODE = "636722.015.524111.01505CC.4787AEF.A000000001.00000.2.3051.2.000000.000000";
const OLD = "459384.133.521731.0240508.4250019.A000000001.00000.1.0151.2.000000.000000";
const names = seedNames();

function described(text: string, fiscalYear?: number): Description {
  return describeCode(parseCode(text, fiscalYear === undefined ? {} : { fiscalYear }), names);
}

/** `segment position rule params` of every warning. */
function findings({ warnings }: Description): string[] {
  return warnings.map(({ segment, position, code, params }) =>
    [segment, position, code, ...Object.values(params)].join(" "),
  );
}

describe("the JSON of the contract", () => {
  it("has the exact shape for 12 segments", () => {
    const document = codeDocument(parseCode(CODE), names, translator("en"));
    expect(document).toEqual({
      input: CODE,
      valid: true,
      structure: "rspp-2021",
      kind: "ledger-12",
      canonical: CODE,
      digits: CODE.replaceAll(".", ""),
      segments: {
        satker: { code: "636722", name: null },
        kppn: { code: "015", name: "PANGKAL PINANG" },
        account: {
          code: "524111",
          name: "Belanja Perjalanan Dinas Biasa",
          group: { code: "52", name: "Belanja barang dan jasa" },
        },
        program: {
          code: "01505CC",
          ministry: { code: "015", name: "KEMENTERIAN KEUANGAN" },
          unit: { code: "05", name: "Ditjen Bea dan Cukai" },
          program: { code: "CC", name: "Program Pengelolaan Penerimaan Negara" },
        },
        output: {
          code: "4787AEF",
          activity: { code: "4787", name: expect.any(String) },
          output: { code: "AEF", name: "Sosialisasi dan Diseminasi" },
        },
        fund: {
          code: "A000000001",
          source: { code: "A", name: "RUPIAH MURNI" },
          method: { code: "0", name: null },
          register: { code: "00000001", name: null },
        },
        bank: { code: "00000", type: "0", number: "0000" },
        authority: { code: "2", name: "Kantor Daerah" },
        location: {
          code: "3051",
          province: { code: "30", name: expect.stringContaining("BANGKA") },
          district: { code: "51", name: "KOTA PANGKALPINANG" },
        },
        budget_type: { code: "2", name: "DIPA" },
        inter_entity: { code: "000000", name: null },
        reserve: { code: "000000", name: null },
      },
      errors: [],
      warnings: [],
    });
    expect(Object.keys(document.segments).join(" ")).toBe(
      "satker kppn account program output fund bank authority location budget_type inter_entity reserve",
    );
  });

  it("adds four segments for 16", () => {
    const { segments } = described(`${CODE}.001.052.0C.000301`);
    expect(Object.keys(segments).slice(12)).toEqual(["ro", "component", "subcomponent", "item"]);
    expect(segments).toMatchObject({ ro: { code: "001", name: null }, item: { code: "000301", name: null } });
  });

  it("states what a short notation states", () => {
    expect(described("033.04.08.2409.001.01", 2020).segments).toEqual({
      ministry: { code: "033", name: expect.stringContaining("PEKERJAAN UMUM") },
      unit: { code: "04", name: null },
      program: { code: "08", name: null },
      activity: { code: "2409", name: expect.any(String) },
      output: { code: "001", name: null },
      fund_source: { code: "01", name: "RUPIAH MURNI", span_code: "A" },
    });
    expect(described("4798.FAE.007.100.A.524111.01").segments).toEqual({
      activity: { code: "4798", name: expect.any(String) },
      output: { code: "FAE", name: expect.any(String) },
      ro: { code: "007", name: null },
      component: { code: "100", name: null },
      subcomponent: { code: "A", name: null },
      account: { code: "524111", name: expect.any(String), group: { code: "52", name: expect.any(String) } },
      item: { code: "01", name: null },
    });
  });

  it("takes the province itself for district 00", () => {
    expect(described(CODE.replace(".3051.", ".3000.")).segments).toMatchObject({
      location: {
        province: { code: "30", name: expect.stringContaining("BANGKA") },
        district: { code: "00", name: expect.stringContaining("BANGKA") },
      },
    });
  });

  it("gives messages and cures in both languages, and the segments that held", () => {
    const parsed = parseCode(CODE.replace(".015.", ".15.").toLowerCase());
    const english = codeDocument(parsed, names, translator("en"));
    expect(english).toMatchObject({ valid: false, canonical: null, digits: null });
    expect(english.errors).toEqual([
      {
        segment: "kppn",
        position: 7,
        code: "COA-003",
        message: 'Segment kppn holds "15" (2 characters) instead of 3 characters.',
        cure: "Write segment kppn with 3 characters, for example 015; Excel often drops leading zeros.",
      },
    ]);
    expect(english.warnings.map(({ code }) => code)).toEqual(["COA-101"]);
    expect(Object.keys(english.segments)).not.toContain("kppn");
    expect(english.segments).toMatchObject({ satker: { code: "636722" }, program: { code: "01505CC" } });
    expect(codeDocument(parsed, names, translator("id")).errors[0]?.message).toBe(
      'Segmen kppn berisi "15" (2 karakter), seharusnya 3 karakter.',
    );
  });

  it("explains whatever is wrong with any text, in both languages", () => {
    const mangled = fc
      .tuple(ledgerCodes, fc.nat(), fc.string({ unit: "binary", maxLength: 3 }))
      .map(([{ parts }, pick, sign]) => {
        const text = parts.join(".");
        const at = pick % text.length;
        return text.slice(0, at) + sign + text.slice(at + 1 + (pick % 7));
      });
    fc.assert(
      fc.property(fc.oneof(mangled, anyText), fc.constantFrom(2019, 2022), (text, fiscalYear) => {
        for (const language of ["id", "en"] as const) {
          const document = codeDocument(parseCode(text, { fiscalYear }), names, translator(language));
          for (const { message, cure } of [...document.errors, ...document.warnings]) {
            expect(message.length * cure.length).toBeGreaterThan(0);
            expect(message).not.toMatch(/\{\w+\}/);
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe("warnings", () => {
  it("REF-001: a code that the list of its year lacks, where it stands", () => {
    expect(findings(described(` ${CODE.replace(".015.", ".998.")}`, 2021))).toEqual([
      "kppn 8 REF-001 998 treasury_offices 2021",
    ]);
    expect(findings(described(CODE.replace("AEF", "ZZZ"), 2022))).toEqual([
      "output 30 REF-001 ZZZ output_classes 2022",
    ]);
    expect(findings(described(CODE.replace(".3051.", ".3099."), 2022))).toEqual([
      "location 53 REF-001 3099 locations 2022",
    ]);
    expect(findings(described(CODE.replace("A00", "Z00")))).toEqual(["fund 34 REF-001 Z fund_sources ≥ 2021"]);
    expect(findings(described("2080.QEA.001.051.524999", 2023))).toEqual(["account 17 REF-001 524999 accounts 2023"]);
    expect(findings(described("033.04.08.2409.001.99", 2020))).toEqual(["fund_source 19 REF-001 99 fund_sources 2020"]);
  });

  it("REF-001 once for a ministry that does not exist, not again for its unit and program", () => {
    expect(findings(described(CODE.replace("01505CC", "99805CC"), 2021))).toEqual([
      "program 18 REF-001 998 ministries 2021",
      "output 26 REF-002 4787 015.05.CC 998.05.CC",
    ]);
    expect(findings(described("024.99.XX", 2021))).toEqual([
      "unit 4 REF-001 02499 units 2021",
      "program 7 REF-001 02499XX programs 2021",
    ]);
  });

  it("accepts a program of the whole ministry under a unit", () => {
    const wide = seedNames();
    const only: typeof wide = {
      ...wide,
      name: (list, code, year) =>
        list === "programs" ? (code === "024DG" ? "Seluruh kementerian" : null) : wide.name(list, code, year),
    };
    const { segments, warnings } = describeCode(parseCode("024.03.DG"), only);
    expect(segments).toMatchObject({ program: { code: "DG", name: "Seluruh kementerian" } });
    expect(warnings).toEqual([]);
  });

  it("REF-002: an activity of another ministry, unit or program", () => {
    expect(findings(described(CODE, 2021))).toEqual([]);
    expect(findings(described(CODE.replace("01505CC", "01505WA"), 2021))).toEqual([
      "output 26 REF-002 4787 015.05.CC 015.05.WA",
    ]);
    expect(findings(described("024.03.DG.4787", 2021))).toEqual(["activity 10 REF-002 4787 015.05.CC 024.03.DG"]);
  });

  it("compares only the ministry before 2021, when programs had other codes", () => {
    expect(findings(described(OLD, 2019))).toEqual([]);
    expect(findings(described(OLD.replace("0240508", "0180508"), 2019))).toEqual(["output 26 REF-002 4250 024 018"]);
  });

  it("REF-003: an unknown satker, once there is a list", () => {
    const parsed = parseCode(CODE, { fiscalYear: 2021 });
    expect(describeCode(parsed, seedNames()).warnings).toEqual([]);
    const some = seedNames(new Map([["459384", "SATKER 459384"]]));
    expect(findings(describeCode(parsed, some))).toEqual(["satker 0 REF-003 636722"]);
    const old = describeCode(parseCode(OLD, { fiscalYear: 2019 }), some);
    expect(old.warnings).toEqual([]);
    expect(old.segments).toMatchObject({ satker: { name: "SATKER 459384" } });
  });

  it("leaves programs and outputs before 2021 unnamed and unquestioned, and names activities", () => {
    const { segments, warnings } = described(OLD);
    expect(warnings).toEqual([]);
    expect(segments).toMatchObject({
      program: {
        ministry: { code: "024", name: "KEMENTERIAN KESEHATAN" },
        unit: { code: "05", name: null },
        program: { code: "08", name: null },
      },
      output: { activity: { code: "4250", name: expect.any(String) }, output: { code: "019", name: null } },
    });
    expect(findings(described(OLD.replace("0240508.4250019", "0249908.9999019")))).toEqual([]);
  });
});
