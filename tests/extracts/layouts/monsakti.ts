import { csvLine } from "../../../src/csv.ts";

/** The 24 columns of the MonSAKTI payment export. */
export const REALISASI_COLUMNS = [
  "KDSATKER",
  "KODE_KEMENTERIAN",
  "KD_JNS_SPP",
  "NO_SPP",
  "TGL_SPP",
  "NO_SPM",
  "TGL_SPM",
  "NO_SP2D",
  "TGL_SP2D",
  "URAIAN",
  "KODE_COA",
  "KODE_PROGRAM",
  "KODE_KEGIATAN",
  "KODE_OUTPUT",
  "KODE_SUBOUTPUT",
  "KODE_KOMPONEN",
  "KODE_SUBKOMPONEN",
  "KODE_AKUN",
  "KODE_ITEM",
  "MATA_UANG",
  "KURS",
  "NILAI_VALAS",
  "NILAI_RUPIAH",
  "STATUS_DATA",
] as const;

export type PaidCells = Partial<Record<(typeof REALISASI_COLUMNS)[number], string>>;

/** The cells of a payment of a printed code of 16 (or 12) segments; everything can be overridden. */
export function paidRow(coa: string, cells: PaidCells = {}): PaidCells {
  const [satker = "", kppn = "", account = "", program = "", output = "", ...rest] = coa.split(".");
  const [ro = "", component = "", subcomponent = "", item = ""] = rest.slice(7);
  return {
    KDSATKER: satker,
    KODE_KEMENTERIAN: program.slice(0, 3),
    KD_JNS_SPP: "211",
    NO_SPP: "00001T",
    TGL_SPP: "28-04-2022",
    NO_SPM: "00001A",
    TGL_SPM: "28-04-2022",
    NO_SP2D: `22${kppn}0000000001`,
    TGL_SP2D: "30-04-2022",
    URAIAN: 'Belanja, uji "kutip"',
    KODE_COA: coa,
    KODE_PROGRAM: program.slice(5),
    KODE_KEGIATAN: output.slice(0, 4),
    KODE_OUTPUT: output.slice(4),
    KODE_SUBOUTPUT: ro,
    KODE_KOMPONEN: component,
    KODE_SUBKOMPONEN: subcomponent,
    KODE_AKUN: account,
    KODE_ITEM: item,
    MATA_UANG: "RPH",
    KURS: "1",
    NILAI_VALAS: "0",
    NILAI_RUPIAH: "1000.00",
    STATUS_DATA: "Selesai",
    ...cells,
  };
}

/** A file of the layout `monsakti-realisasi`. */
export function realisasi(rows: readonly PaidCells[]): string {
  const lines = rows.map((cells) => csvLine(REALISASI_COLUMNS.map((column) => cells[column] ?? "")));
  return [REALISASI_COLUMNS.join(","), ...lines, ""].join("\r\n");
}
