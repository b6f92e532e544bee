import { beforeAll, describe, expect, it } from "vitest";
import { translator } from "../../src/i18n/index.ts";
import { SHEETS } from "../../src/reporting/types.ts";
import { formulasOf, type OpenedWorkbook, openWorkbook, rowOf, workbookBytes } from "./open-workbook.ts";
import { budget, payment, sampleReport } from "./sample.ts";

const t = translator("id");
const NAMES = SHEETS.map((key) => t(`report.sheet.${key}`));

describe("the workbook of a Performance and Execution report", () => {
  let opened: OpenedWorkbook;

  beforeAll(async () => {
    opened = await openWorkbook(sampleReport());
  });

  it("has every sheet in its order", () => {
    expect(opened.book.worksheets.map(({ name }) => name)).toEqual(NAMES);
  });

  it.each(NAMES)("prints %s on A4 lying down, one page wide, with an area and page numbers", (name) => {
    const { pageSetup, headerFooter } = opened.sheet(name);
    expect(pageSetup).toMatchObject({ paperSize: 9, orientation: "landscape", fitToPage: true, fitToWidth: 1 });
    expect(pageSetup.printArea).toMatch(/^A1:[A-Z]+\d+$/);
    expect(headerFooter.oddFooter).toContain("&P dari &N");
  });

  it.each(NAMES.slice(1))("keeps the head of %s in sight and on every page", (name) => {
    const sheet = opened.sheet(name);
    const [view] = sheet.views;
    expect(view).toMatchObject({ state: "frozen" });
    const frozen = (view as { ySplit: number }).ySplit;
    const [first = 0, last = 0] = (sheet.pageSetup.printTitlesRow ?? "").split(":").map(Number);
    expect(first).toBeGreaterThan(0);
    expect(last).toBe(frozen);
  });

  it.each(NAMES.slice(1))("states title, period and unit on top of %s", (name) => {
    const sheet = opened.sheet(name);
    expect(sheet.getCell("A1").text).toBe(sheet.getCell("A1").text.toUpperCase());
    expect(sheet.getCell("A2").text).toContain("Periode April 2019 s.d. Maret 2020");
    expect(sheet.getCell("A3").text).toContain("rupiah penuh");
  });

  it("makes every total a formula with its value", () => {
    const sheet = opened.sheet("Per KL");
    const total = sheet.getRow(rowOf(sheet, 3, "JUMLAH"));
    expect(total.getCell(8).formula).toMatch(/^SUM\(H\d+:H\d+\)$/);
    expect(total.getCell(8).result).toBe(1_283_333_339 + 13_000_000_000 + 2_500_000_000);
    expect(total.getCell(9).formula).toBe(`G${total.number}-H${total.number}`);
    expect(total.getCell(10).formula).toBe(`IF(G${total.number}=0,"",H${total.number}/G${total.number})`);
    for (const [name, part] of opened.parts) {
      if (!name.startsWith("xl/worksheets/sheet")) continue;
      const formulas = part.match(/<\/f>/g) ?? [];
      expect(part.match(/<\/f><v(>|\/>)/g) ?? [], name).toHaveLength(formulas.length);
    }
  });

  it("formats rupiah and percent, and shows negative amounts", () => {
    const sheet = opened.sheet("Per KL");
    const total = sheet.getRow(rowOf(sheet, 3, "JUMLAH"));
    expect(total.getCell(8).numFmt).toBe("#,##0;[Red]-#,##0");
    expect(total.getCell(10).numFmt).toBe("0.0%;[Red]-0.0%");
    expect(sheet.getRow(rowOf(sheet, 3, "KEMENTERIAN SOSIAL")).getCell(9).result).toBe(-2_500_000_000);
  });

  it("folds interventions under classes and districts under provinces", () => {
    const sheet = opened.sheet("Kelas dan intervensi");
    expect(sheet.getRow(rowOf(sheet, 2, "specific")).outlineLevel).toBe(0);
    expect(sheet.getRow(rowOf(sheet, 2, "zinc")).outlineLevel).toBe(1);
    const places = opened.sheet("Kabupaten-kota");
    expect(places.getRow(rowOf(places, 2, "0500")).outlineLevel).toBe(1);
    expect(places.getCell(rowOf(places, 2, "0500"), 3).text).toBe("JAWA TIMUR (tingkat provinsi)");
    expect(opened.parts.get("xl/worksheets/sheet4.xml")).toContain('summaryBelow="0"');
  });

  it("writes the parts of every sheet in the order of the standard", () => {
    const order = [
      "sheetPr",
      "dimension",
      "sheetViews",
      "sheetFormatPr",
      "cols",
      "sheetData",
      "autoFilter",
      "mergeCells",
    ];
    order.push("conditionalFormatting", "hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter");
    order.push("rowBreaks", "drawing");
    for (const [name, part] of opened.parts) {
      if (!name.startsWith("xl/worksheets/sheet")) continue;
      const places = order.map((tag) => part.search(new RegExp(`<${tag}[ >/]`))).filter((place) => place >= 0);
      expect(places, name).toEqual([...places].sort((a, b) => a - b));
      expect(part, name).toMatch(/<sheetPr><tabColor [^>]*\/><outlinePr [^>]*\/><pageSetUpPr [^>]*\/><\/sheetPr>/);
    }
  });

  it("names what has no name", () => {
    const sheet = opened.sheet("Per satker");
    expect(sheet.getCell(rowOf(sheet, 2, "400003"), 3).text).toBe("(nama tidak ada dalam daftar)");
  });

  it("lists satkers without a plan apart and leaves their absorption empty", () => {
    const sheet = opened.sheet("Satker teratas-terbawah");
    const heading = rowOf(sheet, 1, "E. TANPA RENCANA PENARIKAN (TIDAK DIPERINGKAT)");
    const row = sheet.getRow(heading + 3);
    expect([row.getCell(1).text, row.getCell(2).text]).toEqual(["–", "400003"]);
    expect(row.getCell(10).formula).toContain('=0,""');
    expect(row.getCell(10).result ?? "").toBe("");
  });

  it("never turns text into a formula", () => {
    const data = opened.sheet("Data");
    const row = data.getRow(rowOf(data, 6, "400001"));
    expect(row.getCell(9).value).toBe("=Makanan tambahan bagi ibu hamil dan balita");
    const texts = ["@keluaran", "+62 Renja K/L"].map((text) =>
      rowOf(opened.sheet("Referensi tag"), text.startsWith("@") ? 3 : 12, text),
    );
    expect(texts.every((found) => found > 0)).toBe(true);
    for (const [name, part] of opened.parts) {
      if (name.startsWith("xl/worksheets/sheet")) expect(part).not.toMatch(/<f>(Makanan|keluaran|62|anggaran)/);
    }
  });

  it("gives every line its file and row, dates as dates and codes as text", () => {
    const data = opened.sheet("Data");
    const row = data.getRow(rowOf(data, 11, "19133000004"));
    expect(row.getCell(2).text).toBe("Realisasi");
    expect(row.getCell(10).value).toEqual(new Date("2019-12-20T00:00:00Z"));
    expect(row.getCell(10).numFmt).toBe("dd-mm-yyyy");
    expect([row.getCell(4).value, row.getCell(6).value]).toEqual(["024", "400001"]);
    expect([19, 20, 21].map((column) => row.getCell(column).value)).toEqual([3, "sp2d.csv", 4]);
    expect(row.getCell(26).value).toBe("400001.133.521211.0240308.2080001.A000000001.00000.1.0151.2.000000.000000");
  });

  it("filters the long lists", () => {
    for (const name of ["Per satker", "Data", "Referensi tag", "Referensi kode", "Pemeriksaan mutu"]) {
      expect(String(opened.sheet(name).autoFilter), name).toMatch(/^A\d+:[A-Z]+\d+$/);
    }
  });

  it("reports every check as passed or as a note, with formulas behind them", () => {
    const sheet = opened.sheet("Pemeriksaan mutu");
    const first = rowOf(sheet, 1, "QA-001");
    const ids = new Set<string>();
    for (let row = first; sheet.getCell(row, 1).text.startsWith("QA-"); row++) {
      ids.add(sheet.getCell(row, 1).text);
      expect(["Sesuai", "Catatan"], sheet.getCell(row, 2).text).toContain(sheet.getCell(row, 9).result);
      expect(sheet.getCell(row, 8).formula).toBe(`G${row}-F${row}`);
    }
    expect(ids.size).toBe(19);
  });

  it("draws native charts with their values", () => {
    const chart = opened.parts.get("xl/charts/chart1.xml") ?? "";
    expect(chart).toContain("<c:lineChart>");
    expect(chart).toContain("'Per bulan'!$H$");
    expect(chart).toContain("<c:v>1333333340</c:v>");
    expect([...opened.parts.keys()].filter((name) => name.startsWith("xl/charts/"))).toHaveLength(3);
    expect(opened.parts.get("[Content_Types].xml")).toContain("/xl/drawings/drawing2.xml");
  });

  it("links the table of contents to the sheets", () => {
    expect(opened.parts.get("xl/worksheets/sheet1.xml")).toContain(`location="'Pemeriksaan mutu'!A1"`);
  });
});

describe("the same report", () => {
  it("gives the same bytes, whatever the clock says", async () => {
    const [first, second] = [await workbookBytes(sampleReport()), await workbookBytes(sampleReport())];
    expect(first.equals(second)).toBe(true);
    const other = await workbookBytes(sampleReport({ due: null }));
    expect(first.equals(other)).toBe(false);
  });

  it("carries the date of the data and not of the computer", async () => {
    const { parts } = await openWorkbook(sampleReport());
    expect(parts.get("docProps/core.xml")?.match(/2020-03-31T00:00:00Z/g)).toHaveLength(2);
  });
});

describe("other reports", () => {
  it("says on every sheet that a demonstration is one", async () => {
    const { book } = await openWorkbook(sampleReport({ demonstration: true }));
    for (const sheet of book.worksheets) {
      const texts = Array.from({ length: 8 }, (_, row) => sheet.getCell(row + 1, 1).text);
      expect(
        texts.some((text) => text.startsWith("DEMONSTRASI")),
        sheet.name,
      ).toBe(true);
      expect(sheet.headerFooter.oddFooter, sheet.name).toContain("DEMONSTRASI");
    }
    const real = await openWorkbook(sampleReport());
    expect(real.parts.get("xl/sharedStrings.xml")).not.toContain("DEMONSTRASI");
  });

  it("speaks English throughout when asked to", async () => {
    const { book, sheet, parts } = await openWorkbook(sampleReport({ language: "en" }));
    const names = SHEETS.map((key) => translator("en")(`report.sheet.${key}`));
    expect(book.worksheets.map(({ name }) => name)).toEqual(names);
    expect(sheet("Summary").getCell("A2").text).toContain("Period April 2019 to March 2020");
    expect(parts.get("xl/sharedStrings.xml")).not.toMatch(/Rencana penarikan|Penyerapan|Tidak sesuai|Keluaran penuh/);
  });

  it("stands with no data at all", async () => {
    const { sheet, parts } = await openWorkbook(sampleReport({ dataAsOf: null, tags: [], extracts: [] }, [], []));
    expect(sheet("Ringkasan").getSheetValues().flat().join(" ")).toContain("Tidak ada pagu maupun realisasi");
    expect(sheet("Per KL").getCell(rowOf(sheet("Per KL"), 3, "JUMLAH"), 8).result).toBe(0);
    expect(sheet("Data").getSheetValues().flat().join(" ")).toContain("(tidak ada data pada periode ini)");
    expect(parts.get("xl/worksheets/sheet9.xml")).not.toContain("NaN");
  });

  it("shows overspending as it is", async () => {
    const { sheet } = await openWorkbook(
      sampleReport({}, [payment(2, 1, "2019-05-05", 30_000_000_000n)], [budget(2, 1, 2019, 12_000_000_000n)]),
    );
    const row = sheet("Per KL").getRow(rowOf(sheet("Per KL"), 2, "024"));
    expect(row.getCell(10).result).toBeCloseTo(30 / 9, 12);
    expect(row.getCell(9).result).toBe(-21_000_000_000);
  });

  it("continues the lines on further sheets, with formulas over all of them", async () => {
    const report = sampleReport();
    const { book, sheet } = await openWorkbook(report, 6);
    const parts = book.worksheets.filter(({ name }) => /^Data( \d)?$/.test(name));
    expect(parts.length).toBe(Math.ceil(report.lines.length / 6));
    expect(sheet("Data 2").getCell(11, 1).value).toBe(7);
    const checks = formulasOf(sheet("Pemeriksaan mutu")).filter(({ formula }) => formula.includes("SUMIFS"));
    expect(checks.every(({ formula }) => formula.includes("'Data 2'!"))).toBe(true);
  });

  it("never loses a digit: beyond 15 it says the exact amount, beyond 2^53 it writes text", async () => {
    const large = 2n ** 53n + 1n;
    const { sheet } = await openWorkbook(
      sampleReport({}, [payment(2, 1, "2019-05-05", large), payment(3, 2, "2019-05-05", 1_000_000_000_000_001n)], []),
    );
    const ministries = sheet("Per KL");
    const row = ministries.getRow(rowOf(ministries, 2, "024"));
    expect(row.getCell(8).value).toBe("9.007.199.254.740.993");
    const total = ministries.getRow(rowOf(ministries, 3, "JUMLAH"));
    expect(total.getCell(8).value).toBe("10.007.199.254.740.994");
    expect(ministries.getCell(rowOf(ministries, 2, "027"), 8).value).toBe(1_000_000_000_000_001);
    const text = ministries.getSheetValues().flat().join(" ");
    expect(text).toContain("nilai persis 1.000.000.000.000.001");
    const data = sheet("Data");
    expect(data.getCell(rowOf(data, 6, "400002"), 18).value).toBe("9.007.199.254.740.993");
  });
});
