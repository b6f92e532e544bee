import { FULL_SHARE } from "../money.ts";

/** A tag as far as its share matters. */
export interface ShareInYears {
  theme: string;
  node: string;
  fiscalYearFrom: number;
  fiscalYearTo: number;
  share: number;
}

/** A node and year whose shares exceed 100 percent. */
export interface ShareExcess {
  theme: string;
  node: string;
  fiscalYear: number;
  /** Basis points. */
  total: number;
}

/** The first year in which the shares of one node of one theme add up to more than 100 percent; null when none does. */
export function excessOf(tags: readonly ShareInYears[]): ShareExcess | null {
  const years = [...new Set(tags.map(({ fiscalYearFrom }) => fiscalYearFrom))].sort((a, b) => a - b);
  // Shares only grow where a tag begins, so looking at the first years of the tags is enough.
  for (const fiscalYear of years) {
    const total = tags
      .filter((tag) => tag.fiscalYearFrom <= fiscalYear && fiscalYear <= tag.fiscalYearTo)
      .reduce((sum, { share }) => sum + share, 0);
    const [first] = tags;
    if (total > FULL_SHARE && first) return { theme: first.theme, node: first.node, fiscalYear, total };
  }
  return null;
}

/** Whether two ranges of fiscal years have a year in common. */
export function yearsOverlap(
  a: Pick<ShareInYears, "fiscalYearFrom" | "fiscalYearTo">,
  b: Pick<ShareInYears, "fiscalYearFrom" | "fiscalYearTo">,
): boolean {
  return a.fiscalYearFrom <= b.fiscalYearTo && b.fiscalYearFrom <= a.fiscalYearTo;
}
