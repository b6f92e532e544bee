import ExcelJS from "exceljs";

/** A row of the treasury report: pieces of a code, and rupiah. */
export interface OmspanRow {
  satker: string;
  kppn?: string;
  account?: string;
  program?: string;
  output?: string;
  fund?: string;
  authority?: string;
  location?: string;
  budgetType?: string;
  budget: bigint | number | string;
  reserve?: bigint | number | string;
  realized: bigint | number | string;
  /** What remains, when not budget less realization. */
  remaining?: bigint | number | string;
}

export interface OmspanOptions {
  /** Title rows above the header. */
  titles?: string[];
  /** How amounts are written. */
  write?: (amount: bigint) => string;
  /** Rows to put behind the row of a number. */
  after?: Record<number, string[][]>;
}

export const OMSPAN_HEADER =
  "No,Satker,KPPN,Akun,Prog.,Output,Dana,Kewenangan,Lokasi,Tipe Anggaran,Pagu,(Pencadangan),Realisasi,Sisa Pagu";

/** `1234567` → `1,234,567`. */
export function withCommas(amount: bigint): string {
  return String(amount).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** `1234567` → `1.234.567,00`. */
export function withDots(amount: bigint): string {
  return `${String(amount).replace(/\B(?=(\d{3})+$)/g, ".")},00`;
}

export function titlesOf(year: number, printed: string): string[] {
  return [`REALISASI DANA TAHUN ANGGARAN ${year}`, `Tanggal Cetak :${printed}, 8:15 am`, ""];
}

function written(amount: bigint | number | string, write: (amount: bigint) => string): string {
  return typeof amount === "string" ? amount : write(BigInt(amount));
}

/** Cells of the rows below the header. */
export function omspanCells(
  rows: readonly OmspanRow[],
  { write = withCommas, after = {} }: OmspanOptions = {},
): string[][] {
  return rows.flatMap((row, index) => {
    const { budget, realized, reserve = 0 } = row;
    const remaining =
      row.remaining ??
      (typeof budget === "string" || typeof realized === "string" ? "" : BigInt(budget) - BigInt(realized));
    const cells = [
      String(index + 1),
      row.satker,
      row.kppn ?? "015",
      row.account ?? "524111",
      row.program ?? "01505CC",
      row.output ?? "4787AEF",
      row.fund ?? "A000000001",
      row.authority ?? "2",
      row.location ?? "3051",
      row.budgetType ?? "2",
      written(budget, write),
      written(reserve, write),
      written(realized, write),
      written(remaining, write),
    ];
    return [cells, ...(after[index + 1] ?? [])];
  });
}

const quoted = (cell: string, delimiter: string): string =>
  /["\n]/.test(cell) || cell.includes(delimiter) ? `"${cell.replaceAll('"', '""')}"` : cell;

/** OM-SPAN realisasiFA as CSV. */
export function omspan(rows: readonly OmspanRow[], options: OmspanOptions = {}): string {
  const titles = options.titles ?? titlesOf(2022, "05-01-2023");
  const lines = omspanCells(rows, options).map((cells) => cells.map((cell) => quoted(cell, ",")).join(","));
  return [...titles.map((title) => quoted(title, ",")), OMSPAN_HEADER, ...lines, ""].join("\n");
}

/** A leaf of the SAKTI report; without item it is an account. */
export interface FaLeaf {
  program: string;
  activity: string;
  kro: string;
  ro: string;
  component: string;
  subcomponent: string;
  account: string;
  item: string | null;
  revised: bigint;
  blocked: bigint;
  before: bigint;
  inPeriod: bigint;
}

export interface FaReport {
  titles: string[];
  leaves: FaLeaf[];
  /** Where the measures stand; the default is the place in the field: Q, S, W, X, Y. */
  columns?: { revised: number; blocked: number; before: number; inPeriod: number; toDate: number; remaining: number };
  /** Detail rows have their sum to date and the rest one column further right, as real files do. */
  detailShift?: 0 | 1;
  /** The share of the budget, in its column before what remains. */
  percent?: boolean;
  /** Rows between which the header is repeated. */
  pageLength?: number;
  /** Long names are continued in a row of their own. */
  wrap?: boolean;
  grandTotal?: boolean;
  footnotes?: boolean;
}

const FIELD_COLUMNS = { revised: 16, blocked: 18, before: 22, inPeriod: 23, toDate: 24, remaining: 29 };

export const FA_TITLES = (satker: string, year: number, period: string, ministry = "015"): string[] => [
  "LAPORAN REALISASI ANGGARAN (FA DETAIL 16 SEGMEN)",
  `TAHUN ANGGARAN ${year}`,
  `Periode : ${period}`,
  `Kementerian : ${ministry}`,
  `Satuan Kerja : ${satker}`,
];

type Figures = Pick<FaLeaf, "revised" | "blocked" | "before" | "inPeriod">;
type Cell = string | bigint;

const LEVELS: readonly {
  column: number;
  name: number;
  code: (leaf: FaLeaf) => string;
  key: (leaf: FaLeaf) => string;
}[] = [
  { column: 1, name: 3, code: (leaf) => leaf.program, key: (leaf) => leaf.program },
  { column: 1, name: 8, code: (leaf) => `${leaf.program}.${leaf.activity}`, key: (leaf) => leaf.activity },
  { column: 2, name: 6, code: (leaf) => leaf.kro, key: (leaf) => leaf.kro },
  { column: 2, name: 10, code: (leaf) => `${leaf.kro}.${leaf.ro}`, key: (leaf) => leaf.ro },
  { column: 4, name: 9, code: (leaf) => leaf.component, key: (leaf) => leaf.component },
  { column: 5, name: 11, code: (leaf) => `${leaf.component}.${leaf.subcomponent}`, key: (leaf) => leaf.subcomponent },
  { column: 7, name: 12, code: (leaf) => leaf.account, key: (leaf) => leaf.account },
  { column: 13, name: 13, code: (leaf) => `${leaf.item}. Rincian belanja`, key: (leaf) => leaf.item ?? "" },
];

function sumOf(leaves: readonly FaLeaf[]): Figures {
  const sum = { revised: 0n, blocked: 0n, before: 0n, inPeriod: 0n };
  for (const leaf of leaves) for (const key of Object.keys(sum) as (keyof Figures)[]) sum[key] += leaf[key];
  return sum;
}

/** The rows of a report; amounts are bigint, everything else text. Row 0 is row 1 of the file. */
export function faRows(report: FaReport): Cell[][] {
  const at = report.columns ?? FIELD_COLUMNS;
  const rows: Cell[][] = [...report.titles.map((title): Cell[] => [title]), []];
  const put = (cells: Record<number, Cell>): void => {
    const row: Cell[] = [];
    for (const [column, cell] of Object.entries(cells)) row[Number(column)] = cell;
    rows.push(Array.from(row, (cell) => cell ?? ""));
  };
  const header = () => {
    put({ 1: "Kode", [at.revised]: "Pagu Revisi", [at.blocked]: "Lock Pagu", [at.before]: "Realisasi" });
    put({ [at.before]: "Periode Lalu", [at.inPeriod]: "Periode Ini", [at.toDate]: "s.d. Periode" });
  };
  const figures = ({ revised, blocked, before, inPeriod }: Figures, shift: number): Record<number, Cell> => ({
    [at.revised]: revised,
    [at.blocked]: blocked,
    [at.before]: before,
    [at.inPeriod]: inPeriod,
    [at.toDate + shift]: before + inPeriod,
    ...(report.percent && { [at.remaining - 1]: "12,58%" }),
    [at.remaining + shift]: revised - before - inPeriod,
  });
  header();
  if (report.grandTotal !== false) put({ 1: "JUMLAH SELURUHNYA", ...figures(sumOf(report.leaves), 0) });
  let count = 0;
  const outline = (leaves: readonly FaLeaf[], level: number): void => {
    const step = LEVELS[level];
    if (!step) return;
    const { column, name, code, key } = step;
    const groups = new Map<string, FaLeaf[]>();
    for (const leaf of leaves) groups.set(key(leaf), [...(groups.get(key(leaf)) ?? []), leaf]);
    for (const group of groups.values()) {
      const [first] = group;
      if (!first || (level === 7 && first.item === null)) continue;
      put({
        [column]: code(first),
        ...(level < 7 && { [name]: "Nama" }),
        ...figures(sumOf(group), report.detailShift ?? 0),
      });
      if (report.wrap && level % 2 === 1) put({ [name]: "lanjutan nama" });
      count++;
      if (report.pageLength && count % report.pageLength === 0) header();
      outline(group, level + 1);
    }
  };
  outline(report.leaves, 0);
  if (report.footnotes !== false) rows.push(["*Lock Pagu adalah pagu yang dikunci"], ["*SPM yang telah terbit SP2D"]);
  return rows;
}

/** The report as its CSV: `;` and `1.234.567,00`. */
export function faCsv(rows: readonly (readonly Cell[])[], write: (amount: bigint) => string = withDots): string {
  const width = Math.max(...rows.map(({ length }) => length));
  return rows
    .map((row) => Array.from({ length: width }, (_, at) => row[at] ?? ""))
    .map((row) => row.map((cell) => quoted(typeof cell === "bigint" ? write(cell) : cell, ";")).join(";"))
    .join("\r\n");
}

/** Rows as a workbook on the last of its sheets, the others with a note or blank; amounts are number cells. */
export async function workbook(
  rows: readonly (readonly Cell[])[],
  sheets: readonly string[] = ["GLP039_LAPORAN REALISASI SUPER "],
  notes = "",
): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  for (const [index, name] of sheets.entries()) {
    const sheet = book.addWorksheet(name);
    if (index < sheets.length - 1) {
      if (notes) sheet.addRow([notes]);
      continue;
    }
    for (const row of rows)
      sheet.addRow(row.map((cell) => (typeof cell === "bigint" ? Number(cell) : cell === "" ? null : cell)));
  }
  return Buffer.from(await book.xlsx.writeBuffer());
}

/** A leaf with what a test does not care about. */
export function leafOf(parts: Partial<FaLeaf> = {}): FaLeaf {
  return {
    program: "CC",
    activity: "4787",
    kro: "AEF",
    ro: "001",
    component: "052",
    subcomponent: "0C",
    account: "524111",
    item: "000001",
    revised: 1000n,
    blocked: 0n,
    before: 100n,
    inPeriod: 50n,
    ...parts,
  };
}
