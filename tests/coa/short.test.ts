import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatCode, type ParsedCode, parseCode, parseNode } from "../../src/coa/index.ts";
import { ofShape } from "./arbitraries.ts";

function faults(parsed: Pick<ParsedCode, "errors">): string[] {
  return parsed.errors.map(({ segment, position, code }) => `${segment} ${position} ${code}`);
}

/** `field=text` of what a notation states. */
function stated(parsed: ParsedCode): string {
  return Object.entries(parsed.segments)
    .map(([field, text]) => `${field}=${text}`)
    .join(" ");
}

describe("short notations", () => {
  it.each([
    ["033.04.08.2409.001.01", "ministry=033 unit=04 program=08 activity=2409 output=001 fund_source=01", "bas-2013"],
    [
      "4798.FAE.007.100.A.524111.01",
      "activity=4798 output=FAE ro=007 component=100 subcomponent=A account=524111 item=01",
      "rspp-2021",
    ],
    ["2886.EBA.994.001.521211", "activity=2886 output=EBA ro=994 component=001 account=521211", "rspp-2021"],
    ["6619.EBA.960.057", "activity=6619 output=EBA ro=960 component=057", "rspp-2021"],
    ["2080.QEA", "activity=2080 output=QEA", "rspp-2021"],
    ["2080.QEA.003", "activity=2080 output=QEA ro=003", "rspp-2021"],
    ["2040.007.029.001", "activity=2040 output=007 ro=029 component=001", "bas-2013"],
    ["2080", "activity=2080", null],
    ["024", "ministry=024", null],
    ["024.03", "ministry=024 unit=03", null],
    ["024.03.08", "ministry=024 unit=03 program=08", "bas-2013"],
    ["024.03.DG", "ministry=024 unit=03 program=DG", "rspp-2021"],
    [
      "063.01.DR.3165.CAB.002.053.A.536111",
      "ministry=063 unit=01 program=DR activity=3165 output=CAB ro=002 component=053 subcomponent=A account=536111",
      "rspp-2021",
    ],
    ["WA.7457.EBD.Z24.953", "program=WA activity=7457 output=EBD ro=Z24 component=953", "rspp-2021"],
  ])("%s", (text, fields, structure) => {
    const parsed = parseCode(text);
    expect(parsed).toMatchObject({ valid: true, kind: "short", structure, canonical: text, errors: [], warnings: [] });
    expect(stated(parsed)).toBe(fields);
    expect(parsed.digits).toBe(text.replaceAll(".", ""));
  });

  it("takes a leading # and other separators", () => {
    expect(parseCode("#033.05.07.2417")).toMatchObject({ valid: true, canonical: "033.05.07.2417" });
    expect(parseCode(" # 033-05-07-2417 ")).toMatchObject({ valid: true, canonical: "033.05.07.2417" });
    expect(parseCode("2080 qea, 003")).toMatchObject({ valid: true, canonical: "2080.QEA.003" });
    expect(parseCode("#2080QEA").positions).toEqual({ activity: 1, output: 5 });
    expect(parseCode("##2080").valid).toBe(false);
  });

  it("come back from parse and format as they were", () => {
    const shapes = [
      "999.99",
      "999.99.XX.9999",
      "999.99.XX.9999.XXX.99",
      "9999.XXX.XXX.999",
      "9999.XXX.XXX.999.XX.999999.99",
    ];
    const texts = fc
      .constantFrom(...shapes)
      .chain((shape) => fc.tuple(...shape.split(".").map(ofShape)).map((parts) => parts.join(".")));
    fc.assert(
      fc.property(texts, (text) => {
        const parsed = parseCode(text, { fiscalYear: 2022 });
        expect(formatCode(parsed)).toBe(text);
        expect(parsed.structure).toBe("rspp-2021");
      }),
    );
  });
});

describe("keys without dots", () => {
  it.each([
    ["2080QEA", "2080.QEA"],
    ["02403CC", "024.03.CC"],
    ["02403DG", "024.03.DG"],
    ["15205CC", "152.05.CC"],
    ["1520QEA", "1520.QEA"],
    ["9990512", "999.05.12"],
    ["02403", "024.03"],
    ["0240508", "024.05.08"],
    ["4250019", "4250.019"],
    ["2080QEA003", "2080.QEA.003"],
    ["2040007029001", "2040.007.029.001"],
  ])("%s is %s", (text, canonical) => {
    expect(parseCode(text)).toMatchObject({ valid: true, kind: "short", canonical });
  });

  it("stay unread where program and output cannot be told apart", () => {
    expect(faults(parseCode("1795019"))).toEqual(["null 0 COA-006"]);
    expect(faults(parseCode("2080QE"))).toEqual(["null 0 COA-006"]);
    expect(faults(parseCode("QEA"))).toEqual(["null 0 COA-006"]);
  });
});

describe("faults of short notations", () => {
  it("name the one part that does not fit", () => {
    expect(faults(parseCode("2080.QE"))).toEqual(["output 5 COA-003"]);
    expect(faults(parseCode(" 33.05.07.2417"))).toEqual(["ministry 1 COA-003"]);
    expect(faults(parseCode("2O80.QEA.003"))).toEqual(["activity 1 COA-004"]);
    expect(faults(parseCode("2080..QEA"))).toEqual(["output 5 COA-002"]);
    expect(faults(parseCode("2080.QEA."))).toEqual(["ro 9 COA-002"]);
    expect(faults(parseCode("2080.QE\ud800"))).toEqual(["output 7 COA-004"]);
  });

  it("say nothing about a part when several could be meant", () => {
    expect(faults(parseCode("208.QEA"))).toEqual(["null 0 COA-006"]);
    expect(faults(parseCode("1.234.567"))).toEqual(["null 0 COA-006"]);
    expect(faults(parseCode("2080.QEA.001.521211"))).toEqual(["null 0 COA-006"]);
  });

  it("refuse letters before 2021", () => {
    expect(faults(parseCode("024.03.DG", { fiscalYear: 2019 }))).toEqual(["program 7 COA-007"]);
    expect(faults(parseCode("2080.QEA", { fiscalYear: 2020 }))).toEqual(["output 5 COA-007"]);
    expect(faults(parseCode("2080.O01", { fiscalYear: 2020 }))).toEqual(["output 5 COA-004"]);
    expect(parseCode("2080", { fiscalYear: 2020 })).toMatchObject({ valid: true, structure: "bas-2013" });
    expect(parseCode("2080", { fiscalYear: 2021 })).toMatchObject({ valid: true, structure: "rspp-2021" });
  });
});

describe("nodes", () => {
  it.each([
    ["2080", { activity: "2080", output: null, ro: null, component: null, level: "activity", code: "2080" }],
    [" 2080qea ", { activity: "2080", output: "QEA", ro: null, component: null, level: "output", code: "2080.QEA" }],
    [
      "2080.QEA.003",
      { activity: "2080", output: "QEA", ro: "003", component: null, level: "ro", code: "2080.QEA.003" },
    ],
    [
      "2040.007.029.001",
      { activity: "2040", output: "007", ro: "029", component: "001", level: "component", code: "2040.007.029.001" },
    ],
    ["1795019", { activity: "1795", output: "019", ro: null, component: null, level: "output", code: "1795.019" }],
  ])("%s", (text, node) => {
    expect(parseNode(text)).toEqual({ ok: true, node });
  });

  it("are nothing else", () => {
    for (const text of [
      "024",
      "024.03",
      "024.03.DG.2080",
      "DG.2376",
      "2886.EBA.994.001.521211",
      "636722.015.524111.01505CC.4787AEF.A000000001.00000.2.3051.2.000000.000000",
      "",
      "2080.QEA.3.",
    ]) {
      const result = parseNode(text);
      expect(result.ok ? text : result.errors.length).toBeGreaterThan(0);
    }
    const unit = parseNode(" 024.03");
    expect(unit.ok ? [] : faults(unit)).toEqual(["null 1 COA-006"]);
    const short = parseNode("2080.QE");
    expect(short.ok ? [] : faults(short)).toEqual(["output 5 COA-003"]);
  });
});
