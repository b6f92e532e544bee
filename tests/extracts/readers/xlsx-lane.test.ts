import fc from "fast-check";
import { expect, test } from "vitest";
import { UnreadableFile } from "../../../src/extracts/readers/csv-parser.ts";
import { XLSX_LIMITS } from "../../../src/extracts/readers/xlsx/limits.ts";
import { PlainRows } from "../../../src/extracts/readers/xlsx/plain-rows.ts";
import { RowBuilder } from "../../../src/extracts/readers/xlsx/row-builder.ts";
import { attempt, escapeXml, parts, sharedStrings, sheet, styles, zipOf } from "./xlsx-files.ts";

// Rows and strings of the plainest form bypass the XML parser. `</row >` is the same XML, but the bypass does not know it,
// so that the parser reads everything: both must say the same of any content, well-formed or not.

const text = fc.oneof(
  fc.string({ unit: "grapheme-ascii", maxLength: 8 }).map(escapeXml),
  fc.string({
    unit: fc.constantFrom("a", " ", "\n", "\r", "\t", "&amp;", "&#65;", "&#x1F600;", "é", "_x000D_", "0", "\u0085"),
    maxLength: 8,
  }),
  fc.constantFrom("<![CDATA[x]]>", "a<!-- </row> </si> -->b", "]]&gt;", "&quot;", "  ", "_x005F_x0041_"),
);
const number = fc.oneof(
  fc.integer().map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value.toExponential(9)),
  fc.constantFrom("44409.25", "0", "007", " 5 ", "1E+20"),
);
const space = fc.constantFrom("", ' xml:space="preserve"', " xml:space='preserve'", ' xml:space="default"');

interface Cell {
  attributes: string;
  inside: string;
}
const cell = (attributes: string, inside: fc.Arbitrary<string>): fc.Arbitrary<Cell> =>
  inside.map((value) => ({ attributes, inside: value }));
const element = (name: string, value: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.tuple(space, value).map(([attribute, inside]) => `<${name}${attribute}>${inside}</${name}>`);

const anyCell = fc.oneof(
  cell("", element("v", number)),
  cell(' s="1"', element("v", number)),
  cell(' t="s"', element("v", fc.constantFrom("0", "1", "2"))),
  cell(
    ' t="inlineStr"',
    element("t", text).map((t) => `<is>${t}</is>`),
  ),
  cell(
    ' t="str"',
    element("v", text).map((v) => `<f>A1+1</f>${v}`),
  ),
  cell(' t="str" s="1"', element("f", text)),
  cell(' t="b"', fc.constantFrom("<v>1</v>", "<v>true</v>", "")),
  cell(" t='e'", fc.constant("<f/><v>#REF!</v>")),
  cell("", fc.constant("")),
  cell(' t="inlineStr"', fc.constant("<is><r><t>a</t></r><rPh><t>b</t></rPh></is>")),
);

const anyRow = fc.record({
  cells: fc.array(fc.tuple(anyCell, fc.integer({ min: 0, max: 3 }), fc.boolean()), { maxLength: 4 }),
  attributes: fc.constantFrom("", "", ' spans="1:5"', ' s="1" customFormat="1"', ' xml:space="preserve"', ' ht="&lt;"'),
  gap: fc.integer({ min: 0, max: 2 }),
  named: fc.boolean(),
  after: fc.constantFrom("", "", "", "\n  ", "<!-- </row> -->", "<?x </row>?>"),
});

const rowsXml = fc.array(anyRow, { minLength: 1, maxLength: 12 }).map((rows) => {
  let last = 0;
  return rows.map(({ cells, attributes, gap, named, after }) => {
    last += named ? gap + 1 : 1;
    let column = 0;
    const written = cells.map(([{ attributes: type, inside }, skipped, referenced]) => {
      column += referenced ? skipped + 1 : 1;
      const start = `<c${referenced ? ` r="${String.fromCharCode(64 + column)}${last}"` : ""}${type}`;
      return inside === "" ? `${start}/>` : `${start}>${inside}</c>`;
    });
    return `<row${named ? ` r="${last}"` : ""}${attributes}>${written.join("")}</row>${after}`;
  });
});

const strings = fc.array(
  element("t", text).map((t) => `<si>${t}</si>`),
  { minLength: 3, maxLength: 6 },
);

/** What a workbook says, or how it is refused. */
async function outcome(rows: string, items: string): Promise<unknown> {
  const file = await zipOf(
    parts({
      "xl/worksheets/sheet1.xml": sheet(rows),
      "xl/sharedStrings.xml": sharedStrings(items),
      "xl/styles.xml": styles(0, 14),
    }),
  );
  const found = await attempt(file);
  return found instanceof UnreadableFile ? { rule: found.rule, row: found.row, value: found.value } : found;
}

async function bothWays(rows: string, items: string): Promise<[bypassed: unknown, parsed: unknown]> {
  const parsed = await outcome(rows.replaceAll("</row>", "</row >"), items.replaceAll("</si>", "</si >"));
  return [await outcome(rows, items), parsed];
}

test("well-formed sheets", async () => {
  let read = 0;
  await fc.assert(
    fc.asyncProperty(rowsXml, strings, async (rows, items) => {
      const [bypassed, parsed] = await bothWays(rows.join(""), items.join(""));
      expect(bypassed).toEqual(parsed);
      if (Array.isArray(bypassed)) read++;
    }),
    { numRuns: 100 },
  );
  expect(read).toBeGreaterThan(50);
});

test("damaged sheets", async () => {
  const damage = fc.record({
    at: fc.nat(),
    cut: fc.integer({ min: 0, max: 3 }),
    put: fc.constantFrom(
      "",
      "<",
      ">",
      "&",
      '"',
      "/",
      "<c>",
      "</c>",
      "</row>",
      "<row>",
      ' r="1"',
      "]]>",
      "\u0001",
      "\ufffe",
      "x:",
    ),
  });
  let read = 0;
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(rowsXml, strings, damage, async (rows, items, { at, cut, put }) => {
      const whole = rows.join("");
      const position = at % whole.length;
      const broken = whole.slice(0, position) + put + whole.slice(position + cut);
      // Inside CDATA the end of a row is text, and the two spellings of it that force the two ways are two texts.
      fc.pre(!/<!\[CDATA\[[^\]]*<\/row>/.test(broken));
      const [bypassed, parsed] = await bothWays(broken, items.join(""));
      expect(bypassed).toEqual(parsed);
      if (Array.isArray(bypassed)) read++;
      else refused++;
    }),
    { numRuns: 200 },
  );
  expect(Math.min(read, refused)).toBeGreaterThan(5);
});

test.each(["", "x:"])("the rows that common programs write bypass the parser (prefix %j)", (prefix) => {
  const rows = [
    '<row r="1"><c r="A1" s="0" t="s"><v>0</v></c><c r="B1" s="0"/></row>',
    '\n  <row r="2"><c r="A2" t="s" s="0"><v>0</v></c><c r="B2"><f>A1*2</f><v>5</v></c></row>',
    '<row><c t="inlineStr"><is><t xml:space="preserve"> a&amp;b</t></is></c><c t="str"><v>é</v></c></row>',
    '<row r="7" spans="1:5" x14ac:dyDescent="0.25"><c r="B7"><v>1E+3</v></c></row>',
  ].map((row) => row.replaceAll(/<(\/?)/g, `<$1${prefix}`));
  const builder = new RowBuilder("sheet", { strings: ["text"], styles: null, date1904: false, limits: XLSX_LIMITS });
  const plain = new PlainRows(builder, prefix);
  const bypasses = rows.map((row) => plain.read(row, 0, row.length, false));
  expect(bypasses).toEqual([true, true, true, false]);
  plain.learn();
  expect(plain.read(rows[3] ?? "", 0, rows[3]?.length ?? 0, false)).toBe(true);
  expect(builder.take().map(({ row, cells }) => [row, ...cells])).toEqual([
    [1, "text"],
    [2, "text", "5"],
    [3, " a&b", "é"],
    [7, "", "1000"],
  ]);
});

test("an end tag inside a comment that stays open does not end the row", async () => {
  const rows = "<row><c><v>1</v></c></row><row ><c><v>2</v></c></row ><!-- </row><row><c><v>3</v></c></row> -->";
  expect(await outcome(rows, "")).toEqual([
    [1, "1"],
    [2, "2"],
  ]);
});

test("rows and strings longer than what the parser is given at once", async () => {
  const long = "abcdefgh".repeat(20_000);
  const rows = [1, 2, 3].map(
    (row) => `<row r="${row}"><c r="A${row}" t="inlineStr"><is><t>${long}${row}</t></is></c></row>`,
  );
  const [bypassed, parsed] = await bothWays(rows.join(""), "");
  expect(bypassed).toEqual([1, 2, 3].map((row) => [row, `${long}${row}`]));
  expect(parsed).toEqual(bypassed);
});
