import { agreement, chooseLevel, defaultLevel, type LevelCandidate, SERVES } from "./choose-level.ts";
import { together } from "./learned-weight.ts";
import { Lessons } from "./lessons.ts";
import { NameReader } from "./name-evidence.ts";
import { Names } from "./names.ts";
import { explains, raises, SignReader, type Signs } from "./signs.ts";
import { activityOf, levelOf, TaggedYear, upwards } from "./tagged-year.ts";
import type { ListedOutput, Reason, Suggestion, SuggestionInput } from "./types.ts";

/** Below this score nothing worth a look speaks for an output. */
const LEAST = 0.05;
/** What is left of a score where the same money is suggested at another level. */
const OTHER_LEVEL = 0.5;
/** What is left of the score of a node of which a part is tagged already. */
const PARTLY_TAGGED = 0.5;
/** What parts say together is worth this much less than what is said of the whole. */
const FROM_PARTS = 0.95;
/** No sign is sure, and neither are many. */
const HIGHEST = 0.9999;
/** A word that stands in so many different names is no typing error. */
const COMMON = 5;

interface Candidate extends Signs {
  output: ListedOutput;
}

/**
 * Outputs of a year that may serve a theme and carry no agreed tag of it, best first; equal scores in the order of codes. The
 * score is the chance that at least one of the signs for it speaks true, times the factors of what speaks against it. The same
 * input gives the same list.
 */
export function suggest(input: SuggestionInput): Suggestion[] {
  const names = new Names();
  const reader = new NameReader(input.keywords, names, commonWords(input, names));
  const lessons = new Lessons(input, reader, names);
  const signs = new SignReader(input, lessons, reader, names);
  const agreed = new TaggedYear(input.teaching.find(({ year }) => year === input.year)?.agreed ?? []);
  const candidates = new Map<string, Candidate>();
  for (const output of input.outputs) {
    if (agreed.covering(output.node) === null) candidates.set(output.node, { output, ...signs.read(output) });
  }
  settleLevels(candidates, input, lessons);
  for (const [node, { reasons }] of candidates) {
    if (agreed.hasBelow(node)) reasons.push(lowers("partly-tagged", PARTLY_TAGGED, {}));
  }
  const classes = new Map(input.interventions.map(({ code, class: kind }) => [code, kind]));
  const found = [...candidates.values()].flatMap((candidate) => toSuggestion(candidate, input, reader, classes));
  // In the order of what is printed: equal scores are told apart by code, not by decimals that nobody sees.
  return found.sort((a, b) => b.score - a.score || (a.code < b.code ? -1 : 1));
}

/** Words that stand in several different names. */
function commonWords({ outputs, teaching }: SuggestionInput, names: Names): (word: string) => boolean {
  const distinct = new Set([...outputs, ...teaching.flatMap((year) => year.outputs)].map(({ name }) => name));
  const counts = new Map<string, number>();
  for (const name of distinct) {
    for (const word of new Set(names.words(name).map(({ text }) => text)))
      counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return (word) => (counts.get(word) ?? 0) >= COMMON;
}

/** Goes through the tree from the komponen up: what parts say about the whole, and at which level it is suggested. */
function settleLevels(candidates: Map<string, Candidate>, input: SuggestionInput, lessons: Lessons): void {
  const children = new Map<string, Candidate[]>();
  for (const [node, candidate] of candidates) {
    const [, parent] = upwards(node);
    if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), candidate]);
  }
  const usual = lessons.usualLevel() ?? defaultLevel(input.year);
  const parents = [...children.keys()].filter((node) => candidates.has(node));
  for (const node of parents.sort((a, b) => levelOf(b) - levelOf(a) || (a < b ? -1 : 1))) {
    const whole = candidates.get(node);
    const parts = children.get(node) ?? [];
    if (!whole) continue;
    const views = parts.map(viewOf);
    const together = agreement(views);
    if (together && whole.own < SERVES) {
      const facts = { parts: parts.length };
      whole.reasons.push(raises("parts-below", together.score * FROM_PARTS, together.intervention, facts));
    }
    const level = lessons.levelOfActivity(activityOf(node)) ?? usual;
    const choice = chooseLevel(viewOf(whole), views, level);
    if (choice === "parts") whole.reasons.push(lowers("other-level", OTHER_LEVEL, { nodes: parts.length, node }));
    if (choice === "whole") {
      for (const part of parts) part.reasons.push(lowers("other-level", OTHER_LEVEL, { nodes: 1, node }));
    }
  }
}

function viewOf({ output, reasons, taggedBefore, own }: Candidate): LevelCandidate {
  return {
    node: output.node,
    score: scoreOf(reasons),
    intervention: interventionOf(reasons),
    standsAlone: own >= SERVES,
    taggedBefore,
  };
}

function lowers(rule: Reason["rule"], points: number, facts: Reason["facts"]): Reason {
  return { rule, effect: "lowers", points, intervention: null, facts };
}

function scoreOf(reasons: readonly Reason[]): number {
  const raised = together(reasons.filter(({ effect }) => effect === "raises").map(({ points }) => points));
  const factor = reasons
    .filter(({ effect }) => effect === "lowers")
    .reduce((product, { points }) => product * points, 1);
  return Math.min(raised, HIGHEST) * factor;
}

/** The intervention that the signs speak for most; null when they name none. */
function interventionOf(reasons: readonly Reason[]): string | null {
  const points = new Map<string, number[]>();
  for (const { effect, intervention, points: point } of reasons) {
    if (effect === "raises" && intervention !== null)
      points.set(intervention, [...(points.get(intervention) ?? []), point]);
  }
  const sorted = [...points]
    .map(([intervention, list]) => ({ intervention, sum: together(list) }))
    .sort((a, b) => b.sum - a.sum || (a.intervention < b.intervention ? -1 : 1));
  return sorted[0]?.intervention ?? null;
}

function toSuggestion(
  { output, reasons }: Candidate,
  input: SuggestionInput,
  reader: NameReader,
  classes: ReadonlyMap<string, string>,
): Suggestion[] {
  const score = Math.round(scoreOf(reasons) * 10_000) / 10_000;
  if (score < LEAST) return [];
  const { node, name, program } = output;
  const known = interventionOf(reasons);
  const intervention = known ?? defaultIntervention(reasons, program.slice(0, 3), input, reader);
  const kind = intervention === null ? undefined : classes.get(intervention);
  if (intervention === null || kind === undefined) return [];
  const all = known === null ? [...reasons, explains("default-intervention", intervention, {})] : reasons;
  return [{ code: node, name, class: kind, intervention, score, reasons: inOrder(all) }];
}

/** What a mark or a word of the theme stands for by itself: the row of its word, of the ministry, else the first intervention. */
function defaultIntervention(
  reasons: readonly Reason[],
  ministry: string,
  { keywords, interventions }: SuggestionInput,
  reader: NameReader,
): string | null {
  const terms = new Set(reasons.filter(({ rule }) => rule === "theme-word").map(({ facts }) => facts.term));
  const word = keywords.find(({ kind, term, intervention }) => kind === "theme" && intervention && terms.has(term));
  return reader.ministryRow(ministry)?.intervention ?? word?.intervention ?? interventions[0]?.code ?? null;
}

/** What raises first, the strongest first; then what lowers, then what explains. */
function inOrder(reasons: readonly Reason[]): Reason[] {
  const effects = ["raises", "lowers", "explains"];
  return reasons
    .map((reason) => ({ ...reason, points: Math.round(reason.points * 10_000) / 10_000 }))
    .sort((a, b) => effects.indexOf(a.effect) - effects.indexOf(b.effect) || b.points - a.points);
}
