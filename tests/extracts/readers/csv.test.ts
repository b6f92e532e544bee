import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { readCsv } from "../../../src/extracts/readers/csv.ts";
import { collect, refusalOf } from "../files.ts";

async function* chunks(...pieces: (string | Buffer | number[])[]): AsyncGenerator<Buffer> {
  for (const piece of pieces) yield typeof piece === "string" ? Buffer.from(piece) : Buffer.from(piece);
}

const read = (...pieces: (string | Buffer | number[])[]) => collect(readCsv(chunks(...pieces)));
const refuse = (...pieces: (string | Buffer | number[])[]) => refusalOf(() => read(...pieces));

describe("readCsv", () => {
  test.each([
    ["a,b,c\n1;2,3\n", ["1;2", "3"]],
    ["a;b;c\n1,5;2\n", ["1,5", "2"]],
    ["a\tb\tc\n1,5\t2;3\n", ["1,5", "2;3"]],
    ["\ufeffa;b;c\n1;2\n", ["1", "2"]],
    ["a;b;c\r\n1;2\r\n", ["1", "2"]],
    ['"a, b";c;d\n1;2\n', ["1", "2"]],
  ])("takes the delimiter of the header of %j", async (text, second) => {
    expect((await read(text))[1]?.cells).toEqual(second);
  });

  it("looks past blank lines for the delimiter, and counts them", async () => {
    const rows = await read("\r\n \n", "\na;b", ";c\n1,5;2;3\n");
    expect(rows.map(({ row, cells }) => [row, cells.length])).toEqual([
      [1, 1],
      [2, 1],
      [3, 1],
      [4, 3],
      [5, 3],
    ]);
  });

  it("removes a byte order mark at the beginning only", async () => {
    const rows = await read("\ufeffa\n\ufeffb\n");
    expect(rows.map(({ cells }) => cells)).toEqual([["a"], ["\ufeffb"]]);
  });

  it("reads any text the same way wherever its bytes are cut", async () => {
    const text = fc.string({ unit: fc.constantFrom(...'a,\n\r"é漢😀 '), minLength: 1, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(text, fc.array(fc.nat(), { maxLength: 6 }), async (content, cuts) => {
        fc.pre(content.trim() !== "");
        const bytes = Buffer.from(content);
        const bounds = [0, ...cuts.map((place) => place % bytes.length).sort((a, b) => a - b), bytes.length];
        const pieces = bounds.slice(1).map((end, index) => bytes.subarray(bounds[index], end));
        expect(await read(...pieces)).toEqual(await read(bytes));
      }),
    );
  });

  test.each([[[]], [["", ""]], [["\n \n\r\n"]], [[[0xef, 0xbb, 0xbf]]]])("an empty file %j", async (pieces) => {
    expect(await refuse(...pieces)).toMatchObject({ rule: "FILE-001", row: 1 });
  });

  it("a header alone is read", async () => {
    for (const text of ["a,b", "a,b\n", "a,b\r\n"]) {
      expect((await read(text)).map(({ cells }) => cells)).toEqual([["a", "b"]]);
    }
  });

  it("names what is binary or UTF-16, and the row where it turns binary", async () => {
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from("code,date\n", "utf16le")]);
    expect(await refuse(utf16)).toMatchObject({ rule: "FILE-002", row: 1, value: "UTF-16" });
    expect(await refuse(Buffer.from(utf16).swap16())).toMatchObject({ rule: "FILE-002", row: 1, value: "UTF-16" });
    expect(await refuse("a,b\n1,2\n", "3,4\n5,\u0000\n")).toMatchObject({ rule: "FILE-002", row: 4, value: "NUL" });
  });

  it("names the row of a byte that is not UTF-8", async () => {
    const latin = Buffer.from("KAB. CÔTE\n", "latin1");
    expect(await refuse(latin)).toMatchObject({ rule: "FILE-007", row: 1 });
    expect(await refuse("a\nb\n", latin)).toMatchObject({ rule: "FILE-007", row: 3 });
    expect(await refuse("a\nb\nc", latin)).toMatchObject({ rule: "FILE-007", row: 3 });
    expect(await refuse("a\n", Buffer.concat([Buffer.from("b\nc\n"), latin]))).toMatchObject({ row: 4 });
    // Line breaks inside quotes do not shift the row.
    expect(await refuse('a\n"x\ny\nz"\n', latin)).toMatchObject({ rule: "FILE-007", row: 3 });
  });

  it("names the row also behind a character cut in two, and behind a replacement character", async () => {
    const [first = 0, second = 0] = Buffer.from("é");
    const bad = Buffer.concat([Buffer.from([second]), Buffer.from(",x\nc\nd"), Buffer.from([0xff, 0x0a])]);
    expect(await refuse("a\nb", [first], bad)).toMatchObject({ rule: "FILE-007", row: 4 });
    expect(await refuse("a\n\ufffd\n", Buffer.concat([Buffer.from("\ufffd\nd"), Buffer.from([0xff])]))).toMatchObject({
      rule: "FILE-007",
      row: 4,
    });
    expect(await refuse("a\nb", [first], ",x\n")).toMatchObject({ rule: "FILE-007", row: 2 });
  });

  it("names the row of a character cut off by the end of the file", async () => {
    expect(await refuse("a\nb\n", [0xc3])).toMatchObject({ rule: "FILE-007", row: 3 });
    expect(await refuse("a\nb", [0xe6, 0xbc])).toMatchObject({ rule: "FILE-007", row: 2 });
    expect(await refuse([0xc3])).toMatchObject({ rule: "FILE-007", row: 1 });
  });

  it("any bytes are rows or a refusal", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 30 }), { maxLength: 5 }), async (pieces) => {
        const bytes = Buffer.concat(pieces);
        const whole = await read(bytes).catch((error: { rule: string; row: number }) => [error.rule, error.row]);
        const cut = await read(...pieces.map((piece) => Buffer.from(piece))).catch(
          (error: { rule: string; row: number }) => [error.rule, error.row],
        );
        // Where a byte is both, one is met first; the row is the same.
        if (whole[0] !== "FILE-002" && cut[0] !== "FILE-002") expect(cut).toEqual(whole);
        expect(whole).toBeInstanceOf(Array);
      }),
      { numRuns: 300 },
    );
  });

  it("10 MB on one line are refused at their row, without reading on", async () => {
    let pulled = 0;
    async function* endless(): AsyncGenerator<Buffer> {
      yield Buffer.from("a,b\n1,2\n");
      for (let piece = 0; piece < 160; piece++) {
        pulled++;
        yield Buffer.alloc(65_536, "x");
      }
    }
    expect(await refusalOf(() => collect(readCsv(endless())))).toMatchObject({ rule: "FILE-006", row: 3 });
    expect(pulled).toBeLessThan(20);
    expect(await refuse(Buffer.alloc(10 * 2 ** 20, "x"))).toMatchObject({ rule: "FILE-006", row: 1 });
  });
});
