import { sql } from "drizzle-orm";
import type { Reader } from "../store/index.ts";

/** A node that a tag points at, in the years in which it does. */
export interface Claim {
  node: string;
  fiscalYearFrom: number;
  fiscalYearTo: number;
}

/** First fiscal year in which the output part of a code is a KRO of the list. */
const FIRST_YEAR_OF_KRO = 2021;

/** Why a node is taken for one that does not exist: the first level that nothing knows. */
export interface UnknownOutput {
  /** `2080.QEX`: the node down to the level that is not known. */
  part: string;
}

/**
 * Finds nodes that do not exist: an output list of one of their years names other outputs (RO, komponen) there and not this
 * one; or, where no list speaks, the activity (from 2021 on also the KRO) is in no code list and not in the ledger. A store
 * without output lists and without ledger knows nothing and refuses nothing: tags may come first.
 *
 * @returns what is not known, by node and years
 */
export async function unknownOutputs(reader: Reader, claims: readonly Claim[]): Promise<Map<string, UnknownOutput>> {
  const none = new Map<string, UnknownOutput>();
  if (!(await knowsOutputs(reader))) return none;
  const activities = [...new Set(claims.map(({ node }) => node.slice(0, 4)))];
  const references = await referenceCodes(reader, claims);
  const listed = await listedNodes(reader, activities);
  if (references === null) return none;
  const suspicious = new Map<string, UnknownOutput>();
  for (const claim of claims) {
    const part = missingPart(claim, references, listed);
    if (part !== null) suspicious.set(claimKey(claim), { part });
  }
  if (suspicious.size === 0) return suspicious;
  const inLedger = await ledgerNodes(reader, [
    ...new Set([...suspicious.values()].map(({ part }) => part.slice(0, 4))),
  ]);
  for (const claim of claims) {
    // What has money exists, whatever the lists say.
    const found = suspicious.get(claimKey(claim));
    if (found && inLedger.has(found.part)) suspicious.delete(claimKey(claim));
  }
  return suspicious;
}

async function knowsOutputs(reader: Reader): Promise<boolean> {
  const [row] = await reader.rows<{ lists: bigint | null; codes: bigint | null }>(
    sql`SELECT (SELECT max(extract_id) FROM outputs) AS lists, (SELECT max(id) FROM stored_codes) AS codes`,
  );
  return row !== undefined && (row.lists !== null || row.codes !== null);
}

/** What identifies a claim. */
export function claimKey({ node, fiscalYearFrom, fiscalYearTo }: Claim): string {
  return `${node} ${fiscalYearFrom} ${fiscalYearTo}`;
}

interface ReferenceCodes {
  activities: Set<string>;
  outputClasses: Set<string>;
}

/** The codes of the reference lists that matter; null for a store without lists. */
async function referenceCodes(reader: Reader, claims: readonly Claim[]): Promise<ReferenceCodes | null> {
  const parts = new Set(claims.flatMap(({ node }) => [node.slice(0, 4), node.split(".")[1] ?? ""]));
  const wanted = reader.list(
    { code: "text" },
    [...parts].map((code) => [code]),
  );
  const rows = await reader.rows<{ list: string; code: string }>(sql`
    SELECT DISTINCT e.list AS list, e.code AS code FROM reference_entries e JOIN ${wanted} AS w ON w.code = e.code
    WHERE e.list IN ('activities', 'output_classes')`);
  const codesOf = (list: string) => new Set(rows.filter((row) => row.list === list).map(({ code }) => code));
  const [any] = await reader.rows<{ n: bigint }>(
    sql`SELECT count(*) AS n FROM reference_lists WHERE id IN ('activities', 'output_classes')`,
  );
  if (any?.n !== 2n) return null;
  return { activities: codesOf("activities"), outputClasses: codesOf("output_classes") };
}

/** Nodes that output lists name, with every level above them, by fiscal year. */
async function listedNodes(reader: Reader, activities: readonly string[]): Promise<Map<number, Set<string>>> {
  const wanted = reader.list(
    { activity: "text" },
    activities.map((activity) => [activity]),
  );
  const rows = await reader.rows<{ fiscal_year: bigint; node: string }>(sql`
    SELECT DISTINCT o.fiscal_year AS fiscal_year, o.node AS node
    FROM outputs o JOIN extracts x ON x.id = o.extract_id AND x.status = 'posted'
    JOIN ${wanted} AS a ON a.activity = substr(o.node, 1, 4)`);
  const years = new Map<number, Set<string>>();
  for (const { fiscal_year, node } of rows) {
    const year = Number(fiscal_year);
    const nodes = years.get(year) ?? new Set<string>();
    for (const prefix of levelsOf(node)) nodes.add(prefix).add(`${depthOf(prefix)} below ${parentOf(prefix)}`);
    years.set(year, nodes);
  }
  return years;
}

async function ledgerNodes(reader: Reader, activities: readonly string[]): Promise<Set<string>> {
  const wanted = reader.list(
    { activity: "text" },
    activities.map((activity) => [activity]),
  );
  const rows = await reader.rows<{ node: string }>(sql`
    SELECT DISTINCT c.node AS node FROM code_combinations c JOIN ${wanted} AS a ON a.activity = substr(c.node, 1, 4)`);
  return new Set(rows.flatMap(({ node }) => levelsOf(node)));
}

function missingPart(
  { node, fiscalYearFrom, fiscalYearTo }: Claim,
  { activities, outputClasses }: ReferenceCodes,
  listed: ReadonlyMap<number, ReadonlySet<string>>,
): string | null {
  const activity = node.slice(0, 4);
  const lists = [...listed]
    .filter(([year, nodes]) => fiscalYearFrom <= year && year <= fiscalYearTo && nodes.has(activity))
    .map(([, nodes]) => nodes);
  if (lists.length === 0) {
    if (!activities.has(activity)) return activity;
    const kro = node.split(".")[1] ?? "";
    const isUnknownKro = fiscalYearFrom >= FIRST_YEAR_OF_KRO && /^[A-Z]{3}$/.test(kro) && !outputClasses.has(kro);
    return isUnknownKro ? `${activity}.${kro}` : null;
  }
  for (const prefix of levelsOf(node).slice(1)) {
    const speaking = lists.filter((nodes) => nodes.has(`${depthOf(prefix)} below ${parentOf(prefix)}`));
    if (speaking.length > 0 && !speaking.some((nodes) => nodes.has(prefix))) return prefix;
  }
  return null;
}

/** `2080.QEA.003` → `2080`, `2080.QEA`, `2080.QEA.003`. */
function levelsOf(node: string): string[] {
  const parts = node.split(".");
  return parts.map((_, index) => parts.slice(0, index + 1).join("."));
}

function parentOf(node: string): string {
  return node.slice(0, Math.max(node.lastIndexOf("."), 0));
}

function depthOf(node: string): number {
  return node.split(".").length;
}
