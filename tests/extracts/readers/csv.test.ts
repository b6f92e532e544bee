import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { readCsv } from "../../../src/extracts/readers/csv.ts";
import { asUtf8 } from "../../../src/extracts/readers/text/index.ts";
import { collect, refusalOf } from "../files.ts";

async function* chunks(...pieces: (string | Buffer | number[])[]): AsyncGenerator<Buffer> {
  for (const piece of pieces) yield typeof piece === "string" ? Buffer.from(piece) : Buffer.from(piece);
}

const read = (...pieces: (string | Buffer | number[])[]) => collect(readCsv(asUtf8(chunks(...pieces))));
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

  it("takes the delimiter of the header below titles, whatever titles and amounts hold", async () => {
    const omspan =
      'REALISASI TAHUN 2021\n"Tanggal Cetak :05-01-2022, 8:15 am"\n\nNo,Satker,Pagu,Sisa\n1,025455,"1,000","2,000"\n';
    const sakti =
      "LAPORAN; REALISASI\nSATKER : BALAI, BESAR, X, Y, Z\n\nKode;Uraian;Pagu;Blokir\nWA;Gaji, honor;1.234,00;5,00\nWA;Air;2.345,67;6,00\n";
    const texts = `a,b,c,d\n${"1,x;y,z;v;w,u;t\n2,x;y,z;v;w,u;t,more\n".repeat(20)}`;
    const pipes = "kode|uraian|nilai\n1|a, b; c|5,00\n";
    for (const [text, header] of [
      [omspan, ["No", "Satker", "Pagu", "Sisa"]],
      [sakti, ["Kode", "Uraian", "Pagu", "Blokir"]],
      [texts, ["a", "b", "c", "d"]],
      [pipes, ["kode", "uraian", "nilai"]],
    ] as const) {
      expect((await read(text)).map(({ cells }) => cells)).toContainEqual(header);
    }
  });

  it("obeys a first line sep=, which counts as a row and is none", async () => {
    for (const [line, delimiter] of [
      ["sep=;", ";"],
      ["SEP=,", ","],
      ['"sep=|"', "|"],
      ["\ufeffsep=\t", "\t"],
      ["sep=^", "^"],
    ] as const) {
      const rows = await read(`${line}\r\na${delimiter}b\r\n1${delimiter}2,3;4\r\n`);
      expect(rows.slice(0, 1)).toMatchObject([{ row: 2, cells: ["a", "b"] }]);
    }
    expect((await read("sep;b\n1;2\n"))[0]).toMatchObject({ row: 1, cells: ["sep", "b"] });
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

  it("names what is binary, and the row where it turns binary", async () => {
    expect(await refuse("a,b\n1,2\n", "3,4\n5,\u0000\n")).toMatchObject({ rule: "FILE-002", row: 4, value: "NUL" });
    expect(await refuse([0x50, 0x00, 0x51])).toMatchObject({ rule: "FILE-002", row: 1 });
  });

  it("names the row of a byte that is no text", async () => {
    const bad = Buffer.from([0x4b, 0x81, 0x0a]);
    expect(await refuse(bad)).toMatchObject({ rule: "FILE-007", row: 1 });
    expect(await refuse("a\nb\n", bad)).toMatchObject({ rule: "FILE-007", row: 3 });
    expect(await refuse("a\nb\nc", bad)).toMatchObject({ rule: "FILE-007", row: 3 });
    expect(await refuse("a\n", Buffer.concat([Buffer.from("b\nc\n"), bad]))).toMatchObject({ row: 4 });
    // Line breaks inside quotes do not shift the row.
    expect(await refuse('a\n"x\ny\nz"\n', bad)).toMatchObject({ rule: "FILE-007", row: 3 });
  });

  it("names the row also behind a character cut in two, and behind a replacement character", async () => {
    const [first = 0, second = 0] = Buffer.from("é");
    const bad = Buffer.concat([Buffer.from([second]), Buffer.from(",x\nc\nd"), Buffer.from([0xff, 0x0a])]);
    expect(await refuse("a\nb", [first], bad)).toMatchObject({ rule: "FILE-007", row: 4 });
    expect(await refuse("a\n\ufffd\n", Buffer.concat([Buffer.from("\ufffd\nd"), Buffer.from([0xff])]))).toMatchObject({
      rule: "FILE-007",
      row: 4,
    });
    expect(await refuse("a\né", [first], ",x\n")).toMatchObject({ rule: "FILE-007", row: 2 });
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
    expect(await refusalOf(() => collect(readCsv(asUtf8(endless()))))).toMatchObject({ rule: "FILE-006", row: 3 });
    expect(pulled).toBeLessThan(20);
    expect(await refuse(Buffer.alloc(10 * 2 ** 20, "x"))).toMatchObject({ rule: "FILE-006", row: 1 });
  });
});
