import { ClosestTag } from "../tagging/index.ts";
import type { LineMatch } from "./lines.ts";
import type { Names } from "./names.ts";
import type { TagRow } from "./queries.ts";
import type { Placement } from "./types.ts";

/** What the agreed tags of each fiscal year say about a node, with one placement object per node and intervention. */
export class TagIndex {
  /** Activities that carry a tag at any level. */
  readonly activities: string[];
  readonly #years = new Map<number, { closest: ClosestTag; nodes: Set<string> }>();
  readonly #placements = new Map<string, Placement>();
  readonly #names: Names;

  constructor(tags: readonly TagRow[], years: readonly number[], names: Names) {
    this.#names = names;
    this.activities = [...new Set(tags.map(({ node }) => node.slice(0, 4)))].sort();
    for (const year of years) {
      const ofYear = tags.filter(({ fiscalYearFrom, fiscalYearTo }) => fiscalYearFrom <= year && year <= fiscalYearTo);
      this.#years.set(year, { closest: new ClosestTag(ofYear), nodes: new Set(ofYear.map(({ node }) => node)) });
    }
  }

  /** Whether a node belongs to the theme in any of the years. */
  touches(node: string): boolean {
    return [...this.#years.values()].some(({ closest }) => closest.match(node).kind !== "untagged");
  }

  match(node: string, fiscalYear: number): LineMatch {
    const year = this.#years.get(fiscalYear);
    const match = year?.closest.match(node);
    if (!year || !match || match.kind === "untagged") return "untagged";
    if (match.kind === "needs-ro") return "needs-ro";
    const tagged = closestOf(node, year.nodes);
    const placements = match.node.parts.map(({ intervention, before, upTo }) => ({
      placement: this.#placement(tagged, intervention, upTo - before),
      before,
      upTo,
    }));
    return { placements, total: match.node.total };
  }

  #placement(node: string, intervention: string, share: number): Placement {
    const key = `${node} ${intervention} ${share}`;
    let placement = this.#placements.get(key);
    if (!placement) {
      placement = { node, intervention: this.#names.intervention(intervention), share };
      this.#placements.set(key, placement);
    }
    return placement;
  }
}

/** The deepest tagged node above or at a line's node. */
function closestOf(node: string, tagged: ReadonlySet<string>): string {
  const levels = node.split(".");
  while (levels.length > 1 && !tagged.has(levels.join("."))) levels.pop();
  return levels.join(".");
}
