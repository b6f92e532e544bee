import { and, asc, eq, inArray, lt, sql } from "drizzle-orm";
import { AppError } from "../errors.ts";
import type { Translate } from "../i18n/index.ts";
import { loadReferences, loadThemes, type Theme } from "../references/index.ts";
import type { Db, Reader } from "../store/index.ts";
import { agreedShares, listTags, tagHistory } from "../tagging/index.ts";
import { suggest } from "./suggest.ts";
import type {
  Decision,
  Keyword,
  KeywordKind,
  ListedOutput,
  Suggestion,
  SuggestionInput,
  TeachingYear,
} from "./types.ts";

/** So many earlier years teach; older names and codes mislead more than they help. */
const TEACHING_YEARS = 3;

/** A theme of the store. @throws AppError THEME-UNKNOWN 404 */
export async function findTheme(db: Db, reader: Reader, code: string, t: Translate): Promise<Theme> {
  const themes = await loadThemes(db, reader);
  const theme = themes.get(code);
  if (theme) return theme;
  const hint = t("reconcile.unknownThemeHint", { themes: [...themes.keys()].join(", ") });
  throw new AppError("THEME-UNKNOWN", 404, t("reconcile.unknownTheme", { theme: code }), hint);
}

/** Suggestions, the outputs they were chosen from, and the theme they serve. */
export interface SuggestionList {
  theme: Theme;
  year: number;
  /** Outputs listed for the year; 0 where no list of the year is in force. */
  listed: number;
  suggestions: Suggestion[];
}

/**
 * Candidates for a theme over the outputs listed for a fiscal year, best first (see `suggest`).
 *
 * @throws AppError THEME-UNKNOWN
 */
export async function suggestionsOf(db: Db, code: string, year: number, t: Translate): Promise<SuggestionList> {
  const { theme, input } = await db.snapshot((reader) => loadInput(db, reader, code, year, t));
  return { theme, year, listed: input.outputs.length, suggestions: suggest(input) };
}

async function loadInput(
  db: Db,
  reader: Reader,
  code: string,
  year: number,
  t: Translate,
): Promise<{ theme: Theme; input: SuggestionInput }> {
  const theme = await findTheme(db, reader, code, t);
  const outputs = await listedOutputs(reader, year);
  const references = await loadReferences(db, reader, ["activities", "output_classes"]);
  const teaching: TeachingYear[] = [];
  for (const earlier of [year, ...(await yearsBefore(db, reader, code, year))]) {
    teaching.push({
      year: earlier,
      outputs: earlier === year ? outputs : await listedOutputs(reader, earlier),
      agreed: await agreedShares(db, reader, code, earlier),
      decisions: [
        ...(await rejectedTags(db, reader, code, earlier)),
        ...(await decisionsOf(db, reader, code, earlier)),
      ],
    });
  }
  const input: SuggestionInput = {
    theme: code,
    marks: [
      code.toLowerCase(),
      ...(theme.krisnaCode === null ? [] : [theme.krisnaCode.toLowerCase()]),
      ...theme.spellings.filter(({ kind }) => kind === "theme").map(({ spelling }) => spelling),
    ],
    year,
    outputs,
    interventions: theme.interventions,
    keywords: await activeKeywords(db, reader, code),
    teaching,
    activityName: (activity) => references.name("activities", activity, year),
    className: (output) => references.name("output_classes", output, year),
  };
  return { theme, input };
}

type OutputRow = { node: string; name: string; program: string; themes: string | null };

/**
 * The outputs of a year as the newest posted extract that names each describes them. An output may stand in several rows, one
 * for each location: the marks of all of them count.
 */
async function listedOutputs(reader: Reader, year: number): Promise<ListedOutput[]> {
  const rows = await reader.rows<OutputRow>(sql`
    SELECT o.node AS node, o.name AS name, o.program AS program, o.themes AS themes
    FROM outputs o JOIN (
      SELECT p.node AS node, max(p.extract_id) AS extract_id FROM outputs p
      JOIN extracts x ON x.id = p.extract_id AND x.status = 'posted'
      WHERE p.fiscal_year = ${year} GROUP BY p.node
    ) AS newest ON newest.node = o.node AND newest.extract_id = o.extract_id
    WHERE o.fiscal_year = ${year} ORDER BY o.node, o.row`);
  const outputs = new Map<string, ListedOutput>();
  for (const { node, name, program, themes } of rows) {
    const known = outputs.get(node);
    if (!known) outputs.set(node, { node, name, program, themes });
    else if (themes !== null) known.themes = known.themes === null ? themes : `${known.themes};${themes}`;
  }
  return [...outputs.values()];
}

/** The newest years before a year for which something was agreed or decided, newest first. */
async function yearsBefore(db: Db, reader: Reader, theme: string, year: number): Promise<number[]> {
  const { tags, suggestionDecisions } = db.tables;
  const ranges = await reader
    .selectDistinct({ from: tags.fiscalYearFrom, to: tags.fiscalYearTo })
    .from(tags)
    .where(and(eq(tags.theme, theme), inArray(tags.status, ["agreed", "rejected"]), lt(tags.fiscalYearFrom, year)));
  const decided = await reader
    .selectDistinct({ year: suggestionDecisions.fiscalYear })
    .from(suggestionDecisions)
    .where(and(eq(suggestionDecisions.theme, theme), lt(suggestionDecisions.fiscalYear, year)));
  const years = new Set(decided.map((row) => row.year));
  // Rejected tags teach as much as agreed ones: a year with either counts.
  const newest = Math.max(...ranges.map(({ to }) => Math.min(to, year - 1)), ...years, 0);
  for (let earlier = newest; earlier > newest - TEACHING_YEARS; earlier--) {
    if (ranges.some(({ from, to }) => from <= earlier && earlier <= to)) years.add(earlier);
  }
  return [...years].sort((a, b) => b - a).slice(0, TEACHING_YEARS);
}

/** What was decided about the suggestions of a year: the newest decision about each output. */
async function decisionsOf(db: Db, reader: Reader, theme: string, year: number): Promise<Decision[]> {
  const { suggestionDecisions: table } = db.tables;
  const rows = await reader
    .select()
    .from(table)
    .where(and(eq(table.theme, theme), eq(table.fiscalYear, year)))
    .orderBy(asc(table.id));
  const newest = new Map(rows.map((row) => [row.node, row]));
  return [...newest.values()].map(({ node, name, outcome, intervention, reason }) => ({
    node,
    name,
    outcome: outcome === "rejected" ? "rejected" : "accepted",
    intervention,
    reason,
  }));
}

/** Tags that were rejected on their way, with the reason: as telling as rejected suggestions. */
async function rejectedTags(db: Db, reader: Reader, theme: string, year: number): Promise<Decision[]> {
  const rejected = await listTags(db, { theme, status: ["rejected"], year, node: null }, reader);
  const decisions: Decision[] = [];
  for (const { id, node, intervention } of rejected) {
    const step = (await tagHistory(db, id, reader)).findLast(({ action }) => action === "rejected");
    decisions.push({ node, name: null, outcome: "rejected", intervention, reason: step?.reason ?? null });
  }
  return decisions;
}

/** The keywords of a theme that are in use, in the order of their key. */
export async function activeKeywords(db: Db, reader: Reader, theme: string | null): Promise<Keyword[]> {
  const { suggestionKeywords: table } = db.tables;
  const rows = await reader
    .select()
    .from(table)
    .where(and(eq(table.active, 1), theme === null ? undefined : eq(table.theme, theme)))
    .orderBy(asc(table.theme), asc(table.kind), asc(table.intervention), asc(table.language), asc(table.term));
  return rows.map(keywordOf);
}

type KeywordRow = Db["tables"]["suggestionKeywords"]["$inferSelect"];

/** A stored row as a keyword. */
export function keywordOf(row: KeywordRow): Keyword {
  const { theme, kind, intervention, language, term, weight, ministries, note } = row;
  return {
    theme,
    kind: kind as KeywordKind,
    intervention: intervention === "" ? null : intervention,
    language: language === "en" ? "en" : "id",
    term,
    weight,
    ministries: ministries === null ? [] : ministries.split(" "),
    note,
  };
}

/** Names of outputs of a year by node, for decisions. */
export async function outputNames(
  reader: Reader,
  year: number,
  nodes: readonly string[],
): Promise<Map<string, string>> {
  const wanted = new Set(nodes);
  const outputs = await listedOutputs(reader, year);
  return new Map(outputs.filter(({ node }) => wanted.has(node)).map(({ node, name }) => [node, name]));
}
