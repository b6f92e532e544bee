import { sql } from "drizzle-orm";
import { parseNode } from "../coa/index.ts";
import { AppError } from "../errors.ts";
import type { Translate } from "../i18n/index.ts";
import type { Db, Reader } from "../store/index.ts";
import { findTheme, outputNames } from "./queries.ts";
import type { Decision } from "./types.ts";

/** A decision about suggested outputs of a year. */
export interface DecisionRequest {
  theme: string;
  year: number;
  /** Outputs of the year. */
  nodes: readonly string[];
  outcome: Decision["outcome"];
  /** Of accepted ones: what they serve, where it differs from the suggestion. */
  intervention: string | null;
  /** A rejection says why. */
  reason: string | null;
  by: string;
  /** ISO text in UTC. */
  at: string;
}

/**
 * Records what was decided about suggestions, for the lists of this and later years. It writes no tag (see
 * `acceptSuggestions`).
 *
 * @returns how many outputs were decided
 * @throws AppError SUGGEST-NO-REASON, SUGGEST-UNKNOWN-OUTPUT, THEME-UNKNOWN, KEYWORD-INVALID
 */
export async function decide(db: Db, request: DecisionRequest, t: Translate): Promise<number> {
  const { theme, year, outcome, intervention, by, at } = request;
  const reason = request.reason?.trim() || null;
  if (outcome === "rejected" && reason === null) {
    throw new AppError("SUGGEST-NO-REASON", 422, t("suggest.noReason"), t("suggest.noReasonHint"));
  }
  const nodes = [...new Set(request.nodes.map(canonicalNode))];
  return db.tx(async (tx) => {
    const { interventions } = await findTheme(db, tx, theme, t);
    if (intervention !== null && !interventions.some(({ code }) => code === intervention)) {
      const choices = interventions.map(({ code }) => code).join(", ");
      throw new AppError("KEYWORD-INVALID", 422, t("keyword.noIntervention", { theme, intervention }), choices);
    }
    const names = await listedNames(tx, request, nodes, t);
    const [last] = await tx.rows<{ id: bigint }>(sql`SELECT coalesce(max(id), 0) AS id FROM suggestion_decisions`);
    const first = Number(last?.id ?? 0n) + 1;
    await tx.insert(db.tables.suggestionDecisions).values(
      nodes.map((node, index) => {
        const name = names.get(node) ?? null;
        return { id: first + index, theme, fiscalYear: year, node, name, outcome, intervention, reason, at, by };
      }),
    );
    return nodes.length;
  });
}

/** The names of outputs of a year. @throws AppError SUGGEST-UNKNOWN-OUTPUT for one that no list in force has */
export async function listedNames(
  reader: Reader,
  { theme, year }: Pick<DecisionRequest, "theme" | "year">,
  nodes: readonly string[],
  t: Translate,
): Promise<Map<string, string>> {
  const names = await outputNames(reader, year, nodes);
  const unknown = nodes.filter((node) => !names.has(node));
  if (unknown.length === 0) return names;
  const message = t("suggest.unknownOutput", { nodes: unknown.join(", "), year });
  throw new AppError("SUGGEST-UNKNOWN-OUTPUT", 422, message, t("suggest.unknownOutputHint", { theme, year }));
}

/** A node as lists write it; what is none stays as it is. */
export function canonicalNode(text: string): string {
  const node = parseNode(text.trim());
  return node.ok ? node.node.code : text.trim();
}
