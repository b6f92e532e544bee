import { describe, expect, it } from "vitest";
import { titleFacts } from "../../src/extracts/title-facts.ts";

const facts = (...rows: (string | string[])[]) =>
  titleFacts(
    rows.map((cells, index) => ({
      row: index + 1,
      cells: typeof cells === "string" ? [cells] : cells,
      malformed: null,
    })),
  );

describe("titleFacts", () => {
  it("reads the titles of a detail report, in one cell or in several, also where a number cell lost its zeros", () => {
    const expected = {
      fiscalYear: 2021,
      period: { from: "2021-07", to: "2021-07" },
      ministry: "054",
      unit: "01",
      satker: "006018",
      printed: null,
    };
    const joined = [
      "Periode : Juli 2021",
      "Kementerian : 054 BPS",
      "Unit Organisasi : 01",
      "Satuan Kerja : 006018 BPS X",
    ];
    expect(facts("LAPORAN", "TAHUN ANGGARAN 2021", ...joined)).toEqual(expected);
    expect(
      facts(
        ["\ufeffLAPORAN REALISASI SP2D TA 2021"],
        ["Periode Juli 2021"],
        ["Kementerian", "", ":", "54", "BADAN PUSAT STATISTIK"],
        ["Unit Organisasi", ":", "1", "SEKRETARIAT"],
        ["Satuan Kerja", ":", "6018", "BPS KABUPATEN 7"],
      ),
    ).toEqual(expected);
  });

  it("reads when a report was printed", () => {
    for (const text of [
      "Tanggal Cetak :05-01-2022, 8:15 am",
      "Tgl Cetak: 5 Januari 2022",
      "TANGGAL CETAK : 2022-01-05",
    ]) {
      expect(facts(text).printed, text).toBe("2022-01-05");
    }
    expect(facts(["Tanggal Cetak :31-02-2022"]).printed).toBeNull();
  });

  it.each([
    ["Periode : Januari s.d. Juli 2021", "2021-01", "2021-07"],
    ["Periode : s.d. Juli 2021", "2021-01", "2021-07"],
    ["Periode : s/d Desember 2021", "2021-01", "2021-12"],
    ["Periode : 01-07-2021 s.d. 31-08-2021", "2021-07", "2021-08"],
    ["PERIODE JULI - AGUSTUS 2021", "2021-07", "2021-08"],
    ["Periode : Triwulan II 2021", "2021-04", "2021-06"],
    ["Periode : Semester 2 Tahun 2021", "2021-07", "2021-12"],
  ])("reads %s", (text, from, to) => {
    expect(facts(text)).toMatchObject({ period: { from, to }, fiscalYear: 2021 });
  });

  it("takes the year of a month from the fiscal year, and nothing from a header", () => {
    expect(facts("TA 2020", "Periode : Maret").period).toEqual({ from: "2020-03", to: "2020-03" });
    for (const text of ["Periode Lalu", "Periode Ini", "s.d. Periode", "Periode : Maret", "Satker", "Kementerian"]) {
      expect(facts(text), text).toEqual(facts(""));
    }
    expect(facts("TAHUN ANGGARAN 1998").fiscalYear).toBeNull();
  });
});
