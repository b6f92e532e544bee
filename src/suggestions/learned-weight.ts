/** How often a rule (a keyword, the KRISNA mark) met an output in the years that teach, by what came of it. */
export interface Outcomes {
  agreed: number;
  rejected: number;
  /** Listed in a year that was worked through, and not tagged: less telling than a rejection. */
  passed: number;
}

/** So many outcomes weigh as much as what the list says. */
const PRIOR = 6;
/** An output that was passed over counts as this part of a rejection. */
const PASSED = 0.25;
const HIGHEST = 0.97;

/**
 * How far a rule speaks for the theme after what came of it: the mean of the weight that the list gives it (as six outcomes)
 * and of what was agreed among all outcomes. Never above 0.97: no rule is sure.
 *
 * @param weight 0 to 1, as the list states it
 */
export function learnedWeight(weight: number, { agreed, rejected, passed }: Outcomes): number {
  const learned = (PRIOR * weight + agreed) / (PRIOR + agreed + rejected + PASSED * passed);
  return Math.min(learned, Math.max(weight, HIGHEST));
}

/** The chance that at least one of several independent signs speaks true: 1 − Π(1 − p). */
export function together(points: readonly number[]): number {
  return 1 - points.reduce((left, point) => left * (1 - point), 1);
}
