/**
 * Which tags a line of the budget tree gets: the closest level wins. A 12-segment line can match its output or its
 * activity; when neither is tagged but something below its output is, it cannot be split (contract, Reconciliation).
 */

/** One agreed tag of a theme in one fiscal year. */
export interface TagShare {
  /** `activity[.output[.ro[.component]]]`. */
  node: string;
  intervention: string;
  /** Basis points. */
  share: number;
}

/** A part of a node: amounts between two cumulative shares go to one intervention. */
export interface Part {
  intervention: string;
  /** Sum of the shares of the interventions sorted before this one, basis points. */
  before: number;
  /** `before` plus its own share. */
  upTo: number;
}

/** The tags of a node: its parts in the order of intervention codes, and what its shares add up to. */
export interface TaggedNode {
  parts: Part[];
  total: number;
}

export type Match = { kind: "tagged"; node: TaggedNode } | { kind: "needs-ro" } | { kind: "untagged" };

const UNTAGGED: Match = { kind: "untagged" };
const NEEDS_RO: Match = { kind: "needs-ro" };

/** Finds the tags of any line node of one theme and fiscal year. */
export class ClosestTag {
  readonly #nodes = new Map<string, TaggedNode>();
  /** Outputs (`2080.QEA`) that carry a tag on an RO or komponen below them. */
  readonly #taggedBelow = new Set<string>();
  readonly #taggedActivities = new Set<string>();

  constructor(tags: readonly TagShare[]) {
    const byNode = new Map<string, Map<string, number>>();
    for (const { node, intervention, share } of tags) {
      const shares = byNode.get(node) ?? new Map<string, number>();
      shares.set(intervention, (shares.get(intervention) ?? 0) + share);
      byNode.set(node, shares);
      this.#taggedActivities.add(activityOf(node));
      const levels = node.split(".");
      if (levels.length > 2) this.#taggedBelow.add(`${levels[0]}.${levels[1]}`);
    }
    for (const [node, shares] of byNode) this.#nodes.set(node, split(shares));
  }

  /** The match of a line's node: `2080.QEA` for 12 segments, `2080.QEA.003.051` for 16. */
  match(node: string): Match {
    // Most activities carry no tag at all, on no level.
    if (!this.#taggedActivities.has(activityOf(node))) return UNTAGGED;
    for (let end = node.length; end > 0; end = node.lastIndexOf(".", end - 1)) {
      const tagged = this.#nodes.get(node.slice(0, end));
      if (tagged) return { kind: "tagged", node: tagged };
    }
    // Only an output of 12 segments can be among those that are tagged below.
    return this.#taggedBelow.has(node) ? NEEDS_RO : UNTAGGED;
  }
}

function activityOf(node: string): string {
  const end = node.indexOf(".");
  return end < 0 ? node : node.slice(0, end);
}

function split(shares: Map<string, number>): TaggedNode {
  let sum = 0;
  const parts = [...shares]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([intervention, share]) => {
      const before = sum;
      sum += share;
      return { intervention, before, upTo: sum };
    });
  return { parts, total: sum };
}
