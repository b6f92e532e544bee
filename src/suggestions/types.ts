import type { TagShare } from "../tagging/index.ts";
import type { KeywordLanguage } from "./keyword-term.ts";

/** What a row of a keyword list does. */
export const KEYWORD_KINDS = [
  /** Speaks for an intervention. */
  "keyword",
  /** Speaks for the theme; its intervention is taken only where nothing tells more. */
  "theme",
  /** Takes back what keywords say: those it shares words with, else all of its intervention (or of the theme). */
  "exclusion",
  /** A ministry that works for the theme; its intervention is taken only where nothing tells more. */
  "ministry",
] as const;

export type KeywordKind = (typeof KEYWORD_KINDS)[number];

/** A row of a keyword list. */
export interface Keyword {
  theme: string;
  kind: KeywordKind;
  /** Null: of the whole theme. */
  intervention: string | null;
  language: KeywordLanguage;
  /** Words as `parseTerm` reads them; for a ministry its code. */
  term: string;
  /** How far it speaks for the theme by itself, percent; of an exclusion, how much it takes back. */
  weight: number;
  /** Ministries in which it counts, or (with `!`) does not; empty: everywhere. */
  ministries: string[];
  note: string | null;
}

/** An output of the year that may serve the theme. */
export interface ListedOutput {
  /** `activity[.output[.ro[.component]]]`. */
  node: string;
  name: string;
  /** Ministry 3 + unit 2 + program 2. */
  program: string;
  /** Theme marks as the list prints them. */
  themes: string | null;
}

/** What somebody decided about a suggestion. */
export interface Decision {
  node: string;
  name: string | null;
  outcome: "accepted" | "rejected";
  intervention: string | null;
  reason: string | null;
}

/** A year that teaches: its outputs, what was agreed, what was decided. The year of the suggestions teaches too. */
export interface TeachingYear {
  year: number;
  outputs: readonly Pick<ListedOutput, "node" | "name" | "program" | "themes">[];
  agreed: readonly TagShare[];
  decisions: readonly Decision[];
}

/** Everything that suggestions follow from. */
export interface SuggestionInput {
  theme: string;
  /** How lists mark the theme, in lower case: its own code, its code inside `kdtema`, other spellings. */
  marks: readonly string[];
  year: number;
  /** All listed outputs of the year. */
  outputs: readonly ListedOutput[];
  /** Interventions in the order of the theme. */
  interventions: readonly { code: string; class: string }[];
  keywords: readonly Keyword[];
  /** Earlier years, newest first, and the year itself. */
  teaching: readonly TeachingYear[];
  activityName(activity: string): string | null;
  /** Names of the output classes (KRO), which say nothing about what an output is for. */
  className(output: string): string | null;
}

/** Why an output is suggested, or not higher: one rule with what it found. */
export interface Reason {
  rule: ReasonRule;
  /** Of what raises the score: how far it speaks for the theme by itself, 0 to 1. Of what lowers it: the factor. */
  points: number;
  effect: "raises" | "lowers" | "explains";
  intervention: string | null;
  /** What the sentence of the rule names. */
  facts: Record<string, string | number>;
}

export const REASON_RULES = [
  "krisna-mark",
  "keyword",
  "theme-word",
  "similar-name",
  "same-code",
  "same-code-renamed",
  "same-activity",
  "activity-name",
  "parts-below",
  "excluded",
  "other-ministry",
  "rejected-before",
  "passed-over",
  "partly-tagged",
  "other-level",
  "default-intervention",
] as const;

export type ReasonRule = (typeof REASON_RULES)[number];

/** A candidate: an output that may serve the theme. */
export interface Suggestion {
  code: string;
  name: string;
  class: string;
  intervention: string;
  /** 0 to 1, four decimals. */
  score: number;
  reasons: Reason[];
}
