import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { codedCell } from "../../../src/extracts/layouts/krisna/coded-cell.ts";
import { recognise } from "../../../src/extracts/layouts/krisna/columns.ts";
import { themeCodes } from "../../../src/extracts/layouts/krisna/theme-codes.ts";

const columnsOf = (...cells: string[]) => recognise([{ row: 1, cells, malformed: null }]);

describe("the columns of KRISNA tables", () => {
  test.each([
    [["tahun", "kddept", "kdunit", "kdprogram", "kdgiat", "kdoutput", "kdsoutput", "kdkmpnen", "nmoutput", "kdtema"]],
    [
      [
        "THANG",
        "Kode K/L",
        "Kode Unit",
        "Kode Program",
        "Kode Kegiatan",
        "Kode KRO",
        "Kode RO",
        "Kode Komponen",
      ].concat(["Nama KRO", "Tema"]),
    ],
    [
      ["TA", "kode_kementerian", "kode_unit", "kode_program", "kode_kegiatan", "kode_output", "kode_sub_output"].concat(
        ["kode_komponen", "nama_output", "kode tema"],
      ),
    ],
    [["Tahun Anggaran", "Kementerian", "Unit", "Program", "Kegiatan", "KRO", "RO", "Komponen", "Nama KRO", "Tematik"]],
  ])("%j", (cells) => {
    const names = ["tahun", "kddept", "kdunit", "kdprogram", "kdgiat", "kdkro", "kdro", "kdkmpnen", "nmkro", "kdtema"];
    expect(columnsOf(...cells)).toEqual({ at: 0, columns: names, missing: [] });
  });

  it("takes a bare name beside a code for the name of it", () => {
    const found = columnsOf("tahun", "kdgiat", "Kegiatan", "kdkro", "KRO", "kdro", "RO", "kdtema");
    expect(found?.columns).toEqual(["tahun", "kdgiat", "nmgiat", "kdkro", "nmkro", "kdro", "nmro", "kdtema"]);
  });

  test.each([
    ["alokasi", "alokasi"],
    ["Pagu", "alokasi"],
    ["Alokasi (Rp)", "alokasi"],
    ["Alokasi Anggaran", "alokasi"],
    ["Alokasi (ribu rupiah)", "alokasi_ribu"],
    ["Pagu (Rp. ribu)", "alokasi_ribu"],
    ["alokasi_ribu", "alokasi_ribu"],
    ["Alokasi (dalam juta rupiah)", "alokasi_juta"],
    ["Alokasi tahun lalu", "Alokasi tahun lalu"],
    ["Target", "target"],
    ["Volume", "target"],
    ["Satuan", "satuan"],
    ["Lokus", "lokasi"],
    ["Catatan", "Catatan"],
  ])("%j is %s", (printed, name) => {
    expect(columnsOf("tahun", "kdgiat", "kdkro", "kdtema", printed)?.columns.at(-1)).toBe(name);
  });

  it("finds the header below titles, names the one column that lacks, and leaves other tables alone", () => {
    const head = [["Rencana Kerja"], ["Tahun 2022"], ["tahun", "kdgiat", "kdkro", "kdtema"]].map((cells, at) => {
      return { row: at + 1, cells, malformed: null };
    });
    expect(recognise(head)).toMatchObject({ at: 2, missing: [] });
    expect(columnsOf("tahun", "kdgiat", "kdkro", "nmkro")?.missing).toEqual(["kdtema"]);
    expect(columnsOf("fiscal_year", "ministry", "unit", "program", "activity", "output", "name", "themes")).toBeNull();
    expect(columnsOf("KDSATKER", "KODE_PROGRAM", "KODE_KEGIATAN", "KODE_OUTPUT", "TOTAL")).toBeNull();
  });
});

describe("theme codes", () => {
  test.each([
    ["008", ["008"]],
    ["003008", ["003", "008"]],
    ["003;008", ["003", "008"]],
    [" 003, 008 | 006 ", ["003", "008", "006"]],
    ["8", ["008"]],
    ["3008", ["003", "008"]],
    ["3, 8", ["003", "008"]],
    ["003008; 006", ["003", "008", "006"]],
    ["008008", ["008"]],
    ["000", []],
    ["0", []],
    ["000008", ["008"]],
    ["", []],
    ["-", []],
    ["stunting", null],
    ["008 stunting", null],
    ["8.0", null],
  ])("%j holds %j", (text, codes) => {
    expect(themeCodes(text)).toEqual(codes);
  });

  it("reads every list of codes, however it is joined and whether or not its first zeros are there", () => {
    const code = fc.integer({ min: 1, max: 999 }).map((number) => String(number).padStart(3, "0"));
    const lists = fc.uniqueArray(code, { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(lists, fc.constantFrom("", ";", ", ", " "), fc.boolean(), (codes, sign, asNumber) => {
        const text = codes.join(sign);
        expect(themeCodes(asNumber ? text.replace(/^0+/, "") : text)).toEqual(codes);
      }),
    );
  });
});

test.each([
  ["024", 3, [], { code: "024", name: null }],
  ["24", 3, [], { code: "024", name: null }],
  ["024 - KEMENTERIAN KESEHATAN", 3, [], { code: "024", name: "KEMENTERIAN KESEHATAN" }],
  ["024 Kementerian Kesehatan", 3, [], { code: "024", name: "Kementerian Kesehatan" }],
  ["[QEA] Bantuan: gizi", 3, ["2080"], { code: "QEA", name: "Bantuan: gizi" }],
  ["2080.QEA", 3, ["024", "03", "DG", "2080"], { code: "QEA", name: null }],
  ["2080QEA003", 3, ["024", "03", "DG", "2080", "QEA"], { code: "003", name: null }],
  ["024.03.DG", 2, ["024", "03"], { code: "DG", name: null }],
  ["2080.QEA.003 Balita", 3, ["2080", "QEA"], { code: "003", name: "Balita" }],
  ["dg", 2, [], { code: "DG", name: null }],
  ["KEMENTERIAN", 3, [], { code: "KEMENTERIAN", name: null }],
  ["3080.QEA", 3, ["2080"], { code: "3080QEA", name: null }],
])("a cell %j is %j", (text, width, above, cell) => {
  expect(codedCell(text, width, above)).toEqual(cell);
});
