import { sql } from "drizzle-orm";
import {
  amountAt,
  type CheckedPayments,
  dateText,
  type Payments,
  type ScopeOption,
  textAt,
} from "../extracts/index.ts";
import { fiscalYearOf, monthOf } from "../periods.ts";
import type { References } from "../references/index.ts";
import type { RowWriter, Transaction } from "../store/index.ts";
import { CodeStore } from "./code-store.ts";
import { addColumns, type BalanceSource } from "./columns/index.ts";
import { overlapOf, putInForce, scopeSatkers, storeCells } from "./in-force.ts";
import { LineCounts } from "./line-counts.ts";
import { MonthSums } from "./month-sums.ts";
import { MONTH_COLUMNS } from "./realization-balances.ts";
import { ADD_MONTHS, supersede } from "./supersede.ts";
import { allNew, countsOf, type Posted, type PostedReport } from "./types.ts";

const COLUMNS = ["extract_id", "row", "ministry", "code_id", "date", "document", "amount", "description"];
const BALANCE_COLUMNS = ["code_id", "ministry", "fiscal_year", "measure", ...MONTH_COLUMNS];

/** Posts payment lines: lines as they come; codes and balances, gathered on the way, are stored once at the end. */
export class RealizationPoster {
  readonly #tx: Transaction;
  readonly #extractId: number;
  readonly #references: References;
  readonly #scope: ScopeOption;
  readonly #codes: CodeStore;
  readonly #sums = new MonthSums();
  readonly #counts: LineCounts;
  /** Printed dates by number; a year has few. */
  readonly #dates = new Map<number, string>();
  #lastDate = 0;

  constructor(tx: Transaction, extractId: number, references: References, scope: ScopeOption) {
    this.#tx = tx;
    this.#extractId = extractId;
    this.#references = references;
    this.#scope = scope;
    this.#codes = new CodeStore(tx);
    this.#counts = new LineCounts(this.#codes);
  }

  async add({ payments, newCodes }: Pick<CheckedPayments, "payments" | "newCodes">): Promise<void> {
    await this.#codes.add(newCodes.canonicals, newCodes.fiscalYears);
    this.#sums.add(payments);
    this.#counts.add(payments);
    await this.#tx.bulkLoad("ledger_lines", COLUMNS, payments.length, this.#lineWriter(payments));
  }

  #lineWriter(payments: Payments): RowWriter {
    const { rows, codes, dates, documents, descriptions } = payments;
    return (values, at, index) => {
      const code = codes[index] as number;
      values[at] = this.#extractId;
      values[at + 1] = rows[index] as number;
      values[at + 2] = this.#codes.ministry(code);
      values[at + 3] = this.#codes.id(code);
      values[at + 4] = this.#printed(dates[index] as number);
      values[at + 5] = textAt(payments, documents, index);
      values[at + 6] = amountAt(payments, index);
      values[at + 7] = textAt(payments, descriptions, index);
    };
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

  async finish(): Promise<Posted> {
    await this.#codes.flush((position) => this.#sums.has(position));
    const { months: ownMonths, satkers: ownSatkers } = this.#covered();
    const months = [...new Set([...ownMonths, ...this.#scope.months])].sort();
    const satkers = new Set([
      ...ownSatkers,
      ...(await scopeSatkers(this.#tx, this.#references, "realization", this.#scope)),
    ]);
    const cells = months.flatMap((period) =>
      [...satkers].map((satker) => ({ fiscalYear: fiscalYearOf(period), period, satker })),
    );
    await storeCells(this.#tx, "realization", this.#extractId, cells);
    await this.#tx.analyze("ledger_lines", "stored_codes", "extract_cells", "cells_in_force");
    const report = await this.#putInForce();
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
  #covered(): { months: Set<string>; satkers: Set<string> } {
    const bits = new Map<number, number>();
    const satkers = new Set<string>();
    for (let position = 0; position < this.#codes.size; position++) {
      const present = this.#sums.monthBits(position);
      if (present === 0) continue;
      const year = this.#codes.fiscalYear(position);
      bits.set(year, (bits.get(year) ?? 0) | present);
      satkers.add(this.#codes.satker(position));
    }
    const months = new Set<string>();
    for (const [year, present] of bits) {
      for (let month = 1; month <= 12; month++) if (present & (1 << (month - 1))) months.add(monthOf(year, month));
    }
    return { months, satkers };
  }

  /** Where no older extract spoke, the sums of this one are added; elsewhere balances follow from what changes. */
  async #putInForce(): Promise<PostedReport> {
    const groups = this.#counts.groups(this.#sums);
    const overlap = await overlapOf(this.#tx, "realization", this.#extractId);
    if (overlap.length > 0) return supersede(this.#tx, "realization", this.#extractId, groups);
    await putInForce(this.#tx, "realization", this.#extractId);
    await this.#addSums();
    return allNew("realization", groups);
  }

  async #addSums(): Promise<void> {
    const used: number[] = [];
    for (let position = 0; position < this.#codes.size; position++) if (this.#sums.has(position)) used.push(position);
    const write: RowWriter = (values, at, index) => {
      const position = used[index] as number;
      values[at] = this.#codes.id(position);
      values[at + 1] = this.#codes.ministry(position);
      values[at + 2] = this.#codes.fiscalYear(position);
      values[at + 3] = "realization";
      this.#sums.write(position, values, at + 4);
    };
    await this.#tx.bulkLoad("month_balances", BALANCE_COLUMNS, used.length, write, { onConflict: ADD_MONTHS });
    await addColumns(this.#tx, this.#source(used));
  }

  /** The sums of codes by position, for the second-level balances. */
  #source(used: readonly number[]): BalanceSource {
    const at = (index: number) => used[index] as number;
    return {
      count: used.length,
      measures: ["realization"],
      codeId: (index) => this.#codes.id(at(index)),
      ministry: (index) => this.#codes.ministry(at(index)),
      fiscalYear: (index) => this.#codes.fiscalYear(at(index)),
      code: (index) => this.#codes.canonical(at(index)),
      amounts: (index, _, into) => this.#sums.write(at(index), into, 0),
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
