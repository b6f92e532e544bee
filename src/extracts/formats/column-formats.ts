import { parseRupiah } from "../../money.ts";
import { parseDate } from "../../periods.ts";
import type { TableRow } from "../readers/csv-parser.ts";
import { AmountProfile, type AmountVerdict, readByVerdict } from "./amount-profile.ts";
import { type AmountReading, type AmountStyle, type AmountUnit, readAmount } from "./amount-styles.ts";
import { type ColumnReport, columnReport } from "./column-report.ts";
import { DateProfile, type DateVerdict, readDateByVerdict } from "./date-profile.ts";
import { type DateReading, type DateStyle, readDate } from "./date-styles.ts";
import { DecimalColumns, type DecimalReading } from "./decimal-columns.ts";
import type { Formats } from "./formats.ts";

/** The columns of a layout whose way of writing is decided from all their cells. */
export interface WrittenColumns {
  amounts: readonly string[];
  dates: readonly string[];
  /** Columns of exact decimals; those of one family are written alike. */
  decimals?: readonly (readonly string[])[];
  /** What the source itself always writes and what can mean one thing only: as long as all cells are so, nothing is decided. */
  usual?: { amount: RegExp; date: RegExp };
  /** Columns for which somebody has said how they are written. */
  stated?: Record<string, StatedFormat>;
}

/** How a column is written, as somebody has said. */
export type StatedFormat =
  | { kind: "amount"; style: AmountStyle; unit: AmountUnit }
  | { kind: "date"; style: DateStyle };

/** What the cells of one column say about how it is written. */
export type ColumnVerdict =
  | { column: string; kind: "amount"; verdict: AmountVerdict }
  | { column: string; kind: "date"; verdict: DateVerdict };

/** Needs no column: plain digits, and `YYYY-MM-DD`. */
const PLAIN_AMOUNT = /^(?:-?\d+)?$/;
const PLAIN_DATE = /^(?:\d{4}-\d\d-\d\d)?$/;

/**
 * Reads amounts and dates as their whole column writes them. As long as all cells are plain nothing needs deciding; with
 * the first that is not, the whole table is looked through once, so that what row 2 means follows from row 900 too.
 */
export class ColumnFormats implements Formats {
  readonly #columns: readonly { name: string; kind: "amount" | "date"; index: number }[];
  readonly #usual: { amount: RegExp; date: RegExp };
  readonly #stated: ReadonlyMap<string, StatedFormat>;
  readonly #decimals: DecimalColumns;
  readonly #reread: () => AsyncIterable<TableRow[]>;
  readonly #date1904: boolean;
  #verdicts: ReadonlyMap<string, ColumnVerdict> | null = null;
  #adopted: ColumnReport[] | null = null;

  /**
   * @param indexOf where a column stands in the cells of a row; -1 when the file does not have it
   * @param reread the rows of the table from the first one again
   * @param date1904 whether serial numbers of days count from 1904
   */
  constructor(
    { amounts, dates, decimals = [], usual, stated = {} }: WrittenColumns,
    indexOf: (column: string) => number,
    reread: () => AsyncIterable<TableRow[]>,
    date1904 = false,
  ) {
    this.#columns = [
      ...amounts.map((name) => ({ name, kind: "amount" as const, index: indexOf(name) })),
      ...dates.map((name) => ({ name, kind: "date" as const, index: indexOf(name) })),
    ].filter(({ index }) => index >= 0);
    this.#usual = usual ?? { amount: PLAIN_AMOUNT, date: PLAIN_DATE };
    this.#stated = new Map(Object.entries(stated));
    this.#decimals = new DecimalColumns(decimals, indexOf, reread);
    this.#reread = reread;
    this.#date1904 = date1904;
  }

  /** Must see every batch of rows before it is read. */
  async prepare(rows: readonly TableRow[]): Promise<void> {
    await this.#decimals.prepare(rows);
    if (this.#verdicts === null && rows.some(({ cells }) => this.#needsColumn(cells))) {
      this.#verdicts = await this.#decide();
    }
  }

  /** How the columns are written that were looked at; none when all cells were plain. */
  reports(): ColumnReport[] {
    return this.#adopted ?? [...(this.#verdicts?.values() ?? [])].map(columnReport);
  }

  /** Takes over what another thread found that read the table instead of this one. */
  adopt(reports: ColumnReport[]): void {
    this.#adopted = reports;
  }

  amount(column: string, text: string): AmountReading {
    const stated = this.#stated.get(column);
    if (stated?.kind === "amount") return readAmount(text, stated.style, stated.unit);
    const found = this.#verdicts?.get(column);
    return found?.kind === "amount" ? readByVerdict(text, found.verdict) : parseRupiah(text);
  }

  date(column: string, text: string): DateReading {
    const stated = this.#stated.get(column);
    if (stated?.kind === "date") return readDate(text, stated.style, this.#date1904);
    const found = this.#verdicts?.get(column);
    return found?.kind === "date" ? readDateByVerdict(text, found.verdict) : parseDate(text);
  }

  decimal(column: string, text: string): DecimalReading {
    return this.#decimals.read(column, text);
  }

  #needsColumn(cells: readonly string[]): boolean {
    return this.#columns.some(({ kind, index }) => {
      return !this.#usual[kind].test(cells[index] ?? "");
    });
  }

  async #decide(): Promise<ReadonlyMap<string, ColumnVerdict>> {
    const amounts = new Map<string, AmountProfile>();
    const dates = new Map<string, DateProfile>();
    for (const { name, kind } of this.#columns) {
      if (kind === "amount") amounts.set(name, new AmountProfile());
      else dates.set(name, new DateProfile(this.#date1904));
    }
    for await (const rows of this.#reread()) {
      for (const { row, cells, malformed } of rows) {
        if (malformed) continue;
        for (const { name, index } of this.#columns) {
          (amounts.get(name) ?? dates.get(name))?.add(row, cells[index] ?? "");
        }
      }
    }
    const family = [...amounts.values()];
    return new Map<string, ColumnVerdict>([
      ...[...amounts].map(([column, profile]): [string, ColumnVerdict] => {
        const others = family.filter((other) => other !== profile);
        return [column, { column, kind: "amount", verdict: profile.verdict(others) }];
      }),
      ...[...dates].map(([column, profile]): [string, ColumnVerdict] => {
        return [column, { column, kind: "date", verdict: profile.verdict() }];
      }),
    ]);
  }
}
