import { resolve } from "node:path";
import { toJson } from "../json.ts";
import { loadThemes, type Theme } from "../references/index.ts";
import type { Db } from "../store/index.ts";
import { suggestionTexts } from "../suggestions/index.ts";
import { resultDocument } from "../tagging/documents.ts";
import { copyForward, importWorksheet, worksheetRows } from "../tagging/index.ts";
import { type CommandContext, usageError } from "./context.ts";
import { actorOf, report } from "./tags-life.ts";

/** `tags worksheet`: the outputs of a year as a workbook to be filled. */
export async function runWorksheet(context: CommandContext): Promise<0> {
  const { t, text, terminal, json, language } = context;
  const [code, out] = [text("theme"), text("out")];
  const year = context.integer("year", 0);
  if (code === undefined || out === undefined || year === 0) throw usageError(t("tags.needsYear"));
  const file = resolve(out);
  const { writeTagWorksheet } = await import("../../reports/tag-worksheet.ts");
  const written = await context.withStore(async (db) => {
    const theme = await themeOf(db, code, context);
    const suggestions = await suggestionTexts(db, theme.code, year, t);
    const rows = await worksheetRows(db, theme.code, year, suggestions);
    return { rows: rows.length, ...(await writeTagWorksheet({ theme, year, rows, language }, file)) };
  });
  if (json) terminal.print(toJson({ file, theme: code, year, ...written }));
  else terminal.print(t("tags.sheetWritten", { file, rows: written.rows }));
  return 0;
}

/** The theme of a code. @throws AppError USAGE with the themes there are */
export async function themeOf(db: Db, code: string, { t }: CommandContext): Promise<Theme> {
  const themes = await loadThemes(db);
  const theme = themes.get(code);
  if (!theme) throw usageError(t("rule.TAG-001.message", { value: code }), [...themes.keys()].join(", "));
  return theme;
}

/** `tags read-worksheet FILE`: proposes what planners filled in. */
export async function runReadWorksheet(context: CommandContext): Promise<0 | 1> {
  const actor = actorOf(context);
  const [, file] = context.positionals;
  if (file === undefined) throw usageError(context.t("cli.needsFile"));
  return report(context, await context.withStore((db) => importWorksheet(db, file, actor, context.t)));
}

/** `tags forward`: proposes the agreed tags of one year for another. */
export async function runForward(context: CommandContext): Promise<0 | 1> {
  const { t, text, json, terminal } = context;
  const actor = actorOf(context);
  const code = text("theme");
  const [from, to] = [context.integer("from", 0), context.integer("to", 0)];
  if (code === undefined || from === 0 || to === 0) throw usageError(t("tags.needsForward"));
  const copied = await context.withStore(async (db) => {
    const theme = await themeOf(db, code, context);
    return copyForward(db, { theme: theme.code, from, to }, actor);
  });
  const results = copied.flatMap((one) => one.results);
  const without = copied.filter((one) => one.results.length === 0);
  if (!json) {
    for (const { from: tag } of without)
      terminal.print(t("tags.noCounterpart", { code: tag.node, intervention: tag.intervention }));
    return report(context, results);
  }
  const document = copied.map(({ from: tag, results: made }) => ({
    from: { tag: tag.id, code: tag.node, intervention: tag.intervention },
    to: made.map(({ code: place, ...result }) => ({ code: place, ...resultDocument(result, t) })),
  }));
  terminal.print(toJson({ theme: code, from, to, copied: document }));
  return results.some(({ outcome }) => outcome === "refused") || without.length > 0 ? 1 : 0;
}
