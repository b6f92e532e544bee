import { sql } from "drizzle-orm";
import {
  amountAt,
  type CheckedPayments,
  dateText,
  hasTexts,
  type Payments,
  type ScopeOption,
  textAt,
} from "../extracts/index.ts";
import { fiscalYearOf, monthOf } from "../periods.ts";
import type { References } from "../references/index.ts";
import type { RowWriter, Transaction } from "../store/index.ts";
import { CodeStore } from "./code-store.ts";
import { addColumns, type BalanceSource } from "./columns/index.ts";
import { type PaymentsEnd, usedCodes } from "./gather-payments.ts";
import { overlapOf, putInForce, scopeSatkers, storeCells } from "./in-force.ts";
import { MonthSums } from "./month-sums.ts";
import { MONTH_COLUMNS } from "./realization-balances.ts";
import { ADD_MONTHS, supersede } from "./supersede.ts";
import { allNew, countsOf, type Posted, type PostedReport } from "./types.ts";

const COLUMNS = ["row", "code_id", "date", "document", "amount"];
const BALANCE_COLUMNS = ["code_id", "ministry", "fiscal_year", ...MONTH_COLUMNS];

/** Posts payment lines: lines as they come; codes and balances, gathered on the way, are stored once at the end. */
export class RealizationPoster {
  readonly #tx: Transaction;
  readonly #extractId: number;
  readonly #references: References;
  readonly #scope: ScopeOption;
  readonly #codes: CodeStore;
  /** Printed dates by number; a year has few. */
  readonly #dates = new Map<number, string>();
  #lastDate = 0;

  constructor(tx: Transaction, extractId: number, references: References, scope: ScopeOption) {
    this.#tx = tx;
    this.#extractId = extractId;
    this.#references = references;
    this.#scope = scope;
    this.#codes = new CodeStore(tx);
  }

  async add({ payments, newCodes }: Pick<CheckedPayments, "payments" | "newCodes">): Promise<void> {
    await this.#codes.add(newCodes.canonicals, newCodes.fiscalYears);
    await this.#storeLines(payments);
  }

  /** What all lines of a batch have in common is said once: most batches lie within a ministry, and most describe nothing. */
  async #storeLines(payments: Payments): Promise<void> {
    const { length, rows, codes, dates, documents, descriptions } = payments;
    if (length === 0) return;
    const ministry = this.#ministryOfAll(payments);
    const isDescribed = hasTexts(payments, descriptions);
    const columns = [...COLUMNS];
    if (ministry === null) columns.push("ministry");
    if (isDescribed) columns.push("description");
    const write: RowWriter = (values, at, index) => {
      const code = codes[index] as number;
      values[at] = rows[index] as number;
      values[at + 1] = this.#codes.id(code);
      values[at + 2] = this.#printed(dates[index] as number);
      values[at + 3] = textAt(payments, documents, index);
      values[at + 4] = amountAt(payments, index);
      if (ministry === null) values[at + 5] = this.#codes.ministry(code);
      if (isDescribed) values[at + columns.length - 1] = textAt(payments, descriptions, index);
    };
    const constant = { extract_id: this.#extractId, ...(ministry === null ? {} : { ministry }) };
    await this.#tx.bulkLoad("ledger_lines", columns, length, write, { constant });
  }

  #ministryOfAll({ length, codes }: Payments): string | null {
    const first = this.#codes.ministry(codes[0] as number);
    for (let at = 1; at < length; at++) if (this.#codes.ministry(codes[at] as number) !== first) return null;
    return first;
  }

  #printed(date: number): string {
    let text = this.#dates.get(date);
    if (text === undefined) {
      text = dateText(date);
      this.#dates.set(date, text);
      if (date > this.#lastDate) this.#lastDate = date;
    }
    return text;
  }

  /** @param end what follows from all lines of the file, also from those that were not added because it is blocked */
  async finish(end: PaymentsEnd): Promise<Posted> {
    const sums = new MonthSums(end.gathered.sums);
    await this.#codes.flush((position) => sums.has(position));
    const { months: ownMonths, satkers: ownSatkers } = this.#covered(sums);
    const months = [...new Set([...ownMonths, ...this.#scope.months])].sort();
    const satkers = new Set([
      ...ownSatkers,
      ...(await scopeSatkers(this.#tx, this.#references, "realization", this.#scope)),
    ]);
    const covered = [...satkers];
    const periods = months.map((period) => ({ fiscalYear: fiscalYearOf(period), period, satkers: covered }));
    await storeCells(this.#tx, "realization", this.#extractId, periods);
    await this.#tx.analyze("ledger_lines", "stored_codes", "extract_cells", "cells_in_force");
    const report = await this.#putInForce(end, sums);
    await this.#tx.analyze("cells_in_force", "month_balances");
    return {
      changes: countsOf(report.summary.total),
      reports: [report],
      scope: {
        kind: "realization",
        fiscal_years: [...new Set(months.map(fiscalYearOf))],
        months,
        satkers: satkers.size,
      },
      lastDate: this.#lastDate === 0 ? null : dateText(this.#lastDate),
      stored: await storedAmount(this.#tx, this.#extractId),
      lateRejects: [],
    };
  }

  /** Months and satkers of the lines. */
  #covered(sums: MonthSums): { months: Set<string>; satkers: Set<string> } {
    const bits = new Map<number, number>();
    const satkers = new Set<string>();
    let satker = "none";
    for (let position = 0; position < this.#codes.size; position++) {
      const present = sums.monthBits(position);
      if (present === 0) continue;
      const year = this.#codes.fiscalYear(position);
      bits.set(year, (bits.get(year) ?? 0) | present);
      // Codes of a satker mostly follow each other.
      if (this.#codes.canonical(position).startsWith(satker)) continue;
      satker = this.#codes.satker(position);
      satkers.add(satker);
    }
    const months = new Set<string>();
    for (const [year, present] of bits) {
      for (let month = 1; month <= 12; month++) if (present & (1 << (month - 1))) months.add(monthOf(year, month));
    }
    return { months, satkers };
  }

  /** Where no older extract spoke, the sums of this one are added; elsewhere balances follow from what changes. */
  async #putInForce(end: PaymentsEnd, sums: MonthSums): Promise<PostedReport> {
    const { groups } = end.gathered;
    const overlap = await overlapOf(this.#tx, "realization", this.#extractId);
    if (overlap.length > 0) return supersede(this.#tx, "realization", this.#extractId, groups);
    await putInForce(this.#tx, "realization", this.#extractId, false);
    await this.#addSums(end, sums);
    return allNew("realization", groups);
  }

  async #addSums(end: PaymentsEnd, sums: MonthSums): Promise<void> {
    const used = usedCodes(sums, this.#codes.size);
    const write: RowWriter = (values, at, index) => {
      const position = used[index] as number;
      values[at] = this.#codes.id(position);
      values[at + 1] = this.#codes.ministry(position);
      values[at + 2] = this.#codes.fiscalYear(position);
      sums.write(position, values, at + 3);
    };
    await this.#tx.bulkLoad("month_balances", BALANCE_COLUMNS, used.length, write, {
      onConflict: ADD_MONTHS,
      constant: { measure: "realization" },
    });
    // The columns speak for all codes of the file; those behind a block were never added.
    const fresh = end.gathered.codes === this.#codes.size ? await end.columns() : [];
    await addColumns(this.#tx, this.#source(used, sums), fresh);
  }

  /** The sums of codes by position, for the second-level balances. */
  #source(used: Int32Array, sums: MonthSums): BalanceSource {
    const at = (index: number) => used[index] as number;
    return {
      count: used.length,
      measures: ["realization"],
      codeId: (index) => this.#codes.id(at(index)),
      ministry: (index) => this.#codes.ministry(at(index)),
      fiscalYear: (index) => this.#codes.fiscalYear(at(index)),
      code: (index) => this.#codes.canonical(at(index)),
      amounts: (index, _, into) => sums.copy(at(index), into),
      isEmpty: () => false,
    };
  }
}

async function storedAmount(tx: Transaction, extractId: number): Promise<bigint> {
  const [row] = await tx.rows<{ amount: bigint | null }>(
    sql`SELECT CAST(sum(amount) AS bigint) AS amount FROM ledger_lines WHERE extract_id = ${extractId}`,
  );
  return row?.amount ?? 0n;
}
