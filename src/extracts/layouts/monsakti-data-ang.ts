import { type CodeField, codeProblem, type KnownSegments } from "../../coa/index.ts";
import type { References } from "../../references/index.ts";
import { Cells, rejectedAmount } from "../cells.ts";
import { restoreZeros } from "../leading-zeros.ts";
import { placeOf } from "../places.ts";
import type { BudgetLine, ReaderContext, RowLayout, RowResult, RowView, SkippedRow } from "../types.ts";
import { revisionOf } from "./monsakti/budget-history.ts";
import { itemPrice } from "./monsakti/item-price.ts";

const PLAN = Array.from({ length: 12 }, (_, month) => `pok_nilai_${month + 1}`);
const WAYS = [1, 2, 3, 4].flatMap((number) => [`vol_keg_${number}`, `sat_keg_${number}`]);

/** More than there are revisions, and codes in a file; a million numbers of items then still make whole numbers. */
const REVISIONS = 200;
const CODES = 2 ** 25;

/** Columns that hold a piece of the code, with its width. */
const PIECES = [
  ["satker", "kdsatker", 6],
  ["program", "kode_program", 2],
  ["activity", "kode_kegiatan", 4],
  ["output", "kode_output", 3],
  ["ro", "kode_suboutput", 3],
  ["component", "kode_komponen", 3],
  ["subcomponent", "kode_subkomponen", 2],
  ["account", "kode_akun", 6],
  ["item", "kode_item", 6],
  ["fund_source", "sumber_dana", 1],
  ["fund_method", "kode_cara_tarik", 1],
  ["fund_register", "kode_register", 8],
] as const satisfies readonly (readonly [field: CodeField, column: string, width: number])[];

const COLUMN_OF = new Map<CodeField, string>(PIECES.map(([field, column]) => [field, column]));

/**
 * MonSAKTI "dataAng": the items of the budget of every revision. Rows with HEADER1 or HEADER2 are headings
 * above their items. It states neither fiscal year nor ministry, KPPN, authority and location: the year is said by
 * `--year`, the rest by the lists.
 */
export const monsaktiDataAng: RowLayout<"budget"> = {
  id: "monsakti-data-ang",
  kind: "budget",
  required: [
    ...["kdsatker", "kode_program", "kode_kegiatan", "kode_output", "kode_suboutput", "kode_komponen"],
    ...["kode_subkomponen", "kode_akun", "header1", "header2", "kode_item", "total", "kode_sts_history"],
  ],
  optional: [
    ...["kdib", "volume_output", "volume_suboutput", "uraian_subkomponen", "kode_jenis_beban", "kode_cara_tarik"],
    ...["kode_jenis_bantuan", "kode_register", "nomor_item", "cons_item", "uraian_item", "sumber_dana", ...WAYS],
    ...["volkeg", "satkeg", "hargasat", "kode_blokir", "nilai_blokir", ...PLAN],
  ],
  amountColumn: "total",
  yearIn: "titles",
  usesSatkers: true,
  written: { amounts: ["total", "nilai_blokir", ...PLAN], dates: [] },
  reader: (context) => {
    const reader = new ItemReader(context);
    return (row) => reader.read(row);
  },
};

class ItemReader {
  readonly #context: ReaderContext;
  readonly #fiscalYear: number;
  readonly #seen = new Map<number, number>();
  /** Numbers of items, of which there are few, by their text. */
  readonly #numbers = new Map<string, number>();
  readonly #places = new Map<string, ReturnType<typeof placeOf>>();

  constructor(context: ReaderContext) {
    this.#context = context;
    this.#fiscalYear = context.facts.fiscalYear ?? 0;
  }

  read(row: RowView): RowResult<BudgetLine> | SkippedRow {
    const { formats, codes } = this.#context;
    const cells = new Cells(row, formats);
    if (isHeading(cells)) return { skipped: true };
    const { known, repaired } = this.#pieces(cells);
    const found = codes.compose({ ...known, ...this.#place(known) }, this.#fiscalYear);
    if ("errors" in found) {
      for (const error of found.errors) {
        cells.problems.push(codeProblem(error, error.text, COLUMN_OF.get(error.field) ?? null));
      }
    }
    const revision = readRevision(cells);
    const amount = cells.amount("total");
    const blocked = cells.optionalAmount("nilai_blokir");
    const plan = PLAN.map((month) => cells.optionalAmount(month));
    if (cells.problems.length > 0 || "errors" in found) {
      return { problems: cells.problems, amount: rejectedAmount(row, "total", formats) };
    }
    const { entry } = found;
    const line = { row: row.row, code: entry, fiscalYear: this.#fiscalYear, revision, revisionDate: null };
    const stated = { ...line, amount, blocked, commitment: null, plan: this.#plan(plan, amount) };
    for (const rule of found.warnings) this.#context.warn(rule);
    if (repaired) this.#context.warn("COA-102");
    this.#checkItem(stated, cells);
    return { line: stated };
  }

  /** The pieces of the code as the row states them; an empty cell states nothing. */
  #pieces(cells: Cells): { known: KnownSegments; repaired: boolean } {
    const known: Partial<Record<CodeField, string | null>> = {};
    let repaired = false;
    for (const [field, column, width] of PIECES) {
      const text = cells.text(column).toUpperCase();
      const full = field === "fund_source" ? sourceOf(text, this.#context.references) : wholeCode(field, text, width);
      known[field] = full === "" ? null : full;
      if (full !== text && field !== "fund_source") repaired = true;
    }
    return { known, repaired };
  }

  #place({ satker, activity }: KnownSegments): KnownSegments {
    const key = `${satker} ${activity}`;
    let place = this.#places.get(key);
    if (!place) {
      place = placeOf(this.#context.references, satker ?? "", activity ?? "", this.#fiscalYear);
      this.#places.set(key, place);
    }
    return place;
  }

  /** Twelve zeros beside a budget are no plan. */
  #plan(plan: (bigint | null)[], amount: bigint): (bigint | null)[] {
    const { warn } = this.#context;
    const stated = plan.filter((month) => month !== null);
    if (stated.length > 0 && stated.length < plan.length) warn("BUD-001", { found: stated.length });
    if (stated.length < plan.length) return plan;
    const planned = stated.reduce((sum, month) => sum + month, 0n);
    if (amount !== 0n && stated.every((month) => month === 0n)) {
      warn("BUD-007", { amount });
      return plan.map(() => null);
    }
    if (planned !== amount) warn("BUD-002", { planned, amount });
    return plan;
  }

  #checkItem({ row, code, revision, amount, blocked }: BudgetLine, cells: Cells): void {
    const { warn } = this.#context;
    const number = [cells.text("nomor_item"), cells.text("cons_item")].join(".");
    const key = this.#keyOf(code.index, revision, number);
    const other = this.#seen.get(key);
    if (other !== undefined) warn("BUD-004", { other });
    else this.#seen.set(key, row);
    if (blocked !== null && blocked > amount) warn("BUD-003", { blocked, amount });
    const computed = itemPrice(cells.text("volkeg"), cells.text("hargasat"), amount);
    if (computed !== null && computed !== amount) warn("BUD-008", { computed, amount });
  }

  /** An item of a revision as one number: as texts a million of them would fill the memory. */
  #keyOf(code: number, revision: number, number: string): number {
    let place = this.#numbers.get(number);
    if (place === undefined) {
      place = this.#numbers.size;
      this.#numbers.set(number, place);
    }
    return (place * REVISIONS + revision) * CODES + code;
  }
}

/** Only rows with zero in both columns are items; an empty cell does not say so. */
function isHeading(cells: Cells): boolean {
  const marks = ["header1", "header2"].map((column) => cells.integer(column, 0, 9));
  return marks.some((mark) => mark > 0);
}

function readRevision(cells: Cells): number {
  const text = cells.requiredText("kode_sts_history");
  const revision = revisionOf(text);
  if (revision === null && text !== "")
    cells.fail("FLD-003", "kode_sts_history", text, { expected: "B00 · B01 · C01" });
  return revision ?? 0;
}

/** A subkomponen may be printed without its zero (`A` for `0A`). */
function wholeCode(field: CodeField, text: string, width: number): string {
  return field === "subcomponent" && /^[A-Z]$/.test(text) ? `0${text}` : restoreZeros(text, width);
}

/** The source of a fund; planning writes it in two digits. */
function sourceOf(text: string, references: References): string {
  return /^\d\d$/.test(text) ? (references.parent("fund_planning_codes", text) ?? text) : text;
}
