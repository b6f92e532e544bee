import { type SQL, sql } from "drizzle-orm";
import type { Reader, Value } from "../store/index.ts";
import type { TagPart, TagRules } from "./tag-rules.ts";

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

/** Matches the distinct nodes of the ledger with the tags of a theme. */
export async function matchTags(reader: Reader, rules: TagRules, years: readonly number[]): Promise<TagMatches> {
  const parts: Value[][] = [];
  const nodes: Value[][] = [];
  const needsRo: Value[][] = [];
  const untagged: Value[][] = [];
  for (const { fiscal_year, node } of await ledgerNodes(reader, years)) {
    const outcome = rules.of(Number(fiscal_year), node);
    if (outcome.kind === "needs-ro") needsRo.push([fiscal_year, node]);
    else if (outcome.kind === "untagged") untagged.push([fiscal_year, node]);
    else {
      const rowOf = (part: TagPart): Value[] => [
        fiscal_year,
        node,
        part.class,
        part.intervention,
        BigInt(part.before),
        BigInt(part.upTo),
        BigInt(part.denominator),
      ];
      nodes.push(rowOf(outcome.whole));
      parts.push(...outcome.parts.map(rowOf));
    }
  }
  return {
    parts: sql`${reader.list(PART, parts)} AS m`,
    nodes: sql`${reader.list(PART, nodes)} AS m`,
    needsRo: sql`${reader.list(NODE, needsRo)} AS n`,
    untagged: sql`${reader.list(NODE, untagged)} AS n`,
  };
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
