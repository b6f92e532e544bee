import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { csvLine } from "../src/csv.ts";
import { parseCsv } from "../src/extracts/index.ts";

describe("csvLine", () => {
  it("quotes only what needs it", () => {
    expect(csvLine(["024", "KESEHATAN", 12, -5n, null, ""])).toBe("024,KESEHATAN,12,-5,,");
    expect(csvLine(["a,b", 'say "ya"', "two\nlines", "back\r", "semi;colon", " space "])).toBe(
      '"a,b","say ""ya""","two\nlines","back\r",semi;colon, space ',
    );
  });

  it("keeps integers that a float would round", () => {
    expect(csvLine([9_007_199_254_740_993n])).toBe("9007199254740993");
  });

  it("is read back as it was by the reader of extracts", () => {
    const cells = fc.array(fc.string({ unit: fc.constantFrom(..."ab,;\"'\n\r\t é"), maxLength: 6 }), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(fc.array(cells, { minLength: 1, maxLength: 8 }), (rows) => {
        const text = `${rows.map(csvLine).join("\r\n")}\r\n`;
        expect(parseCsv(text)).toEqual(rows.filter((row) => row.join("") !== ""));
      }),
    );
  });
});
