import { readdirSync } from "node:fs";
import Excel from "exceljs";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { UnreadableFile } from "../../../src/extracts/readers/csv-parser.ts";
import { readXlsx } from "../../../src/extracts/readers/xlsx.ts";
import {
  attempt,
  parts,
  read,
  refusal,
  relationships,
  sharedStrings,
  sheet,
  withSource,
  workbookOf,
  zipOf,
} from "./xlsx-files.ts";

const SHEET = "xl/worksheets/sheet1.xml";
const ONE = "<row><c><v>1</v></c></row>";
const PARTS = [
  SHEET,
  "xl/sharedStrings.xml",
  "xl/styles.xml",
  "xl/workbook.xml",
  "xl/_rels/workbook.xml.rels",
  "_rels/.rels",
];

const partText = (name: string): string => String(parts()[name]);

describe("limits", () => {
  test("a part that unfolds to hundreds of times its size", async () => {
    const bomb = sheet("<hidden/>".repeat(2 * 2 ** 20));
    const refused = await refusal(await zipOf(parts({ [SHEET]: bomb })));
    expect(refused).toMatchObject({ rule: "FILE-014", value: `${SHEET} > 200×` });
    // The same in a zip that states a size that might be.
    const lying = await zipOf(parts({ [SHEET]: bomb }));
    lying.writeUInt32LE(1000, lying.lastIndexOf(SHEET) - 46 + 24);
    expect(await refusal(lying)).toMatchObject({ rule: "FILE-014", value: `${SHEET}: size` });
    lying.writeUInt32LE(30_000_000, lying.lastIndexOf(SHEET) - 46 + 24);
    expect(await refusal(lying, { ratio: 2000 })).toMatchObject({ rule: "FILE-014", value: `${SHEET}: CRC` });
    const packedSize = lying.readUInt32LE(lying.lastIndexOf(SHEET) - 46 + 20);
    const ratio = Math.floor(bomb.length / packedSize / 2);
    lying.writeUInt32LE(packedSize * ratio, lying.lastIndexOf(SHEET) - 46 + 24);
    const limits = { ratio, ratioFrom: 2 ** 20 };
    expect(await refusal(lying, limits)).toMatchObject({ rule: "FILE-014", value: `${SHEET} > ${ratio}×` });
    const strings = sharedStrings(`<si><t>${"x".repeat(20 * 2 ** 20)}</t></si>`);
    expect(await refusal(await zipOf(parts({ "xl/sharedStrings.xml": strings })))).toMatchObject({ rule: "FILE-014" });
  });

  test.each([
    ["entries", { entries: 10 }, { entries: 11 }],
    ["sheets", { sheets: 0 }, { sheets: 1 }],
    ["styles", { styles: 0 }, { styles: 1 }],
    ["bytes in all", { unpackedBytes: 400 }, {}],
    ["bytes of a describing part", { describingBytes: 100 }, { describingBytes: 1000 }],
    ["bytes of the shared strings", { sharedStringBytes: 100 }, { sharedStringBytes: 1000 }],
    ["shared strings", { sharedStrings: 1 }, { sharedStrings: 2 }],
  ])("%s", async (_, tooSmall, enough) => {
    const file = await zipOf(parts());
    expect(await refusal(file, tooSmall)).toMatchObject({ rule: "FILE-014", value: expect.stringContaining(">") });
    expect(await attempt(file, enough)).toEqual([[1, "1"]]);
  });

  test("cells, the empty ones in front included", async () => {
    const file = await workbookOf('<row r="1"><c r="D1"><v>1</v></c></row><row r="2"><c r="B2"><v>1</v></c></row>');
    expect(await refusal(file, { cells: 5 })).toMatchObject({ rule: "FILE-014", row: 2 });
    expect(await attempt(file, { cells: 6 })).toHaveLength(2);
  });

  test("characters of a row, by the bypass and by the parser", async () => {
    const row = (tag: string) => `<row r="3"><${tag} t="s"><v>0</v></c><c t="s"><v>0</v></c></row>`;
    for (const tag of ["c", "c "]) {
      const file = await workbookOf(row(tag), { "xl/sharedStrings.xml": sharedStrings("<si><t>abcde</t></si>") });
      expect(await refusal(file, { rowCharacters: 9 })).toMatchObject({
        rule: "FILE-006",
        row: 3,
        params: { limit: 9 },
      });
      expect(await attempt(file, { rowCharacters: 10 })).toEqual([[3, "abcde", "abcde"]]);
    }
  });

  test("one endless text, tag or comment", async () => {
    const endless = "x".repeat(30_000);
    for (const content of [`<c t="inlineStr"><is><t>${endless}`, `<c r="${endless}`, `<!-- ${endless}`]) {
      const refused = await refusal(await workbookOf(`${ONE}<row>${content}`), { textCharacters: 10_000 });
      expect(refused).toMatchObject({ rule: "FILE-014", value: expect.stringContaining("> 10000") });
    }
  });

  test("elements inside elements without end", async () => {
    const refused = await refusal(await workbookOf("<a>".repeat(100_000)));
    expect(refused).toMatchObject({ rule: "FILE-014", value: expect.stringContaining("> 256") });
  });
});

describe("XML", () => {
  test.each(PARTS)("a DOCTYPE in %s", async (name) => {
    const laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>';
    const text = partText(name).replace(/^<\?xml[^>]*>/, "");
    const refused = await refusal(await zipOf(parts({ [name]: laughs + text })));
    expect(refused).toMatchObject({ rule: "FILE-014", value: `${name}: DOCTYPE` });
  });

  test.each(PARTS)("%s missing, cut off, empty or binary", async (name) => {
    const text = partText(name);
    for (const damaged of [undefined, text.slice(0, -5), "", Buffer.from([0, 1, 2, 3, 4])]) {
      expect(await refusal(await zipOf(parts({ [name]: damaged })))).toMatchObject({ rule: "FILE-014" });
    }
  });

  test("an unknown encoding, bytes that are not UTF-8, XML 1.1, an unknown entity", async () => {
    const text = partText(SHEET);
    const cases = [
      text.replace("UTF-8", "windows-1252"),
      Buffer.from(text.replace("<v>1</v>", "<v>\xe9</v>"), "latin1"),
      text.replace("1.0", "1.1"),
      text.replace("<v>1</v>", "<v>&nbsp;</v>"),
      text.replace("<v>1</v>", "<v>\u0001</v>"),
      text.replace("<worksheet", "<chartsheet").replace("</worksheet", "</chartsheet"),
    ];
    for (const damaged of cases) {
      expect(await refusal(await zipOf(parts({ [SHEET]: damaged })))).toMatchObject({ rule: "FILE-014" });
    }
  });

  test("an error names the row where it is", async () => {
    const rows = [1, 2, 3].map((row) => `<row r="${row * 10}"><c><v>1</v></c></row>`).join("");
    const refused = await refusal(await workbookOf(`${rows}<row r="40"><c><v>1</c></row>`));
    expect(refused).toMatchObject({ rule: "FILE-014", row: 40 });
  });
});

describe("the zip", () => {
  /** Changes the central directory record of an entry: `offset` counts from the record's signature. */
  function patched(file: Buffer, name: string, offset: number, value: number): Buffer {
    const copy = Buffer.from(file);
    const record = copy.lastIndexOf(name) - 46;
    expect(copy.readUInt32LE(record)).toBe(0x02014b50);
    copy.writeUInt16LE(value, record + offset);
    return copy;
  }

  test("a password, an unknown compression", async () => {
    const file = await zipOf(parts());
    expect(await refusal(patched(file, SHEET, 8, 1))).toMatchObject({ rule: "FILE-014", value: `${SHEET}: password` });
    expect(await refusal(patched(file, SHEET, 10, 12))).toMatchObject({
      rule: "FILE-014",
      value: `${SHEET}: method 12`,
    });
  });

  test("a changed byte that leaves good XML", async () => {
    const file = await zipOf(parts(), "STORE");
    const at = file.indexOf("<v>1</v>") + 3;
    file.write("7", at);
    expect(await refusal(file)).toMatchObject({ rule: "FILE-014", value: `${SHEET}: CRC` });
  });

  test("two entries of one name", async () => {
    const file = await zipOf(parts({ "xl/styles.xmm": "x" }));
    const twice = Buffer.from(file.toString("latin1").replaceAll("xl/styles.xmm", "xl/styles.xml"), "latin1");
    expect(await refusal(twice)).toMatchObject({ rule: "FILE-014", value: expect.stringContaining("xl/styles.xml") });
  });

  test("another kind of document", async () => {
    const root = (target: string) => relationships({ rId1: ["officeDocument", target] });
    const word = parts({
      "_rels/.rels": root("word/document.xml"),
      "word/document.xml": '<w:document xmlns:w="urn:w"/>',
    });
    expect(await refusal(await zipOf(word))).toMatchObject({ rule: "FILE-013", value: "docx" });
    const binary = parts({ "_rels/.rels": root("xl/workbook.bin"), "xl/workbook.bin": "x" });
    expect(await refusal(await zipOf(binary))).toMatchObject({ rule: "FILE-025" });
  });
});

describe("random damage gives a refusal or the right rows", () => {
  let file: Buffer;
  let rows: unknown;

  beforeAll(async () => {
    const workbook = new Excel.Workbook();
    const data = workbook.addWorksheet("Data");
    for (let row = 0; row < 30; row++)
      data.addRow([`00${row}`, row / 7, new Date(Date.UTC(2021, 0, row)), "Dana & Desa"]);
    workbook.addWorksheet("Lain").addRow(["other"]);
    file = Buffer.from(await workbook.xlsx.writeBuffer());
    rows = await read(file);
  });

  async function check(damaged: Buffer): Promise<"read" | "refused"> {
    const outcome = await attempt(damaged);
    if (outcome instanceof UnreadableFile) return "refused";
    expect(outcome).toEqual(rows);
    return "read";
  }

  test("one bit", async () => {
    const outcomes = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.integer({ min: 0, max: 7 }), async (at, bit) => {
        const copy = Buffer.from(file);
        copy.writeUInt8(copy.readUInt8(at % copy.length) ^ (1 << bit), at % copy.length);
        outcomes.add(await check(copy));
      }),
      { numRuns: 250 },
    );
    expect([...outcomes].sort()).toEqual(["read", "refused"]);
  });

  test("some bytes of the directory at the end", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(1500), fc.uint8Array({ minLength: 1, maxLength: 8 }), async (fromEnd, bytes) => {
        const copy = Buffer.from(file);
        copy.set(bytes.subarray(0, fromEnd + 1), copy.length - 1 - fromEnd);
        await check(copy);
      }),
      { numRuns: 200 },
    );
  });

  test("cut off anywhere", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), async (at) => {
        expect(await check(file.subarray(0, at % file.length))).toBe("refused");
      }),
      { numRuns: 100 },
    );
  });
});

describe.skipIf(process.platform !== "linux")("open files", () => {
  const openFiles = () => readdirSync("/proc/self/fd").length;

  test("none stays open after a refusal, a full read or one that is given up", async () => {
    const many = await workbookOf(ONE.repeat(50_000));
    const damaged = await workbookOf(`${ONE.repeat(50_000)}<row>`);
    const before = openFiles();
    for (let round = 0; round < 5; round++) {
      await refusal(damaged);
      await read(many);
      await withSource(many, async (source) => {
        for await (const rows of readXlsx(source)) if (rows.length > 0) break;
      });
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(openFiles()).toBeLessThanOrEqual(before + 1);
  });
});
