import { type CodeField, type ComposeError, codeProblem, type KnownSegments } from "../../coa/index.ts";
import type { Problem } from "../../rules.ts";
import { Cells } from "../cells.ts";
import { type AmountReading, readAmount } from "../formats/index.ts";
import { restoreZeros } from "../leading-zeros.ts";
import type { TableRow } from "../readers/csv-parser.ts";
import { widthProblem } from "../row-width.ts";
import { RunningTotals } from "../running-totals.ts";
import { textOf, titleFacts } from "../title-facts.ts";
import type {
  Heading,
  ReaderContext,
  ReportLayout,
  ReportReader,
  RowOutcome,
  RowResult,
  RowView,
  StatementLine,
} from "../types.ts";

/** Columns that hold the code of a row, with the width of what stands in them. */
const CODES = {
  satker: 6,
  kppn: 3,
  akun: 6,
  "prog.": 7,
  output: 7,
  dana: 10,
  kewenangan: 1,
  lokasi: 4,
  "tipe anggaran": 1,
} as const;

/** Amounts; what is reserved (pencadangan) is encumbrance: contracts and payments under way, not a block by DG Budget. */
const AMOUNTS = ["pagu", "(pencadangan)", "realisasi", "sisa pagu"] as const;

const NAMES: readonly string[] = [...Object.keys(CODES), ...AMOUNTS];

/** The column that a piece of a code comes from, for the sentences about it. */
const COLUMN_OF: Partial<Record<CodeField, keyof typeof CODES>> = {
  satker: "satker",
  kppn: "kppn",
  account: "akun",
  ministry: "prog.",
  unit: "prog.",
  program: "prog.",
  activity: "output",
  output: "output",
  fund_source: "dana",
  fund_method: "dana",
  fund_register: "dana",
  authority: "kewenangan",
  location: "lokasi",
  budget_type: "tipe anggaran",
};

const TOTAL = /^(?:sub\s*-?\s*|grand\s+)?(?:jumlah|total)\b/i;
const DIGITS = /^\d{1,6}$/;

/**
 * OM-SPAN "realisasiFA": one row per code of the treasury ledger with its budget and its realization since January. Titles
 * in the first rows, the header below them, `Tidak Ada Data` when it is empty. It does not state bank, inter-entity,
 * reserve and what lies below the output, nor which revision its budget is.
 */
export const omspanRealisasiFa: ReportLayout<"budget-and-realization"> = {
  id: "omspan-realisasi-fa",
  kind: "budget-and-realization",
  required: NAMES,
  optional: ["no"],
  amountColumn: "pagu",
  written: { amounts: AMOUNTS, dates: [] },
  yearIn: "titles",
  recognise,
  facts: (titles) => {
    const { fiscalYear, period, printed } = titleFacts(titles);
    return { fiscalYear, period, printed };
  },
  report: (context, _, width) => new OmspanReader(context, width),
};

/** A column name without the marks that exports write or leave out: `Prog.`, `(Pencadangan)`. */
function bare(name: string): string {
  return name.toLowerCase().replace(/[^a-z]+/g, "");
}

const BY_BARE_NAME = new Map([...NAMES, "no"].map((name) => [bare(name), name]));

function recognise(head: readonly TableRow[]): Heading | null {
  let nearest: Heading | null = null;
  for (const [at, { cells }] of head.entries()) {
    const columns = cells.map((cell) => BY_BARE_NAME.get(bare(cell)) ?? cell);
    const missing = NAMES.filter((name) => !columns.includes(name));
    if (missing.length > NAMES.length / 2) continue;
    if (!nearest || missing.length < nearest.missing.length) nearest = { at, columns, missing };
  }
  return nearest;
}

class OmspanReader implements ReportReader<StatementLine> {
  readonly #context: ReaderContext;
  readonly #fiscalYear: number;
  readonly #width: number;
  readonly #sums = new RunningTotals(AMOUNTS.length);
  readonly #rowOf = new Map<number, number>();

  constructor(context: ReaderContext, width: number) {
    this.#context = context;
    this.#width = width;
    this.#fiscalYear = context.facts.fiscalYear ?? 0;
  }

  read(row: RowView): RowOutcome<StatementLine>[] {
    const place = { row: row.row, source: row.cells };
    if (isFurniture(row)) return [{ ...place, skipped: true }];
    if (!DIGITS.test(row.cell("satker").trim()) && TOTAL.test(textOf(row))) return [{ ...place, ...this.#total(row) }];
    return [{ ...place, ...this.#line(row) }];
  }

  finish() {
    return { outcomes: [], totals: [] };
  }

  /** A total row agrees with the rows above it, or is rejected with the sentence that says where it does not. */
  #total(row: RowView): RowResult<StatementLine> | { skipped: true } {
    const cells = new Cells(row);
    const stated = this.#amounts(cells, row);
    const different = this.#sums.close(stated);
    if (different) {
      const column = AMOUNTS[different.at] ?? null;
      const params = {
        level: textOf(row).slice(0, 40),
        stated: stated[different.at] ?? 0n,
        computed: different.computed,
      };
      cells.fail("TOT-001", column, column && row.cell(column), params);
    }
    return cells.problems.length > 0 ? { problems: cells.problems, amount: null } : { skipped: true };
  }

  #line(row: RowView): RowResult<StatementLine> {
    const wrongWidth = widthProblem(row.cells, this.#width);
    if (wrongWidth) return { problems: [wrongWidth], amount: null };
    const cells = new Cells(row);
    const amounts = this.#amounts(cells, row);
    this.#sums.add(amounts);
    const [amount = null, commitment = null, toDate = null, remaining = null] = amounts;
    const found = this.#context.codes.compose(this.#segments(row), this.#fiscalYear);
    if ("errors" in found) cells.problems.unshift(...found.errors.map(problemOf));
    for (const column of ["pagu", "realisasi"] as const) {
      if (row.cell(column).trim() === "") cells.fail("AMT-001", column, "");
    }
    if (amount !== null && toDate !== null && !isRemaining(remaining, amount, commitment, toDate)) {
      cells.fail("TOT-002", "sisa pagu", row.cell("sisa pagu"), { stated: remaining ?? 0n, computed: amount - toDate });
    }
    if (cells.problems.length > 0 || "errors" in found || amount === null || toDate === null) {
      return { problems: cells.problems, amount: rupiahOf(amounts) };
    }
    this.#warn(row, found.entry.index, found.warnings, commitment);
    return { line: { row: row.row, code: found.entry, amount, blocked: null, commitment, before: null, toDate } };
  }

  #warn(row: RowView, code: number, warnings: readonly Problem["rule"][], commitment: bigint | null): void {
    const { warn } = this.#context;
    for (const rule of warnings) warn(rule);
    if (Object.entries(CODES).some(([column, width]) => codeOf(row, column, width) !== row.cell(column).trim())) {
      warn("COA-102");
    }
    if (commitment !== null && commitment !== 0n) warn("BUD-006", { commitment });
    const other = this.#rowOf.get(code);
    if (other === undefined) this.#rowOf.set(code, row.row);
    else warn("BUD-004", { other });
  }

  /** The amounts of a row in the order of their columns; null for an empty cell, and with a problem for one that is no amount. */
  #amounts(cells: Cells, row: RowView): (bigint | null)[] {
    return AMOUNTS.map((column) => {
      const text = row.cell(column);
      if (text.trim() === "") return null;
      const result = this.#amount(column, text);
      if (result.ok) return result.value;
      cells.fail(result.rule, column, text, result.params);
      return null;
    });
  }

  /** Where the column leaves open what a comma means, it groups thousands: so this report is written. */
  #amount(column: string, text: string): AmountReading {
    const result = this.#context.formats.amount(column, text);
    return !result.ok && result.rule === "AMT-006" ? readAmount(text, "1,234,567.89") : result;
  }

  #segments(row: RowView): KnownSegments {
    const text = (column: keyof typeof CODES) => codeOf(row, column, CODES[column]);
    const program = text("prog.");
    const output = text("output");
    const fund = text("dana");
    return {
      satker: text("satker"),
      kppn: text("kppn"),
      account: text("akun"),
      ministry: program.slice(0, 3),
      unit: program.slice(3, 5),
      program: program.slice(5),
      activity: output.slice(0, 4),
      output: output.slice(4),
      fund_source: fund.slice(0, 1),
      fund_method: fund.slice(1, 2),
      fund_register: fund.slice(2),
      authority: text("kewenangan"),
      location: text("lokasi"),
      budget_type: text("tipe anggaran"),
    };
  }
}

function codeOf(row: RowView, column: string, width: number): string {
  return restoreZeros(row.cell(column).trim().toUpperCase(), width);
}

function problemOf(error: ComposeError): Problem {
  return codeProblem(error, error.text, COLUMN_OF[error.field] ?? null);
}

/** What remains is stated after what is reserved, or without regard to it. */
function isRemaining(stated: bigint | null, amount: bigint, commitment: bigint | null, toDate: bigint): boolean {
  if (stated === null) return true;
  const reserved = commitment === null || commitment > 0n ? (commitment ?? 0n) : -commitment;
  return stated === amount - toDate || stated === amount - reserved - toDate;
}

/** The budget of a rejected row; null, which always counts as money, when only other amounts stand in it. */
function rupiahOf(amounts: readonly (bigint | null)[]): bigint | null {
  const [budget = null] = amounts;
  return budget !== 0n || amounts.every((amount) => amount === 0n) ? budget : null;
}

/** Rows that carry no figures: blank, footnotes, titles and headers repeated on every page, `Tidak Ada Data`. */
function isFurniture(row: RowView): boolean {
  if (DIGITS.test(row.cell("satker").trim())) return false;
  const filled = AMOUNTS.filter((column) => row.cell(column).trim() !== "");
  return filled.length === 0 || row.cells.filter((cell) => BY_BARE_NAME.has(bare(cell))).length > NAMES.length / 2;
}
