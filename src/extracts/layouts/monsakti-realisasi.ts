import { Cells, rejectedAmount } from "../cells.ts";
import type { CodeEntry, CodeLookup } from "../code-book.ts";
import { RememberedDates } from "../remembered-dates.ts";
import type { ReaderContext, RealizationLine, RowLayout, RowResult, RowView } from "../types.ts";
import { isConsistent } from "./monsakti/exchange.ts";
import { type PaymentStatus, paymentStatus } from "./monsakti/payment-status.ts";
import { isNoNumber, numberWarnings } from "./monsakti/sp2d-number.ts";
import { STATED_COLUMNS, StatedSegments } from "./monsakti/stated-segments.ts";

/** A code that ends at the KRO; RO, komponen, subkomponen and item may then stand in their own columns. */
const LENGTH_12 = 73;
const DETAIL = ["kode_suboutput", "kode_komponen", "kode_subkomponen", "kode_item"] as const;
const KPPN = { start: 7, end: 10 };

/** `108202132.00`, as this layout prints amounts; needs no look at the rest of the column. */
const CENTS = /^-?\d+(?:\.00)?$/;
const DAY_FIRST = /^\d\d-\d\d-\d{4}$/;

/**
 * MonSAKTI "realisasi": one row per payment line with its 16-segment code (`KODE_COA`) and every segment again in a column
 * of its own. What counts is what was paid: a row needs number and date of its SP2D, and the date decides its month.
 */
export const monsaktiRealisasi: RowLayout<"realization"> = {
  id: "monsakti-realisasi",
  kind: "realization",
  required: ["kdsatker", "no_sp2d", "tgl_sp2d", "kode_coa", "nilai_rupiah"],
  optional: [
    ...STATED_COLUMNS.slice(1),
    ...["kd_jns_spp", "no_spp", "tgl_spp", "no_spm", "tgl_spm", "uraian"],
    ...["mata_uang", "kurs", "nilai_valas", "status_data"],
  ],
  amountColumn: "nilai_rupiah",
  written: { amounts: ["nilai_rupiah"], dates: ["tgl_sp2d"], usual: { amount: CENTS, date: DAY_FIRST } },
  reader: (context, columnOf) => {
    const reader = new PaymentReader(context, columnOf);
    return (row) => reader.read(row);
  },
};

class PaymentReader {
  readonly #context: ReaderContext;
  readonly #dates: RememberedDates;
  readonly #segments: StatedSegments;
  readonly #statuses = new Map<string, PaymentStatus>();
  readonly #at: Record<"code" | "date" | "document" | "amount" | "description" | "status", number>;
  readonly #money: readonly [currency: number, rate: number, foreign: number];
  readonly #detail: readonly number[];

  constructor(context: ReaderContext, columnOf: (name: string) => number) {
    this.#context = context;
    this.#dates = new RememberedDates(context.formats, "tgl_sp2d");
    this.#segments = new StatedSegments(columnOf);
    this.#at = {
      code: columnOf("kode_coa"),
      date: columnOf("tgl_sp2d"),
      document: columnOf("no_sp2d"),
      amount: columnOf("nilai_rupiah"),
      description: columnOf("uraian"),
      status: columnOf("status_data"),
    };
    this.#money = [columnOf("mata_uang"), columnOf("kurs"), columnOf("nilai_valas")];
    this.#detail = DETAIL.map(columnOf);
  }

  /** A good row takes a straight path; any other is looked at again to collect every problem. */
  read(row: RowView): RowResult<RealizationLine> {
    const { cells } = row;
    const { formats, warn } = this.#context;
    const at = this.#at;
    const date = this.#dates.read(cells[at.date] ?? "");
    const amount = formats.amount("nilai_rupiah", cells[at.amount] ?? "");
    const document = (cells[at.document] ?? "").trim();
    const status = this.#status(cells[at.status] ?? "");
    if (date === null || !amount.ok || isNoNumber(document) || status === "unpaid") return this.#explain(row);
    const found = this.#code(cells, date.year);
    if ("problems" in found) return this.#explain(row);
    const { entry } = found;
    const { contradictions, repaired } = this.#segments.compare(entry, cells);
    if (contradictions.length > 0) return this.#explain(row);

    for (const rule of found.warnings) warn(rule);
    for (let column = 0; column < repaired; column++) warn("COA-102");
    for (const rule of numberWarnings(document, entry.canonical.slice(KPPN.start, KPPN.end), date.year)) warn(rule);
    if (status === "unknown") warn("DOC-006");
    if (!this.#isConsistent(cells, amount.value)) warn("AMT-101");
    const description = cells[at.description] || null;
    return { line: { row: row.row, code: entry, date: date.value, document, amount: amount.value, description } };
  }

  #explain(row: RowView): RowResult<RealizationLine> {
    const cells = new Cells(row, this.#context.formats);
    const status = cells.text("status_data");
    if (this.#status(status) === "unpaid") cells.fail("DOC-005", "status_data", status);
    const missing = isNoNumber(cells.text("no_sp2d")) ? "no_sp2d" : cells.text("tgl_sp2d") === "" ? "tgl_sp2d" : null;
    if (missing) cells.fail("DOC-004", missing, cells.text(missing));
    const date = cells.text("tgl_sp2d") === "" ? "" : cells.date("tgl_sp2d");
    cells.amount("nilai_rupiah");
    if (date !== "") {
      const found = this.#code(row.cells, Number(date.slice(0, 4)));
      if ("problems" in found) cells.problems.push(...found.problems);
      else {
        for (const { column, value, expected } of this.#segments.compare(found.entry, row.cells).contradictions) {
          cells.fail("COA-011", column, value, { expected });
        }
      }
    }
    const amount = rejectedAmount(row, "nilai_rupiah", this.#context.formats);
    return { problems: cells.problems, amount };
  }

  /** The code of a row; one of 12 segments is completed by the four columns that say the rest, when all of them do. */
  #code(cells: readonly string[], year: number): CodeLookup {
    const { codes } = this.#context;
    const found = codes.lookup(cells[this.#at.code] ?? "", year, "kode_coa");
    if ("problems" in found || found.entry.canonical.length !== LENGTH_12) return found;
    const detail = this.#detail.map((at) => (cells[at] ?? "").trim());
    if (detail.includes("")) return found;
    return this.#completed(found.entry, detail, year) ?? found;
  }

  #completed({ canonical }: CodeEntry, detail: readonly string[], year: number): CodeLookup | null {
    const found = this.#context.codes.lookup([canonical, ...detail].join("."), year, "kode_coa");
    return "entry" in found ? found : null;
  }

  #status(text: string): PaymentStatus {
    let status = this.#statuses.get(text);
    if (status === undefined) {
      status = paymentStatus(text);
      this.#statuses.set(text, status);
    }
    return status;
  }

  #isConsistent(cells: readonly string[], rupiah: bigint): boolean {
    const [currency = "", rate = "", foreign = ""] = this.#money.map((at) => cells[at] ?? "");
    if ((currency === "RPH" || currency === "IDR") && rate === "1" && foreign === "0") return true;
    return isConsistent(currency, rate, foreign, rupiah);
  }
}
