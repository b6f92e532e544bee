import type { Translate } from "../i18n/index.ts";
import type { Db } from "../store/index.ts";
import { type Actor, proposeTags, type TagResult } from "../tagging/index.ts";
import { canonicalNode, type DecisionRequest, decide, listedNames } from "./decide.ts";
import { reasonText } from "./document.ts";
import { type SuggestionList, suggestionsOf } from "./queries.ts";
import type { Suggestion } from "./types.ts";

/** What became of accepted suggestions: the tags that are proposed, and those that were refused with the reason. */
export interface Accepted {
  /** Recorded as accepted. */
  decided: number;
  results: { node: string; result: TagResult }[];
}

/**
 * Accepts suggestions: each becomes a proposed tag of the whole node, with the reasons as its evidence, and is recorded for later
 * lists. A tag that cannot be proposed is not recorded as accepted.
 *
 * @throws AppError as `decide`
 */
export async function acceptSuggestions(
  db: Db,
  request: Omit<DecisionRequest, "outcome">,
  t: Translate,
): Promise<Accepted> {
  const { theme, year, intervention, reason, by, at } = request;
  const nodes = [...new Set(request.nodes.map(canonicalNode))];
  await listedNames(db.read, request, nodes, t);
  const list = await suggestionsOf(db, theme, year, t);
  const suggested = new Map(list.suggestions.map((one) => [one.code, one]));
  const actor: Actor = { name: by, at, reason };
  const proposals = nodes.map((node, index) => {
    const suggestion = suggested.get(node) ?? null;
    return {
      row: index + 1,
      fields: {
        theme,
        fiscal_year_from: String(year),
        fiscal_year_to: String(year),
        code: node,
        intervention: intervention ?? suggestion?.intervention ?? "",
        evidence: evidenceOf(suggestion, list, t),
      },
      origin: suggestion?.reasons.some(({ rule }) => rule === "krisna-mark")
        ? ("krisna" as const)
        : ("keyword" as const),
      replaces: null,
      rewrites: null,
    };
  });
  const results = await proposeTags(db, proposals, actor);
  const paired = results.map((result) => ({ node: proposals[result.row - 1]?.fields.code ?? "", result }));
  const proposed = paired.filter(({ result }) => result.outcome !== "refused").map(({ node }) => node);
  const decided = proposed.length === 0 ? 0 : await decide(db, { ...request, nodes: proposed, outcome: "accepted" }, t);
  return { decided, results: paired };
}

/** Why the list suggested an output, for who reviews the tag. */
function evidenceOf(suggestion: Suggestion | null, { theme }: SuggestionList, t: Translate): string {
  const raising = suggestion?.reasons.filter(({ effect }) => effect === "raises") ?? [];
  return raising.map((reason) => reasonText(reason, theme, t.language)).join(" ");
}
