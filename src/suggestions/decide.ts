import { sql } from "drizzle-orm";
import { parseNode } from "../coa/index.ts";
import { AppError } from "../errors.ts";
import type { Translate } from "../i18n/index.ts";
import type { Db } from "../store/index.ts";
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
 * Records what was decided about suggestions, for the lists of this and later years. It writes no tag: accepted outputs are
 * proposed as tags through the pipeline.
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
    const names = await outputNames(tx, year, nodes);
    const unknown = nodes.filter((node) => !names.has(node));
    if (unknown.length > 0) {
      const message = t("suggest.unknownOutput", { nodes: unknown.join(", "), year });
      throw new AppError("SUGGEST-UNKNOWN-OUTPUT", 422, message, t("suggest.unknownOutputHint", { theme, year }));
    }
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

function canonicalNode(text: string): string {
  const node = parseNode(text.trim());
  return node.ok ? node.node.code : text.trim();
}
