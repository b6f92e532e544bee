import { and, asc, desc, eq, sql } from "drizzle-orm";
import { AppError } from "../errors.ts";
import type { Translate } from "../i18n/index.ts";
import { loadThemes } from "../references/index.ts";
import type { Db, Transaction } from "../store/index.ts";
import { readKeyword, type WrittenKeyword } from "./keyword-rules.ts";
import { canonicalTerm } from "./keyword-term.ts";
import { keywordOf } from "./queries.ts";
import type { Keyword } from "./types.ts";

/** Who changes keywords, and when (ISO text in UTC). */
export interface Editor {
  by: string;
  at: string;
}

/** What became of the keywords of a file or a request. */
export interface KeywordChanges {
  added: number;
  updated: number;
  unchanged: number;
  /** Rows that are no keywords; where there are any, nothing was changed. */
  faults: { row: number; field: string; message: string }[];
}

type Row = Db["tables"]["suggestionKeywords"]["$inferSelect"];

/**
 * Adds keywords, or changes those that are there (same theme, kind, intervention, language and words). All or none: with a
 * faulty row nothing is changed.
 *
 * @param written rows with the numbers under which a person finds them
 */
export async function putKeywords(
  db: Db,
  written: readonly { row: number; keyword: WrittenKeyword }[],
  editor: Editor,
  t: Translate,
): Promise<KeywordChanges> {
  return db.tx(async (tx) => {
    const themes = await loadThemes(db, tx);
    const interventionsOf = (theme: string) => {
      const found = themes.get(theme);
      return found ? new Set(found.interventions.map(({ code }) => code)) : null;
    };
    const changes: KeywordChanges = { added: 0, updated: 0, unchanged: 0, faults: [] };
    const keywords: Keyword[] = [];
    for (const { row, keyword } of written) {
      const read = readKeyword(keyword, interventionsOf);
      if ("keyword" in read) keywords.push(read.keyword);
      else changes.faults.push({ row, field: read.fault.field, message: t(read.fault.text, read.fault.params) });
    }
    if (changes.faults.length > 0) return changes;
    const book = await KeywordBook.open(db, tx, editor);
    for (const keyword of keywords) changes[await book.put(keyword)]++;
    return changes;
  });
}

/**
 * Takes a keyword out of use. It stays in the store, so that loading the seeds again does not bring it back.
 *
 * @throws AppError KEYWORD-UNKNOWN 404
 */
export async function removeKeyword(
  db: Db,
  key: Pick<Keyword, "theme" | "kind" | "intervention" | "language" | "term">,
  editor: Editor,
  t: Translate,
): Promise<Keyword> {
  return db.tx(async (tx) => {
    const book = await KeywordBook.open(db, tx, editor);
    const removed = await book.remove(key);
    if (removed) return removed;
    const message = t("keyword.unknown", { term: key.term, theme: key.theme });
    throw new AppError("KEYWORD-UNKNOWN", 404, message, `tandai tags keywords list --theme ${key.theme}`);
  });
}

type KeywordAction = "added" | "updated" | "removed";

/** A change of a keyword as the history keeps it. */
export interface KeywordChange {
  id: number;
  at: string;
  by: string;
  action: KeywordAction;
  before: Keyword | null;
  after: Keyword | null;
}

/** The newest changes of the keywords of a theme, newest first. */
export async function keywordHistory(db: Db, theme: string, most: number): Promise<KeywordChange[]> {
  const { suggestionKeywordChanges: table } = db.tables;
  const rows = await db.read.select().from(table).where(eq(table.theme, theme)).orderBy(desc(table.id)).limit(most);
  return rows.map(({ id, at, by, action, before, after }) => ({
    id,
    at,
    by,
    action: action as KeywordAction,
    before: before as Keyword | null,
    after: after as Keyword | null,
  }));
}

/** The rows of all keywords while they are changed, with the history of every change. */
class KeywordBook {
  readonly #tx: Transaction;
  readonly #tables: Db["tables"];
  readonly #editor: Editor;
  readonly #rows = new Map<string, Row>();
  #lastChange: number;

  private constructor(tx: Transaction, tables: Db["tables"], editor: Editor, rows: readonly Row[], lastChange: number) {
    this.#tx = tx;
    this.#tables = tables;
    this.#editor = editor;
    this.#lastChange = lastChange;
    for (const row of rows) this.#rows.set(keyOf(row), row);
  }

  static async open(db: Db, tx: Transaction, editor: Editor): Promise<KeywordBook> {
    const { suggestionKeywords: table } = db.tables;
    const rows = await tx.select().from(table).orderBy(asc(table.theme), asc(table.term));
    const [last] = await tx.rows<{ id: bigint }>(
      sql`SELECT coalesce(max(id), 0) AS id FROM suggestion_keyword_changes`,
    );
    return new KeywordBook(tx, db.tables, editor, rows, Number(last?.id ?? 0n));
  }

  async put(keyword: Keyword): Promise<"added" | "updated" | "unchanged"> {
    const before = this.#rows.get(keyOf(keyword)) ?? null;
    const wasActive = before !== null && before.active === 1;
    const after: Row = {
      ...keyword,
      intervention: keyword.intervention ?? "",
      ministries: keyword.ministries.length > 0 ? keyword.ministries.join(" ") : null,
      origin: "planner",
      active: 1,
    };
    if (wasActive && sameContent(before, after)) return "unchanged";
    // The words may come back in another spelling of the same keyword; the key of the row stays.
    if (before) after.term = before.term;
    await this.#write(before, after);
    await this.#record(wasActive ? "updated" : "added", wasActive ? before : null, after);
    return wasActive ? "updated" : "added";
  }

  async remove(key: Pick<Keyword, "theme" | "kind" | "intervention" | "language" | "term">): Promise<Keyword | null> {
    const before = this.#rows.get(keyOf(key));
    if (before?.active !== 1) return null;
    await this.#write(before, { ...before, origin: "planner", active: 0 });
    await this.#record("removed", before, null);
    return keywordOf(before);
  }

  async #write(before: Row | null, after: Row): Promise<void> {
    const { suggestionKeywords: table } = this.#tables;
    this.#rows.set(keyOf(after), after);
    if (!before) {
      await this.#tx.insert(table).values(after);
      return;
    }
    const { theme, kind, intervention, language, term } = before;
    await this.#tx
      .update(table)
      .set(after)
      .where(
        and(
          eq(table.theme, theme),
          eq(table.kind, kind),
          eq(table.intervention, intervention),
          eq(table.language, language),
          eq(table.term, term),
        ),
      );
  }

  async #record(action: KeywordAction, before: Row | null, after: Row | null): Promise<void> {
    const { at, by } = this.#editor;
    const theme = (after ?? before)?.theme ?? "";
    await this.#tx.insert(this.#tables.suggestionKeywordChanges).values({
      id: ++this.#lastChange,
      theme,
      at,
      by,
      action,
      before: before ? keywordOf(before) : null,
      after: after ? keywordOf(after) : null,
    });
  }
}

function keyOf(keyword: Pick<Row, "theme" | "kind" | "language" | "term"> & { intervention: string | null }): string {
  const { theme, kind, intervention, language, term } = keyword;
  return [theme, kind, intervention ?? "", language, canonicalTerm(term)].join("\n");
}

function sameContent(a: Row, b: Row): boolean {
  return a.weight === b.weight && a.ministries === b.ministries && a.note === b.note;
}
