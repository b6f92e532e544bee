import { readFile, writeFile } from "node:fs/promises";
import { csvLine } from "../csv.ts";
import { toJson } from "../json.ts";
import {
  activeKeywords,
  type Editor,
  findTheme,
  KEYWORD_COLUMNS,
  type Keyword,
  keywordDocument,
  keywordHistory,
  keywordsOfText,
  putKeywords,
  removeKeyword,
  type WrittenKeyword,
} from "../suggestions/index.ts";
import { type CommandContext, type ExitCode, usageError } from "./context.ts";
import { actorOf } from "./tags-life.ts";
import { table } from "./terminal.ts";

export const KEYWORDS_USAGE = [
  "tags keywords list [--theme TEMA] [--intervention I] [--kind K]",
  "tags keywords add KATA --theme TEMA [--kind K] [--intervention I] [--language id|en] [--weight 1..100] [--ministries BA,…] [--note TEKS] --as NAMA",
  "tags keywords remove KATA --theme TEMA [--kind K] [--intervention I] [--language id|en] --as NAMA",
  "tags keywords export [--theme TEMA] [--out BERKAS] · tags keywords import BERKAS --as NAMA · tags keywords history --theme TEMA",
];

export const KEYWORDS_OPTIONS = {
  theme: { type: "string" },
  intervention: { type: "string" },
  kind: { type: "string" },
  language: { type: "string" },
  weight: { type: "string" },
  ministries: { type: "string" },
  note: { type: "string" },
  as: { type: "string" },
  out: { type: "string" },
} as const;

const HISTORY_SHOWN = 200;

const ACTIONS: Record<string, (context: CommandContext, subject: string) => Promise<ExitCode>> = {
  list,
  add,
  remove,
  export: exportList,
  import: importList,
  history,
};

/** `tandai tags keywords …`: the keyword lists, their changes, and who made them. */
export function runKeywords(context: CommandContext): Promise<ExitCode> {
  const [, action = "list", ...words] = context.positionals;
  const run = Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined;
  const usage = KEYWORDS_USAGE.map((line) => `tandai ${line}`).join("\n  ");
  if (!run) throw usageError(context.t("keyword.needsAction"), usage);
  const needsSubject = action === "add" || action === "remove" || action === "import";
  if (needsSubject && words.length === 0) throw usageError(context.t("keyword.needsTerm"), usage);
  return run(context, words.join(" "));
}

function editorOf(context: CommandContext): Editor {
  const { name, at } = actorOf(context);
  return { by: name, at };
}

async function chosen({ t, text, withStore }: CommandContext): Promise<Keyword[]> {
  const theme = text("theme") ?? null;
  const all = await withStore(async (db) => {
    if (theme !== null) await findTheme(db, db.read, theme, t);
    return activeKeywords(db, db.read, theme);
  });
  const [intervention, kind] = [text("intervention"), text("kind")];
  return all.filter(
    (keyword) =>
      (intervention === undefined || (keyword.intervention ?? "") === intervention) &&
      (kind === undefined || keyword.kind === kind),
  );
}

async function list(context: CommandContext): Promise<0> {
  const { terminal, t, json } = context;
  const keywords = await chosen(context);
  if (json) {
    terminal.print(toJson(keywords.map(keywordDocument)));
    return 0;
  }
  const titles = [
    t("keyword.head.kind"),
    t("keyword.head.intervention"),
    t("keyword.head.language"),
    t("keyword.head.term"),
    t("keyword.head.weight"),
    t("keyword.head.ministries"),
  ];
  const rows = keywords.map(({ kind, intervention, language, term, weight, ministries }) => [
    kind,
    intervention ?? "–",
    language,
    term,
    String(weight),
    ministries.join(" "),
  ]);
  for (const line of table(titles, rows, new Set([4]))) terminal.print(line);
  return 0;
}

async function add(context: CommandContext, term: string): Promise<ExitCode> {
  const { text } = context;
  const keyword: WrittenKeyword = {
    theme: text("theme") ?? "",
    kind: text("kind") ?? "",
    intervention: text("intervention") ?? "",
    language: text("language") ?? "",
    term,
    weight: text("weight") ?? "",
    ministries: text("ministries") ?? "",
    note: text("note") ?? "",
  };
  return put(context, [{ row: 1, keyword }]);
}

async function importList(context: CommandContext, file: string): Promise<ExitCode> {
  const { t } = context;
  const content = await readFile(file, "utf8").catch(() => {
    throw usageError(t("cli.noFile", { file }));
  });
  const written = keywordsOfText(content);
  if (written === null) throw usageError(t("keyword.noColumns", { file, columns: KEYWORD_COLUMNS.join(", ") }));
  return put(context, written);
}

async function put(context: CommandContext, written: { row: number; keyword: WrittenKeyword }[]): Promise<ExitCode> {
  const { terminal, t, json, withStore } = context;
  const editor = editorOf(context);
  const { faults, ...counts } = await withStore((db) => putKeywords(db, written, editor, t));
  if (json) terminal.print(toJson({ ...counts, faults }));
  else
    terminal.print(faults.length > 0 ? t("keyword.refused", { count: faults.length }) : t("keyword.changed", counts));
  if (!json) for (const { row, field, message } of faults) terminal.note(`  ${row} · ${field}: ${message}`);
  return faults.length > 0 ? 1 : 0;
}

async function remove(context: CommandContext, term: string): Promise<0> {
  const { terminal, t, json, text, withStore } = context;
  const editor = editorOf(context);
  const key = {
    theme: text("theme") ?? "",
    kind: (text("kind") ?? "keyword") as Keyword["kind"],
    intervention: text("intervention") ?? null,
    language: (text("language") ?? "id") as Keyword["language"],
    term,
  };
  const removed = await withStore((db) => removeKeyword(db, key, editor, t));
  if (json) terminal.print(toJson({ removed: keywordDocument(removed) }));
  else terminal.print(t("keyword.removed", { term }));
  return 0;
}

async function exportList(context: CommandContext): Promise<0> {
  const { terminal, t, text, json } = context;
  const keywords = await chosen(context);
  const content = json ? toJson(keywords.map(keywordDocument)) : toCsv(keywords);
  const file = text("out");
  if (file === undefined) terminal.print(content);
  else {
    await writeFile(file, `${content}\n`);
    terminal.note(t("cli.written", { file }));
  }
  return 0;
}

function toCsv(keywords: readonly Keyword[]): string {
  const rows = keywords.map((keyword) => {
    const row = { ...keyword, ministries: keyword.ministries.join(" ") };
    return csvLine(KEYWORD_COLUMNS.map((column) => row[column]));
  });
  return [csvLine(KEYWORD_COLUMNS), ...rows].join("\n");
}

async function history(context: CommandContext): Promise<0> {
  const { terminal, t, json, text, withStore } = context;
  const theme = text("theme") ?? "";
  const changes = await withStore(async (db) => {
    await findTheme(db, db.read, theme, t);
    return keywordHistory(db, theme, HISTORY_SHOWN);
  });
  if (json) {
    terminal.print(toJson(changes));
    return 0;
  }
  const titles = [t("keyword.head.at"), t("keyword.head.by"), t("keyword.head.action"), t("keyword.head.term")];
  const rows = changes.map(({ at, by, action, before, after }) => [at, by, action, (after ?? before)?.term ?? ""]);
  for (const line of table(titles, rows, new Set())) terminal.print(line);
  return 0;
}
