import { sql } from "drizzle-orm";
import type { ExtractKind, OutputLine, SatkerLine } from "../extracts/index.ts";
import type { Transaction, Value } from "../store/index.ts";
import type { Changes, Posted, Poster } from "./types.ts";

/** How a descriptive list is stored and compared: its key, and the rest of its columns. */
interface ListTable<Line> {
  kind: ExtractKind;
  table: string;
  keys: string[];
  columns: string[];
  values(line: Line): Value[];
  fiscalYear(line: Line): number | null;
}

const SATKERS: ListTable<SatkerLine> = {
  kind: "satkers",
  table: "satkers",
  keys: ["code"],
  columns: ["name", "ministry", "unit", "location", "authority", "kppn"],
  values: (line) => [line.code, line.name, line.ministry, line.unit, line.location, line.authority, line.kppn],
  fiscalYear: () => null,
};

const OUTPUTS: ListTable<OutputLine> = {
  kind: "outputs",
  table: "outputs",
  keys: ["fiscal_year", "node"],
  // Locations first: where an output stands in several rows, they tell which is which.
  columns: ["locations", "program", "name", "themes", "target", "unit_of_measure", "allocation"],
  values: (line) => [
    BigInt(line.fiscalYear),
    line.node,
    line.locations,
    line.program,
    line.name,
    line.themes,
    line.target,
    line.unitOfMeasure,
    line.allocation,
  ],
  fiscalYear: (line) => line.fiscalYear,
};

export function satkerPoster(tx: Transaction, extractId: number): Poster<SatkerLine> {
  return new ListPoster(tx, extractId, SATKERS);
}

export function outputPoster(tx: Transaction, extractId: number): Poster<OutputLine> {
  return new ListPoster(tx, extractId, OUTPUTS);
}

/** Posts rows of a list that describes codes. The newest posted extract that names a code describes it. */
class ListPoster<Line extends { row: number }> implements Poster<Line> {
  readonly #tx: Transaction;
  readonly #extractId: number;
  readonly #list: ListTable<Line>;
  readonly #years = new Set<number>();
  #count = 0;

  constructor(tx: Transaction, extractId: number, list: ListTable<Line>) {
    this.#tx = tx;
    this.#extractId = extractId;
    this.#list = list;
  }

  async add(lines: readonly Line[]): Promise<void> {
    const { table, keys, columns, values, fiscalYear } = this.#list;
    for (const line of lines) {
      const year = fiscalYear(line);
      if (year !== null) this.#years.add(year);
    }
    const rows = lines.map((line) => [BigInt(this.#extractId), BigInt(line.row), ...values(line)]);
    await this.#tx.bulkInsert(table, ["extract_id", "row", ...keys, ...columns], rows);
    this.#count += lines.length;
  }

  async finish(): Promise<Posted> {
    return {
      changes: await this.#changes(),
      reports: [],
      scope: {
        kind: this.#list.kind,
        fiscal_years: [...this.#years].sort(),
        months: [],
        satkers: this.#list.kind === "satkers" ? this.#count : 0,
      },
      lastDate: null,
      stored: 0n,
      lateRejects: [],
    };
  }

  /**
   * Compares each row with those of the newest earlier extract that names its key. A key may stand in several rows (an
   * output in several locations): they are paired in the order of their content.
   */
  async #changes(): Promise<Changes> {
    const { table, keys, columns } = this.#list;
    const [key, content] = [keys, columns].map((names) => names.map((name) => `l.${name} AS ${name}`).join(", "));
    const paired = (condition: string) => `
      SELECT ${key}, ${content}, row_number() OVER (
        PARTITION BY ${keys.map((name) => `l.${name}`).join(", ")}
        ORDER BY ${columns.map((name) => `l.${name}`).join(", ")}) AS place
      FROM ${table} l WHERE l.extract_id = ${condition}`;
    const earlier = `(
      SELECT max(p.extract_id) FROM ${table} p JOIN extracts x ON x.id = p.extract_id AND x.status = 'posted'
      WHERE ${keys.map((name) => `p.${name} = l.${name}`).join(" AND ")} AND p.extract_id < ${this.#extractId})`;
    const same = columns.map((name) => `n.${name} IS NOT DISTINCT FROM o.${name}`).join(" AND ");
    const rows = await this.#tx.rows<{ state: string; count: bigint }>(
      sql.raw(`
      SELECT state, count(*) AS count FROM (
        SELECT CASE WHEN o.${keys[0]} IS NULL THEN 'created' WHEN ${same} THEN 'unchanged' ELSE 'updated' END AS state
        FROM (${paired(String(this.#extractId))}) n
        LEFT JOIN (${paired(earlier)}) o ON ${keys.map((name) => `o.${name} = n.${name}`).join(" AND ")} AND o.place = n.place
      ) AS compared GROUP BY state`),
    );
    const count = (state: string) => Number(rows.find((row) => row.state === state)?.count ?? 0n);
    return { created: count("created"), updated: count("updated"), unchanged: count("unchanged"), removed: 0 };
  }
}
