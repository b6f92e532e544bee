import { type SQL, sql } from "drizzle-orm";
import type { Reader } from "../../store/index.ts";
import type { LedgerKind } from "../in-force.ts";
import { contentColumns, LINE_TABLES } from "./line-tables.ts";
import type { DifferingLine } from "./pair-lines.ts";

/** An extract that takes part in a comparison, and whether all of its lines do. */
export interface ComparedExtract {
  id: number;
  /** Cells of another extract that limit its lines: `previous` is this one, or for the newer side not null. */
  within: SQL | null;
}

/** Two sides of a comparison. */
export interface Sides {
  kind: LedgerKind;
  before: readonly ComparedExtract[];
  after: ComparedExtract;
  /** Lines of both sides together, at most; decides how much is sorted at once. */
  lines: number;
}

/** Differing lines of some satkers, complete for each of them. */
export interface Differences {
  before: DifferingLine[];
  after: DifferingLine[];
}

/** Lines that are compared in memory after rows at the same place were matched. */
const FEW = 50_000;

/** Lines that are sorted at once: about 100 MB. */
const SORTED_AT_ONCE = 1_000_000;

/** Extract and row as one number: extract × 2^32 + row + 2^31, since derived lines have rows below zero. */
const PLACE = 2n ** 32n;
const ROW_ZERO = 2n ** 31n;

type Row = Record<string, string | bigint | null>;

/**
 * The lines that only one side has, as often as it has them. An extract is mostly exported again with few corrections and
 * in the same order: lines that stand unchanged in the same row are matched first, which costs one walk along the key.
 * Where the order is another, both sides are sorted together.
 */
export async function* differences(reader: Reader, sides: Sides): AsyncGenerator<Differences> {
  const [only] = sides.before;
  const few = sides.before.length === 1 && only ? await fewDifferences(reader, sides.kind, only, sides.after) : null;
  if (few) yield few;
  else yield* sortedDifferences(reader, sides);
}

async function fewDifferences(
  reader: Reader,
  kind: LedgerKind,
  before: ComparedExtract,
  after: ComparedExtract,
): Promise<Differences | null> {
  const old = await unmatchedRows(reader, kind, before, after.id);
  const fresh = old && (await unmatchedRows(reader, kind, after, before.id));
  return fresh && cancel(old, fresh);
}

/** Lines of an extract without a twin in the same row of another; null when they are many. */
async function unmatchedRows(
  reader: Reader,
  kind: LedgerKind,
  extract: ComparedExtract,
  other: number,
): Promise<DifferingLine[] | null> {
  const { table, required, optional } = LINE_TABLES[kind];
  const same = [
    ...["row", "ministry", ...required].map((name) => `o.${name} = n.${name}`),
    ...optional.map((name) => `o.${name} IS NOT DISTINCT FROM n.${name}`),
  ];
  // The limit keeps the planner from folding this into the joins around it.
  const unmatched = sql`(SELECT n.* FROM ${sql.raw(table)} n
    LEFT JOIN ${sql.raw(table)} o ON o.extract_id = ${other} AND ${sql.raw(same.join(" AND "))}
    WHERE n.extract_id = ${extract.id} AND o.row IS NULL LIMIT ${FEW + 1})`;
  const lines = await placedLines(reader, kind, unmatched, extract.within);
  return lines.length > FEW ? null : lines.flatMap(({ inside, line }) => (inside ? [line] : []));
}

/** Lines of a sub-query with everything that pairing asks for, and whether they are within the cells. */
async function placedLines(
  reader: Reader,
  kind: LedgerKind,
  lines: SQL,
  within: SQL | null,
): Promise<{ line: DifferingLine; inside: boolean }[]> {
  const spec = LINE_TABLES[kind];
  const columns = contentColumns(spec);
  const inside = within ? sql`CASE WHEN e.satker IS NULL THEN 0 ELSE 1 END` : sql`1`;
  const rows = await reader.rows<Row>(sql`
    SELECT l.extract_id AS extract_id, l.row AS line, l.ministry AS line_ministry, c.satker AS satker,
      l.code_id AS line_code, ${sql.raw(spec.fiscalYear)} AS line_year, ${sql.raw(spec.period)} AS line_period,
      ${sql.raw(spec.document)} AS line_document, ${sql.raw(spec.key)} AS line_key, l.amount AS line_amount,
      ${inside} AS inside, ${sql.raw(columns.map((name) => `l.${name} AS content_${name}`).join(", "))}
    FROM ${lines} AS l JOIN code_combinations c ON c.id = l.code_id AND c.ministry = l.ministry
    ${within ? sql`LEFT ${joinCells(kind, within)}` : sql``}`);
  return rows.map((row) => ({ line: differingLine(row, columns), inside: row.inside === 1n }));
}

function joinCells(kind: LedgerKind, within: SQL): SQL {
  const { fiscalYear, period } = LINE_TABLES[kind];
  return sql`JOIN extract_cells e ON e.kind = ${kind} AND e.satker = c.satker AND e.fiscal_year = ${sql.raw(fiscalYear)}
    AND e.period = ${sql.raw(period)} AND ${within}`;
}

function differingLine(row: Row, columns: readonly string[]): DifferingLine {
  return {
    extractId: Number(row.extract_id),
    row: Number(row.line),
    ministry: row.line_ministry as string,
    satker: row.satker as string,
    codeId: Number(row.line_code),
    fiscalYear: Number(row.line_year),
    period: row.line_period as string,
    document: row.line_document as string,
    key: row.line_key as string,
    amount: row.line_amount as bigint,
    content: JSON.stringify(columns.map((name) => row[`content_${name}`]?.toString() ?? null)),
  };
}

/** Takes away what both sides have, as often as both have it. */
function cancel(before: readonly DifferingLine[], after: readonly DifferingLine[]): Differences {
  const open = new Map<string, DifferingLine[]>();
  for (const line of before) {
    const same = open.get(line.content);
    if (same) same.push(line);
    else open.set(line.content, [line]);
  }
  const rest = after.filter(({ content }) => open.get(content)?.pop() === undefined);
  return { before: [...open.values()].flat(), after: rest };
}

/** Sorts both sides together, some satkers at a time. */
async function* sortedDifferences(reader: Reader, sides: Sides): AsyncGenerator<Differences> {
  for (const satkers of await parts(reader, sides)) {
    const surplus = await surplusPlaces(reader, sides, satkers);
    yield {
      before: await linesAt(reader, sides.kind, surplus.before),
      after: await linesAt(reader, sides.kind, surplus.after),
    };
  }
}

/** The satkers of both sides in parts that are sorted one after the other; a single part has no list. */
async function parts(reader: Reader, { before, after, lines }: Sides): Promise<(string[] | null)[]> {
  const count = Math.ceil(lines / SORTED_AT_ONCE);
  if (count <= 1) return [null];
  const ids = sql.join(
    [...before, after].map(({ id }) => sql`${id}`),
    sql`, `,
  );
  const rows = await reader.rows<{ satker: string }>(
    sql`SELECT DISTINCT satker FROM extract_cells WHERE extract_id IN (${ids})`,
  );
  const satkers = rows.map(({ satker }) => satker).sort();
  const lists = Array.from({ length: count }, (_, part) => satkers.filter((__, index) => index % count === part));
  return lists.filter((list) => list.length > 0);
}

/** Where the lines stand that one side has more often than the other, as places. */
async function surplusPlaces(reader: Reader, sides: Sides, satkers: readonly string[] | null) {
  const columns = contentColumns(LINE_TABLES[sides.kind]);
  const names = sql.raw(columns.join(", "));
  const side = (extract: ComparedExtract, sign: number) => sideLines(reader, sides.kind, extract, sign, satkers);
  const all = [...sides.before.map((extract) => side(extract, -1)), side(sides.after, 1)];
  const rows = await reader.rows<{ net: bigint; places: string }>(sql`
    SELECT CAST(sum(side) AS bigint) AS net, string_agg(place, ',') AS places
    FROM (${sql.join(all, sql` UNION ALL `)}) AS both_sides GROUP BY ${names} HAVING sum(side) <> 0`);
  const surplus = { before: [] as bigint[], after: [] as bigint[] };
  for (const { net, places } of rows) {
    const [list, sign] = net < 0n ? [surplus.before, "-"] : [surplus.after, "+"];
    // Equal lines are interchangeable; the last of them are the surplus.
    const own = places
      .split(",")
      .filter((place) => place.startsWith(sign))
      .map((place) => BigInt(place.slice(1)))
      .sort((a, b) => (a < b ? -1 : 1));
    list.push(...own.slice(-Math.abs(Number(net))));
  }
  return surplus;
}

function sideLines(
  reader: Reader,
  kind: LedgerKind,
  extract: ComparedExtract,
  sign: number,
  satkers: readonly string[] | null,
): SQL {
  const spec = LINE_TABLES[kind];
  const columns = contentColumns(spec).map((name) => `l.${name} AS ${name}`);
  const place = `'${sign < 0 ? "-" : "+"}' || CAST(l.extract_id * ${PLACE} + l.row + ${ROW_ZERO} AS text)`;
  const list =
    satkers &&
    reader.list(
      { satker: "text" },
      satkers.map((satker) => [satker]),
    );
  const share = list
    ? sql`AND l.code_id IN (SELECT s.id FROM ${list} AS w JOIN code_combinations s ON s.satker = w.satker)`
    : sql``;
  const cells = extract.within
    ? sql`JOIN code_combinations c ON c.id = l.code_id AND c.ministry = l.ministry ${joinCells(kind, extract.within)}`
    : sql``;
  return sql`SELECT ${sql.raw(columns.join(", "))}, CAST(${sql.raw(String(sign))} AS bigint) AS side, ${sql.raw(place)} AS place
    FROM ${sql.raw(spec.table)} l ${cells} WHERE l.extract_id = ${extract.id} ${share}`;
}

async function linesAt(reader: Reader, kind: LedgerKind, places: readonly bigint[]): Promise<DifferingLine[]> {
  if (places.length === 0) return [];
  const list = reader.list(
    { extract_id: "int", row: "int" },
    places.map((place) => [place / PLACE, (place % PLACE) - ROW_ZERO]),
  );
  const { table } = LINE_TABLES[kind];
  const lines = sql`(SELECT t.* FROM ${list} AS w
    JOIN ${sql.raw(table)} t ON t.extract_id = w.extract_id AND t.row = w.row)`;
  return (await placedLines(reader, kind, lines, null)).map(({ line }) => line);
}
