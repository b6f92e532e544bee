import { learnedWeight, together } from "./learned-weight.ts";
import { isClassName, type KnownName, type Lessons, MARK_RULE } from "./lessons.ts";
import type { NameHit, NameReader } from "./name-evidence.ts";
import type { Names } from "./names.ts";
import { activityOf, levelOf } from "./tagged-year.ts";
import { isMarked } from "./theme-mark.ts";
import type { ListedOutput, Reason, ReasonRule, SuggestionInput } from "./types.ts";

/** How far each sign speaks for the theme by itself. */
const MARK = 0.65;
const SIMILAR = 0.9;
const SAME_NODE = 0.92;
const SAME_OUTPUT = 0.8;
const SAME_ACTIVITY_NODE = 0.55;
const RENAMED = 0.3;
const ACTIVITY = 0.35;
/** A name that says little by itself is read together with that of its activity. */
const ACTIVITY_NAME = 0.35;

/** Below this resemblance two names are of different outputs. */
const RESEMBLES = 0.55;
const RENAMED_BELOW = 0.35;

/** What lowers a score. */
const OTHER_MINISTRY = 0.75;
const REJECTED = 0.25;
const PASSED_OVER = 0.8;

/** What speaks for and against an output by itself, before it is compared with its parts. */
export interface Signs {
  reasons: Reason[];
  /** Exactly this node was tagged the year before. */
  taggedBefore: boolean;
  /** Its own name or code speaks for the theme, and how far. */
  own: number;
}

/** Reads the signs of outputs. */
export class SignReader {
  readonly #input: SuggestionInput;
  readonly #lessons: Lessons;
  readonly #reader: NameReader;
  readonly #names: Names;
  readonly #activityNames = new Map<string, NameHit[]>();

  constructor(input: SuggestionInput, lessons: Lessons, reader: NameReader, names: Names) {
    this.#input = input;
    this.#lessons = lessons;
    this.#reader = reader;
    this.#names = names;
  }

  read(output: ListedOutput): Signs {
    const { node, name, program, themes } = output;
    const ministry = program.slice(0, 3);
    const named = isClassName(node, name, this.#input)
      ? { hits: [], exclusions: [] }
      : this.#reader.read(name, ministry);
    const stems = this.#names.stems(name);
    const reasons: Reason[] = [];
    const same = this.#sameCode(node, stems);
    if (same.reason) reasons.push(same.reason);
    if (isMarked(themes, this.#input.marks)) reasons.push(this.#mark(themes ?? ""));
    const hits = named.hits.map((hit) => this.#hit(hit, ministry));
    reasons.push(...hits);
    const similar = isClassName(node, name, this.#input) ? null : this.#similar(stems);
    if (similar) reasons.push(similar);
    if (!same.reason) reasons.push(...this.#sameActivity(node));
    if (together(hits.map(({ points }) => points)) < 0.5) reasons.push(...this.#activityName(node, ministry));
    for (const { keyword, words } of named.exclusions) {
      const facts = { term: keyword.term, words: words.join(" "), percent: keyword.weight };
      reasons.push(explains("excluded", keyword.intervention, facts));
    }
    if (hits.length > 0 && this.#isOther(ministry)) {
      reasons.push({ ...explains("other-ministry", null, { ministry }), points: OTHER_MINISTRY });
    }
    reasons.push(...this.#against(node, stems, same.passedOver));
    const own = together(
      reasons
        .filter(({ rule }) => ["keyword", "theme-word", "similar-name", "same-code"].includes(rule))
        .map(({ points }) => points),
    );
    return { reasons, taggedBefore: same.exact, own };
  }

  #isOther(ministry: string): boolean {
    return this.#reader.listsMinistries && this.#reader.ministryRow(ministry) === null;
  }

  #mark(themes: string): Reason {
    const outcomes = this.#lessons.outcomes(MARK_RULE);
    const facts = { field: themes, ...outcomes };
    return raises("krisna-mark", learnedWeight(MARK, outcomes), null, facts);
  }

  #hit({ keyword, id, words, quality }: NameHit, ministry: string): Reason {
    const outcomes = this.#lessons.outcomes(id);
    const points =
      learnedWeight(keyword.weight / 100, outcomes) * quality * (this.#isOther(ministry) ? OTHER_MINISTRY : 1);
    const facts = { term: keyword.term, words: words.join(" "), ...outcomes };
    const isTheme = keyword.kind === "theme";
    return raises(isTheme ? "theme-word" : "keyword", points, isTheme ? null : keyword.intervention, facts);
  }

  #similar(stems: readonly string[]): Reason | null {
    let best: { points: number; similarity: number; item: KnownName } | null = null;
    for (const { item, similarity } of this.#lessons.known.similar(stems, RESEMBLES)) {
      const tagged = taggedOf(item);
      const points = (SIMILAR * similarity ** 2 * tagged) / (tagged + item.untagged);
      if (!best || points > best.points) best = { points, similarity, item };
    }
    if (!best || best.points < 0.05) return null;
    const { item, similarity, points } = best;
    const facts = {
      name: item.name,
      node: item.node,
      year: item.year,
      percent: Math.round(similarity * 100),
      tagged: taggedOf(item),
      untagged: item.untagged,
    };
    return raises("similar-name", points, mainIntervention(item), facts);
  }

  #sameCode(node: string, stems: readonly string[]) {
    const before = this.#lessons.sameCode(node);
    const nothing = { reason: null, exact: false, passedOver: null };
    if (!before) return nothing;
    const { year, name, tag, passedOver } = before;
    const resemblance = name === null ? null : this.#lessons.known.between(stems, this.#names.stems(name));
    if (!tag) {
      const isSame = passedOver && resemblance !== null && resemblance >= RESEMBLES;
      return isSame ? { ...nothing, passedOver: year } : nothing;
    }
    const [intervention = null] = tag.interventions;
    if (resemblance !== null && resemblance < RENAMED_BELOW) {
      const facts = { year, node: tag.node, name: name ?? "" };
      return { ...nothing, reason: raises("same-code-renamed", RENAMED, intervention, facts) };
    }
    const exact = tag.node === node;
    const points = exact ? SAME_NODE : levelOf(tag.node) > 1 ? SAME_OUTPUT : SAME_ACTIVITY_NODE;
    return { ...nothing, exact, reason: raises("same-code", points, intervention, { year, node: tag.node }) };
  }

  #sameActivity(node: string): Reason[] {
    const record = this.#lessons.activity(activityOf(node));
    if (!record) return [];
    const { year, tagged, listed, intervention } = record;
    const points = ACTIVITY * (tagged / (listed ?? tagged + 2));
    const facts = { activity: activityOf(node), year, tagged, listed: listed ?? "?" };
    return [raises("same-activity", points, intervention, facts)];
  }

  #activityName(node: string, ministry: string): Reason[] {
    const activity = activityOf(node);
    const name = this.#input.activityName(activity);
    if (name === null) return [];
    const hits = this.#activityNames.get(activity) ?? this.#reader.read(name, ministry).hits;
    this.#activityNames.set(activity, hits);
    const [best] = hits;
    if (!best) return [];
    const points = ACTIVITY_NAME * together(hits.map(({ keyword, quality }) => (keyword.weight / 100) * quality));
    const intervention = best.keyword.kind === "theme" ? null : best.keyword.intervention;
    return [raises("activity-name", points, intervention, { activity, name, term: best.keyword.term })];
  }

  #against(node: string, stems: readonly string[], passedOver: number | null): Reason[] {
    const rejected = this.#lessons.rejection(node, stems);
    if (rejected) {
      const { year, decision } = rejected;
      const facts = { year, node: decision.node, reason: decision.reason ?? "–" };
      return [{ rule: "rejected-before", effect: "lowers", points: REJECTED, intervention: null, facts }];
    }
    if (passedOver === null) return [];
    return [
      { rule: "passed-over", effect: "lowers", points: PASSED_OVER, intervention: null, facts: { year: passedOver } },
    ];
  }
}

function taggedOf({ tagged }: KnownName): number {
  return [...tagged.values()].reduce((sum, count) => sum + count, 0);
}

function mainIntervention({ tagged }: KnownName): string | null {
  const [first] = [...tagged].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return first?.[0] ?? null;
}

export function raises(rule: ReasonRule, points: number, intervention: string | null, facts: Reason["facts"]): Reason {
  return { rule, effect: "raises", points, intervention, facts };
}

export function explains(rule: ReasonRule, intervention: string | null, facts: Reason["facts"]): Reason {
  return { rule, effect: "explains", points: 0, intervention, facts };
}
