import { FULL_SHARE } from "../money.ts";
import type { Theme } from "../references/index.ts";
import type { Db, Reader } from "../store/index.ts";
import { type ClosestTag, loadAgreedTags, type TaggedNode } from "../tagging/index.ts";
import { TAG_DIMENSIONS } from "./dimensions.ts";
import type { Basis, ReconciliationRequest } from "./types.ts";

/** A part of the money of a node: what lies between two cumulative shares of a denominator. */
export interface TagPart {
  class: string | null;
  intervention: string | null;
  before: number;
  upTo: number;
  denominator: number;
}

/** What a theme says about the money of a node. */
export type TagOutcome =
  | { kind: "tagged"; parts: TagPart[]; whole: TagPart }
  | { kind: "needs-ro" }
  | { kind: "untagged" };

/** The agreed tags of a theme in the fiscal years of a request; the rule itself is `ClosestTag`. */
export class TagRules {
  readonly #tags: ReadonlyMap<number, ClosestTag>;
  readonly #classOf: ReadonlyMap<string, string>;
  readonly #basis: Basis;
  /** Whether the parts of a node are told apart: a dimension or a filter asks for class or intervention. */
  readonly splitsParts: boolean;

  constructor(tags: ReadonlyMap<number, ClosestTag>, theme: Theme, request: ReconciliationRequest) {
    this.#tags = tags;
    this.#classOf = new Map(theme.interventions.map((intervention) => [intervention.code, intervention.class]));
    this.#basis = request.basis;
    this.splitsParts = [...request.by, ...Object.keys(request.where)].some((dimension) =>
      (TAG_DIMENSIONS as readonly string[]).includes(dimension),
    );
  }

  of(fiscalYear: number, node: string | null): TagOutcome {
    const match = node === null ? null : this.#tags.get(fiscalYear)?.match(node);
    if (!match) return { kind: "untagged" };
    if (match.kind !== "tagged") return match;
    // Whole: the parts share out the full amount. Weighted: each part is its percentage of the amount.
    const denominator = this.#basis === "whole" ? match.node.total : FULL_SHARE;
    const whole = { class: null, intervention: null, before: 0, upTo: match.node.total, denominator };
    return { kind: "tagged", whole, parts: this.splitsParts ? this.#parts(match.node, denominator) : [whole] };
  }

  #parts({ parts }: TaggedNode, denominator: number): TagPart[] {
    return parts.map(({ intervention, before, upTo }) => ({
      class: this.#classOf.get(intervention) ?? null,
      intervention,
      before,
      upTo,
      denominator,
    }));
  }
}

export async function loadTagRules(
  db: Db,
  reader: Reader,
  request: ReconciliationRequest,
  theme: Theme,
  years: readonly number[],
): Promise<TagRules> {
  return new TagRules(await loadAgreedTags(db, reader, theme.code, years), theme, request);
}
