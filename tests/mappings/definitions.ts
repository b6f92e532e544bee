import type { MappingDefinition } from "../../src/extracts/index.ts";

/** A table of payments as a regional office keeps it: titles above, codes in columns, dotted rupiah, days first. */
export const PAYMENT_HEADER = [
  "No",
  "Satker",
  "KPPN",
  "Akun",
  "Program",
  "Output",
  "Tgl SP2D",
  "No SP2D",
  "Nilai",
  "STATUS",
];

export const PAYMENTS: MappingDefinition = {
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
        fund_source: { value: "A" },
      },
    },
    date: { column: "Tgl SP2D", format: "auto" },
    amount: { column: "Nilai", format: "auto", unit: 1 },
    document: { column: "No SP2D" },
  },
  filters: [{ column: "STATUS", is: ["Paid", "Terbit"] }],
};

export const PAYMENT_ROWS = [
  ["1", "22001", "15", "524111", "015.05.CC", "4787.AEF", "22/04/2022", "221330000000001", "6.776.000", "Paid"],
  ["2", "022001", "015", "524111", "01505CC", "4787AEF", "06/04/2022", "221330000000002", "1.234", " TERBIT "],
  ["3", "022001", "015", "524111", "01505CC", "4787AEF", "07/04/2022", "221330000000003", "(1.000)", "paid"],
  ["4", "022001", "015", "524111", "01505CC", "4787AEF", "08/04/2022", "221330000000004", "99.999", "Batal"],
];

/** A file of that table, with titles above and a total below. */
export function paymentFile(rows: readonly (readonly string[])[] = PAYMENT_ROWS, header = PAYMENT_HEADER): string {
  const width = header.length;
  const title = (text: string) => [text, ...Array.from({ length: width - 1 }, () => "")];
  return [title("Daftar SP2D"), title("April 2022"), header, ...rows].map((cells) => `${cells.join(";")}\n`).join("");
}

/** Achievements as a planning bureau keeps them: the node in pieces, months by name, decimal commas. */
export const ACHIEVEMENT_TABLE = [
  ["Capaian output Tahun Anggaran 2021"],
  ["Kode Satker", "Kegiatan", "KRO", "RO", "Bulan", "Indikator", "Target", "Capaian", "Satuan"],
  ["22001", "4787", "AEF", "7", "Juli", "Cakupan", "1.234", "617,5", "orang"],
  ["022001", "4787", "AEF", "", "Agustus", "", "12,25", "", "dokumen"],
  ["022001", "4787", "", "007", "Agustus", "", "1", "x", "dokumen"],
];

export function achievementFile(rows: readonly (readonly string[])[] = ACHIEVEMENT_TABLE): string {
  return rows.map((cells) => `${cells.join(";")}\n`).join("");
}
