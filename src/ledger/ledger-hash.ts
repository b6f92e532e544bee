import { createHash } from "node:crypto";
import { type SQL, sql } from "drizzle-orm";
import type { Reader } from "../store/index.ts";
import { BUDGET_IN_FORCE } from "./budget-balances.ts";
import { BUDGET_COLUMNS } from "./budget-columns.ts";
import { ContentHash } from "./content-hash.ts";
import type { LedgerKind } from "./in-force.ts";
import { ACHIEVEMENT_IN_FORCE } from "./post-achievements.ts";
import { REALIZATION_IN_FORCE } from "./realization-balances.ts";

type ListPart = "satkers" | "outputs" | "achievements" | "tags";
export type LedgerPart = LedgerKind | ListPart;

/** What one part of the ledger holds. */
export interface PartHash {
  /** Lines or entries in force. */
  entries: number;
  /** SHA-256 values of the entries, added: 64 hexadecimal digits. */
  hash: string;
}

/** The content of what is in force, whatever the extracts are called that said it, in which order, on which engine. */
export interface LedgerHash {
  /** Hash of the hashes of the parts. */
  hash: string;
  parts: Record<LedgerPart, PartHash>;
}

type Values = (string | bigint | null)[];
type Row = Record<string, string | bigint | null>;

/** Lines per query. */
const PAGE = 20_000;

/** The columns of a line that count, beside its printed code. */
const LINES: Record<LedgerKind, { table: string; columns: string[]; inForce: string }> = {
  realization: {
    table: "ledger_lines",
    columns: ["date", "document", "amount", "description"],
    inForce: REALIZATION_IN_FORCE,
  },
  budget: {
    table: "budget_lines",
    columns: BUDGET_COLUMNS,
    inForce: BUDGET_IN_FORCE,
  },
};

/** The newest posted row of a list for each key. */
function newest(table: string, keys: string[], columns: string[]): SQL {
  const key = keys.join(", ");
  return sql.raw(`SELECT ${[...keys, ...columns].map((name) => `l.${name} AS ${name}`).join(", ")} FROM ${table} l
    JOIN (SELECT ${key}, max(extract_id) AS extract_id FROM ${table}
      WHERE extract_id IN (SELECT id FROM extracts WHERE status = 'posted') GROUP BY ${key}) AS n
      ON ${[...keys, "extract_id"].map((name) => `n.${name} = l.${name}`).join(" AND ")}`);
}

/** Parts that are small enough to be read at once. */
const LISTS: Record<ListPart, SQL> = {
  satkers: newest("satkers", ["code"], ["name", "ministry", "unit", "location", "authority", "kppn"]),
  outputs: newest(
    "outputs",
    ["fiscal_year", "node"],
    ["program", "name", "themes", "target", "unit_of_measure", "allocation", "locations"],
  ),
  achievements: sql`SELECT a.ministry, a.month, a.satker, a.node, a.indicator, a.district, a.target, a.achieved,
      a.unit_of_measure, a.progress, a.gap, a.budget, a.realization, a.returns, a.dipa_revision
    FROM achievements a JOIN cells_in_force f ON ${sql.raw(ACHIEVEMENT_IN_FORCE)}`,
  tags: sql`SELECT theme, node, intervention, fiscal_year_from, fiscal_year_to, share, status, agreement, evidence FROM tags`,
};

/** Hashes everything in force; reads all of it. */
export async function ledgerHash(reader: Reader): Promise<LedgerHash> {
  const parts = {
    realization: await hashLines(reader, "realization"),
    budget: await hashLines(reader, "budget"),
    satkers: await hashList(reader, "satkers"),
    outputs: await hashList(reader, "outputs"),
    achievements: await hashList(reader, "achievements"),
    tags: await hashList(reader, "tags"),
  };
  const all = Object.entries(parts).map(([name, { entries, hash }]) => `${name} ${entries} ${hash}\n`);
  return { hash: createHash("sha256").update(all.join("")).digest("hex"), parts };
}

async function hashList(reader: Reader, name: ListPart): Promise<PartHash> {
  const sum = new ContentHash();
  for (const row of await reader.rows<Row>(LISTS[name])) sum.add(Object.values(row));
  return partOf(sum);
}

function partOf(sum: ContentHash): PartHash {
  return { entries: sum.count, hash: sum.digest() };
}

async function hashLines(reader: Reader, kind: LedgerKind): Promise<PartHash> {
  const sum = new ContentHash();
  const extracts = await reader.rows<{ id: bigint; whole: bigint }>(sql`
    SELECT f.extract_id AS id,
      CASE WHEN count(*) = (SELECT count(*) FROM extract_cells e WHERE e.extract_id = f.extract_id AND e.kind = ${kind}) THEN 1 ELSE 0 END AS whole
    FROM cells_in_force f WHERE f.kind = ${kind} GROUP BY f.extract_id`);
  for (const { id, whole } of extracts) {
    for await (const values of linesOf(reader, kind, id, whole === 1n)) sum.add(values);
  }
  return partOf(sum);
}

/** The lines of an extract that are in force, page by page along the key; all of them when it is in force as a whole. */
async function* linesOf(reader: Reader, kind: LedgerKind, extractId: bigint, whole: boolean): AsyncGenerator<Values> {
  const { table, columns, inForce } = LINES[kind];
  let after: [bigint, string] = [-1n, ""];
  for (;;) {
    const rows = await reader.rows<Row>(sql`
      SELECT l.row AS place, l.ministry AS ministry, c.code AS code,
        ${sql.raw(columns.map((name) => `l.${name} AS ${name}`).join(", "))}
      FROM ${sql.raw(table)} l JOIN code_combinations c ON c.id = l.code_id AND c.ministry = l.ministry
      ${whole ? sql`` : sql`JOIN cells_in_force f ON ${sql.raw(inForce)}`}
      WHERE l.extract_id = ${extractId} AND (l.row, l.ministry) > (${after[0]}, ${after[1]})
      ORDER BY l.row, l.ministry LIMIT ${PAGE}`);
    for (const { place: _, ministry: __, ...values } of rows) yield Object.values(values);
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = [last.place as bigint, last.ministry as string];
  }
}
