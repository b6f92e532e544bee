import { sql } from "drizzle-orm";
import type { AchievementLine, ScopeOption } from "../extracts/index.ts";
import { fiscalYearOf } from "../periods.ts";
import type { References } from "../references/index.ts";
import type { Transaction, Value } from "../store/index.ts";
import { byPeriod, type Cell, overlapOf, putInForce, scopeSatkers, storeCells } from "./in-force.ts";
import type { Changes, Posted, Poster } from "./types.ts";

/** The extract in force for the cell of achievement `a`. */
export const ACHIEVEMENT_IN_FORCE = `f.kind = 'achievements' AND f.satker = a.satker AND f.fiscal_year = a.fiscal_year
  AND f.period = a.month AND f.extract_id = a.extract_id`;

/** What identifies a row within its cell, and what may differ between two statements of it. */
const KEY = ["month", "satker", "node", "indicator", "district"];
const CONTENT = [
  "target",
  "achieved",
  "unit_of_measure",
  "progress",
  "gap",
  "budget",
  "realization",
  "returns",
  "dipa_revision",
];
const COLUMNS = ["extract_id", "row", "ministry", "fiscal_year", ...KEY, ...CONTENT];

/** Posts achievements. A cell is month × satker: a list restates the satkers of its months whole. */
export class AchievementPoster implements Poster<AchievementLine> {
  readonly #tx: Transaction;
  readonly #extractId: number;
  readonly #references: References;
  readonly #scope: ScopeOption;
  readonly #months = new Set<string>();
  readonly #satkers = new Set<string>();
  #count = 0;

  constructor(tx: Transaction, extractId: number, references: References, scope: ScopeOption) {
    this.#tx = tx;
    this.#extractId = extractId;
    this.#references = references;
    this.#scope = scope;
  }

  async add(lines: readonly AchievementLine[]): Promise<void> {
    const rows = lines.map((line): Value[] => {
      this.#months.add(line.month);
      this.#satkers.add(line.satker);
      return [
        this.#extractId,
        line.row,
        line.ministry,
        line.fiscalYear,
        line.month,
        line.satker,
        line.node,
        line.indicator,
        line.district,
        line.target,
        line.achieved,
        line.unitOfMeasure,
        line.progress,
        line.gap,
        line.budget,
        line.realization,
        line.returns,
        line.dipaRevision,
      ];
    });
    this.#count += rows.length;
    await this.#tx.bulkInsert("achievements", COLUMNS, rows);
  }

  async finish(): Promise<Posted> {
    const cells = await this.#cells();
    await storeCells(this.#tx, "achievements", this.#extractId, byPeriod(cells));
    const overlap = await overlapOf(this.#tx, "achievements", this.#extractId);
    const changes =
      overlap.length > 0
        ? await this.#tx.joiningMany(() => this.#changes())
        : { created: this.#count, updated: 0, unchanged: 0, removed: 0 };
    await putInForce(this.#tx, "achievements", this.#extractId);
    const months = [...new Set(cells.map(({ period }) => period))].sort();
    return {
      changes,
      reports: [],
      scope: {
        kind: "achievements",
        fiscal_years: [...new Set(months.map(fiscalYearOf))],
        months,
        satkers: new Set(cells.map(({ satker }) => satker)).size,
      },
      lastDate: null,
      stored: 0n,
      lateRejects: [],
    };
  }

  /** The months × satkers of the file, widened by `--scope`. */
  async #cells(): Promise<Cell[]> {
    const added = await scopeSatkers(this.#tx, this.#references, "achievements", this.#scope);
    const satkers = new Set([...this.#satkers, ...added]);
    return [...new Set([...this.#months, ...this.#scope.months])].flatMap((period) =>
      [...satkers].map((satker) => ({ fiscalYear: fiscalYearOf(period), period, satker })),
    );
  }

  /** Compares the rows of this extract with those in force in its cells; to be asked before it is put in force. */
  async #changes(): Promise<Changes> {
    const text = (columns: string[]) =>
      columns.map((name) => `coalesce('=' || CAST(a.${name} AS text), '')`).join(" || ' ' || ");
    const side = (number: number) =>
      sql.raw(`
      SELECT ${number} AS side, ${text(KEY)} AS line_key, ${text(CONTENT)} AS content FROM achievements a`);
    const rows = await this.#tx.rows<{ sides: bigint; same: bigint; count: bigint }>(sql`
      SELECT sides, same, count(*) AS count FROM (
        SELECT CAST(sum(side) AS bigint) AS sides, CASE WHEN min(content) = max(content) THEN 1 ELSE 0 END AS same
        FROM (
          ${side(1)}
          JOIN cells_in_force f ON ${sql.raw(ACHIEVEMENT_IN_FORCE)}
          JOIN extract_cells e ON e.extract_id = ${this.#extractId} AND e.satker = a.satker
            AND e.fiscal_year = a.fiscal_year AND e.period = a.month
          UNION ALL ${side(2)} WHERE a.extract_id = ${this.#extractId}
        ) AS statements GROUP BY line_key
      ) AS pairs GROUP BY sides, same`);
    const count = (sides: bigint, same?: bigint) =>
      rows
        .filter((row) => row.sides === sides && (same === undefined || row.same === same))
        .reduce((sum, row) => sum + Number(row.count), 0);
    return { created: count(2n), updated: count(3n, 0n), unchanged: count(3n, 1n), removed: count(1n) };
  }
}
