import { toJson } from "../json.ts";
import { formatShare } from "../money.ts";
import { loadThemes } from "../references/index.ts";
import type { Db } from "../store/index.ts";
import { agreementDocument, resultsDocument, stepDocument, tagDocument } from "../tagging/documents.ts";
import {
  type Actor,
  ALL_TAGS,
  listAgreements,
  listTags,
  type Proposal,
  type ProposalFields,
  proposeTags,
  TAG_STATUSES,
  type TagAction,
  type TagFilter,
  type TagResult,
  type TagRow,
  TRANSITIONS,
  tagHistory,
  takeSteps,
} from "../tagging/index.ts";
import { type CommandContext, usageError } from "./context.ts";
import { table } from "./terminal.ts";

/** Options of the life of a tag. */
export const LIFE_OPTIONS = {
  as: { type: "string" },
  why: { type: "string" },
  theme: { type: "string" },
  status: { type: "string" },
  year: { type: "string" },
  from: { type: "string" },
  to: { type: "string" },
  code: { type: "string" },
  class: { type: "string" },
  intervention: { type: "string" },
  share: { type: "string" },
  evidence: { type: "string" },
  link: { type: "string" },
  all: { type: "boolean" },
  agreement: { type: "string" },
  date: { type: "string" },
  semester: { type: "string" },
  party: { type: "string", multiple: true },
} as const;

/** Who acts and why. @throws AppError USAGE when nobody is named */
export function actorOf(context: CommandContext): Actor {
  const name = context.actor();
  if (name === null) throw usageError(context.t("tags.needsActor"), "--as NAMA · TANDAI_AS");
  return { name, at: new Date().toISOString(), reason: context.text("why")?.trim() || null };
}

/** `tags list`: tags with their numbers. */
export async function runList(context: CommandContext): Promise<0> {
  const { terminal, t, json, withStore } = context;
  const [tags, themes] = await withStore(async (db) => [await listTags(db, filterOf(context)), await loadThemes(db)]);
  if (json) {
    terminal.print(toJson(tags.map((tag) => tagDocument(tag, themes))));
    return 0;
  }
  const titles = ["id", "status", "code", "intervention", "share", "years", "agreement"] as const;
  const rows = tags.map((tag) => [
    String(tag.id),
    t(`tags.status.${tag.status as (typeof TAG_STATUSES)[number]}`),
    tag.node,
    tag.intervention,
    formatShare(tag.share),
    `${tag.fiscalYearFrom}–${tag.fiscalYearTo}`,
    tag.agreement ?? "",
  ]);
  for (const line of table(
    titles.map((title) => t(`tags.head.${title}`)),
    rows,
    new Set([0, 4]),
  )) {
    terminal.print(line);
  }
  return 0;
}

function filterOf(context: CommandContext): TagFilter {
  const status = context.text("status")?.split(",") ?? null;
  const wrong = status?.find((one) => !(TAG_STATUSES as readonly string[]).includes(one));
  if (wrong !== undefined) throw usageError(context.t("tags.unknownStatus", { value: wrong }), TAG_STATUSES.join(", "));
  return {
    theme: context.text("theme") ?? null,
    status,
    year: context.text("year") === undefined ? null : context.integer("year", 0),
    node: context.text("code") ?? null,
  };
}

/** `tags history ID`: every step of one tag. */
export async function runHistory(context: CommandContext): Promise<0> {
  const { terminal, t, json, withStore } = context;
  const id = numbersOf(context)[0] ?? 0;
  const [steps, themes] = await withStore(async (db) => [await tagHistory(db, id), await loadThemes(db)]);
  if (steps.length === 0) throw usageError(t("rule.TAG-021.message", { value: id }), t("rule.TAG-021.cure"));
  if (json) terminal.print(toJson(steps.map((step) => stepDocument(step, themes))));
  else {
    for (const { at, by, action, reason, after } of steps) {
      const what = after ? `${after.node} ${after.intervention} ${formatShare(after.share)} %` : "–";
      const why = reason === null ? "" : ` · ${reason}`;
      terminal.print(`${at}  ${by ?? t("tags.nobody")}  ${action}  ${what}  ${after?.agreement ?? ""}${why}`.trimEnd());
    }
  }
  return 0;
}

/** `tags agreements`: what is recorded. */
export async function runAgreements({ terminal, json, withStore }: CommandContext): Promise<0> {
  const recorded = await withStore((db) => listAgreements(db));
  if (json) terminal.print(toJson(recorded.map(agreementDocument)));
  else
    for (const { number, date, semester, parties } of recorded)
      terminal.print(`${number}  ${date}  ${semester}  ${parties.join(", ")}`);
  return 0;
}

/** `tags propose` and `tags identify` with a code, or with the numbers of tags that are there. */
export async function runPropose(context: CommandContext, status: "proposed" | "identified"): Promise<0 | 1> {
  const actor = actorOf(context);
  if (status === "proposed" && (context.positionals.length > 1 || context.flag("all")))
    return runStep(context, "propose");
  const proposal = { row: 1, fields: fieldsOf(context, null), origin: "hand", replaces: null, rewrites: null } as const;
  return report(context, await context.withStore((db) => proposeTags(db, [proposal], actor, status)));
}

/** `tags change ID` rewrites a tag on its way; `tags replace ID` proposes what is to take the place of an agreed one. */
export async function runRewrite(context: CommandContext, how: "change" | "replace"): Promise<0 | 1> {
  const actor = actorOf(context);
  const [id = 0] = numbersOf(context);
  const results = await context.withStore(async (db) => {
    const old = await tagOf(db, id);
    const proposal: Proposal = {
      row: 1,
      fields: fieldsOf(context, old),
      origin: "hand",
      replaces: how === "replace" ? id : null,
      rewrites: how === "change" ? id : null,
    };
    return proposeTags(db, [proposal], actor);
  });
  return report(context, results);
}

async function tagOf(db: Db, id: number): Promise<TagRow | null> {
  return (await listTags(db, ALL_TAGS)).find((tag) => tag.id === id) ?? null;
}

/** The fields that options state; those of another tag where they are silent. */
function fieldsOf({ text }: CommandContext, old: TagRow | null): ProposalFields {
  const year = text("year");
  const intervention = text("intervention") ?? old?.intervention;
  return {
    theme: text("theme") ?? old?.theme ?? "",
    fiscal_year_from: text("from") ?? year ?? String(old?.fiscalYearFrom ?? ""),
    fiscal_year_to: text("to") ?? year ?? String(old?.fiscalYearTo ?? text("from") ?? ""),
    code: text("code") ?? old?.node ?? "",
    class: text("class") ?? "",
    intervention: intervention ?? "",
    share: text("share") ?? (old ? formatShare(old.share) : ""),
    evidence: text("evidence") ?? "",
    link: text("link") ?? "",
  };
}

/** A step with tags named by number, or (`--all`) with all that the filters leave and that may take it. */
export async function runStep(context: CommandContext, action: TagAction): Promise<0 | 1> {
  const actor = actorOf(context);
  const { text } = context;
  const number = text("agreement");
  const parties = context.texts("party");
  const agreement =
    number === undefined
      ? null
      : {
          number,
          ...(text("date") !== undefined && { date: text("date") ?? "" }),
          ...(text("semester") !== undefined && { semester: text("semester") ?? "" }),
          ...(parties.length > 0 && { parties }),
        };
  const results = await context.withStore(async (db) => {
    const tags = context.flag("all") ? await chosen(db, context, action) : numbersOf(context);
    return takeSteps(db, { action, tags, agreement }, actor);
  });
  return report(context, results);
}

async function chosen(db: Db, context: CommandContext, action: TagAction): Promise<number[]> {
  const filter = filterOf(context);
  const tags = await listTags(db, { ...filter, status: filter.status ?? TRANSITIONS[action].from });
  return tags.map(({ id }) => id);
}

function numbersOf({ positionals, t }: CommandContext): number[] {
  const texts = positionals.slice(1).flatMap((text) => text.split(","));
  const wrong = texts.find((text) => !/^\d{1,9}$/.test(text));
  if (texts.length === 0 || wrong !== undefined) throw usageError(t("tags.needsNumbers"));
  return texts.map(Number);
}

/** Prints what became of the rows; exit code 1 when one was refused. */
export function report({ terminal, t, json }: CommandContext, results: readonly TagResult[]): 0 | 1 {
  const document = resultsDocument(results, t);
  if (json) terminal.print(toJson(document));
  else {
    for (const { row, tag, outcome, problems } of document.results) {
      // Steps are taken with tags by their numbers; everything else comes from rows.
      const place = tag === row ? t("tags.placeTag", { tag }) : t("tags.placeRow", { row });
      for (const { rule, message, cure } of problems)
        terminal.print(`${terminal.bad("✗")} ${place}: ${message} ${cure} (${rule})`);
      if (outcome !== "refused" && document.results.length <= 20)
        terminal.print(`${terminal.good("✓")} ${t(`tags.outcome.${outcome}`, { tag: tag ?? 0 })}`);
    }
    const { created, updated, unchanged, refused } = document;
    terminal.print(t("tags.summary", { created, updated, unchanged, refused }));
  }
  return document.refused > 0 ? 1 : 0;
}
