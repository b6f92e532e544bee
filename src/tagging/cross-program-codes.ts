import { asc, eq, sql } from "drizzle-orm";
import { loadThemes } from "../references/index.ts";
import type { Db, Reader } from "../store/index.ts";
import { ClosestTag } from "./closest-tag.ts";
import { ALL_TAGS, listTags } from "./list-tags.ts";
import type { TagRow } from "./tag.ts";

/** The code that stands for an intervention of a theme in the reserve segment of ledger lines. */
export interface CrossProgramCode {
  /** Six digits: 9, the number of the theme (2), the number of the intervention (3). */
  code: string;
  theme: string;
  intervention: string;
  allocatedAt: string;
  allocatedBy: string;
}

/** All codes given so far. */
export function listCrossProgramCodes(db: Db, reader: Reader = db.read): Promise<CrossProgramCode[]> {
  const { crossProgramCodes } = db.tables;
  return reader.select().from(crossProgramCodes).orderBy(asc(crossProgramCodes.code));
}

/** What an unmarked line carries in its reserve segment. */
export const NO_MARK = "000000";

/**
 * Gives every intervention of a theme that has none a code of its own. Codes are never changed and never given twice: a theme
 * keeps its number, interventions are numbered in the order in which they came.
 *
 * @returns all codes of the theme
 */
export async function allocateCodes(
  db: Db,
  theme: string,
  by: { name: string; at: string },
): Promise<CrossProgramCode[]> {
  const interventions = (await loadThemes(db)).get(theme)?.interventions ?? [];
  return db.tx(async (tx) => {
    const { crossProgramCodes } = db.tables;
    const given = await listCrossProgramCodes(db, tx);
    const own = given.filter((one) => one.theme === theme);
    const highest = (numbers: number[]) => Math.max(0, ...numbers);
    const themeNumber = own[0]
      ? Number(own[0].code.slice(1, 3))
      : highest(given.map(({ code }) => Number(code.slice(1, 3)))) + 1;
    let last = highest(own.map(({ code }) => Number(code.slice(3))));
    const taken = new Set(own.map(({ intervention }) => intervention));
    for (const { code: intervention } of interventions.filter(({ code }) => !taken.has(code))) {
      const number = ++last;
      if (themeNumber > 99 || number > 999) throw new Error("cross-program codes are used up");
      const code = `9${String(themeNumber).padStart(2, "0")}${String(number).padStart(3, "0")}`;
      await tx
        .insert(crossProgramCodes)
        .values({ code, theme, intervention, allocatedAt: by.at, allocatedBy: by.name });
    }
    return tx
      .select()
      .from(crossProgramCodes)
      .where(eq(crossProgramCodes.theme, theme))
      .orderBy(asc(crossProgramCodes.code));
  });
}

/** A row of the reference table: a node that contributes to an intervention in a year, with the code to write. */
export interface ReferenceRow {
  fiscalYear: number;
  theme: string;
  /** Code of the theme in KRISNA; null when it has none. */
  krisnaTheme: string | null;
  class: string | null;
  intervention: string;
  /** Null while none has been allocated. */
  code: string | null;
  node: string;
  /** Basis points. */
  share: number;
  agreement: string | null;
}

/** Every agreed node of a theme in a year with its cross-program code: what KRISNA and SPAN need to know. */
export async function referenceTable(db: Db, theme: string, year: number): Promise<ReferenceRow[]> {
  const known = (await loadThemes(db)).get(theme);
  const codes = new Map((await listCrossProgramCodes(db)).map((one) => [`${one.theme} ${one.intervention}`, one.code]));
  const tags = await listTags(db, { ...ALL_TAGS, theme, year, status: ["agreed"] });
  return tags.map((tag) => ({
    fiscalYear: year,
    theme,
    krisnaTheme: known?.krisnaCode ?? null,
    class: known?.interventions.find(({ code }) => code === tag.intervention)?.class ?? null,
    intervention: tag.intervention,
    code: codes.get(`${theme} ${tag.intervention}`) ?? null,
    node: tag.node,
    share: tag.share,
    agreement: tag.agreement,
  }));
}

/** What the marks of ledger lines say beside the agreed tags. */
export type MarkVerdict =
  /** The mark is one of the interventions agreed for the node. */
  | "same"
  /** The node is agreed for other interventions. */
  | "other-intervention"
  /** Marked in the ledger, not agreed. */
  | "only-marked"
  /** Agreed, with money, and not marked. */
  | "only-agreed"
  /** A mark that was never allocated. */
  | "unknown-code";

/** Money of a node and a mark in a fiscal year, and what the agreed tags say about it. */
export interface MarkComparison {
  fiscalYear: number;
  node: string;
  /** The reserve segment; null for the rows of agreed nodes without a mark. */
  mark: string | null;
  theme: string | null;
  intervention: string | null;
  /** Interventions agreed for the node. */
  agreed: string[];
  verdict: MarkVerdict;
  /** Rupiah in force on lines with this mark. */
  revised: bigint;
  realization: bigint;
}

/** Where the reserve segment stands in a code as it is printed. */
const RESERVE = "substr(c.code, 68, 6)";

const MONTHS = Array.from({ length: 12 }, (_, index) => `coalesce(b.month_${String(index + 1).padStart(2, "0")}, 0)`);

/**
 * Reads the marks of ledger lines in force back and holds them against the agreed tags of a theme: line by line of nodes that
 * are marked, and agreed nodes whose money is not.
 */
export async function compareMarks(db: Db, theme: string, year: number): Promise<MarkComparison[]> {
  return db.snapshot(async (reader) => {
    const codes = new Map((await listCrossProgramCodes(db, reader)).map((one) => [one.code, one]));
    const tags = await listTags(db, { ...ALL_TAGS, theme, year, status: ["agreed"] }, reader);
    const closest = new ClosestTag(tags);
    const found: MarkComparison[] = [];
    for (const { node, mark, revised, realization } of await markedMoney(reader, year)) {
      const match = closest.match(node);
      const agreed = match.kind === "tagged" ? match.node.parts.map(({ intervention }) => intervention) : [];
      const code = codes.get(mark);
      const verdict = verdictOf(mark, code, agreed, theme);
      if (verdict === null) continue;
      found.push({
        ...{ fiscalYear: year, node, mark: mark === NO_MARK ? null : mark, agreed, verdict, revised, realization },
        theme: code?.theme ?? null,
        intervention: code?.intervention ?? null,
      });
    }
    return found;
  });
}

function verdictOf(
  mark: string,
  code: CrossProgramCode | undefined,
  agreed: readonly string[],
  theme: string,
): MarkVerdict | null {
  if (mark === NO_MARK) return agreed.length > 0 ? "only-agreed" : null;
  if (!code) return "unknown-code";
  // Marks of other themes are no business of this one.
  if (code.theme !== theme) return agreed.length > 0 ? "only-agreed" : null;
  if (agreed.length === 0) return "only-marked";
  return agreed.includes(code.intervention) ? "same" : "other-intervention";
}

/** Expenditure of a year by node and reserve segment. */
async function markedMoney(reader: Reader, year: number) {
  const rows = await reader.rows<{
    node: string;
    mark: string;
    revised: bigint | null;
    realization: bigint | null;
  }>(sql`
    SELECT node, mark, CAST(sum(revised) AS bigint) AS revised, CAST(sum(realization) AS bigint) AS realization FROM (
      SELECT c.node AS node, ${sql.raw(RESERVE)} AS mark, CAST(NULL AS bigint) AS revised,
        ${sql.raw(MONTHS.join(" + "))} AS realization
      FROM month_balances b JOIN code_combinations c ON c.id = b.code_id AND c.ministry = b.ministry
      WHERE b.fiscal_year = ${year} AND b.measure = 'realization' AND substr(c.account, 1, 1) IN ('5', '6')
      UNION ALL
      SELECT c.node, ${sql.raw(RESERVE)}, b.revised, CAST(NULL AS bigint)
      FROM year_balances b JOIN code_combinations c ON c.id = b.code_id AND c.ministry = b.ministry
      WHERE b.fiscal_year = ${year} AND substr(c.account, 1, 1) IN ('5', '6')
    ) AS money WHERE node IS NOT NULL GROUP BY node, mark ORDER BY node, mark`);
  return rows.map(({ revised, realization, ...row }) => ({
    ...row,
    revised: revised ?? 0n,
    realization: realization ?? 0n,
  }));
}

/** Proposals that would agree what the ledger marks and no tag says, to be identified. */
export function marksAsProposals(compared: readonly MarkComparison[]) {
  const marked = compared.filter(({ verdict }) => verdict === "only-marked");
  return marked.map(({ node, fiscalYear, theme, intervention, mark }, index) => ({
    row: index + 1,
    fields: {
      theme: theme ?? "",
      fiscal_year_from: String(fiscalYear),
      fiscal_year_to: String(fiscalYear),
      code: node,
      intervention: intervention ?? "",
      evidence: `segmen cadangan ${mark}`,
    },
    origin: "ledger" as const satisfies TagRow["origin"],
    replaces: null,
    rewrites: null,
  }));
}
