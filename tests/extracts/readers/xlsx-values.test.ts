import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dateText, isoDateText, kindOfBuiltin, kindOfFormat } from "../../../src/extracts/readers/xlsx/dates.ts";
import { plainNumber } from "../../../src/extracts/readers/xlsx/numbers.ts";
import { resolveEscapes, trimXmlSpace } from "../../../src/extracts/readers/xlsx/texts.ts";

describe("numbers", () => {
  test.each([
    ["5E+6", "5000000"],
    ["3.8894550000E+09", "3889455000"],
    ["0.0000000000E+00", "0"],
    ["0E+999999999", "0"],
    ["-2.5e-3", "-0.0025"],
    ["+5", "5"],
    [".5", "0.5"],
    ["5.", "5"],
    ["-0", "0"],
    ["-0.00", "0"],
    ["007", "007"],
    ["123.4500", "123.45"],
    ["1E-7", "0.0000001"],
    ["49406E-304", `0.${"0".repeat(299)}49406`],
  ])("%s is %s", (literal, plain) => expect(plainNumber(literal)).toBe(plain));

  test("the noise of a double goes, its value stays", () => {
    expect(plainNumber("1.1000000000000001")).toBe("1.1");
    expect(plainNumber("1234.5599999999999")).toBe("1234.56");
    expect(plainNumber("1.1999999999999999E-6")).toBe("0.0000012");
    expect(plainNumber("0.30000000000000004")).toBe("0.30000000000000004");
  });

  test("a fraction never becomes an integer", () => {
    expect(plainNumber("9007199254740.0001")).toBe("9007199254740.0001");
    expect(plainNumber("99999999999999.999")).toBe("99999999999999.999");
    expect(plainNumber("123456789012345678.25")).toBe("123456789012345678.25");
  });

  test("scientific notation is exact up to 2^53 and stays as written beyond", () => {
    expect(plainNumber("9.007199254740992E+15")).toBe("9007199254740992");
    expect(plainNumber("9.007199254740993E+15")).toBe("9.007199254740993E+15");
    expect(plainNumber("1E+16")).toBe("1E+16");
    expect(plainNumber("1.2345678901234567E+19")).toBe("1.2345678901234567E+19");
    expect(plainNumber("1E+999999999")).toBe("1E+999999999");
    expect(plainNumber("1E-999999999")).toBe("1E-999999999");
  });

  test("long integers keep every digit and text stays text", () => {
    expect(plainNumber("123456789012345678901234567890")).toBe("123456789012345678901234567890");
    for (const text of ["", "NaN", "INF", "1,5", "0x10", "1e", "--1"]) expect(plainNumber(text)).toBe(text);
  });

  test("every double written in any precision keeps its value", () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.integer({ min: 15, max: 17 }),
        (value, digits) => {
          for (const literal of [String(value), value.toPrecision(digits), value.toExponential(digits - 1)]) {
            const plain = plainNumber(literal);
            expect(Number(plain)).toBe(Number(literal) + 0);
            if (plain !== literal) expect(plain).toMatch(/^-?\d+(\.\d*[1-9])?$/);
            if (Math.abs(value) < 2 ** 53) expect(plain).not.toMatch(/e/i);
          }
        },
      ),
    );
  });
});

describe("dates", () => {
  test.each([
    [0, "1900-01-00"],
    [1, "1900-01-01"],
    [59, "1900-02-28"],
    [60, "1900-02-29"],
    [61, "1900-03-01"],
    [36526, "2000-01-01"],
    [44409.5, "2021-08-01 12:00:00"],
    [44409.999999, "2021-08-02"],
    [2958465, "9999-12-31"],
    [2958465.999999, null],
    [2958466, null],
    [-1, null],
    [Number.NaN, null],
  ])("1900 system: serial %s is %s", (serial, text) => expect(dateText(serial, "date", false)).toBe(text));

  test.each([
    [0, "1904-01-01"],
    [60, "1904-03-01"],
    [42947.25, "2021-08-01 06:00:00"],
    [2957003, "9999-12-31"],
    [2957004, null],
  ])("1904 system: serial %s is %s", (serial, text) => expect(dateText(serial, "date", true)).toBe(text));

  test("a time without a day is a time of day", () => {
    expect(dateText(0.75, "time", false)).toBe("18:00:00");
    expect(dateText(0, "time", true)).toBe("00:00:00");
    expect(dateText(0.75, "date", false)).toBe("1900-01-00 18:00:00");
    expect(dateText(44409.75, "time", false)).toBe("2021-08-01 18:00:00");
  });

  test("every second from March 1900 on comes back", () => {
    const [from, to] = [Date.UTC(1900, 2, 1) / 1000, Date.UTC(9999, 11, 31, 23, 59, 59) / 1000];
    fc.assert(
      fc.property(fc.integer({ min: from, max: to }), (second) => {
        const [date, time] = new Date(second * 1000).toISOString().slice(0, 19).split("T");
        const expected = time === "00:00:00" ? date : `${date} ${time}`;
        expect(dateText(25569 + second / 86400, "date", false)).toBe(expected);
      }),
    );
  });

  test("ISO dates of strict workbooks", () => {
    expect(isoDateText("2021-08-01")).toBe("2021-08-01");
    expect(isoDateText("2021-08-01T00:00:00")).toBe("2021-08-01");
    expect(isoDateText("2021-08-01T06:07:08.000Z")).toBe("2021-08-01 06:07:08");
    expect(isoDateText("P1D")).toBe("P1D");
  });
});

describe("number formats", () => {
  test.each([
    ["General", "number"],
    ["0", "number"],
    ["#,##0;[Red]-#,##0", "number"],
    ["#.##0,00", "number"],
    ["0.00E+00", "number"],
    ["0%", "number"],
    ["@", "number"],
    ['"Rp"#,##0', "number"],
    ["[$Rp-421]#,##0", "number"],
    ["IDR #,##0", "number"],
    ['0 "hari"', "number"],
    ["\\d0", "number"],
    ["_(* #,##0_);_(* (#,##0);_(* -_);_(@_)", "number"],
    ["[h]:mm", "number"],
    ["[mm]:ss", "number"],
    ['"yyyy"', "number"],
    ["General;yyyy", "number"],
    ["yyyy-mm-dd", "date"],
    ["dd/mm/yy", "date"],
    ["DD-MMM-YYYY", "date"],
    ["[$-421]dd mmmm yyyy;@", "date"],
    ["[$-F800]dddd, mmmm dd, yyyy", "date"],
    ["mmmm", "date"],
    ["m/d/yyyy h:mm", "date"],
    ['dd" bulan "mm', "date"],
    ["yyyy-mm-dd hh:mm:ss.000", "date"],
    ["[Red]yyyy", "date"],
    ["hh:mm:ss", "time"],
    ["mm:ss.0", "time"],
    ["h:mm AM/PM", "time"],
    ["[$-F400]h:mm:ss AM/PM", "time"],
  ])("%s is a %s", (code, kind) => expect(kindOfFormat(code)).toBe(kind));

  test("built-in formats", () => {
    for (const id of [0, 1, 4, 9, 11, 13, 23, 37, 44, 46, 48, 49, 59, 79, 82, 164])
      expect(kindOfBuiltin(id)).toBe("number");
    for (const id of [14, 15, 16, 17, 22, 27, 31, 36, 50, 58, 71, 81]) expect(kindOfBuiltin(id)).toBe("date");
    for (const id of [18, 19, 20, 21, 45, 47]) expect(kindOfBuiltin(id)).toBe("time");
  });

  test("no format code is too odd", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ymdhs0#"\\[];_*@.E+'), maxLength: 40 }), (code) => {
        expect(["number", "date", "time"]).toContain(kindOfFormat(code));
      }),
    );
  });
});

describe("texts", () => {
  test("escapes of characters that XML cannot hold", () => {
    expect(resolveEscapes("a_x000D_b")).toBe("a\rb");
    expect(resolveEscapes("_x005F_x000D_")).toBe("_x000D_");
    expect(resolveEscapes("_x00e9__x00E9_")).toBe("éé");
    expect(resolveEscapes("_xD83D_")).toBe("_xD83D_");
    expect(resolveEscapes("_x12_ _xZZZZ_ x0041")).toBe("_x12_ _xZZZZ_ x0041");
  });

  test("only XML white space is trimmed", () => {
    expect(trimXmlSpace(" \t\r\n a b \n")).toBe("a b");
    expect(trimXmlSpace("\u00a0a\u00a0")).toBe("\u00a0a\u00a0");
    expect(trimXmlSpace(" \n ")).toBe("");
  });
});
