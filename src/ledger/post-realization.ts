import { sql } from "drizzle-orm";
import type { CodeBook, RealizationLine, ScopeOption } from "../extracts/index.ts";
import { fiscalYearOf } from "../periods.ts";
import type { References } from "../references/index.ts";
import type { Transaction, Value } from "../store/index.ts";
import { changesOf } from "./changes.ts";
import { CodeStore } from "./code-store.ts";
import { overlapOf, putInForce, scopeSatkers, storeCells } from "./in-force.ts";
import { MonthSums } from "./month-sums.ts";
import { MONTH_COLUMNS, rebuildRealization } from "./realization-balances.ts";
import type { Changes, Posted, Poster } from "./types.ts";

const COLUMNS = ["extract_id", "row", "ministry", "code_id", "date", "document", "amount", "description"];

/** Adds to the months that a balance already has from other extracts. */
const ADD_MONTHS = `ON CONFLICT (code_id, ministry, fiscal_year, measure) DO UPDATE SET ${MONTH_COLUMNS.map(
  (column) =>
    `${column} = coalesce(month_balances.${column} + excluded.${column}, month_balances.${column}, excluded.${column})`,
).join(", ")}`;

/** Posts payment lines: lines as they come, balances summed on the way and stored once at the end. */
export class RealizationPoster implements Poster<RealizationLine> {
  readonly #tx: Transaction;
  readonly #extractId: number;
  readonly #references: References;
  readonly #codes: CodeBook;
  readonly #scope: ScopeOption;
  readonly #ids: CodeStore;
  readonly #sums = new MonthSums();
  readonly #months = new Set<string>();
  readonly #dates = new Map<string, number>();
  readonly #satkers = new Set<string>();
  #count = 0;
  #lastDate = "";

  constructor(tx: Transaction, extractId: number, references: References, codes: CodeBook, scope: ScopeOption) {
    this.#tx = tx;
    this.#extractId = extractId;
    this.#references = references;
    this.#codes = codes;
    this.#scope = scope;
    this.#ids = new CodeStore(tx);
  }

  async add(lines: readonly RealizationLine[]): Promise<void> {
    await this.#ids.prepare(lines);
    const rows: Value[][] = [];
    for (const { row, code, date, document, amount, description } of lines) {
      rows.push([this.#extractId, row, code.ministry, this.#ids.id(code), date, document, amount, description]);
      this.#sums.add(code.index, this.#monthOf(date), amount);
      this.#satkers.add(code.satker);
    }
    this.#count += rows.length;
    await this.#tx.bulkInsert("ledger_lines", COLUMNS, rows);
  }

  /** Number of the month; each distinct date is looked at once. */
  #monthOf(date: string): number {
    let month = this.#dates.get(date);
    if (month === undefined) {
      month = Number(date.slice(5, 7));
      this.#dates.set(date, month);
      this.#months.add(date.slice(0, 7));
      if (date > this.#lastDate) this.#lastDate = date;
    }
    return month;
  }

  async finish(): Promise<Posted> {
    const months = [...new Set([...this.#months, ...this.#scope.months])].sort();
    const satkers = new Set([
      ...this.#satkers,
      ...(await scopeSatkers(this.#tx, this.#references, "realization", this.#scope)),
    ]);
    const cells = months.flatMap((period) =>
      [...satkers].map((satker) => ({ fiscalYear: fiscalYearOf(period), period, satker })),
    );
    await storeCells(this.#tx, "realization", this.#extractId, cells);
    await this.#tx.analyze("ledger_lines", "code_combinations", "extract_cells", "cells_in_force");
    const changes = await this.#putInForce();
    await this.#tx.analyze("cells_in_force", "month_balances");
    return {
      changes,
      scope: {
        kind: "realization",
        fiscal_years: [...new Set(months.map(fiscalYearOf))],
        months,
        satkers: satkers.size,
      },
      lastDate: this.#lastDate === "" ? null : this.#lastDate,
      stored: await storedAmount(this.#tx, this.#extractId),
      lateRejects: [],
    };
  }

  /** Where no older extract spoke, the sums of this one are added; elsewhere balances follow again from the lines. */
  async #putInForce(): Promise<Changes> {
    const overlap = await overlapOf(this.#tx, "realization", this.#extractId);
    if (overlap.length === 0) {
      await putInForce(this.#tx, "realization", this.#extractId);
      await this.#addSums();
      return { created: this.#count, updated: 0, unchanged: 0, removed: 0 };
    }
    const changes = await this.#tx.joiningMany(() => changesOf(this.#tx, "realization", this.#extractId));
    await putInForce(this.#tx, "realization", this.#extractId);
    const touched = await this.#tx.rows<{ satker: string; fiscal_year: bigint }>(
      sql`SELECT DISTINCT satker, fiscal_year FROM extract_cells
        WHERE extract_id = ${this.#extractId} AND kind = 'realization'`,
    );
    await rebuildRealization(
      this.#tx,
      touched.map(({ satker, fiscal_year }) => ({ satker, fiscalYear: Number(fiscal_year) })),
    );
    return changes;
  }

  async #addSums(): Promise<void> {
    const columns = ["code_id", "ministry", "fiscal_year", "measure", ...MONTH_COLUMNS];
    let rows: Value[][] = [];
    for (const entry of this.#codes.entries) {
      const months = this.#sums.months(entry.index);
      if (!months) continue;
      rows.push([this.#ids.id(entry), entry.ministry, entry.fiscalYear, "realization", ...months]);
      if (rows.length < 1000) continue;
      await this.#tx.bulkInsert("month_balances", columns, rows, { onConflict: ADD_MONTHS });
      rows = [];
    }
    await this.#tx.bulkInsert("month_balances", columns, rows, { onConflict: ADD_MONTHS });
  }
}

async function storedAmount(tx: Transaction, extractId: number): Promise<bigint> {
  const [row] = await tx.rows<{ amount: bigint | null }>(
    sql`SELECT CAST(sum(amount) AS bigint) AS amount FROM ledger_lines WHERE extract_id = ${extractId}`,
  );
  return row?.amount ?? 0n;
}
