import { formatMonth, type Language, type Translate, translator } from "../src/i18n/index.ts";
import { type Reconciliation, reconciliationTable } from "../src/reconciliation/index.ts";
import { columnName, live } from "./cells.ts";
import type { CellValue, Column, Sheet } from "./sheet.ts";
import { COLOURS } from "./styles.ts";
import { tableWorkbook } from "./table-workbook.ts";
import { type WrittenWorkbook, writeWorkbook } from "./write.ts";

type TableColumn = ReturnType<typeof reconciliationTable>["columns"][number];
type Values = Partial<Record<TableColumn, bigint | number | null>>;

const RUPIAH_WIDTH = 21;

/** Index of the first name column, where totals say what they are. */
const LABEL = 1;

/**
 * Writes a reconciliation as a workbook of one sheet: the rows, their totals as live formulas, and below them what
 * cannot be placed and what the theme does not touch, so that the sheet adds up to the ledger.
 */
export async function writeReconciliation(
  result: Reconciliation,
  file: string,
  language: Language,
): Promise<WrittenWorkbook> {
  const t = translator(language);
  const { window } = result.request;
  const period = `${formatMonth(window.from, language)} – ${formatMonth(window.to, language)}`;
  const moment = new Date(`${result.dataAsOf ?? `${window.to}-01`}T00:00:00Z`);
  const book = tableWorkbook(t("reconcile.title"), period, t, moment);
  const sheet = book.sheet(t("reconcile.sheet"), COLOURS.navy);
  new ReconciliationSheet(sheet, result, t).write(period);
  return writeWorkbook(book, file);
}

/** Lays one reconciliation out on a sheet. */
class ReconciliationSheet {
  readonly #sheet: Sheet;
  readonly #result: Reconciliation;
  readonly #t: Translate;
  readonly #columns: readonly TableColumn[];
  readonly #rows: (string | number | bigint | null)[][];

  constructor(sheet: Sheet, result: Reconciliation, t: Translate) {
    const { columns, rows } = reconciliationTable(result);
    this.#sheet = sheet;
    this.#result = result;
    this.#t = t;
    this.#columns = columns;
    this.#rows = rows;
  }

  write(period: string): void {
    const { request, dataAsOf, residual } = this.#result;
    const t = this.#t;
    const last = this.#columns.length;
    const set =
      request.theme === null
        ? t("reconcile.everything")
        : t("reconcile.themed", { theme: request.theme, basis: t(`reconcile.basis.${request.basis}`) });
    const past = request.asOf === undefined ? [] : [t("cli.asOf", { moment: request.asOf })];
    const filters = Object.entries(request.where).map(([dimension, values]) => `${dimension}=${values.join("|")}`);
    this.#sheet.titles(
      t("reconcile.title"),
      [`${period} · ${set}`, [t("reconcile.unit", { date: dataAsOf ?? "–" }), ...past, ...filters].join(" · ")],
      last,
    );
    const [top, bottom] = this.#sheet.table(this.#columns.map((column) => this.#column(column)));
    const first = this.#sheet.row;
    for (const cells of this.#rows) this.#sheet.line(cells.map((cell, index) => this.#cell(cell, index)));
    const end = this.#sheet.row - 1;
    this.#sheet.line(this.#totalLine(first, end), { look: "total" });
    this.#outside();
    this.#sheet.row++;
    this.#sheet.footnote(t("reconcile.residual", { residual: String(residual) }), last);
    const notes = this.#sheet.notes(last);
    this.#sheet.freeze(bottom + 1, 2);
    if (end >= first) this.#sheet.filter(bottom, last, end);
    this.#sheet.print({ repeat: [top, bottom], lastColumn: last, lastRow: this.#sheet.row + notes });
  }

  #column(column: TableColumn): Column {
    const title = this.#t(`term.${column}`);
    if (column === "name") return { title, format: "text", width: 44 };
    if (column === "absorption") return { title, format: "percent", width: 12 };
    return this.#isMeasure(column)
      ? { title, format: "rupiah", width: RUPIAH_WIDTH }
      : { title, format: "code", width: 22 };
  }

  #isMeasure(column: TableColumn): boolean {
    return (reconciliationTable(this.#result).measures as readonly string[]).includes(column);
  }

  /** What follows from other cells of its row is a formula. */
  #cell(cell: string | number | bigint | null, index: number): CellValue {
    const column = this.#columns[index];
    const row = this.#sheet.row;
    const [budget, realization] = [this.#letter("budget"), this.#letter("realization")];
    if (column === "remaining" && typeof cell === "bigint") return live(`${budget}${row}-${realization}${row}`, cell);
    if (column === "absorption") {
      return live(`IF(${budget}${row}=0,"",${realization}${row}/${budget}${row})`, cell === null ? "" : Number(cell));
    }
    if (cell === null && column === "name") return this.#t("report.unknown-name");
    return cell;
  }

  #letter(column: TableColumn): string {
    return columnName(this.#columns.indexOf(column) + 1);
  }

  #totalLine(first: number, last: number): CellValue[] {
    const { total } = this.#result;
    const values: Values = total;
    return this.#columns.map((column, index) => {
      if (index === LABEL) return this.#t("cli.total");
      const value = values[column] ?? null;
      if (column === "remaining" || column === "absorption") return this.#cell(value, index);
      if (typeof value !== "bigint" || last < first) return value;
      const letter = columnName(index + 1);
      return live(`SUM(${letter}${first}:${letter}${last})`, value);
    });
  }

  /** Money of the window that no row holds. */
  #outside(): void {
    const { request, unallocated, untagged, filteredOut } = this.#result;
    if (request.theme === null) return;
    const line = (label: string, values: Values) =>
      this.#sheet.line(
        this.#columns.map((column, index) => (index === LABEL ? label : (values[column] ?? null))),
        { look: "aside" },
      );
    for (const { reason, ...values } of unallocated) line(this.#t("cli.unallocated", { reason }), values);
    line(this.#t("cli.untagged"), untagged);
    if (Object.values(filteredOut).some((value) => value !== null && value !== 0n))
      line(this.#t("cli.filteredOut"), filteredOut);
  }
}
