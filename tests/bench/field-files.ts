import { once } from "node:events";
import { createWriteStream } from "node:fs";
import ExcelJS from "exceljs";
import { csvLine } from "../../src/csv.ts";
import { type BenchWorld, generator, YEAR } from "./world.ts";

/** A cell as the applications write it: money as a number, a code as a text. */
export type Cell = string | number | Date | null;

/** The rows of a file of the field, header and titles included. */
export type FieldRows = Iterable<readonly Cell[]>;

const LINES_PER_WRITE = 2_000;

const PLAN = Array.from({ length: 12 }, (_, month) => month + 1);

/** The segments of a printed code that the layouts have columns for. */
function segmentsOf(code: string) {
  const [satker = "", kppn = "", account = "", program = "", output = "", fund = "", , authority = "", location = ""] =
    code.split(".");
  return { satker, kppn, account, program, output, fund, authority, location };
}

/** RO, komponen, subkomponen and item of a line, as they stand behind the twelve segments. */
const DETAIL = ["001", "051", "0A", "000001"] as const;

function codeOfLine(codes: readonly string[], line: number, lines: number): string {
  return codes[Math.floor((line * codes.length) / lines)] ?? "";
}

/** Plain realization, as a workbook has it: dates are dates. */
export function* realization({ codes }: BenchWorld, lines: number): FieldRows {
  const random = generator(lines);
  yield ["code", "date", "document", "amount", "description"];
  for (let line = 0; line < lines; line++) {
    const code = codeOfLine(codes, line, lines);
    const date = new Date(Date.UTC(YEAR, random(12), random(28) + 1));
    const document = `24${code.slice(7, 10)}${String(line).padStart(10, "0")}`;
    yield [code, date, document, random(90_000) * 1_000 + 1, "Pembayaran belanja"];
  }
}

/** MonSAKTI "realisasi": 24 columns, the code of 16 segments and most of its pieces again. */
export function* monsaktiRealisasi({ codes }: BenchWorld, lines: number): FieldRows {
  const random = generator(lines);
  yield "KDSATKER,KODE_KEMENTERIAN,KD_JNS_SPP,NO_SPP,TGL_SPP,NO_SPM,TGL_SPM,NO_SP2D,TGL_SP2D,URAIAN,KODE_COA,KODE_PROGRAM,KODE_KEGIATAN,KODE_OUTPUT,KODE_SUBOUTPUT,KODE_KOMPONEN,KODE_SUBKOMPONEN,KODE_AKUN,KODE_ITEM,MATA_UANG,KURS,NILAI_VALAS,NILAI_RUPIAH,STATUS_DATA".split(
    ",",
  );
  for (let line = 0; line < lines; line++) {
    const code = codeOfLine(codes, line, lines);
    const { satker, kppn, account, program, output } = segmentsOf(code);
    const day = `${String(random(28) + 1).padStart(2, "0")}-${String(random(12) + 1).padStart(2, "0")}-${YEAR}`;
    const order = String(line).padStart(6, "0");
    yield [
      ...[satker, program.slice(0, 3), "211", `${order}T`, day, `${order}A`, day],
      ...[`${YEAR % 100}${kppn}${String(line).padStart(10, "0")}`, day, `Belanja, menurut "SPM" ${order}`],
      ...[[code, ...DETAIL].join("."), program.slice(5), output.slice(0, 4), output.slice(4), ...DETAIL.slice(0, 3)],
      ...[account, DETAIL[3], "RPH", "1", "0", `${random(90_000) * 1_000 + 1}.00`, "Selesai"],
    ];
  }
}

/** OM-SPAN "realisasiFA": titles, a header, one row per code. */
export function* omspanRealisasiFa({ codes }: BenchWorld): FieldRows {
  const random = generator(codes.length);
  yield [`REALISASI DANA TAHUN ANGGARAN ${YEAR}`];
  yield [`Tanggal Cetak :05-08-${YEAR}, 8:15 am`];
  yield [];
  yield "No,Satker,KPPN,Akun,Prog.,Output,Dana,Kewenangan,Lokasi,Tipe Anggaran,Pagu,(Pencadangan),Realisasi,Sisa Pagu".split(
    ",",
  );
  for (const [at, code] of codes.entries()) {
    const { satker, kppn, account, program, output, fund, authority, location } = segmentsOf(code);
    const amount = (random(90_000) + 1) * 1_000;
    const realized = random(amount);
    const figures = [amount, 0, realized, amount - realized].map((figure) => figure.toLocaleString("en"));
    yield [at + 1, satker, kppn, account, program, output, fund, authority, location, "2", ...figures];
  }
}

/** How many parts every heading of the outline has, from activities of the program down to items of an account. */
const OUTLINE = [2, 10, 10, 5, 2, 10];

/** SAKTI "FA Detail": one satker, an outline of headings with the sums of their items. */
export function* saktiFaDetail(rows: number): FieldRows {
  const accounts = OUTLINE.reduce((product, parts) => product * parts, 1);
  const items = Math.round(rows / accounts) - 1;
  let lastItem = 0;
  const row = (cells: Readonly<Record<number, Cell>>): Cell[] => {
    return Array.from({ length: 30 }, (_, column) => cells[column] ?? null);
  };
  /** The figures of so many items. */
  const sums = (count: number) => ({
    16: 1_000_000 * count,
    18: 0,
    22: 200_000 * count,
    23: 50_000 * count,
    24: 250_000 * count,
    29: 750_000 * count,
  });
  yield ["LAPORAN REALISASI ANGGARAN (FA DETAIL 16 SEGMEN)"];
  yield [`TAHUN ANGGARAN ${YEAR}`];
  yield [`Periode : Juli ${YEAR}`];
  yield ["Kementerian : 054"];
  yield ["Satuan Kerja : 006018"];
  yield [];
  yield row({ 1: "Kode", 16: "Pagu Revisi", 18: "Lock Pagu", 22: "Realisasi", 29: "Sisa Anggaran" });
  yield row({ 22: "Periode Lalu", 23: "Periode Ini", 24: "s.d. Periode" });
  yield row({ 1: "JUMLAH SELURUHNYA", ...sums(accounts * items) });
  yield row({ 1: "WA", 3: "Program Dukungan Manajemen", ...sums(accounts * items) });
  yield* below([], accounts * items);

  function* below(path: readonly number[], count: number): FieldRows {
    const parts = OUTLINE[path.length];
    if (parts === undefined) {
      for (let item = 0; item < items; item++) {
        yield row({ 13: `${String(++lastItem).padStart(6, "0")}. Rincian belanja`, ...sums(1) });
      }
      return;
    }
    for (let part = 0; part < parts; part++) {
      const own = [...path, part];
      yield row({ ...heading(own), ...sums(count / parts) });
      yield* below(own, count / parts);
    }
  }
}

/** The code and name cells of a heading, by the numbers of the parts that lead to it. */
function heading(path: readonly number[]): Record<number, Cell> {
  const number = (value: number | undefined, width: number) => String((value ?? 0) + 1).padStart(width, "0");
  const [activity = 0, kro = 0] = path;
  const output = `QA${"ABCDEFGHIJ"[kro]}`;
  const last = path.at(-1);
  switch (path.length) {
    case 1:
      return { 1: `WA.${2882 + activity}`, 3: "Kegiatan" };
    case 2:
      return { 2: output, 8: "Klasifikasi rincian output" };
    case 3:
      return { 2: `${output}.${number(last, 3)}`, 8: "Rincian output" };
    case 4:
      return { 4: number(last, 3), 6: "Komponen" };
    case 5:
      return { 5: `${number(path[3], 3)}.0${"AB"[last ?? 0]}`, 10: "Subkomponen" };
    default:
      return { 7: String(521111 + (last ?? 0)), 9: "Akun" };
  }
}

/** MonSAKTI "dataAng": 51 columns, one item per code. */
export function* monsaktiDataAng({ codes }: BenchWorld): FieldRows {
  const random = generator(codes.length);
  yield "KDSATKER,KODE_PROGRAM,KODE_KEGIATAN,KODE_OUTPUT,KDIB,VOLUME_OUTPUT,KODE_SUBOUTPUT,VOLUME_SUBOUTPUT,KODE_KOMPONEN,KODE_SUBKOMPONEN,URAIAN_SUBKOMPONEN,KODE_AKUN,KODE_JENIS_BEBAN,KODE_CARA_TARIK,KODE_JENIS_BANTUAN,KODE_REGISTER,HEADER1,HEADER2,KODE_ITEM,NOMOR_ITEM,CONS_ITEM,URAIAN_ITEM,SUMBER_DANA,VOL_KEG_1,SAT_KEG_1,VOL_KEG_2,SAT_KEG_2,VOL_KEG_3,SAT_KEG_3,VOL_KEG_4,SAT_KEG_4,VOLKEG,SATKEG,HARGASAT,TOTAL,KODE_BLOKIR,NILAI_BLOKIR,KODE_STS_HISTORY"
    .split(",")
    .concat(PLAN.map((month) => `POK_NILAI_${month}`));
  const [ro, component, subcomponent, item] = DETAIL;
  for (const code of codes) {
    const { satker, account, program, output } = segmentsOf(code);
    const plan = PLAN.map(() => random(90_000) * 1_000);
    const total = plan.reduce((sum, month) => sum + month, 0);
    yield [
      ...[satker, program.slice(5), output.slice(0, 4), output.slice(4), "", 1, ro, 1, component, subcomponent],
      ...["Tanpa Sub Komponen", account, "A", 0, "", "00000001", 0, 0, item, 1, "", "Rincian belanja", "A"],
      ...[1, "PKT", "", "", "", "", "", "", 1, "PKT", total, total, "", 0, "B00", ...plan],
    ];
  }
}

/** MonSAKTI "capaianRO": what satkers achieved of an RO up to each month of the first half of a year. */
export function* capaianRo({ codes }: BenchWorld, lines: number): FieldRows {
  const random = generator(lines);
  yield "KODE_KEMENTERIAN,KODE_UNIT,KDSATKER,SUB_OUTPUT_KODE,KODE_PERIODE,RENCANA_SUB_OUTPUT,TOTAL_REALISASI_SUB_OUTPUT,SATUAN_SUB_OUTPUT,TOTAL_PROGRESS_CAPAIAN_RO,ANGGARAN_BELANJA,REALISASI_BELANJA,PENGEMBALIAN_BELANJA,PERSEN_GAP,REVISI_DIPA_KE".split(
    ",",
  );
  for (let line = 0; line < lines; line++) {
    // Each RO of a satker stands in six rows; a code is not repeated, its RO is numbered instead.
    const subject = Math.floor(line / 6);
    const { satker, program, output } = segmentsOf(codes[subject % codes.length] ?? "");
    const ro = String(Math.floor(subject / codes.length) * 36 + (subject % 36) + 1).padStart(3, "0");
    const target = random(90) + 10;
    yield [
      ...[program.slice(0, 3), program.slice(3, 5), satker, `${output.slice(0, 4)}.${output.slice(4)}.${ro}`],
      ...[
        `${YEAR}-${String((line % 6) + 1).padStart(2, "0")}`,
        `${target}.5`,
        `${random(target)}.25`,
        "Orang",
        "40.25",
      ],
      ...[random(90_000) * 1_000, random(40_000) * 1_000, 0, "12.50", 3],
    ];
  }
}

/** KRISNA Renja: one row per output and location. */
export function* krisnaRenja({ codes }: BenchWorld, lines: number): FieldRows {
  const random = generator(lines);
  yield "tahun,kddept,kdunit,kdprogram,kdgiat,nmgiat,kdkro,nmkro,kdro,nmro,kdkmpnen,nmkmpnen,kdtema,alokasi,target,satuan,lokasi".split(
    ",",
  );
  for (let line = 0; line < lines; line++) {
    const { program, output, location } = segmentsOf(codes[line % codes.length] ?? "");
    const ro = String(Math.floor(line / 3) % 999).padStart(3, "0");
    yield [
      ...[YEAR, program.slice(0, 3), program.slice(3, 5), program.slice(5), output.slice(0, 4), "Nama kegiatan"],
      ...[output.slice(4), "Nama KRO", ro, `Rincian output nomor ${line}`, String((line % 3) + 1).padStart(3, "0")],
      ...["Nama komponen", "003008", random(90_000) * 1_000, random(100) + 1, "Orang", location],
    ];
  }
}

/** The plain budget layout with a plan, one line per code. */
export function* budget({ codes }: BenchWorld): FieldRows {
  const random = generator(codes.length);
  const plan = PLAN.map((month) => `plan_${String(month).padStart(2, "0")}`);
  yield ["code", "fiscal_year", "revision", "revision_date", "amount", "blocked", ...plan];
  for (const code of codes) {
    const months = PLAN.map(() => random(90_000) * 1_000);
    const amount = months.reduce((sum, month) => sum + month, 0);
    yield [code, YEAR, 0, `${YEAR - 1}-12-01`, amount, 0, ...months];
  }
}

/** Writes rows as UTF-8 CSV. */
export async function writeCsv(path: string, rows: FieldRows): Promise<void> {
  const file = createWriteStream(path);
  let text = "";
  let lines = 0;
  for (const row of rows) {
    text += `${csvLine(row.map((cell) => (cell instanceof Date ? cell.toISOString().slice(0, 10) : cell)))}\n`;
    if (++lines % LINES_PER_WRITE !== 0) continue;
    if (!file.write(text)) await once(file, "drain");
    text = "";
  }
  file.end(text);
  await once(file, "close");
}

/** Writes rows as a workbook with shared texts, as most programs do. */
export async function writeWorkbook(path: string, sheetName: string, rows: FieldRows): Promise<void> {
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ filename: path, useSharedStrings: true, useStyles: true });
  const sheet = workbook.addWorksheet(sheetName);
  for (const row of rows) {
    const line = sheet.addRow([...row]);
    row.forEach((cell, column) => {
      if (cell instanceof Date) line.getCell(column + 1).numFmt = "yyyy-mm-dd";
    });
    line.commit();
  }
  await workbook.commit();
}
