import type { TagShare } from "../tagging/index.ts";

/** Level of a node: 1 activity, 2 output (KRO), 3 RO, 4 komponen. */
export function levelOf(node: string): number {
  return node.split(".").length;
}

/** The activity of a node, its first four characters. */
export function activityOf(node: string): string {
  return node.slice(0, 4);
}

/** A node and those above it, the closest first. */
export function upwards(node: string): string[] {
  const levels = node.split(".");
  return levels.map((_, index) => levels.slice(0, levels.length - index).join("."));
}

/** What is agreed for one node, the largest share first. */
export interface AgreedNode {
  node: string;
  interventions: string[];
}

/** The agreed tags of one year by node. */
export class TaggedYear {
  readonly #nodes = new Map<string, AgreedNode>();
  readonly #above = new Set<string>();

  constructor(agreed: readonly TagShare[]) {
    const sorted = [...agreed].sort((a, b) => b.share - a.share || (a.intervention < b.intervention ? -1 : 1));
    for (const { node, intervention } of sorted) {
      const known = this.#nodes.get(node);
      if (known) known.interventions.push(intervention);
      else this.#nodes.set(node, { node, interventions: [intervention] });
      for (const above of upwards(node).slice(1)) this.#above.add(above);
    }
  }

  get size(): number {
    return this.#nodes.size;
  }

  /** Tagged nodes in the order of their codes. */
  nodes(): AgreedNode[] {
    return [...this.#nodes.values()].sort((a, b) => (a.node < b.node ? -1 : 1));
  }

  /** The tag that a node has: its own, else that of the closest node above it. */
  covering(node: string): AgreedNode | null {
    for (const level of upwards(node)) {
      const found = this.#nodes.get(level);
      if (found) return found;
    }
    return null;
  }

  /** Whether something below the node is tagged. */
  hasBelow(node: string): boolean {
    return this.#above.has(node);
  }
}
