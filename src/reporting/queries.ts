import { and, asc, eq, gte, inArray, like, lte, or, type SQL, sql } from "drizzle-orm";
import { monthsByYear, monthsOf, type Window } from "../periods.ts";
import type { Db, Reader } from "../store/index.ts";
import { noFigures } from "./figures.ts";
import type { BudgetSource, PaymentSource } from "./lines.ts";
import { NO_CODE } from "./names.ts";
import type { Figures, ReportExtract } from "./types.ts";

/** A printed code that may carry the theme. */
export interface CodeRow {
  id: bigint;
  /** NO_CODE when the extracts do not say it. */
  ministry: string;
  code: string;
  satker: string;
  account: string;
  fund: string | null;
  location: string | null;
  node: string;
}

/** An agreed tag as the store has it. */
export interface TagRow {
  node: string;
  intervention: string;
  share: number;
  fiscalYearFrom: number;
  fiscalYearTo: number;
  agreement: string | null;
  evidence: string | null;
}

/** Only expenditure counts: accounts 5 and 6. */
const EXPENDITURE = sql.raw("substr(c.account, 1, 1) IN ('5', '6')");

/**
 * A payment line `l` with code `c` is in force when its extract is in force for its satker and month. The plus keeps
 * SQLite from reading all lines of an extract once for every cell in force: it looks the cell up for every line.
 */
const PAYMENT_IN_FORCE = sql.raw(`cells_in_force f ON f.kind = 'realization' AND f.satker = c.satker
  AND f.fiscal_year = CAST(substr(l.date, 1, 4) AS integer) AND f.period = substr(l.date, 1, 7) AND f.extract_id = +l.extract_id`);

/** A DIPA line is in force when its extract is in force for its satker, year and revision. */
const BUDGET_IN_FORCE = sql.raw(`cells_in_force f ON f.kind = 'budget' AND f.satker = c.satker
  AND f.fiscal_year = l.fiscal_year AND CAST(f.period AS integer) = l.revision AND f.extract_id = +l.extract_id`);

const CODE = sql.raw("code_combinations c ON c.id = l.code_id AND c.ministry = l.ministry");

const PLAN_COLUMNS = Array.from({ length: 12 }, (_, index) => `plan_${String(index + 1).padStart(2, "0")}`);

/** First day of the window and last day that a month can have, for comparisons of ISO dates. */
function daysOf({ from, to }: Window): { first: string; last: string } {
  return { first: `${from}-01`, last: `${to}-31` };
}

function yearsOf(window: Window): number[] {
  return [...monthsByYear(monthsOf(window)).keys()];
}

/** Agreed tags of a theme that hold in some year of the window, by node, intervention and year. */
export async function agreedTags(db: Db, reader: Reader, theme: string, window: Window): Promise<TagRow[]> {
  const { tags } = db.tables;
  const years = yearsOf(window);
  const rows = await reader
    .select({
      node: tags.node,
      intervention: tags.intervention,
      share: tags.share,
      fiscalYearFrom: tags.fiscalYearFrom,
      fiscalYearTo: tags.fiscalYearTo,
      agreement: tags.agreement,
      evidence: tags.evidence,
    })
    .from(tags)
    .where(
      and(
        eq(tags.theme, theme),
        eq(tags.status, "agreed"),
        lte(tags.fiscalYearFrom, Math.max(...years)),
        gte(tags.fiscalYearTo, Math.min(...years)),
      ),
    );
  const key = (tag: TagRow): string => `${tag.node} ${tag.fiscalYearFrom} ${tag.intervention}`;
  return rows.sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** Printed codes of expenditure under some activities, by ministry, satker and code. */
export async function codesOfActivities(reader: Reader, activities: readonly string[]): Promise<CodeRow[]> {
  const list = reader.list(
    { activity: "text" },
    activities.map((activity) => [activity]),
  );
  const rows = await reader.rows<CodeRow & Record<string, string | bigint | null>>(sql`
    SELECT c.id AS id, coalesce(nullif(c.ministry, '???'), ${NO_CODE}) AS ministry, c.code AS code, c.satker AS satker, c.account AS account,
      c.fund AS fund, c.location AS location, c.node AS node
    FROM code_combinations c JOIN ${list} AS a ON a.activity = substr(c.node, 1, 4)
    WHERE ${EXPENDITURE}`);
  const key = (row: CodeRow): string => `${row.ministry} ${row.satker} ${row.code}`;
  return rows.sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** Codes by id, numbered as the report numbers them. */
export type CodeIndex = ReadonlyMap<bigint, number>;

/** Lines on these codes. As a set and not as a join: SQLite then looks each line up in it and keeps its plan. */
function onCodes(reader: Reader, codes: CodeIndex): SQL {
  const ids = [...codes.keys()].map((id) => [id]);
  return sql`l.code_id IN (SELECT k.id FROM ${reader.list({ id: "int" }, ids)} AS k)`;
}

/** Payment lines in force in the window on some codes. */
export async function paymentLines(reader: Reader, codes: CodeIndex, window: Window): Promise<PaymentSource[]> {
  const { first, last } = daysOf(window);
  const rows = await reader.rows<{
    extract: bigint;
    row: bigint;
    code: bigint;
    date: string;
    document: string;
    description: string | null;
    amount: bigint;
  }>(sql`
    SELECT l.extract_id AS extract, l.row AS row, l.code_id AS code, l.date AS date, l.document AS document,
      l.description AS description, l.amount AS amount
    FROM ledger_lines l JOIN ${CODE} JOIN ${PAYMENT_IN_FORCE}
    WHERE l.date >= ${first} AND l.date <= ${last} AND ${onCodes(reader, codes)}`);
  return rows.map(({ extract, row, code, ...rest }) => ({
    ...rest,
    extract: Number(extract),
    row: Number(row),
    code: indexOf(codes, code),
  }));
}

/** The highest revision in force of every satker in every year of the window. */
interface Highest {
  satker: string;
  fiscal_year: bigint;
  revision: bigint;
}

function highestRevisions(reader: Reader, years: readonly number[]): Promise<Highest[]> {
  return reader.rows<Highest & Record<string, string | bigint>>(sql`
    SELECT c.satker AS satker, l.fiscal_year AS fiscal_year, max(l.revision) AS revision
    FROM budget_lines l JOIN ${CODE} JOIN ${BUDGET_IN_FORCE}
    WHERE l.fiscal_year IN (${sql.raw(years.join(", "))})
    GROUP BY c.satker, l.fiscal_year`);
}

/** The highest revisions as a table `top`; as a list and not as a sub-query, which SQLite would run again for every line. */
function topOf(reader: Reader, highest: readonly Highest[]): SQL {
  const rows = highest.map(({ satker, fiscal_year, revision }) => [satker, fiscal_year, revision]);
  const list = reader.list({ satker: "text", fiscal_year: "int", revision: "int" }, rows);
  return sql`${list} AS top ON top.satker = c.satker AND top.fiscal_year = l.fiscal_year`;
}

/** DIPA lines of revision 0 and of the highest revision, in the years of the window, on some codes. */
export async function budgetLines(reader: Reader, codes: CodeIndex, window: Window): Promise<BudgetSource[]> {
  const years = yearsOf(window);
  const top = new Map<string, bigint>();
  for (const { satker, fiscal_year, revision } of await highestRevisions(reader, years)) {
    top.set(`${satker} ${fiscal_year}`, revision);
  }
  const rows = await reader.rows<Record<string, bigint | string | null>>(sql`
    SELECT l.extract_id AS extract, l.row AS row, l.code_id AS code, c.satker AS satker, l.fiscal_year AS fiscal_year,
      l.revision AS revision, l.revision_date AS revision_date, l.amount AS amount, l.blocked AS blocked,
      ${sql.raw(PLAN_COLUMNS.map((column) => `l.${column} AS ${column}`).join(", "))}
    FROM budget_lines l JOIN ${CODE} JOIN ${BUDGET_IN_FORCE}
    WHERE l.fiscal_year IN (${sql.raw(years.join(", "))}) AND ${onCodes(reader, codes)}`);
  return rows
    .map((row) => ({
      extract: Number(row.extract),
      row: Number(row.row),
      code: indexOf(codes, row.code as bigint),
      fiscalYear: Number(row.fiscal_year),
      revision: Number(row.revision),
      revisionDate: row.revision_date as string | null,
      highest: row.revision === top.get(`${row.satker} ${row.fiscal_year}`),
      amount: row.amount as bigint,
      blocked: row.blocked as bigint | null,
      plan: PLAN_COLUMNS.map((column) => row[column] as bigint | null),
    }))
    .filter(({ revision, highest }) => revision === 0 || highest);
}

function indexOf(codes: CodeIndex, id: bigint): number {
  const index = codes.get(id);
  if (index === undefined) throw new Error(`line of code combination ${id}, which was not asked for`);
  return index;
}

/**
 * All expenditure in force in the window, added from the lines and not from balances. The sum of plans is not cast: on
 * SQLite months that leave 64 bits become a floating value, which the store refuses and a cast would clamp.
 */
export async function ledgerFigures(reader: Reader, window: Window): Promise<Figures> {
  const figures = noFigures();
  const { first, last } = daysOf(window);
  const [payments] = await reader.rows<{ amount: bigint | null }>(sql`
    SELECT CAST(sum(l.amount) AS bigint) AS amount
    FROM ledger_lines l JOIN ${CODE} JOIN ${PAYMENT_IN_FORCE}
    WHERE l.date >= ${first} AND l.date <= ${last} AND ${EXPENDITURE}`);
  figures.realization = payments?.amount ?? 0n;
  for (const [year, months] of monthsByYear(monthsOf(window))) {
    const [row] = await reader.rows<Record<"original" | "revised" | "blocked" | "budget", bigint | null>>(sql`
      SELECT CAST(sum(CASE WHEN l.revision = 0 THEN l.amount END) AS bigint) AS original,
        CAST(sum(CASE WHEN l.revision = top.revision THEN l.amount END) AS bigint) AS revised,
        CAST(sum(CASE WHEN l.revision = top.revision THEN l.blocked END) AS bigint) AS blocked,
        sum(CASE WHEN l.revision = top.revision THEN ${planOf(months)} END) AS budget
      FROM budget_lines l JOIN ${CODE} JOIN ${BUDGET_IN_FORCE}
      JOIN ${topOf(reader, await highestRevisions(reader, [year]))}
      WHERE l.fiscal_year = ${year} AND ${EXPENDITURE}`);
    for (const measure of ["original", "revised", "blocked", "budget"] as const)
      figures[measure] += row?.[measure] ?? 0n;
  }
  return figures;
}

/** Plan of consecutive months of a line, by twelfths where a month is missing (contract, Reconciliation). */
function planOf(months: readonly number[]): SQL {
  const all = PLAN_COLUMNS.map((column) => `l.${column}`);
  const chosen = months.map((month) => all[month - 1]).join(" + ");
  // Integer division cuts towards zero on both engines, so half a rupiah is added away from zero first.
  const upTo = (month: number): string =>
    `((2 * l.amount * ${month} + CASE WHEN l.amount < 0 THEN -12 ELSE 12 END) / 24)`;
  const spread = `${upTo(months.at(-1) ?? 0)} - ${upTo((months[0] ?? 1) - 1)}`;
  return sql.raw(`CASE WHEN ${all.join(" + ")} IS NULL THEN ${spread} ELSE ${chosen} END`);
}

/** The extracts behind the figures, by id. */
export async function extractsOf(db: Db, reader: Reader, ids: readonly number[]): Promise<ReportExtract[]> {
  const { extracts } = db.tables;
  if (ids.length === 0) return [];
  return reader
    .select({
      id: extracts.id,
      layout: extracts.layout,
      file: extracts.file,
      sha256: extracts.sha256,
      rows: extracts.rowsPosted,
      amount: extracts.amountPosted,
      lastDate: extracts.lastDate,
    })
    .from(extracts)
    .where(inArray(extracts.id, [...ids]))
    .orderBy(asc(extracts.id));
}

/** Names of outputs, RO and komponen by node from the output lists up to a year; the newest year wins. */
export async function nodeNames(db: Db, reader: Reader, lastYear: number): Promise<Map<string, string>> {
  const { outputs, extracts } = db.tables;
  const rows = await reader
    .select({ node: outputs.node, name: outputs.name })
    .from(outputs)
    .innerJoin(extracts, eq(extracts.id, outputs.extractId))
    .where(and(eq(extracts.status, "posted"), lte(outputs.fiscalYear, lastYear)))
    .orderBy(asc(outputs.fiscalYear), asc(outputs.extractId), asc(outputs.row));
  return new Map(rows.map(({ node, name }) => [node, name]));
}

/** Everything the code lists say, for their fingerprint. */
export async function listTexts(db: Db, reader: Reader): Promise<string[]> {
  const rows = await reader.select().from(db.tables.referenceEntries);
  return rows.map((row) => JSON.stringify([row.list, row.code, row.validFrom, row.validTo, row.name, row.parent]));
}

/** Which file speaks for every cell behind the window, for the fingerprint of the data. */
export async function cellTexts(db: Db, reader: Reader, window: Window): Promise<string[]> {
  const { cellsInForce: f, extracts: x } = db.tables;
  const rows = await reader
    .select({ kind: f.kind, satker: f.satker, year: f.fiscalYear, period: f.period, file: x.sha256 })
    .from(f)
    .innerJoin(x, eq(x.id, f.extractId))
    .where(
      or(
        and(eq(f.kind, "realization"), gte(f.period, window.from), lte(f.period, window.to)),
        and(eq(f.kind, "budget"), inArray(f.fiscalYear, yearsOf(window))),
      ),
    );
  return rows.map((row) => `${row.kind} ${row.satker} ${row.year} ${row.period} ${row.file}`);
}

/** Whether an extract in force was loaded from a file of the demonstration. */
export async function hasDemonstrationFiles(db: Db, reader: Reader): Promise<boolean> {
  const { periodsInForce, extracts } = db.tables;
  const rows = await reader
    .select({ id: extracts.id })
    .from(extracts)
    .innerJoin(periodsInForce, eq(periodsInForce.extractId, extracts.id))
    .where(like(extracts.file, "demo-%"))
    .limit(1);
  return rows.length > 0;
}
