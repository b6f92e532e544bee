import { formatShare } from "../money.ts";
import type { Problem } from "../rules.ts";
import { excessOf, yearsOverlap } from "./shares.ts";
import type { TagRow } from "./tag.ts";

/** A tag as far as it can get in the way of others on its node. */
export type Fitting = Pick<TagRow, "theme" | "node" | "intervention" | "fiscalYearFrom" | "fiscalYearTo" | "share">;

/** Which tags of a group fit with the others on their node, and why the rest do not. */
export interface FittedGroup<Tag extends Fitting> {
  fitting: Tag[];
  refused: { tag: Tag; problem: Problem }[];
}

/**
 * Checks a group of tags of one node and theme against each other and against the others that stand there: one
 * intervention has one tag in a year (TAG-011, the later one is refused), and the shares of a year add up to at most 100
 * percent (TAG-005, all tags of the year are refused together, because nobody said which one is wrong).
 */
export function fitGroup<Tag extends Fitting>(others: readonly Fitting[], group: readonly Tag[]): FittedGroup<Tag> {
  const refused: FittedGroup<Tag>["refused"] = [];
  let fitting: Tag[] = [];
  for (const tag of group) {
    const other = [...others, ...fitting].find(
      (one) => one.intervention === tag.intervention && yearsOverlap(one, tag),
    );
    if (other) refused.push({ tag, problem: overlapProblem(tag, other) });
    else fitting.push(tag);
  }
  for (
    let excess = excessOf([...others, ...fitting]);
    excess && fitting.length > 0;
    excess = excessOf([...others, ...fitting])
  ) {
    const { node, fiscalYear, total } = excess;
    const inYear = (tag: Tag) => tag.fiscalYearFrom <= fiscalYear && fiscalYear <= tag.fiscalYearTo;
    const params = { node, year: fiscalYear, total: formatShare(total) };
    for (const tag of fitting.filter(inYear))
      refused.push({ tag, problem: { rule: "TAG-005", column: "share", value: formatShare(tag.share), params } });
    fitting = fitting.filter((tag) => !inYear(tag));
  }
  return { fitting, refused };
}

function overlapProblem({ intervention, node, ...range }: Fitting, other: Fitting): Problem {
  return {
    rule: "TAG-011",
    column: "fiscal_year_from",
    value: yearsOf(range),
    params: { intervention, node, other: yearsOf(other) },
  };
}

/** `2023`, or `2023–2025`. */
export function yearsOf({ fiscalYearFrom, fiscalYearTo }: Pick<Fitting, "fiscalYearFrom" | "fiscalYearTo">): string {
  return fiscalYearFrom === fiscalYearTo ? `${fiscalYearFrom}` : `${fiscalYearFrom}–${fiscalYearTo}`;
}

/** The sentence about a node that nothing knows; `part` is its first level that is not known. */
export function unknownOutputProblem(
  tag: Pick<Fitting, "node" | "fiscalYearFrom" | "fiscalYearTo">,
  part: string,
): Problem {
  return { rule: "TAG-010", column: "code", value: tag.node, params: { part, years: yearsOf(tag) } };
}
