import { PassThrough } from "node:stream";
import { buffer } from "node:stream/consumers";
import Excel from "exceljs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { resolveEscapes } from "../../../src/extracts/readers/xlsx/texts.ts";
import { read } from "./xlsx-files.ts";

type Fill = (sheet: Excel.Worksheet) => void;
type Write = (fill: Fill, date1904?: boolean) => Promise<Buffer>;

const whole: Write = async (fill, date1904 = false) => {
  const workbook = new Excel.Workbook();
  workbook.properties.date1904 = date1904;
  fill(workbook.addWorksheet("Data"));
  return Buffer.from(await workbook.xlsx.writeBuffer());
};

const streamed =
  (useSharedStrings: boolean): Write =>
  async (fill) => {
    const stream = new PassThrough();
    const bytes = buffer(stream);
    const workbook = new Excel.stream.xlsx.WorkbookWriter({ stream, useSharedStrings, useStyles: true });
    const sheet = workbook.addWorksheet("Data");
    fill(sheet);
    sheet.commit();
    await workbook.commit();
    return bytes;
  };

const WRITERS: [string, Write][] = [
  ["whole", whole],
  ["streamed with shared strings", streamed(true)],
  ["streamed with inline strings", streamed(false)],
];

/** One value a row, in column B. */
const oneEach =
  (values: readonly Excel.CellValue[], numFmt?: string): Fill =>
  (sheet) => {
    values.forEach((value, index) => {
      const cell = sheet.getCell(index + 1, 2);
      cell.value = value;
      if (numFmt !== undefined) cell.numFmt = numFmt;
    });
  };

/** The cells that must be read: rows without text do not come. */
const expected = (texts: readonly string[]): (number | string)[][] =>
  texts.flatMap((text, index) => (text === "" ? [] : [[index + 1, "", text]]));

/** exceljs drops control characters, XML turns line ends into `\n`, and both know `_xHHHH_`. */
function asWritten(text: string): string {
  const kept = [...text].filter((character) => {
    const code = character.codePointAt(0) ?? 0;
    return code === 9 || code === 10 || code === 13 || (code >= 32 && code !== 127);
  });
  return resolveEscapes(kept.join("").replace(/\r\n?/g, "\n"));
}

const text = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 20 }),
  fc.string({ unit: "binary", maxLength: 20 }).filter((value) => !/[\ufffe\uffff]/.test(value)),
  fc.string({ unit: fc.constantFrom(..."=<>&\"' \t\r\n_x0Dd5F\u0007\u00a0é😀"), maxLength: 20 }),
  fc.stringMatching(/^0{1,3}\d{1,12}$/),
  fc.constantFrom("=A1+1", "_x000D_", "_x005F_x000D_", "]]>", "<!--", " x ", "\n", "0012", "1E+5", "TRUE", "#N/A"),
);

describe.each(WRITERS)("files of exceljs, %s", (_, write) => {
  test("any text comes back", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 60 }), async (texts) => {
        // Whether space at the edges is kept depends on the writer, who drops control characters before or after asking.
        const written = ["first", ...texts.map(asWritten)].map((value) => value.trim());
        const found = await read(await write(oneEach(["first", ...texts])));
        const trimmed = found.map((cells) => cells.map((cell) => (typeof cell === "string" ? cell.trim() : cell)));
        expect(trimmed.filter((cells) => cells.at(-1) !== "")).toEqual(expected(written));
      }),
      { numRuns: 30 },
    );
  });

  test("any number comes back, without an exponent up to 2^53", async () => {
    const number = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.maxSafeInteger(),
      fc.integer({ min: -1_000_000, max: 1_000_000 }).map((cents) => cents / 100),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(number, { minLength: 1, maxLength: 60 }), async (numbers) => {
        const found = (await read(await write(oneEach(numbers)))).map((row) => String(row[2]));
        expect(found.map(Number)).toEqual(numbers.map((value) => value + 0));
        for (const [index, value] of numbers.entries()) {
          if (Math.abs(value) <= 2 ** 53) expect(found[index]).toMatch(/^-?\d+(\.\d+)?$/);
          if (Number.isSafeInteger(value)) expect(found[index]).toBe(BigInt(value).toString());
        }
      }),
      { numRuns: 30 },
    );
  });

  test("any date from March 1900 on comes back", async () => {
    const [from, to] = [Date.UTC(1900, 2, 1) / 1000, Date.UTC(9999, 11, 31) / 1000];
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: from, max: to }), { minLength: 1, maxLength: 40 }),
        async (seconds) => {
          const dates = seconds.map((second) => new Date(second * 1000));
          const found = await read(await write(oneEach(dates, "dd/mm/yyyy hh:mm:ss")));
          expect(found).toEqual(expected(dates.map(isoOf)));
        },
      ),
      { numRuns: 20 },
    );
  });

  test("formulas, rich text, links, truth values and errors", async () => {
    const values: Excel.CellValue[] = [
      { formula: "A1*2", result: 24, date1904: false },
      { formula: 'A1&"x"', result: "=x", date1904: false },
      { formula: "A1>1", result: true, date1904: false },
      { formula: "1/0", result: { error: "#DIV/0!" }, date1904: false },
      { formula: "B9", date1904: false },
      { richText: [{ text: "Dana " }, { font: { bold: true }, text: "Desa" }] },
      { text: "tautan", hyperlink: "https://example.org/" },
      false,
      { error: "#N/A" },
      new Date(Date.UTC(2021, 7, 1)),
    ];
    const texts = ["24", "=x", "TRUE", "#DIV/0!", "=B9", "Dana Desa", "tautan", "FALSE", "#N/A", "2021-08-01"];
    expect(await read(await write(oneEach(values)))).toEqual(expected(texts));
  });

  test("blank rows and cells keep their places", async () => {
    const found = await read(
      await write((sheet) => {
        sheet.getCell("C3").value = "c";
        sheet.getCell("AB7").value = 7;
        sheet.getCell("AC7").font = { bold: true };
      }),
    );
    expect(found).toEqual([
      [3, "", "", "c"],
      [7, ...Array<string>(27).fill(""), "7"],
    ]);
  });
});

test("the 1904 date system", async () => {
  const dates = [new Date(Date.UTC(1904, 0, 2)), new Date(Date.UTC(2021, 7, 1, 6))];
  const found = await read(await whole(oneEach(dates, "yyyy-mm-dd"), true));
  expect(found).toEqual(expected(["1904-01-02", "2021-08-01 06:00:00"]));
});

function isoOf(date: Date): string {
  const [day = "", time = ""] = date.toISOString().slice(0, 19).split("T");
  return time === "00:00:00" ? day : `${day} ${time}`;
}
