import { sql } from "drizzle-orm";
import type { BudgetLine, ScopeOption } from "../extracts/index.ts";
import type { References } from "../references/index.ts";
import type { Transaction, Value } from "../store/index.ts";
import { BUDGET_COLUMNS } from "./budget-columns.ts";
import { groupLines } from "./changes/index.ts";
import { CodeStore } from "./code-store.ts";
import { byPeriod, type Cell, overlapOf, putInForce, scopeSatkers, storeCells } from "./in-force.ts";
import { rebuildBudget } from "./rebuild-budget.ts";
import { supersede } from "./supersede.ts";
import { allNew, countsOf, type Posted, type PostedReport, type Poster } from "./types.ts";

const COLUMNS = ["extract_id", "row", "ministry", "code_id", ...BUDGET_COLUMNS];

/** Posts DIPA lines. A cell is fiscal year × satker × revision: a revision restates its satker whole. */
export class BudgetPoster implements Poster<BudgetLine> {
  readonly #tx: Transaction;
  readonly #extractId: number;
  readonly #references: References;
  readonly #scope: ScopeOption;
  readonly #ids: CodeStore;
  readonly #cells = new Map<string, Cell>();

  constructor(tx: Transaction, extractId: number, references: References, scope: ScopeOption) {
    this.#tx = tx;
    this.#extractId = extractId;
    this.#references = references;
    this.#scope = scope;
    this.#ids = new CodeStore(tx);
  }

  async add(lines: readonly BudgetLine[]): Promise<void> {
    await this.#ids.prepare(lines);
    const extract = BigInt(this.#extractId);
    const rows = lines.map((line): Value[] => {
      this.cover(line.fiscalYear, line.revision, line.code.satker);
      return [
        extract,
        BigInt(line.row),
        line.code.ministry,
        BigInt(this.#ids.id(line.code.index)),
        BigInt(line.fiscalYear),
        BigInt(line.revision),
        line.revisionDate,
        line.amount,
        line.blocked,
        line.commitment,
        ...line.plan,
      ];
    });
    await this.#tx.bulkInsert("budget_lines", COLUMNS, rows);
  }

  /** The printed code at a position of the code book, if a line has it. */
  canonical(position: number): string | undefined {
    return this.#ids.canonical(position);
  }

  /** The extract speaks for a revision of a satker, whether or not it has lines of it. */
  cover(fiscalYear: number, revision: number, satker: string): void {
    this.#cover({ fiscalYear, period: periodOf(revision), satker });
  }

  async finish(): Promise<Posted> {
    await this.#widen();
    const cells = [...this.#cells.values()];
    await storeCells(this.#tx, "budget", this.#extractId, byPeriod(cells));
    await this.#tx.analyze("budget_lines", "stored_codes", "extract_cells", "cells_in_force");
    const overlap = await overlapOf(this.#tx, "budget", this.#extractId);
    const report =
      overlap.length > 0 ? await supersede(this.#tx, "budget", this.#extractId) : await this.#putInForce(cells);
    await this.#tx.analyze("month_balances", "year_balances");
    return {
      changes: countsOf(report.summary.total),
      reports: [report],
      scope: {
        kind: "budget",
        fiscal_years: [...new Set(cells.map(({ fiscalYear }) => fiscalYear))].sort(),
        months: [],
        satkers: new Set(cells.map(({ satker }) => satker)).size,
      },
      lastDate: null,
      stored: await this.#stored(),
      lateRejects: [],
    };
  }

  /** Where no older extract spoke, every line is new. */
  async #putInForce(cells: readonly Cell[]): Promise<PostedReport> {
    await putInForce(this.#tx, "budget", this.#extractId);
    const touched = new Map(cells.map(({ satker, fiscalYear }) => [`${satker} ${fiscalYear}`, { satker, fiscalYear }]));
    await this.#tx.analyze("cells_in_force");
    await rebuildBudget(this.#tx, [...touched.values()]);
    return allNew("budget", await groupLines(this.#tx, "budget", this.#extractId, null));
  }

  /** Satkers of `--scope` that vanished from the file: their cells of the same years and revisions are emptied. */
  async #widen(): Promise<void> {
    const satkers = await scopeSatkers(this.#tx, this.#references, "budget", this.#scope);
    const pairs = [...this.#cells.values()].map(({ fiscalYear, period }) => `${fiscalYear} ${period}`);
    for (const pair of new Set(pairs)) {
      const [year = "", period = ""] = pair.split(" ");
      for (const satker of satkers) this.#cover({ fiscalYear: Number(year), period, satker });
    }
  }

  #cover(cell: Cell): void {
    this.#cells.set(`${cell.satker} ${cell.fiscalYear} ${cell.period}`, cell);
  }

  async #stored(): Promise<bigint> {
    const [row] = await this.#tx.rows<{ amount: bigint | null }>(
      sql`SELECT CAST(sum(amount) AS bigint) AS amount FROM budget_lines WHERE extract_id = ${this.#extractId}`,
    );
    return row?.amount ?? 0n;
  }
}

/** The period of a revision: four digits, so that text sorts like numbers. */
function periodOf(revision: number): string {
  return String(revision).padStart(4, "0");
}
