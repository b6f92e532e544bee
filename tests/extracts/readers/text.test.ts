import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { asUtf8, type Encoding, NotText } from "../../../src/extracts/readers/text/index.ts";

async function* pieces(bytes: Buffer, cuts: readonly number[]): AsyncGenerator<Buffer> {
  const bounds = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  for (const [index, end] of bounds.slice(1).entries()) yield bytes.subarray(bounds[index], end);
}

interface Read {
  text: string;
  encoding: Encoding | null;
  refused: { rule: string; kind: string } | null;
}

async function read(bytes: Buffer, cuts: readonly number[] = []): Promise<Read> {
  const found: { encoding: Encoding | null } = { encoding: null };
  const read: Buffer[] = [];
  let refused: Read["refused"] = null;
  try {
    for await (const piece of asUtf8(pieces(bytes, cuts), found)) {
      expect(piece.toString("utf8")).not.toContain("\ufffd");
      read.push(piece);
    }
  } catch (error) {
    if (!(error instanceof NotText)) throw error;
    refused = { rule: error.rule, kind: error.kind };
  }
  return { text: Buffer.concat(read).toString("utf8"), encoding: found.encoding, refused };
}

const bigEndian = (text: string) => Buffer.from(text, "utf16le").swap16();

/** Windows-1252 as its code page says, spelled out for the characters that Latin-1 does not have. */
const WINDOWS: Readonly<Record<string, number>> = {
  "€": 0x80,
  "‚": 0x82,
  "…": 0x85,
  Š: 0x8a,
  Œ: 0x8c,
  Ž: 0x8e,
  "‘": 0x91,
  "’": 0x92,
  "“": 0x93,
  "”": 0x94,
  "•": 0x95,
  "–": 0x96,
  "—": 0x97,
  "™": 0x99,
  œ: 0x9c,
  ž: 0x9e,
  Ÿ: 0x9f,
};
const windows = (text: string) => Buffer.from([...text].map((one) => WINDOWS[one] ?? one.charCodeAt(0)));

describe("asUtf8", () => {
  const TEXT = "kode;uraian\n1;Pengadaan gizi – “paket” é €\n2;漢字 😀\n";
  const cuts = fc.array(fc.nat(), { maxLength: 8 });
  const anyText = fc.string({ unit: fc.constantFrom(...'a,;\n\r"é漢😀 €'), maxLength: 80 });

  test.each<[string, Encoding, (text: string) => Buffer]>([
    ["UTF-8", "utf-8", (text) => Buffer.from(text)],
    ["UTF-8 with its mark", "utf-8", (text) => Buffer.from(`\ufeff${text}`)],
    ["UTF-16 little-endian with its mark", "utf-16le", (text) => Buffer.from(`\ufeff${text}`, "utf16le")],
    ["UTF-16 big-endian with its mark", "utf-16be", (text) => bigEndian(`\ufeff${text}`)],
  ])("reads %s, wherever it is cut", async (_, encoding, encode) => {
    expect(await read(encode(TEXT))).toEqual({ text: TEXT, encoding, refused: null });
    await fc.assert(
      fc.asyncProperty(anyText, cuts, async (text, at) => {
        // A carriage return at the first line end is another story, told below.
        fc.pre(!text.includes("\r"));
        expect(await read(encode(text), at)).toEqual({ text, encoding, refused: null });
      }),
    );
  });

  const plain = fc.string({ unit: fc.constantFrom(...'abc,;\n "'), minLength: 12, maxLength: 700 });

  test.each<[Encoding, (text: string) => Buffer]>([
    ["utf-16le", (text) => Buffer.from(text, "utf16le")],
    ["utf-16be", bigEndian],
  ])("knows %s without a mark by its zero bytes", async (encoding, encode) => {
    const text = `kode;uraian\n${"1;Côte d’Or\n".repeat(100)}`;
    expect(await read(encode(text))).toEqual({ text, encoding, refused: null });
    await fc.assert(
      fc.asyncProperty(plain, cuts, async (some, at) => {
        expect(await read(encode(some), at)).toEqual({ text: some, encoding, refused: null });
      }),
    );
  });

  it("reads Windows-1252, wherever it is cut", async () => {
    const every = `kode;uraian\n${Object.keys(WINDOWS).join(" ")} é ñ Ö ÿ\n${"x".repeat(200)}`;
    expect(await read(windows(every))).toEqual({ text: every, encoding: "windows-1252", refused: null });
    const unit = fc.constantFrom("a", "b", ";", "\n", "é ", "’s", "– ", "Ž", "ÿ.");
    await fc.assert(
      fc.asyncProperty(fc.array(unit, { maxLength: 30 }), cuts, async (parts, at) => {
        // Mostly ASCII, as any real text, and with something beyond it.
        const text = `É. ${parts.join("")} ${"kata ".repeat(30)}`;
        expect(await read(windows(text), at)).toEqual({ text, encoding: "windows-1252", refused: null });
      }),
    );
  });

  it("refuses a text in which UTF-8 and Windows-1252 are mixed, or which neither can be", async () => {
    const ascii = Buffer.from(`${"kata ".repeat(50)}\n`);
    const mixed = { rule: "FILE-007", kind: "UTF-8 / Windows-1252" };
    for (const parts of [
      [Buffer.from("é\n"), ascii, windows("é\n")],
      [windows("é\n"), ascii, Buffer.from("é\n")],
      [Buffer.from("\ufeff"), windows("é\n")],
      [windows("é "), Buffer.from([0x81])],
      [windows("é "), Buffer.from([0x05])],
      [Buffer.from("é"), Buffer.from([0xc3])],
      [Buffer.from([0xc3])],
    ]) {
      const bytes = Buffer.concat([ascii, ...parts]);
      expect((await read(bytes)).refused).toEqual(mixed);
      expect((await read(bytes, [100, 252, 253, 254, 255, 256, 257])).refused).toEqual(mixed);
    }
    // Text of another code page has few ASCII letters.
    expect((await read(Buffer.alloc(400, windows("àâãä êëìí ")))).refused).toEqual(mixed);
    expect((await read(Buffer.alloc(400, windows("àbâb ab ")))).refused).toBeNull();
  });

  it("gives out everything before the bad byte", async () => {
    const before = `${"baris\n".repeat(300)}x`;
    for (const bad of [[0], [0x81, 0x0a], [0xc3, 0x0a, 0xc3, 0xa9]]) {
      for (const at of [[], [1801], [5, 1800]]) {
        const { text, refused } = await read(Buffer.concat([Buffer.from(before), Buffer.from(bad)]), at);
        expect(refused).not.toBeNull();
        expect(text.startsWith(before)).toBe(true);
      }
    }
    expect((await read(Buffer.from(`${before}\0`))).refused).toEqual({ rule: "FILE-002", kind: "NUL" });
  });

  it("refuses UTF-16 with half a character, an odd byte or a zero in it", async () => {
    const good = Buffer.from("\ufeffkode;uraian\n", "utf16le");
    for (const [bad, refused] of [
      [[0x3d, 0xd8, 0x41, 0], { rule: "FILE-007", kind: "UTF-16" }],
      [[0x3d, 0xd8], { rule: "FILE-007", kind: "UTF-16" }],
      [[0x41], { rule: "FILE-007", kind: "UTF-16" }],
      [[0, 0], { rule: "FILE-002", kind: "NUL" }],
    ] as const) {
      expect(await read(Buffer.concat([good, Buffer.from(bad)]))).toMatchObject({ text: "kode;uraian\n", refused });
    }
  });

  it("takes no binary file for UTF-16", async () => {
    const sparse = Buffer.alloc(200);
    for (let at = 0; at < sparse.length; at += 2) sparse[at] = at % 7;
    for (const bytes of [sparse, Buffer.from("a\0b\0"), Buffer.from("MZ\u0090\0\u0003\0\0\0", "latin1")]) {
      expect((await read(bytes)).refused).not.toBeNull();
    }
  });

  describe("line ends", () => {
    it("of old Macintosh files become line feeds, wherever they are cut", async () => {
      const mac = Buffer.from('kode;uraian\r1;"a\nb"\r\r2;c\r');
      const expected = 'kode;uraian\n1;"a\nb"\n\n2;c\n';
      for (let cut = 0; cut <= mac.length; cut++) expect((await read(mac, [cut])).text).toBe(expected);
      expect((await read(Buffer.from("a;b\r"))).text).toBe("a;b\n");
      expect((await read(Buffer.from('"a\nx";b\rc\r'))).text).toBe('"a\nx";b\nc\n');
    });

    it("of all other files stay as they are", async () => {
      for (const text of ["a;b\r\nc\rd\r\n", "a;b\nc\rd\n", '"a\rb";c\r\n1\r2', "a;b", '"\r']) {
        for (let cut = 0; cut <= text.length; cut++) expect((await read(Buffer.from(text), [cut])).text).toBe(text);
      }
    });

    it("that are mixed count once", async () => {
      const bytes = Buffer.from("a\rb\r\nc\nd\r");
      for (let cut = 0; cut <= bytes.length; cut++) expect((await read(bytes, [cut])).text).toBe("a\nb\nc\nd\n");
    });
  });
});
