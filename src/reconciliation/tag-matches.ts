import { type SQL, sql } from "drizzle-orm";
import { FULL_SHARE } from "../money.ts";
import type { Theme } from "../references/index.ts";
import type { Db, Reader, Value } from "../store/index.ts";
import { loadAgreedTags, type TaggedNode } from "../tagging/index.ts";
import { TAG_DIMENSIONS } from "./dimensions.ts";
import type { ReconciliationRequest } from "./types.ts";

/** Every node with money in the years of the window, sorted by what the theme's tags say about it. */
export interface TagMatches {
  /** Rows of the parts of tagged nodes, to be joined as `m`. */
  parts: SQL;
  /** Tagged nodes with their whole share as one part, to be joined as `m`. */
  nodes: SQL;
  /** 12-segment nodes whose output is tagged only below it, to be joined as `n`. */
  needsRo: SQL;
  /** Nodes that no tag touches, to be joined as `n`. */
  untagged: SQL;
}

const PART = {
  fiscal_year: "int",
  node: "text",
  class: "text",
  intervention: "text",
  before: "int",
  up_to: "int",
  denominator: "int",
} as const;
const NODE = { fiscal_year: "int", node: "text" } as const;

/** Matches the distinct nodes of the ledger with the tags of a theme; the rule itself is `ClosestTag`. */
export async function matchTags(
  db: Db,
  reader: Reader,
  request: ReconciliationRequest,
  theme: Theme,
  years: readonly number[],
): Promise<TagMatches> {
  const tags = await loadAgreedTags(db, reader, theme.code, years);
  const classOf = new Map(theme.interventions.map((intervention) => [intervention.code, intervention.class]));
  const splitsParts = [...request.by, ...Object.keys(request.where)].some((dimension) =>
    (TAG_DIMENSIONS as readonly string[]).includes(dimension),
  );
  const parts: Value[][] = [];
  const nodes: Value[][] = [];
  const needsRo: Value[][] = [];
  const untagged: Value[][] = [];
  for (const { fiscal_year, node } of await ledgerNodes(reader, years)) {
    const match = tags.get(Number(fiscal_year))?.match(node);
    if (match?.kind === "tagged") {
      const denominator = denominatorOf(request, match.node);
      nodes.push([fiscal_year, node, null, null, 0n, BigInt(match.node.total), denominator]);
      if (!splitsParts) continue;
      for (const { intervention, before, upTo } of match.node.parts) {
        parts.push([
          fiscal_year,
          node,
          classOf.get(intervention) ?? null,
          intervention,
          BigInt(before),
          BigInt(upTo),
          denominator,
        ]);
      }
    } else if (match?.kind === "needs-ro") needsRo.push([fiscal_year, node]);
    else untagged.push([fiscal_year, node]);
  }
  return {
    parts: sql`${reader.list(PART, splitsParts ? parts : nodes)} AS m`,
    nodes: sql`${reader.list(PART, nodes)} AS m`,
    needsRo: sql`${reader.list(NODE, needsRo)} AS n`,
    untagged: sql`${reader.list(NODE, untagged)} AS n`,
  };
}

/** Whole: the parts share out the full amount. Weighted: each part is its percentage of the amount. */
function denominatorOf(request: ReconciliationRequest, node: TaggedNode): bigint {
  return BigInt(request.basis === "whole" ? node.total : FULL_SHARE);
}

function ledgerNodes(reader: Reader, years: readonly number[]): Promise<{ fiscal_year: bigint; node: string }[]> {
  const list = sql.join(
    years.map((year) => sql.raw(String(year))),
    sql`, `,
  );
  return reader.rows(sql`
    SELECT b.fiscal_year AS fiscal_year, c.node AS node
    FROM month_balances b JOIN code_combinations c ON c.id = b.code_id AND c.ministry = b.ministry
    WHERE b.fiscal_year IN (${list})
    UNION
    SELECT b.fiscal_year, c.node
    FROM year_balances b JOIN code_combinations c ON c.id = b.code_id AND c.ministry = b.ministry
    WHERE b.fiscal_year IN (${list})`);
}
