import { type SQL, sql } from "drizzle-orm";
import type { Reader, Transaction, Value } from "../../store/index.ts";
import type { LedgerKind } from "../in-force.ts";
import { type ChangeSummary, ChangeTally, type Group } from "./change-sums.ts";
import { differences } from "./differences.ts";
import { LINE_TABLES } from "./line-tables.ts";
import { type DifferingLine, type LineChange, lineOf, type Move, pairLines } from "./pair-lines.ts";

/** What a new extract changes, and which balances follow from that. */
export interface RecordedChanges {
  kind: LedgerKind;
  summary: ChangeSummary;
  /** Lines written to `extract_changes`; created lines of cells that nothing spoke for before are not among them. */
  recorded: number;
  touched: TouchedCode[];
  /** Whether some cell was not spoken for before. */
  hasNewCells: boolean;
}

/** A code with lines that differ, and the periods they are in. */
export interface TouchedCode {
  codeId: number;
  ministry: string;
  satker: string;
  fiscalYear: number;
  periods: Set<string>;
}

const CHANGE_COLUMNS = [
  "extract_id",
  "kind",
  "number",
  "ministry",
  "state",
  "moved",
  "before_extract",
  "before_row",
  "after_row",
];
const MOVE_COLUMNS = [
  "extract_id",
  "number",
  "ministry",
  "satker",
  "document",
  "date",
  "from_code",
  "to_code",
  "amount",
];

/** Writes down which extract is in force for each cell of a new one. To be asked before the new one is put in force. */
export async function keepPrevious(tx: Transaction, kind: LedgerKind, extractId: number): Promise<void> {
  const inForce = sql`FROM cells_in_force f WHERE f.kind = extract_cells.kind AND f.satker = extract_cells.satker
    AND f.fiscal_year = extract_cells.fiscal_year AND f.period = extract_cells.period`;
  await tx.run(sql`UPDATE extract_cells SET previous = (SELECT f.extract_id ${inForce})
    WHERE extract_id = ${extractId} AND kind = ${kind}`);
}

/**
 * Compares a new extract with what was in force in its cells (`keepPrevious` says what) and keeps the lines that differ.
 */
export async function recordChanges(
  tx: Transaction,
  kind: LedgerKind,
  extractId: number,
  groups: readonly Group[] | null,
): Promise<RecordedChanges> {
  const replaced = await replacedExtracts(tx, kind, extractId);
  const hasNewCells = await coversNewCells(tx, kind, extractId);
  const after = groups ?? (await groupLines(tx, kind, extractId, null));
  const lines = after.reduce((sum, group) => sum + group.lines, 0);
  const record = new ChangeRecord(tx, kind, extractId);
  const sides = {
    kind,
    before: replaced.map(({ id, whole }) => ({
      id,
      within: whole ? null : sql`e.extract_id = ${extractId} AND e.previous = ${id}`,
    })),
    after: { id: extractId, within: hasNewCells ? sql`e.extract_id = ${extractId} AND e.previous IS NOT NULL` : null },
    lines: lines + (await countLines(tx, kind, replaced)),
  };
  for await (const found of differences(tx, sides)) await record.add(pairLines(found.before, found.after));
  const created = hasNewCells
    ? await groupLines(tx, kind, extractId, sql`e.extract_id = ${extractId} AND e.previous IS NULL`)
    : [];
  for (const group of created) record.tally.addCreated(group);
  return { kind, summary: record.tally.summary(after), recorded: record.count, touched: record.touched, hasNewCells };
}

/** The extracts that speak for cells of a new one until now, and whether it replaces all that each of them says. */
async function replacedExtracts(
  reader: Reader,
  kind: LedgerKind,
  extractId: number,
): Promise<{ id: number; whole: boolean }[]> {
  const rows = await reader.rows<{ id: bigint; whole: bigint }>(sql`
    SELECT n.previous AS id,
      CASE WHEN count(*) = (
        SELECT count(*) FROM extract_cells o WHERE o.extract_id = n.previous AND o.kind = ${kind}) THEN 1 ELSE 0 END AS whole
    FROM extract_cells n WHERE n.extract_id = ${extractId} AND n.kind = ${kind} AND n.previous IS NOT NULL
    GROUP BY n.previous ORDER BY n.previous`);
  return rows.map(({ id, whole }) => ({ id: Number(id), whole: whole === 1n }));
}

async function coversNewCells(reader: Reader, kind: LedgerKind, extractId: number): Promise<boolean> {
  const [row] = await reader.rows<{ n: bigint }>(sql`
    SELECT count(*) AS n FROM extract_cells WHERE extract_id = ${extractId} AND kind = ${kind} AND previous IS NULL`);
  return row !== undefined && row.n > 0n;
}

async function countLines(reader: Reader, kind: LedgerKind, extracts: readonly { id: number }[]): Promise<number> {
  const ids = sql.join(
    extracts.map(({ id }) => sql`${id}`),
    sql`, `,
  );
  const [row] = await reader.rows<{ n: bigint }>(
    sql`SELECT count(*) AS n FROM ${sql.raw(LINE_TABLES[kind].table)} WHERE extract_id IN (${ids})`,
  );
  return Number(row?.n ?? 0n);
}

/** Lines and rupiah of an extract by ministry, year and period, all or those within some cells `e`. */
export async function groupLines(
  reader: Reader,
  kind: LedgerKind,
  extractId: number,
  within: SQL | null,
): Promise<Group[]> {
  const { table, fiscalYear, period } = LINE_TABLES[kind];
  const cells = within
    ? sql`JOIN code_combinations c ON c.id = l.code_id AND c.ministry = l.ministry
        JOIN extract_cells e ON e.kind = ${kind} AND e.satker = c.satker AND e.fiscal_year = ${sql.raw(fiscalYear)}
          AND e.period = ${sql.raw(period)} AND ${within}`
    : sql``;
  const rows = await reader.rows<{ ministry: string; year: bigint; period: string; lines: bigint; amount: bigint }>(sql`
    SELECT l.ministry AS ministry, ${sql.raw(fiscalYear)} AS year, ${sql.raw(period)} AS period,
      count(*) AS lines, CAST(sum(l.amount) AS bigint) AS amount
    FROM ${sql.raw(table)} l ${cells} WHERE l.extract_id = ${extractId}
    GROUP BY l.ministry, ${sql.raw(fiscalYear)}, ${sql.raw(period)}`);
  return rows.map(({ ministry, year, period: when, lines, amount }) => {
    return { ministry, fiscalYear: Number(year), period: when, lines: Number(lines), amount };
  });
}

/** Writes changes down as they are found, and adds them up. */
class ChangeRecord {
  count = 0;
  readonly tally = new ChangeTally();
  readonly #tx: Transaction;
  readonly #kind: LedgerKind;
  readonly #extractId: bigint;
  readonly #touched = new Map<string, TouchedCode>();
  #moves = 0;

  constructor(tx: Transaction, kind: LedgerKind, extractId: number) {
    this.#tx = tx;
    this.#kind = kind;
    this.#extractId = BigInt(extractId);
  }

  get touched(): TouchedCode[] {
    return [...this.#touched.values()];
  }

  async add({ changes, moves }: { changes: readonly LineChange[]; moves: readonly Move[] }): Promise<void> {
    await this.#tx.bulkInsert(
      "extract_changes",
      CHANGE_COLUMNS,
      changes.map((change) => this.#changeRow(change)),
    );
    await this.#tx.bulkInsert(
      "extract_moves",
      MOVE_COLUMNS,
      moves.map((move) => this.#moveRow(move)),
    );
  }

  #changeRow(change: LineChange): Value[] {
    this.tally.add(change);
    const { state, before, after, moved } = change;
    for (const line of [before, after]) if (line) this.#touch(line);
    return [
      this.#extractId,
      this.#kind,
      BigInt(++this.count),
      lineOf(change).ministry,
      state,
      moved ? 1n : 0n,
      before && BigInt(before.extractId),
      before && BigInt(before.row),
      after && BigInt(after.row),
    ];
  }

  #moveRow(move: Move): Value[] {
    this.tally.addMove(move);
    const { satker, document, from, to, amount } = move;
    const [date = ""] = to.key.split(" ");
    const codes = [BigInt(from.codeId), BigInt(to.codeId)];
    return [this.#extractId, BigInt(++this.#moves), from.ministry, satker, document, date, ...codes, amount];
  }

  #touch({ codeId, ministry, satker, fiscalYear, period }: DifferingLine): void {
    const key = `${codeId} ${fiscalYear}`;
    let code = this.#touched.get(key);
    if (!code) {
      code = { codeId, ministry, satker, fiscalYear, periods: new Set() };
      this.#touched.set(key, code);
    }
    code.periods.add(period);
  }
}
