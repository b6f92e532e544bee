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

const PLAN = Array.from({ length: 12 }, (_, month) => `POK_NILAI_${month + 1}`);
const WAYS = [1, 2, 3, 4].flatMap((number) => [`VOL_KEG_${number}`, `SAT_KEG_${number}`]);

/** The columns of the MonSAKTI budget export, with the cells of an item of a known activity. */
const ITEM: Readonly<Record<string, string>> = {
  KDSATKER: "100001",
  KODE_PROGRAM: "WA",
  KODE_KEGIATAN: "2882",
  KODE_OUTPUT: "QAB",
  KDIB: "",
  VOLUME_OUTPUT: "1",
  KODE_SUBOUTPUT: "105",
  VOLUME_SUBOUTPUT: "1",
  KODE_KOMPONEN: "001",
  KODE_SUBKOMPONEN: "0C",
  URAIAN_SUBKOMPONEN: "Tanpa Sub Komponen",
  KODE_AKUN: "511138",
  KODE_JENIS_BEBAN: "A",
  KODE_CARA_TARIK: "0",
  KODE_JENIS_BANTUAN: "",
  KODE_REGISTER: "00000001",
  HEADER1: "0",
  HEADER2: "0",
  KODE_ITEM: "000120",
  NOMOR_ITEM: "1",
  CONS_ITEM: "",
  URAIAN_ITEM: 'Rincian, "uji"',
  SUMBER_DANA: "A",
  ...Object.fromEntries(WAYS.map((column) => [column, ""])),
  VOLKEG: "1",
  SATKEG: "PKT",
  HARGASAT: "1200",
  TOTAL: "1200",
  KODE_BLOKIR: "",
  NILAI_BLOKIR: "0",
  KODE_STS_HISTORY: "B00",
  ...Object.fromEntries(PLAN.map((column) => [column, "100"])),
};

export const DATA_ANG_COLUMNS: readonly string[] = Object.keys(ITEM);

/** The cells of a budget item; its price follows its total, its plan is spread evenly unless stated. */
export function itemRow(cells: Readonly<Record<string, string>> = {}): Record<string, string> {
  const total = cells.TOTAL ?? ITEM.TOTAL ?? "";
  const month = /^\d+$/.test(total) ? BigInt(total) / 12n : 0n;
  const last = /^\d+$/.test(total) ? BigInt(total) - 11n * month : 0n;
  const plan = Object.fromEntries(PLAN.map((column, at) => [column, String(at === 11 ? last : month)]));
  return { ...ITEM, HARGASAT: total, ...plan, ...cells };
}

/** A file of the layout `monsakti-data-ang`. */
export function dataAng(rows: readonly Readonly<Record<string, string>>[]): string {
  const lines = rows.map((cells) => csvLine(DATA_ANG_COLUMNS.map((column) => cells[column] ?? "")));
  return [DATA_ANG_COLUMNS.join(","), ...lines, ""].join("\n");
}

/** The same plan in every month. */
export function planOf(month: string): Record<string, string> {
  return Object.fromEntries(PLAN.map((column) => [column, month]));
}
