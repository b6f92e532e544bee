import { RSPP_FIRST_YEAR } from "../coa/index.ts";
import { levelOf } from "./tagged-year.ts";

/** A candidate as far as its level matters. */
export interface LevelCandidate {
  node: string;
  score: number;
  /** What its own signs speak for; null when they name no intervention. */
  intervention: string | null;
  /** Its own name or last year's tag of exactly this code speaks for the theme. */
  standsAlone: boolean;
  /** Exactly this node was tagged the year before. */
  taggedBefore: boolean;
}

/** At which of two levels an output and its parts are suggested. */
export type LevelChoice = "whole" | "parts" | "both";

/** From this score on a candidate counts as one that serves the theme. */
export const SERVES = 0.45;

/** An output has the same intervention as all its listed parts: what they speak for together; null when they do not agree. */
export function agreement(parts: readonly LevelCandidate[]): { intervention: string | null; score: number } | null {
  if (parts.length === 0 || parts.some(({ score }) => score < SERVES)) return null;
  const named = new Set(parts.flatMap(({ intervention }) => intervention ?? []));
  if (named.size > 1) return null;
  const score = parts.reduce((sum, part) => sum + part.score, 0) / parts.length;
  return { intervention: [...named][0] ?? null, score };
}

/**
 * Whether a node is suggested, or its parts, when both would be: where last year's tag was; the parts, when only some of them
 * serve the theme or they serve different interventions and the name of the whole says nothing; else the usual level.
 *
 * @param usual the level at which tags of this activity are set (1 activity to 4 komponen)
 */
export function chooseLevel(whole: LevelCandidate, parts: readonly LevelCandidate[], usual: number): LevelChoice {
  const serving = parts.filter(({ score }) => score >= SERVES);
  if (serving.length === 0 || whole.score < SERVES) return "both";
  if (whole.taggedBefore) return "whole";
  if (serving.some(({ taggedBefore }) => taggedBefore)) return "parts";
  if (agreement(parts) === null) return whole.standsAlone ? "whole" : "parts";
  return usual > levelOf(whole.node) ? "parts" : "whole";
}

/** The level at which tags are set where no year before tells: outputs until 2020, RO since the redesign of 2021. */
export function defaultLevel(year: number): number {
  return year >= RSPP_FIRST_YEAR ? 3 : 2;
}
