import { and, asc, eq, gt } from "drizzle-orm";
import { csvLine } from "../csv.ts";
import { MARK_DIGITS } from "../extracts/index.ts";
import type { Translate } from "../i18n/index.ts";
import { explain, type Problem, type RuleId } from "../rules.ts";
import type { Db } from "../store/index.ts";
import { extractRow } from "./extracts.ts";

/** A rejected row as it came, and every rule it broke. */
export interface RejectedRow {
  row: number;
  cells: string[];
  problems: Problem[];
}

/** How often a rule was broken, and where first. */
export interface RuleCount {
  rule: RuleId;
  rows: number;
  first: RejectedRow;
  /** The first problem of this rule. */
  problem: Problem;
}

/** What is known of the rejects of an extract before they are written. */
export interface RejectSurvey {
  extract: { id: number; file: string; sha256: string };
  /** Names of the source columns; rows that are wider than the header have columns without a name. */
  columns: string[];
  /** Characters of the longest cell of each source column. */
  widths: number[];
  count: number;
  rules: RuleCount[];
}

/** Rows per query. */
const PAGE = 2_000;

/** Columns that stand beside the source: where, which rules, and what to do. */
export const REASON_COLUMNS = ["row", "rule", "column", "value", "reason", "cure"] as const;

/** Looks through the rejects of an extract. @throws AppError 404 for an unknown extract */
export async function surveyRejects(db: Db, id: number): Promise<RejectSurvey> {
  const { file, sha256, header } = await extractRow(db, id);
  const columns = [...(header as string[])];
  const widths = columns.map(() => 0);
  const rules = new Map<RuleId, RuleCount>();
  let count = 0;
  for await (const page of rejectPages(db, id)) {
    count += page.length;
    for (const reject of page) {
      for (const [index, cell] of reject.cells.entries()) {
        widths[index] = Math.max(widths[index] ?? 0, cell.length);
      }
      for (const rule of new Set(reject.problems.map((problem) => problem.rule))) {
        const problem = reject.problems.find((one) => one.rule === rule);
        const known = rules.get(rule);
        if (known) known.rows++;
        else if (problem) rules.set(rule, { rule, rows: 1, first: reject, problem });
      }
    }
  }
  while (columns.length < widths.length) columns.push("");
  const byRows = [...rules.values()].sort((a, b) => b.rows - a.rows || (a.rule < b.rule ? -1 : 1));
  return { extract: { id, file, sha256 }, columns, widths, count, rules: byRows };
}

/** The rejects of an extract in the order of its file, some at a time. */
export async function* rejectPages(db: Db, id: number): AsyncGenerator<RejectedRow[]> {
  const { extractRejects } = db.tables;
  for (let after = -1; ; ) {
    const rows = await db.read
      .select()
      .from(extractRejects)
      .where(and(eq(extractRejects.extractId, id), gt(extractRejects.row, after)))
      .orderBy(asc(extractRejects.row))
      .limit(PAGE);
    const page = rows.map(({ row, source, problems }): RejectedRow => {
      return { row, cells: source as string[], problems: problems as Problem[] };
    });
    if (page.length > 0) yield page;
    after = page.at(-1)?.row ?? after;
    if (page.length < PAGE) return;
  }
}

/**
 * The header of a file of rejects. The title of the row number names the extract, so that the corrected file is known to
 * complete it.
 */
export function rejectHeader({ columns, extract }: RejectSurvey, t: Translate): string[] {
  const mark = t("rejects.mark", { extract: extract.id, hash: extract.sha256.slice(0, MARK_DIGITS) });
  return [
    ...columns,
    ...REASON_COLUMNS.map((name) => (name === "row" ? `${t("rejects.row")} ${mark}` : t(`rejects.${name}`))),
  ];
}

/** A rejected row with its reasons in the reader's language, one cell per column of the header. */
export function rejectCells({ columns }: RejectSurvey, { row, cells, problems }: RejectedRow, t: Translate): string[] {
  const texts = problems.map((problem) => explain(problem, t));
  const join = (parts: readonly (string | null)[]) => parts.map((part) => part ?? "–").join(" · ");
  const values = problems.map(({ value }) => value);
  return [
    ...columns.map((_, index) => cells[index] ?? ""),
    String(row),
    problems.map(({ rule }) => rule).join(" · "),
    join(problems.map(({ column }) => column)),
    join(values),
    texts.map(({ message }) => message).join(" "),
    texts.map(({ cure }) => cure).join(" "),
  ];
}

/** The rejects as CSV, piece by piece. */
export async function* rejectsCsv(db: Db, survey: RejectSurvey, t: Translate): AsyncGenerator<string> {
  yield `${csvLine(rejectHeader(survey, t))}\r\n`;
  for await (const page of rejectPages(db, survey.extract.id)) {
    yield page.map((reject) => `${csvLine(rejectCells(survey, reject, t))}\r\n`).join("");
  }
}

/** One line per rule: how many rows broke it, the first of them, and the sentence about that one. */
export function summaryRows({ rules }: RejectSurvey, t: Translate): (string | number)[][] {
  return rules.map(({ rule, rows, first, problem }) => {
    const { message, cure } = explain(problem, t);
    return [rule, rows, first.row, problem.column ?? "", problem.value ?? "", message, cure];
  });
}

export const SUMMARY_COLUMNS = ["rule", "rows", "firstRow", "column", "value", "reason", "cure"] as const;

export function summaryCsv(survey: RejectSurvey, t: Translate): string {
  const header = SUMMARY_COLUMNS.map((name) => t(`rejects.${name}`));
  return [header, ...summaryRows(survey, t)].map((cells) => `${csvLine(cells)}\r\n`).join("");
}
