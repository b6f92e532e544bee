import { fits, misfits } from "./characters.ts";
import type { Part } from "./parts.ts";
import type { Segment } from "./structures.ts";

/** One step of laying parts beside segments: both, or only one of them. */
export type Step =
  | { part: Part; segment: Segment }
  | { part: Part; segment: null }
  | { part: null; segment: Segment; position: number };

export interface Alignment {
  steps: Step[];
  cost: number;
  /** How many parts have the form of the segment they lie beside. */
  fitting: number;
}

// Costs only matter against each other: a swap of two neighbours (two wrong widths) must be cheaper than
// one missing plus one surplus, and that cheaper than a row of wrong widths.
const COST = { implausible: 1, character: 10, width: 20, widthAndCharacter: 25, empty: 25, missing: 30, extra: 30 };

/** Ministries are 001 … 152 and 999, activities 1001 … 6933: tells program from output where both are digits. */
function isImplausible(text: string, segment: Segment): boolean {
  if (segment.id === "program") return !/^[01]|^999/.test(text);
  return segment.id === "output" && text.startsWith("0");
}

function matchCost(part: Part, segment: Segment): number {
  if (part.text === "") return COST.empty;
  if (fits(part.text, segment.shape)) return isImplausible(part.text, segment) ? COST.implausible : 0;
  const characters = misfits(part.text, segment.shape).length;
  if (part.text.length === segment.width) return Math.min(characters, 2) * COST.character;
  return characters > 0 ? COST.widthAndCharacter : COST.width;
}

/**
 * Lays the parts of a printed code beside the segments at the least cost, so that one dropped or doubled segment is
 * named instead of shifting all that follow. Where several ways cost the same, parts go to the first segment they
 * fit: the last of equal neighbours (inter-entity and reserve) counts as the missing one.
 *
 * @param end offset in the input where the code ends, the place of segments missing at the end
 */
export function align(parts: readonly Part[], segments: readonly Segment[], end: number): Alignment {
  const costs = remainingCosts(parts, segments);
  const costAt = (p: number, s: number): number => costs[p]?.[s] ?? Number.POSITIVE_INFINITY;
  const steps: Step[] = [];
  let fitting = 0;
  let p = 0;
  let s = 0;
  while (p < parts.length || s < segments.length) {
    const [part, segment] = [parts[p], segments[s]];
    const rest = costAt(p, s);
    if (part && segment && rest === costAt(p + 1, s + 1) + matchCost(part, segment)) {
      if (fits(part.text, segment.shape)) fitting++;
      steps.push({ part, segment });
      p++;
      s++;
    } else if (segment && (!part || rest === costAt(p, s + 1) + COST.missing)) {
      steps.push({ part: null, segment, position: part?.start ?? end });
      s++;
    } else if (part) {
      steps.push({ part, segment: null });
      p++;
    }
  }
  return { steps, cost: costAt(0, 0), fitting };
}

/** costs[p][s]: the least cost of laying parts from p on beside segments from s on. */
function remainingCosts(parts: readonly Part[], segments: readonly Segment[]): number[][] {
  const costs: number[][] = Array.from({ length: parts.length + 1 }, () => []);
  for (let p = parts.length; p >= 0; p--) {
    const row = costs[p] ?? [];
    const below = costs[p + 1] ?? [];
    for (let s = segments.length; s >= 0; s--) {
      const [part, segment] = [parts[p], segments[s]];
      const options = [part || segment ? Number.POSITIVE_INFINITY : 0];
      if (part) options.push((below[s] ?? 0) + COST.extra);
      if (segment) options.push((row[s + 1] ?? 0) + COST.missing);
      if (part && segment) options.push((below[s + 1] ?? 0) + matchCost(part, segment));
      row[s] = Math.min(...options);
    }
  }
  return costs;
}
