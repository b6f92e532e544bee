import { describe, expect, it } from "vitest";
import { type MappingKind, mappingFaults, proposeMapping } from "../../../src/extracts/mapping/index.ts";
import type { TableRow } from "../../../src/extracts/readers/csv-parser.ts";
import { LANGUAGES, translator } from "../../../src/i18n/index.ts";
import { ACHIEVEMENT_TABLE, PAYMENT_HEADER, PAYMENT_ROWS } from "../../mappings/definitions.ts";

const FULL = "636722.015.524111.01505CC.4787AEF.A000000001.00000.2.3051.2.000000.000000";

function propose(lines: readonly (readonly string[])[], kind: MappingKind | null = null) {
  const rows = lines.map((cells, index): TableRow => ({ row: index + 1, cells: [...cells], malformed: null }));
  return proposeMapping(
    rows.filter(({ cells }) => cells.some((cell) => cell !== "")),
    rows,
    { kind, sheet: null },
  );
}

describe("a proposal", () => {
  it("finds the header below titles, the pieces of the code, lost zeros, and what may be filtered", () => {
    const { definition, confidence, headerRow, questions, notes, fields } = propose([
      ["Daftar SP2D"],
      [],
      PAYMENT_HEADER,
      ...PAYMENT_ROWS,
    ]);
    expect(headerRow).toBe(3);
    expect(definition).toEqual({
      kind: "realization",
      sheet: null,
      header: { rows: 1, columns: PAYMENT_HEADER },
      fields: {
        code: {
          compose: {
            satker: { column: "Satker", pad: true },
            kppn: { column: "KPPN", pad: true },
            account: { column: "Akun" },
            program_segment: { column: "Program" },
            output_segment: { column: "Output" },
          },
        },
        date: { column: "Tgl SP2D", format: "auto" },
        amount: { column: "Nilai", format: "auto", unit: 1 },
        document: { column: "No SP2D" },
      },
      filters: [],
    });
    expect(mappingFaults(definition)).toEqual([]);
    expect(confidence).toBeGreaterThan(0.9);
    expect(questions).toEqual([]);
    expect(notes).toEqual([
      {
        text: "mapping.note.status",
        params: { column: "STATUS", values: "Paid (1), TERBIT (1), paid (1), Batal (1)" },
      },
    ]);
    expect(fields.every(({ reasons }) => reasons.length > 0)).toBe(true);
  });

  it("knows achievements, composes their node, and takes the year from the title", () => {
    const { definition, questions, confidence } = propose(ACHIEVEMENT_TABLE);
    expect(definition).toMatchObject({
      kind: "achievements",
      fields: {
        fiscal_year: { value: "2021" },
        month: { column: "Bulan" },
        satker: { column: "Kode Satker", pad: true },
        code: {
          compose: { activity: { column: "Kegiatan" }, output: { column: "KRO" }, ro: { column: "RO", pad: true } },
        },
        indicator: { column: "Indikator" },
        target: { column: "Target" },
        achieved: { column: "Capaian" },
        unit: { column: "Satuan" },
      },
    });
    expect(mappingFaults(definition)).toEqual([]);
    expect(questions).toEqual([]);
    expect(confidence).toBeGreaterThan(0.6);
    const whole = propose([
      ["Tahun", "Periode", "Satker", "Kode RO", "Target", "Realisasi"],
      ["2021", "2021-07", "022001", "4787.AEF.007", "1", "0,5"],
    ]);
    expect(whole.definition).toMatchObject({ kind: "achievements", fields: { code: { column: "Kode RO" } } });
  });

  it("takes a full code whatever its column is called, and the only dates for the date", () => {
    const { definition, confidence } = propose([
      ["x", "kapan", "Realisasi"],
      [FULL, "22-Mei-2022", "1.000"],
      [FULL.replaceAll(".", ""), "2022-04-06", "2.000"],
    ]);
    expect(definition.fields).toEqual({
      code: { column: "x" },
      date: { column: "kapan", format: "auto" },
      amount: { column: "Realisasi", format: "auto", unit: 1 },
    });
    expect(confidence).toBeLessThan(0.5);
  });

  it("asks for what no column says", () => {
    const { definition, questions, confidence } = propose([
      ["Kode COA", "Pagu"],
      [FULL, "1.000"],
    ]);
    expect(definition.kind).toBe("budget");
    expect(questions.map(({ params }) => params.field)).toEqual(["fiscal_year", "revision"]);
    expect(confidence).toBe(0);
  });

  it("reads the fiscal year of a title, unless titles contradict each other", () => {
    const table = [
      ["Kode COA", "Pagu", "Revisi"],
      [FULL, "1.000", "0"],
    ];
    const stated = propose([["Tahun Anggaran: 2022"], ...table]);
    expect(stated.definition.fields.fiscal_year).toEqual({ value: "2022" });
    expect(stated.questions).toEqual([]);
    const two = propose([["Tahun Anggaran 2022"], ["TA 2021"], ...table]);
    expect(two.definition.fields.fiscal_year).toBeUndefined();
  });

  it("asks about thousands and millions instead of guessing them", () => {
    const rows = [[FULL, "2022-04-06", "1.234"]];
    for (const lines of [
      [["COA", "Tanggal", "Realisasi (Rp ribu)"], ...rows],
      [["Laporan, dalam ribuan rupiah"], ["COA", "Tanggal", "Realisasi"], ...rows],
      [["Figures in thousands of rupiah"], ["COA", "Date", "Amount"], ...rows],
    ]) {
      const { definition, questions } = propose(lines);
      expect(definition.fields.amount).toMatchObject({ unit: null });
      expect(questions).toMatchObject([{ text: "mapping.question.unit", params: { unit: 1000 } }]);
      expect(mappingFaults(definition)).toMatchObject([{ place: "fields.amount.unit" }]);
    }
    expect(propose([["COA", "Tanggal", "Realisasi (jutaan)"], ...rows]).questions[0]?.params.unit).toBe(1_000_000);
    expect(propose([["COA", "Tanggal", "Realisasi (Rp)"], ...rows]).questions).toEqual([]);
  });

  it("reads headers of two rows", () => {
    const { definition, headerRow } = propose([
      ["Laporan"],
      ["Kode COA", "Tahun", "Pagu", "", "Revisi ke"],
      ["", "Anggaran", "Pagu Revisi", "Blokir", ""],
      [FULL, "2022", "1.000", "0", "1"],
    ]);
    expect(headerRow).toBe(3);
    expect(definition.header).toEqual({
      rows: 2,
      columns: ["Kode COA", "Tahun / Anggaran", "Pagu / Pagu Revisi", "Pagu / Blokir", "Revisi ke"],
    });
    expect(definition.fields).toMatchObject({
      fiscal_year: { column: "Tahun / Anggaran" },
      amount: { column: "Pagu / Pagu Revisi" },
      blocked: { column: "Pagu / Blokir" },
    });
  });

  it("knows lists of satkers and outputs, and does what it is told", () => {
    const satkers = [
      ["Kode Satker", "Nama Satker", "BA", "Lokasi"],
      ["22001", "SATKER A", "22", "0151"],
      ["022002", "SATKER B", "022", "0251"],
    ];
    expect(propose(satkers).definition).toMatchObject({
      kind: "satkers",
      fields: { code: { pad: true }, name: { column: "Nama Satker" }, ministry: { pad: true } },
    });
    const outputs = [
      ["Year", "Ministry", "Unit", "Program", "Activity", "KRO", "Output name", "Target", "Satuan"],
      ["2022", "024", "05", "DG", "2080", "QEA", "Gizi", "10", "orang"],
    ];
    const proposed = propose(outputs);
    expect(proposed.definition).toMatchObject({ kind: "outputs", fields: { unit_of_measure: { column: "Satuan" } } });
    expect(proposed.questions).toEqual([]);
    expect(propose(outputs, "budget").definition.kind).toBe("budget");
  });

  it("of something else says so, in both languages", () => {
    const proposal = propose([
      ["nama", "alamat"],
      ["Budi", "Jakarta"],
    ]);
    expect(proposal.confidence).toBe(0);
    expect(proposal.questions.length).toBeGreaterThan(0);
    for (const language of LANGUAGES) {
      const t = translator(language);
      for (const { text, params } of [...proposal.questions, ...proposal.notes])
        expect(t(text, params)).not.toMatch(/[{}]/);
    }
    expect(propose([["x"]]).questions.length).toBeGreaterThan(0);
  });
});
