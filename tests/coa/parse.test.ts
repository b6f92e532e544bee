import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatCode, type ParsedCode, parseCode, segmentsOf } from "../../src/coa/index.ts";
import { anyText, ledgerCodes, segmentIds, startsOf } from "./arbitraries.ts";

const CODE = "636722.015.524111.01505CC.4787AEF.A000000001.00000.2.3051.2.000000.000000";
const OLD = "459384.133.521731.0240508.4250019.A000000001.00000.1.0151.2.000000.000000.054.100.0A.000277";

/** `segment position rule` of every error. */
function faults(parsed: ParsedCode): string[] {
  return parsed.errors.map(({ segment, position, code }) => `${segment} ${position} ${code}`);
}

describe("printed codes of the field", () => {
  it.each([
    [CODE, "ledger-12"],
    ["636722.015.524111.01505WA.4695EBA.A000000001.00000.2.3051.2.000000.000000", "ledger-12"],
    ["001030.182.524111.00202CF.5804ABC.A000000001.00000.1.0151.2.000000.000000.001.052.0C.000000", "ledger-16"],
    ["019937.010.521211.05401WA.2886EBA.A000000001.00000.2.0800.2.000000.000000.994.001.0A.000301", "ledger-16"],
  ])("%s", (text, kind) => {
    const parsed = parseCode(text);
    expect(parsed).toMatchObject({ input: text, valid: true, structure: "rspp-2021", kind, canonical: text });
    expect(parsed.digits).toBe(text.replaceAll(".", ""));
    expect([...parsed.errors, ...parsed.warnings]).toEqual([]);
  });

  it("gives each segment and where it stands", () => {
    const { segments, positions } = parseCode(`  ${OLD}`);
    expect(segments).toEqual({
      satker: "459384",
      kppn: "133",
      account: "521731",
      program: "0240508",
      output: "4250019",
      fund: "A000000001",
      bank: "00000",
      authority: "1",
      location: "0151",
      budget_type: "2",
      inter_entity: "000000",
      reserve: "000000",
      ro: "054",
      component: "100",
      subcomponent: "0A",
      item: "000277",
    });
    expect([positions.satker, positions.kppn, positions.item]).toEqual([2, 9, 87]);
  });
});

describe("every valid code", () => {
  it("comes back from parse and format as it was", () => {
    fc.assert(
      fc.property(ledgerCodes, ({ structure, kind, year, parts }) => {
        const text = parts.join(".");
        const parsed = parseCode(text, { fiscalYear: year });
        expect(parsed).toMatchObject({ valid: true, structure, kind, canonical: text, digits: parts.join("") });
        expect(formatCode(parsed)).toBe(text);
        expect(Object.values(parsed.segments)).toEqual(parts);
      }),
    );
  });

  it("is the same without dots", () => {
    fc.assert(
      fc.property(ledgerCodes, ({ year, parts }) => {
        const plain = parseCode(parts.join(""), { fiscalYear: year });
        const dotted = parseCode(parts.join("."), { fiscalYear: year });
        expect({ ...plain, input: "", positions: {} }).toEqual({ ...dotted, input: "", positions: {} });
      }),
    );
  });

  it("is the same with other separators, spaces around it and small letters, which are a warning", () => {
    const separators = fc.constantFrom(".", "-", ",", " ", " . ", "   ", ", ", "\t", " -", "\u00a0");
    fc.assert(
      fc.property(
        ledgerCodes,
        fc.array(separators, { minLength: 15, maxLength: 15 }),
        fc.boolean(),
        ({ year, parts }, between, small) => {
          const joined = parts.map((part, i) => part + (i < parts.length - 1 ? between[i] : "")).join("");
          const text = ` ${small ? joined.toLowerCase() : joined}\n`;
          const parsed = parseCode(text, { fiscalYear: year });
          expect(parsed).toMatchObject({ valid: true, canonical: parts.join(".") });
          const position = text.search(/[a-z]/);
          const expected = position < 0 ? [] : [{ segment: null, position, code: "COA-101", params: {} }];
          expect(parsed.warnings).toEqual(expected);
        },
      ),
    );
  });

  it("keeps its structure without a year when program or output carry letters, and is bas-2013 when not", () => {
    fc.assert(
      fc.property(ledgerCodes, ({ structure, parts }) => {
        const letters = /[A-Z]/.test(`${parts[3]}${parts[4]}`);
        fc.pre(structure === "bas-2013" || letters || /^\d+$/.test(parts[12] ?? "0"));
        expect(parseCode(parts.join("."))).toMatchObject({
          valid: true,
          structure: letters ? "rspp-2021" : "bas-2013",
        });
      }),
    );
  });
});

describe("any text", () => {
  it("never throws, and is valid or has errors inside the text", () => {
    fc.assert(
      fc.property(anyText, fc.option(fc.integer({ min: 2005, max: 2099 }), { nil: undefined }), (text, year) => {
        const parsed = parseCode(text, year === undefined ? {} : { fiscalYear: year });
        expect(parsed.valid).toBe(parsed.errors.length === 0);
        expect(parsed.valid).toBe(parsed.canonical !== null);
        for (const { position } of [...parsed.errors, ...parsed.warnings]) {
          expect(position).toBeGreaterThanOrEqual(0);
          expect(position).toBeLessThanOrEqual(text.length);
        }
        if (parsed.canonical !== null) {
          expect(parsed.canonical).toMatch(/^[A-Z0-9]+(\.[A-Z0-9]+)*$/);
          const again = parseCode(parsed.canonical, year === undefined ? {} : { fiscalYear: year });
          expect(again).toMatchObject({ valid: true, canonical: parsed.canonical, segments: parsed.segments });
        }
      }),
      { numRuns: 3000 },
    );
  });

  it("is refused quickly when it is far too long", () => {
    for (const unit of ["1", "1.", ". ", "\ud800", "#", "a-"]) {
      const text = unit.repeat(10_000_000 / unit.length);
      const started = performance.now();
      const parsed = parseCode(text);
      expect(performance.now() - started).toBeLessThan(1000);
      expect(faults(parsed)).toEqual(["null 0 COA-010"]);
    }
    expect(faults(parseCode(" ".repeat(10_000_000)))).toEqual(["null 0 COA-001"]);
    expect(parseCode("1".repeat(400)).errors[0]?.code).toBe("COA-005");
    expect(parseCode("1".repeat(401)).errors[0]?.code).toBe("COA-010");
  });

  it("takes no look-alike for a letter or digit", () => {
    for (const impostor of ["\u0131", "\u017f", "\u212a", "\uff10", "\u0663", "\u0130", "\u00df"]) {
      const parsed = parseCode(CODE.replace("AEF", `A${impostor}F`));
      expect(faults(parsed)).toEqual(["output 31 COA-004"]);
    }
  });
});

describe("faults", () => {
  it("names a forbidden character by segment and place", () => {
    const foreign = fc.constantFrom("!", "/", "_", "é", "'", "\u200b", "\ud800");
    fc.assert(
      fc.property(ledgerCodes, fc.nat(), foreign, fc.nat({ max: 5 }), ({ kind, year, parts }, pick, sign, indent) => {
        const index = pick % parts.length;
        const part = parts[index] ?? "";
        const offset = pick % part.length;
        const broken = parts.with(index, part.slice(0, offset) + sign + part.slice(offset + 1));
        const position = indent + (startsOf(parts)[index] ?? 0) + offset;
        const parsed = parseCode(" ".repeat(indent) + broken.join("."), { fiscalYear: year });
        expect(faults(parsed)).toEqual([`${segmentIds(kind)[index]} ${position} COA-004`]);
        expect(parsed.canonical).toBeNull();

        const undotted = parseCode(broken.join(""), { fiscalYear: year });
        expect(faults(undotted)).toEqual([`${segmentIds(kind)[index]} ${position - indent - index} COA-004`]);
      }),
    );
  });

  it("names a letter where only digits may stand", () => {
    expect(faults(parseCode(CODE.replace("636722", "6367Z2")))).toEqual(["satker 4 COA-004"]);
    expect(faults(parseCode(CODE.replace("4787AEF", "47O7AEF")))).toEqual(["output 28 COA-004"]);
    expect(faults(parseCode(CODE.replace("01505CC", "O1505CC")))).toEqual(["program 18 COA-004"]);
    expect(faults(parseCode(OLD.replace(".054.", ".Z24.")))).toEqual(["ro 74 COA-004"]);
  });

  it("counts a character beyond the basic plane once, and takes # only before a short notation", () => {
    expect(faults(parseCode(CODE.replace("AEF", "\u{1f600}F")))).toEqual(["output 30 COA-004"]);
    expect(parseCode(CODE.replace("AEF", "\u{1f600}F")).errors[0]?.params.character).toBe("\u{1f600}");
    expect(faults(parseCode(`#${CODE}`))).toEqual(["satker 0 COA-003", "satker 0 COA-004"]);
  });

  it("names a segment of wrong width", () => {
    fc.assert(
      fc.property(ledgerCodes, fc.nat(), fc.boolean(), ({ kind, year, parts }, pick, longer) => {
        const index = pick % parts.length;
        const part = parts[index] ?? "";
        fc.pre(longer || part.length > 1);
        const changed = longer ? `${part}0` : part.slice(0, -1);
        const parsed = parseCode(parts.with(index, changed).join("."), { fiscalYear: year });
        expect(faults(parsed)).toEqual([`${segmentIds(kind)[index]} ${startsOf(parts)[index]} COA-003`]);
        expect(parsed.errors[0]?.params).toMatchObject({
          part: changed,
          found: changed.length,
          expected: part.length,
        });
      }),
    );
  });

  it("shows the leading zeros that Excel dropped", () => {
    expect(parseCode(CODE.replace(".015.", ".15.")).errors[0]?.params.example).toBe("015");
    expect(parseCode(CODE.replace("01505CC", "1505CC")).errors[0]?.params.example).toBe("01505CC");
    expect(parseCode(CODE.replace("A000000001", "A1")).errors[0]?.params.example).toBe("A000000001");
  });

  it("names a dropped segment, the last of equal neighbours when it cannot be told", () => {
    const ids = segmentIds("ledger-16");
    for (const [text, count] of [
      [CODE, 12],
      [OLD, 16],
    ] as const) {
      const parts = text.split(".");
      for (let index = 0; index < count; index++) {
        const parsed = parseCode(parts.toSpliced(index, 1).join("."));
        // inter-entity and reserve are both 000000; RO and component are both three digits.
        const named = { inter_entity: "reserve", ro: "component" }[ids[index] ?? ""] ?? ids[index];
        expect(parsed.errors.map(({ segment, code }) => [segment, code])).toEqual([[named, "COA-002"]]);
        expect(parsed.errors[0]?.params).toEqual({ found: count - 1 });
        expect(parsed.kind).toBe(count === 12 ? "ledger-12" : "ledger-16");
        if (named === ids[index]) {
          const next = startsOf(parts)[index] ?? 0;
          expect(parsed.errors[0]?.position).toBe(
            index === count - 1 ? text.length - 1 - (parts[index]?.length ?? 0) : next,
          );
        }
      }
    }
  });

  it("names one dropped segment of any valid code, and putting one there mends it", () => {
    fc.assert(
      fc.property(ledgerCodes, fc.nat(), ({ structure, kind, year, parts }, pick) => {
        const index = pick % parts.length;
        const left = parts.toSpliced(index, 1);
        const parsed = parseCode(left.join("."), { fiscalYear: year });
        expect(parsed.errors.map(({ code }) => code)).toEqual(["COA-002"]);
        const named = segmentIds(kind).indexOf(String(parsed.errors[0]?.segment));
        const example = segmentsOf(structure, kind)[named]?.example ?? "";
        expect(parseCode(left.toSpliced(named, 0, example).join("."), { fiscalYear: year }).valid).toBe(true);
        // Where the parts tell, it is the very segment that was dropped.
        const widths = segmentsOf(structure, kind).map(({ width }) => width);
        const unique = widths[index] !== widths[index - 1] && widths[index] !== widths[index + 1];
        if (unique) expect(named).toBe(index);
      }),
      { numRuns: 500 },
    );
  });

  it("tells program from output by what ministries and activities look like", () => {
    const parts = OLD.split(".");
    expect(parseCode(parts.toSpliced(3, 1).join(".")).errors[0]?.segment).toBe("program");
    expect(parseCode(parts.toSpliced(4, 1).join(".")).errors[0]?.segment).toBe("output");
  });

  it("names an emptied segment of any valid code, and only that", () => {
    fc.assert(
      fc.property(ledgerCodes, fc.nat(), ({ kind, year, parts }, pick) => {
        const index = pick % parts.length;
        const parsed = parseCode(parts.with(index, "").join("."), { fiscalYear: year });
        const first = parsed.errors[0];
        expect(parsed.errors).toHaveLength(1);
        expect(first).toMatchObject({ code: "COA-002", segment: segmentIds(kind)[index] });
      }),
    );
  });

  it("names a part too many, and several dropped segments", () => {
    expect(faults(parseCode(`${CODE}.001`))).toEqual(["null 74 COA-008"]);
    expect(faults(parseCode(`${CODE}.`))).toEqual(["null 74 COA-008"]);
    expect(faults(parseCode(CODE.replace(".524111.", ".524111.524111.")))).toEqual(["null 18 COA-008"]);
    const missing = OLD.split(".").filter((_, i) => i !== 2 && i !== 8);
    expect(parseCode(missing.join(".")).errors.map(({ segment }) => segment)).toEqual(["account", "location"]);
  });

  it("does not shift two neighbours that changed places", () => {
    const [satker, kppn, ...rest] = CODE.split(".");
    const parsed = parseCode([kppn, satker, ...rest].join("."));
    expect(faults(parsed)).toEqual(["satker 0 COA-003", "kppn 4 COA-003"]);
  });

  it("says how long a code without dots is, and where it ends", () => {
    const digits = CODE.replaceAll(".", "");
    expect(faults(parseCode(digits.slice(1)))).toEqual(["null 61 COA-005"]);
    expect(faults(parseCode(`${digits}0`))).toEqual(["null 62 COA-005"]);
    expect(faults(parseCode(` ${OLD.replaceAll(".", "")}00`))).toEqual(["null 77 COA-005"]);
    expect(faults(parseCode(CODE.replaceAll(".", "/")))).toEqual(["null 6 COA-006"]);
  });

  it("does not know what is no code", () => {
    for (const text of [
      "stunting",
      "hello world program stunting kabupaten",
      "636722",
      "QEA",
      "208.QEA",
      "2,5",
      "1.234.567",
    ]) {
      expect(faults(parseCode(text))).toEqual(["null 0 COA-006"]);
    }
    expect(faults(parseCode(""))).toEqual(["null 0 COA-001"]);
    expect(faults(parseCode(" \n "))).toEqual(["null 0 COA-001"]);
  });
});

describe("fiscal year", () => {
  it("refuses a code of the redesign before 2021 and takes it from 2021 on", () => {
    expect(faults(parseCode(CODE, { fiscalYear: 2020 }))).toEqual(["program 23 COA-007"]);
    expect(parseCode(CODE, { fiscalYear: 2021 }).valid).toBe(true);
  });

  it("takes one letter in an old code for a slip", () => {
    expect(faults(parseCode(OLD.replace("4250019", "42500I9"), { fiscalYear: 2019 }))).toEqual(["output 31 COA-004"]);
    expect(faults(parseCode(OLD.replace("0240508", "02405O8"), { fiscalYear: 2019 }))).toEqual(["program 23 COA-004"]);
  });

  it("names letters as well when something else is wrong", () => {
    const parsed = parseCode(CODE.replace(".015.", ".15."), { fiscalYear: 2019 });
    expect(parsed.errors.map(({ segment, code }) => `${segment} ${code}`)).toEqual([
      "kppn COA-003",
      "program COA-004",
      "program COA-004",
      "output COA-004",
      "output COA-004",
      "output COA-004",
    ]);
  });

  it("reads digits as either structure", () => {
    expect(parseCode(OLD, { fiscalYear: 2020 })).toMatchObject({ valid: true, structure: "bas-2013" });
    expect(parseCode(OLD, { fiscalYear: 2021 })).toMatchObject({ valid: true, structure: "rspp-2021" });
    expect(parseCode(CODE.replace("AEF", "9CA")).valid).toBe(true);
  });
});
