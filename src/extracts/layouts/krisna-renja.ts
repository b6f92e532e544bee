import { parseNode } from "../../coa/index.ts";
import { scaled } from "../../decimals.ts";
import type { References } from "../../references/index.ts";
import { Cells } from "../cells.ts";
import type { OutputLine, ReaderContext, RowLayout, RowResult, RowView, SkippedRow } from "../types.ts";
import { codedCell } from "./krisna/coded-cell.ts";
import { ALLOCATIONS, LEVELS, OPTIONAL, REQUIRED, recognise } from "./krisna/columns.ts";
import { themeCodes } from "./krisna/theme-codes.ts";

type Level = (typeof LEVELS)[number][0];

/** What a code of each level looks like. */
const FORMS: Readonly<Record<Level, { width: number; form: RegExp; expected: string }>> = {
  kddept: { width: 3, form: /^\d{3}$/, expected: "BA 3 angka/digits" },
  kdunit: { width: 2, form: /^\d{2}$/, expected: "eselon I 2 angka/digits" },
  kdprogram: { width: 2, form: /^[0-9A-Z]{2}$/, expected: "program 2 karakter/characters" },
  kdgiat: { width: 4, form: /^\d{4}$/, expected: "kegiatan/activity 4 angka/digits" },
  kdkro: { width: 3, form: /^[0-9A-Z]{3}$/, expected: "KRO 3 karakter/characters" },
  kdro: { width: 3, form: /^[0-9A-Z]{3}$/, expected: "RO 3 karakter/characters" },
  kdkmpnen: { width: 3, form: /^\d{3}$/, expected: "komponen 3 angka/digits" },
};

/** The first three levels make the program, the others the node. */
const PROGRAM_LEVELS = 3;

/**
 * KRISNA Renja: planned outputs from activity down to komponen with names, theme marks, allocation, target and location. An
 * output may stand in several rows, one for each location.
 */
export const krisnaRenja: RowLayout<"outputs"> = {
  id: "krisna-renja",
  kind: "outputs",
  required: REQUIRED,
  optional: OPTIONAL,
  amountColumn: null,
  written: { amounts: ["alokasi"], dates: [], decimals: [["alokasi_ribu", "alokasi_juta"]] },
  recognise,
  reader: (context) => {
    const seen = new Map<string, number>();
    return (row) => readRow(row, context, seen);
  },
};

interface Codes {
  codes: Record<Level, string>;
  names: Partial<Record<Level, string>>;
  repaired: boolean;
}

function readRow(row: RowView, context: ReaderContext, seen: Map<string, number>): RowResult<OutputLine> | SkippedRow {
  const { references, formats, warn } = context;
  const cells = new Cells(row, formats);
  const { codes, names, repaired } = readCodes(cells);
  if (codes.kdgiat === "" && codes.kdkro === "" && codes.kdro === "" && codes.kdkmpnen === "") {
    warn("OUT-001");
    return { skipped: true };
  }
  const fiscalYear = cells.year("tahun");
  const levels = LEVELS.slice(PROGRAM_LEVELS).map(([level]) => level);
  const own = levels.map((level) => codes[level]);
  while (own.at(-1) === "") own.pop();
  const node = own.includes("") ? null : parseNode(own.join("."));
  if (!node?.ok && cells.problems.length === 0) cells.fail("TAG-006", "kdgiat", own.join("."));
  const program = readProgram(cells, codes, references, fiscalYear);
  const line: OutputLine = {
    row: row.row,
    fiscalYear,
    node: node?.ok ? node.node.code : "",
    program,
    name: readName(cells, levels[own.length - 1] ?? "kdgiat", names),
    themes: readThemes(cells, context, fiscalYear),
    target: cells.optionalText("target"),
    unitOfMeasure: cells.optionalText("satuan"),
    allocation: readAllocation(cells),
    locations: cells.optionalText("lokasi"),
  };
  checkDouble(line, cells, seen);
  if (cells.problems.length > 0) return { problems: cells.problems, amount: 0n };
  const owner = references.activityOwner(codes.kdgiat, fiscalYear);
  const width = references.covers("programs", fiscalYear) ? 7 : 3;
  if (owner !== null && owner.slice(0, width) !== program.slice(0, width)) warn("REF-002");
  if (repaired) warn("COA-102");
  return { line };
}

function readCodes(cells: Cells): Codes {
  const found: Codes = { codes: {} as Record<Level, string>, names: {}, repaired: false };
  const above: string[] = [];
  for (const [level] of LEVELS) {
    const { width, form, expected } = FORMS[level];
    const text = cells.text(level);
    const { code, name } = text === "" ? { code: "", name: null } : codedCell(text, width, above);
    if (code !== "" && !form.test(code)) cells.fail("FLD-003", level, text, { expected });
    if (/^\d+$/.test(text) && text.length < width) found.repaired = true;
    found.codes[level] = code;
    if (name !== null) found.names[level] = name;
    above.push(code);
  }
  return found;
}

/** Ministry, unit and program of a row; where it does not state them, its activity belongs to one of each. */
function readProgram(cells: Cells, codes: Codes["codes"], references: References, fiscalYear: number): string {
  const owner = references.covers("programs", fiscalYear) ? references.activityOwner(codes.kdgiat, fiscalYear) : null;
  let from = 0;
  const parts = LEVELS.slice(0, PROGRAM_LEVELS).map(([level]) => {
    const { width } = FORMS[level];
    const part = codes[level] || (owner?.slice(from, from + width) ?? "");
    if (part === "") cells.fail("FLD-001", level, null);
    from += width;
    return part;
  });
  return parts.join("");
}

/** The name of the level at which the row ends. */
function readName(cells: Cells, level: Level, names: Codes["names"]): string {
  const column = LEVELS.find(([code]) => code === level)?.[1] ?? "nama";
  const name = cells.text(column) || cells.text("nama") || names[level] || "";
  if (name === "") cells.fail("FLD-001", column, null);
  return name;
}

/** Theme codes separated by commas; null where the row marks none. */
function readThemes(cells: Cells, { references, warn }: ReaderContext, fiscalYear: number): string | null {
  const text = cells.text("kdtema");
  const codes = themeCodes(text);
  if (codes === null) cells.fail("FLD-003", "kdtema", text, { expected: "kode tema/theme codes 003008 · 003, 008" });
  for (const code of codes ?? []) {
    const isListed = references.isValid("planning_themes", code, fiscalYear);
    if (references.covers("planning_themes", fiscalYear) && !isListed) warn("REF-001");
  }
  return codes === null || codes.length === 0 ? null : codes.join(",");
}

/** Rupiah of the allocation in whichever unit the file prints it. */
function readAllocation(cells: Cells): bigint | null {
  for (const [column, unit] of Object.entries(ALLOCATIONS)) {
    if (cells.text(column) === "") continue;
    if (unit === 1n) return cells.amount(column);
    const value = cells.optionalDecimal(column);
    if (value === null) return null;
    const { digits, scale } = scaled(value);
    const one = 10n ** BigInt(scale);
    if ((digits * unit) % one !== 0n) cells.fail("AMT-004", column, cells.text(column));
    return (digits * unit) / one;
  }
  return null;
}

function checkDouble({ row, fiscalYear, node, locations }: OutputLine, cells: Cells, seen: Map<string, number>): void {
  if (cells.problems.length > 0) return;
  const key = `${fiscalYear} ${node} ${locations ?? ""}`;
  const other = seen.get(key);
  if (other === undefined) seen.set(key, row);
  else cells.fail("FLD-004", "kdgiat", node, { other, key: "tahun + kegiatan.KRO.RO.komponen + lokasi" });
}
