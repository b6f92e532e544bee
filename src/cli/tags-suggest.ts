import { formatPercent } from "../i18n/index.ts";
import { toJson } from "../json.ts";
import {
  acceptSuggestions,
  decide,
  reasonText,
  type SuggestionList,
  suggestionsDocument,
  suggestionsOf,
} from "../suggestions/index.ts";
import { resultDocument } from "../tagging/documents.ts";
import { type CommandContext, type ExitCode, usageError } from "./context.ts";
import { actorOf } from "./tags-life.ts";
import { table } from "./terminal.ts";

export const SUGGEST_USAGE = [
  "tags suggest --theme TEMA --year Y [--limit N]",
  "tags suggest accept|reject KODE… --theme TEMA --year Y --as NAMA [--why ALASAN] [--intervention I]",
];

export const SUGGEST_OPTIONS = {
  theme: { type: "string" },
  year: { type: "string" },
  limit: { type: "string" },
  as: { type: "string" },
  why: { type: "string" },
  intervention: { type: "string" },
} as const;

/** `tandai tags suggest …`: the list, or what was decided about it. */
export function runSuggest(context: CommandContext): Promise<ExitCode> {
  const [, action, ...nodes] = context.positionals;
  if (action === undefined) return list(context);
  if (action === "accept" && nodes.length > 0) return accept(context, nodes);
  if (action === "reject" && nodes.length > 0) return reject(context, nodes);
  throw usageError(context.t("suggest.needsAction"), SUGGEST_USAGE.map((line) => `tandai ${line}`).join("\n  "));
}

function themeAndYear({ t, text, integer }: CommandContext): { theme: string; year: number } {
  const theme = text("theme");
  if (theme === undefined || text("year") === undefined) {
    throw usageError(t("suggest.needsTheme"), `tandai ${SUGGEST_USAGE[0]}`);
  }
  const year = integer("year", 0);
  if (!/^\d{4}$/.test(String(year))) throw usageError(t("cli.notYear", { value: year }));
  return { theme, year };
}

async function list(context: CommandContext): Promise<0> {
  const { terminal, t, json, language } = context;
  const { theme, year } = themeAndYear(context);
  const limit = context.text("limit") === undefined ? null : context.integer("limit", 0);
  const found = await context.withStore((db) => suggestionsOf(db, theme, year, t));
  if (found.listed === 0) terminal.note(`${t("suggest.noOutputs", { year })} ${t("suggest.noOutputsHint")}`);
  if (json) terminal.print(toJson(suggestionsDocument(found, language, limit)));
  else printList(context, found, limit);
  return 0;
}

function printList({ terminal, t, language }: CommandContext, found: SuggestionList, limit: number | null): void {
  const { theme, year, suggestions } = found;
  const shown = suggestions.slice(0, limit ?? undefined);
  if (suggestions.length === 0) {
    terminal.print(t("suggest.none"));
    return;
  }
  const header = [
    "suggest.head.score",
    "suggest.head.code",
    "term.name",
    "term.intervention",
    "suggest.head.reason",
  ] as const;
  const rows = shown.map(({ score, code, name, intervention, reasons }) => [
    formatPercent(score, language),
    code,
    shorten(name, 60),
    intervention,
    shorten(reasons[0] ? reasonText(reasons[0], theme, language) : "", 90),
  ]);
  const titles = header.map((key) => t(key));
  for (const line of table(titles, rows, new Set([0]))) terminal.print(line);
  const counts = { shown: shown.length, all: suggestions.length, theme: theme.code, year };
  terminal.note(terminal.dim(t("suggest.shown", counts)));
}

function requestOf(context: CommandContext, nodes: string[]) {
  const { text } = context;
  const { name: by, at } = actorOf(context);
  const intervention = text("intervention") ?? null;
  return { ...themeAndYear(context), nodes, intervention, reason: text("why") ?? null, by, at };
}

/** Accepted suggestions become proposed tags. */
async function accept(context: CommandContext, nodes: string[]): Promise<0 | 1> {
  const { terminal, t, json } = context;
  const request = requestOf(context, nodes);
  const { decided, results } = await context.withStore((db) => acceptSuggestions(db, request, t));
  const documents = results.map(({ node, result }) => ({ code: node, ...resultDocument(result, t) }));
  if (json) terminal.print(toJson({ outcome: "accepted", decided, results: documents }));
  else terminal.print(t("suggest.decided.accepted", { count: decided }));
  for (const { code, problems } of documents) {
    for (const { message } of problems) terminal.note(`  ${code}: ${message}`);
  }
  return decided < results.length ? 1 : 0;
}

async function reject(context: CommandContext, nodes: string[]): Promise<0> {
  const { terminal, t, json } = context;
  const request = { ...requestOf(context, nodes), outcome: "rejected" as const };
  const count = await context.withStore((db) => decide(db, request, t));
  if (json) terminal.print(toJson({ outcome: "rejected", decided: count }));
  else terminal.print(t("suggest.decided.rejected", { count }));
  return 0;
}

function shorten(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}
