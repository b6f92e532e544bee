import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import {
  CsvParser,
  MAX_RECORD_CHARACTERS,
  parseCsv,
  parseCsvObjects,
  type TableRow,
} from "../../../src/extracts/readers/csv-parser.ts";

/** Parses pieces; what the parser gives out must not depend on where the text was cut. */
function parse(pieces: readonly string[], delimiter = ","): TableRow[] {
  const parser = new CsvParser(delimiter);
  const rows = pieces.flatMap((piece) => parser.push(piece));
  return [...rows, ...parser.finish()];
}

function cellsOf(text: string, delimiter = ","): (string[] | string)[] {
  return parse([text], delimiter).map(({ cells, malformed }) => malformed ?? cells);
}

/** Cuts a text at the given places. */
function cut(text: string, places: readonly number[]): string[] {
  const bounds = [0, ...places.map((place) => place % (text.length + 1)).sort((a, b) => a - b), text.length];
  return bounds.slice(1).map((end, index) => text.slice(bounds[index], end));
}

const cell = fc.string({ unit: fc.constantFrom(...'ab,;\t"\r\n 1é'), maxLength: 5 });

/** A record as some program writes it: each cell quoted when it must be, or when the program likes to. */
const record = fc.array(fc.record({ text: cell, quoted: fc.boolean() }), { minLength: 1, maxLength: 5 });
const file = fc.record({
  delimiter: fc.constantFrom(",", ";", "\t"),
  records: fc.array(fc.record({ cells: record, end: fc.constantFrom("\n", "\r\n") }), { minLength: 1, maxLength: 6 }),
  lastEnds: fc.boolean(),
  cuts: fc.array(fc.nat(), { maxLength: 8 }),
});

describe("CsvParser", () => {
  it("gives the records that were written, wherever the text is cut", () => {
    fc.assert(
      fc.property(file, ({ delimiter, records, lastEnds, cuts }) => {
        const text = records
          .map(({ cells, end }, index) => {
            const fields = cells.map(({ text: value, quoted }) =>
              quoted || /["\r\n]/.test(value) || value.includes(delimiter) ? `"${value.replaceAll('"', '""')}"` : value,
            );
            return fields.join(delimiter) + (index < records.length - 1 || lastEnds ? end : "");
          })
          .join("");
        const expected = records.map(({ cells }, index) => ({
          row: index + 1,
          cells: cells.map(({ text: value }) => value),
          malformed: null,
        }));
        // Nothing at all after the last line break is no record.
        if (!lastEnds && text.endsWith("\n")) expected.pop();
        if (!lastEnds && text === "") expected.pop();
        expect(parse(cut(text, cuts), delimiter)).toEqual(expected);
      }),
      { numRuns: 1000 },
    );
  });

  it("answers any text the same way wherever it is cut, and loses no character", () => {
    const anyText = fc.string({ unit: fc.constantFrom(...'ab,""\n\r'), maxLength: 40 });
    fc.assert(
      fc.property(anyText, fc.array(fc.nat(), { maxLength: 10 }), (text, cuts) => {
        const whole = parse([text]);
        expect(parse(cut(text, cuts))).toEqual(whole);
        expect(parse([...text])).toEqual(whole);
        expect(whole.map(({ row }) => row)).toEqual(whole.map((_, index) => index + 1));
        const letters = (value: string) => value.replace(/[^ab]/g, "");
        expect(letters(whole.flatMap(({ cells }) => cells).join(""))).toBe(letters(text));
      }),
      { numRuns: 1000 },
    );
  });

  test.each([
    [
      "a,b\n1,2\n",
      [
        ["a", "b"],
        ["1", "2"],
      ],
    ],
    [
      "a,b\r\n1,2",
      [
        ["a", "b"],
        ["1", "2"],
      ],
    ],
    ['"a","b"\n', [["a", "b"]]],
    ['"a,b",c\n', [["a,b", "c"]]],
    ['"say ""ya""",c\n', [['say "ya"', "c"]]],
    [
      '"two\nlines",c\r\nd,e\n',
      [
        ["two\nlines", "c"],
        ["d", "e"],
      ],
    ],
    ['"two\r\nlines"\r\n', [["two\r\nlines"]]],
    ['"",""\n', [["", ""]]],
    ['""""\n', [['"']]],
    ["a,,\n", [["a", "", ""]]],
    ["\n\na\n", [[""], [""], ["a"]]],
    // A quotation mark inside a field that does not begin with one is text.
    ['6" pipe,b\n', [['6" pipe', "b"]]],
    // Malformed quotes cost their own record only.
    ['"a"b,c\nd,e\n', ["FILE-009", ["d", "e"]]],
    ['a,"b\n', ["FILE-009"]],
    ['a,"b" ,c\nd\n', ["FILE-009", ["d"]]],
  ])("%j", (text, expected) => {
    expect(cellsOf(text)).toEqual(expected);
  });

  it("keeps a malformed record as it came", () => {
    expect(parse(['1\n"a"b,c\r\n'])[1]).toEqual({ row: 2, cells: ['"a"b,c'], malformed: "FILE-009" });
  });

  it("numbers rows as a person sees them: header 1, blank rows and line breaks in cells counted once", () => {
    const rows = parse(['h1,h2\n\n"a\nb",1\n\n\nc,2\n']);
    expect(rows.map(({ row, cells }) => [row, cells[0]])).toEqual([
      [1, "h1"],
      [2, ""],
      [3, "a\nb"],
      [4, ""],
      [5, ""],
      [6, "c"],
    ]);
  });

  it("refuses a record that is longer than any record, naming its row, and takes one at the limit", () => {
    const atLimit = "x".repeat(MAX_RECORD_CHARACTERS);
    expect(parse([`h\n${atLimit}\nz\n`])).toHaveLength(3);
    for (const text of [`h\n${atLimit}x\nz\n`, `h\n${atLimit}x`]) {
      expect(() => parse([text])).toThrow(expect.objectContaining({ rule: "FILE-006", row: 2 }));
    }
    const parser = new CsvParser(",");
    const pushAll = () => {
      for (let piece = 0; piece < 40; piece++) parser.push("y".repeat(65_536));
    };
    expect(pushAll).toThrow(expect.objectContaining({ rule: "FILE-006", row: 1 }));
  });

  it("does not let one open quotation mark swallow a whole large file", () => {
    const lines = Array.from({ length: 60_000 }, (_, index) => `${index},"text ${index}",more text to fill it`);
    lines[2] = '2,"never closed,more text to fill it';
    const rows = parse(cut(`${lines.join("\n")}\n`, [700_000, 1_400_000]));
    const malformed = rows.filter((row) => row.malformed !== null);
    expect(malformed.length).toBeGreaterThan(0);
    // What is lost is said: every line is in a good record or in the raw text of a malformed one.
    const text = rows.map(({ cells }) => cells.join(",")).join("\n");
    expect(text).toContain("59999,text 59999");
    expect(text).toContain("never closed");
    expect(text.match(/more text to fill it/g)).toHaveLength(60_000);
  });
});

describe("parseCsv", () => {
  it("leaves out blank records and a byte order mark", () => {
    expect(parseCsv("\ufeffa;b\n\n;\n1;2", ";")).toEqual([
      ["a", "b"],
      ["1", "2"],
    ]);
    expect(parseCsvObjects("code,name\n1,x\n2\n")).toEqual([
      { code: "1", name: "x" },
      { code: "2", name: "" },
    ]);
    expect(parseCsvObjects("")).toEqual([]);
  });
});
