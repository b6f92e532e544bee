import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openSource } from "../../../src/extracts/readers/source.ts";
import { listSheets, readXlsx } from "../../../src/extracts/readers/xlsx.ts";
import {
  collect,
  MAIN,
  OFFICE,
  parts,
  read,
  readTexts,
  refusal,
  relationships,
  STRICT,
  sharedStrings,
  sheet,
  styles,
  withSource,
  workbookOf,
  zipOf,
} from "./xlsx-files.ts";

const SHEET = "xl/worksheets/sheet1.xml";

describe("cells", () => {
  test("every type of cell", async () => {
    const rows = [
      '<row r="1"><c r="A1"><v>12</v></c><c r="B1" t="n"><v>5E+6</v></c><c r="C1" t="s"><v>1</v></c></row>',
      '<row r="2"><c r="A2" t="b"><v>1</v></c><c r="B2" t="b"><v>0</v></c><c r="C2" t="e"><v>#N/A</v></c></row>',
      '<row r="3"><c r="A3" t="str"><f>A1&amp;"x"</f><v>12x</v></c><c r="B3"><f>A1*2</f><v>24</v></c></row>',
      '<row r="4"><c r="A4" t="inlineStr"><is><t>0012</t></is></c><c r="B4" t="d"><v>2021-08-01T00:00:00</v></c></row>',
    ];
    expect(await read(await workbookOf(rows.join("")))).toEqual([
      [1, "12", "5000000", "one"],
      [2, "TRUE", "FALSE", "#N/A"],
      [3, "12x", "24"],
      [4, "0012", "2021-08-01"],
    ]);
  });

  test("a formula that was never calculated shows itself instead of an empty cell", async () => {
    const rows = '<row><c><f>A1*2</f></c><c t="str"><f>A1&amp;B1</f><v></v></c><c><f>SUM(A1)</f><v/></c></row>';
    expect(await read(await workbookOf(rows))).toEqual([[1, "=A1*2", "", "=SUM(A1)"]]);
  });

  test("rich text runs are joined, phonetic runs left out", async () => {
    const rich =
      '<r><rPr><b/></rPr><t>Dana </t></r><r><t xml:space="preserve"> Desa</t></r><rPh sb="0" eb="1"><t>ダナ</t></rPh><phoneticPr fontId="1"/>';
    const strings = sharedStrings(`<si>${rich}</si><si><t/></si><si/><si><t>last</t></si>`);
    const rows = `<row><c t="s"><v>0</v></c></row><row><c t="s"><v>1</v></c><c t="s"><v>2</v></c><c t="s"><v>3</v></c></row><row><c t="inlineStr"><is>${rich}</is></c></row>`;
    expect(await read(await workbookOf(rows, { "xl/sharedStrings.xml": strings }))).toEqual([
      [1, "Dana Desa"],
      [2, "", "", "last"],
      [3, "Dana Desa"],
    ]);
  });

  test("white space, entities, escapes and CDATA", async () => {
    const texts = [
      "<t> trimmed </t>",
      '<t xml:space="preserve"> kept </t>',
      "<t>a&amp;b &lt;c&gt; &quot;d&quot; &apos;e&apos; &#233;&#x1F600;</t>",
      "<t>a_x000D_\nb_x005F_x0041_</t>",
      "<t><![CDATA[<&>]]> x</t>",
    ];
    const expected = ["trimmed", " kept ", "a&b <c> \"d\" 'e' é😀", "a\r\nb_x0041_", "<&> x"];
    const inline = texts.map((text) => `<row><c t="inlineStr"><is>${text}</is></c></row>`).join("");
    expect(await readTexts(inline)).toEqual(expected);
    const strings = sharedStrings(texts.map((text) => `<si>${text}</si>`).join(""));
    const shared = texts.map((_, index) => `<row><c t="s"><v>${index}</v></c></row>`).join("");
    expect(await readTexts(shared, { "xl/sharedStrings.xml": strings })).toEqual(expected);
    const preserved = strings.replace("<sst ", '<sst xml:space="preserve" ');
    expect((await readTexts(shared, { "xl/sharedStrings.xml": preserved }))[0]).toBe(" trimmed ");
  });

  test("dates by style, in both date systems", async () => {
    const rows = [1, 2, 3, 0].map((style) => `<row><c s="${style}"><v>44409.25</v></c></row>`).join("");
    const styled = { "xl/styles.xml": styles(0, 14, 'dd" bulan "mmm', "[h]:mm") };
    expect(await readTexts(rows, styled)).toEqual([
      "2021-08-01 06:00:00",
      "2021-08-01 06:00:00",
      "44409.25",
      "44409.25",
    ]);
    const workbook = String(parts()["xl/workbook.xml"]).replace("<sheets>", '<workbookPr date1904="1"/><sheets>');
    expect((await readTexts(rows, { ...styled, "xl/workbook.xml": workbook }))[0]).toBe("2025-08-02 06:00:00");
  });

  test("a date style on something that is no serial leaves the number", async () => {
    const rows = "<row><c s='1'><v>-5</v></c></row><row><c s='1'><v>1E+9</v></c></row><row><c s='1'><v>x</v></c></row>";
    expect(await readTexts(rows, { "xl/styles.xml": styles(0, 14) })).toEqual(["-5", "1000000000", "x"]);
  });

  test.each([
    ["an unknown type", '<row r="7"><c r="A7" t="x"><v>1</v></c></row>', 7],
    ["a shared string that is not there", '<row><c t="s"><v>2</v></c></row>', 1],
    ["a shared string by no number", '<row><c t="s"><v>-1</v></c></row>', 1],
    ["a style that is not there", '<row><c s="1"><v>1</v></c></row>', 1],
    ["a truth value that is none", '<row><c t="b"><v>2</v></c></row>', 1],
    ["a cell of another row", '<row r="2"><c r="A3"><v>1</v></c></row>', 2],
    ["the same column twice", '<row><c r="B1"><v>1</v></c><c r="B1"><v>1</v></c></row>', 1],
    ["a reference that is none", '<row><c r="1A"><v>1</v></c></row>', 1],
    ["a column beyond XFD", '<row><c r="XFE1"><v>1</v></c></row>', 1],
    ["the same row twice", '<row r="3"><c><v>1</v></c></row><row r="3"><c><v>1</v></c></row>', 3],
    ["row zero", '<row r="0"><c><v>1</v></c></row>', 1],
    ["a row beyond the last", '<row r="1048577"><c><v>1</v></c></row>', 1],
  ])("refuses %s", async (_, rows, row) => {
    expect(await refusal(await workbookOf(rows))).toMatchObject({ rule: "FILE-014", row });
  });
});

describe("positions", () => {
  test("blank rows keep the numbers, missing cells the columns", async () => {
    const rows = [
      '<row r="2"><c r="B2"><v>1</v></c><c r="AA2"><v>2</v></c></row>',
      '<row r="3"/><row r="4"><c r="A4" s="0"/><c r="B4" t="inlineStr"><is><t/></is></c></row>',
      '<row r="9"><c r="A9"><v>3</v></c><c r="B9"/></row>',
    ];
    expect(await read(await workbookOf(rows.join("")))).toEqual([
      [2, "", "1", ...Array<string>(24).fill(""), "2"],
      [9, "3"],
    ]);
  });

  test("rows and cells without a reference follow the one before", async () => {
    const rows =
      '<row><c><v>1</v></c><c><v>2</v></c></row><row r="5"><c r="C5"><v>3</v></c><c><v>4</v></c></row><row><c><v>5</v></c></row>';
    expect(await read(await workbookOf(rows))).toEqual([
      [1, "1", "2"],
      [5, "", "", "3", "4"],
      [6, "5"],
    ]);
  });

  test("batches hold about a hundred rows and fewer of very wide ones", async () => {
    const sizes = async (rows: string) =>
      withSource(await workbookOf(rows), async (source) => {
        const found: number[] = [];
        for await (const batch of readXlsx(source)) found.push(batch.length);
        return found;
      });
    const narrow = await sizes("<row><c><v>1</v></c></row>".repeat(5000));
    expect(narrow.reduce((sum, size) => sum + size)).toBe(5000);
    expect(narrow.slice(1, -1).every((size) => size === 128)).toBe(true);
    const wide = await sizes(
      Array.from({ length: 400 }, (_, row) => `<row r="${row + 1}"><c r="XFD${row + 1}"><v>1</v></c></row>`).join(""),
    );
    expect(wide.reduce((sum, size) => sum + size)).toBe(400);
    expect(Math.max(...wide.slice(1))).toBe(16);
    expect(wide[0]).toBeLessThan(150);
  });
});

describe("packages", () => {
  test("prefixed elements, strict namespaces, foreign elements", async () => {
    const prefixed = `<x:worksheet xmlns:x="${STRICT}" xmlns="urn:other"><sheetData><row><c><v>no</v></c></row></sheetData><x:sheetData>
      <x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row>
      <x:row r="2"><x:c r="A2" t="s"><x:v>0</x:v></x:c><c><v>no</v></c></x:row>
      <x:row r="3"><x:c r="A3" t="inlineStr"><x:is><x:t>three</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>`;
    const strings = `<x:sst xmlns:x="${STRICT}"><x:si><x:t>nol</x:t></x:si><x:si><x:t>satu</x:t></x:si></x:sst>`;
    const workbook = `<x:workbook xmlns:x="${STRICT}" xmlns:rel="http://purl.oclc.org/ooxml/officeDocument/relationships"><x:sheets><x:sheet name="Data" sheetId="1" rel:id="rId1"/></x:sheets></x:workbook>`;
    const file = await zipOf(
      parts({ [SHEET]: prefixed, "xl/sharedStrings.xml": strings, "xl/workbook.xml": workbook }),
    );
    expect(await read(file)).toEqual([
      [1, "1"],
      [2, "nol"],
      [3, "three"],
    ]);
  });

  test("parts anywhere, by absolute, relative and oddly written targets", async () => {
    const file = await zipOf(
      parts({
        "_rels/.rels": relationships({ a: ["officeDocument", "/book/main.xml"] }),
        "book/main.xml": String(parts()["xl/workbook.xml"]),
        "book/_rels/main.xml.rels": relationships({
          rId1: ["worksheet", "../Tabel/./Lembar.XML"],
          s: ["sharedStrings", "teks\\s.xml"],
        }),
        "tabel/lembar.xml": sheet('<row><c t="s"><v>0</v></c></row>'),
        "book/teks/s.xml": sharedStrings("<si><t>ok</t></si>"),
        "xl/workbook.xml": undefined,
        [SHEET]: undefined,
      }),
    );
    expect(await read(file)).toEqual([[1, "ok"]]);
  });

  test("a workbook without shared strings and styles; stored instead of deflated", async () => {
    const lean = parts({
      "xl/_rels/workbook.xml.rels": relationships({ rId1: ["worksheet", "worksheets/sheet1.xml"] }),
      "xl/sharedStrings.xml": undefined,
      "xl/styles.xml": undefined,
      [SHEET]: sheet('<row><c s="5"><v>44409</v></c></row>'),
    });
    expect(await read(await zipOf(lean, "STORE"))).toEqual([[1, "44409"]]);
  });

  test("UTF-8 with a byte order mark, UTF-16 of both orders, with and without one", async () => {
    const xml = sheet('<row><c t="inlineStr"><is><t>Dāna 😀</t></is></c></row>'.repeat(3));
    const utf16 = xml.replace("UTF-8", "UTF-16");
    const little = Buffer.from(utf16, "utf16le");
    const big = Buffer.from(little).swap16();
    const forms = [
      Buffer.from(`\ufeff${xml}`),
      little,
      big,
      Buffer.concat([Buffer.from([0xff, 0xfe]), little]),
      Buffer.concat([Buffer.from([0xfe, 0xff]), big]),
    ];
    for (const form of forms) {
      expect(await read(await zipOf(parts({ [SHEET]: form })))).toEqual([1, 2, 3].map((row) => [row, "Dāna 😀"]));
    }
  });

  test("external links and macros are left alone", async () => {
    const file = parts({
      "xl/_rels/workbook.xml.rels": String(parts()["xl/_rels/workbook.xml.rels"]).replace(
        "</Relationships>",
        `<Relationship Id="x" Type="${OFFICE}/styles" Target="file:///etc/passwd" TargetMode="External"/><Relationship Id="v" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/></Relationships>`,
      ),
      "xl/vbaProject.bin": Buffer.from([0xd0, 0xcf]),
    });
    expect(await read(await zipOf(file))).toEqual([[1, "1"]]);
  });
});

describe("sheets", () => {
  const several = parts({
    "xl/workbook.xml": `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>
      <sheet name="Grafik" r:id="g"/><sheet name="Rahasia" state="hidden" r:id="a"/><sheet name="Lama" state="veryHidden" r:id="a"/>
      <sheet name="Sampul" r:id="b"/><sheet name="Data " r:id="c"/><sheet name="Lain" r:id="a"/></sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": relationships({
      g: ["chartsheet", "chartsheets/sheet1.xml"],
      a: ["worksheet", "a.xml"],
      b: ["worksheet", "b.xml"],
      c: ["worksheet", "c.xml"],
    }),
    "xl/a.xml": sheet("<row><c><v>1</v></c></row>"),
    "xl/b.xml": sheet('<row r="1"><c r="A1" s="0"/></row>'),
    "xl/c.xml": sheet("<row><c><v>3</v></c></row>"),
  });

  test("the first visible one with data is read, or the one named", async () => {
    const file = await zipOf(several);
    expect(await read(file)).toEqual([[1, "3"]]);
    expect(await read(file, { sheet: "Rahasia" })).toEqual([[1, "1"]]);
    await expect(read(file, { sheet: "Sampul" })).rejects.toMatchObject({ rule: "FILE-001" });
  });

  test("all are listed", async () => {
    const sheets = await withSource(await zipOf(several), (source) => listSheets(source));
    expect(sheets).toEqual([
      { name: "Rahasia", visible: false, hasData: true },
      { name: "Lama", visible: false, hasData: true },
      { name: "Sampul", visible: true, hasData: false },
      { name: "Data ", visible: true, hasData: true },
      { name: "Lain", visible: true, hasData: true },
    ]);
  });

  test("no sheet has data", async () => {
    expect(await refusal(await workbookOf('<row r="5"/>'))).toMatchObject({ rule: "FILE-001" });
  });
});

test("the SAKTI FA Detail sample: every row and column where a person sees it", async () => {
  const source = await openSource(join(import.meta.dirname, "../../fixtures/world-1/layouts/sakti-fa-detail.xlsx"));
  expect(source.container).toBe("xlsx");
  expect(await listSheets(source)).toEqual([{ name: "GLP039_LAPORAN REALISASI SUPER ", visible: true, hasData: true }]);
  const rows = new Map((await collect(readXlsx(source))).map(({ row, cells }) => [row, cells]));
  expect(rows.size).toBe(56);
  expect(rows.get(1)).toEqual(["LAPORAN REALISASI ANGGARAN (FA DETAIL 16 SEGMEN)"]);
  expect(rows.has(6)).toBe(false);
  const column = (letter: string) => letter.charCodeAt(0) - 65;
  const total = rows.get(9) ?? [];
  expect(total[column("B")]).toBe("JUMLAH SELURUHNYA");
  expect([total[column("Q")], total[column("S")]]).toEqual(["3889455000", "0"]);
  expect([total[column("W")], total[column("X")]]).toEqual(["271899939", "218246667"]);
  expect(rows.get(57)).toEqual(["*SPM yang telah terbit SP2D"]);
});
