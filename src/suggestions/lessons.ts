import type { Outcomes } from "./learned-weight.ts";
import type { NameReader } from "./name-evidence.ts";
import { NameIndex } from "./name-similarity.ts";
import type { Names } from "./names.ts";
import { activityOf, levelOf, TaggedYear, upwards } from "./tagged-year.ts";
import { isMarked } from "./theme-mark.ts";
import type { Decision, SuggestionInput, TeachingYear } from "./types.ts";

/** A year with fewer agreed nodes was not worked through: what it leaves untagged says nothing. */
const WORKED_THROUGH = 10;

export const MARK_RULE = "krisna-mark";

/** A name of the teaching years, with what came of the outputs that bear it. */
export interface KnownName {
  name: string;
  node: string;
  year: number;
  stems: readonly string[];
  /** How many outputs of that name were tagged, by intervention of their largest share. */
  tagged: Map<string, number>;
  untagged: number;
}

/** A teaching year as it is asked. */
interface Lesson {
  year: number;
  tagged: TaggedYear;
  names: Map<string, string>;
  /** Listed outputs without the parts that only repeat them. */
  leaves: TeachingYear["outputs"];
  /** Untagged outputs of it were seen and left. */
  workedThrough: boolean;
  decisions: readonly Decision[];
}

/** What an activity had tagged in a year. */
export interface ActivityRecord {
  year: number;
  tagged: number;
  /** Outputs listed; null where no list of the year is known. */
  listed: number | null;
  intervention: string;
}

/** What the years before, and the tags of the year itself, teach about an output. */
export class Lessons {
  readonly known: NameIndex<KnownName>;
  readonly #names: Names;
  readonly #input: SuggestionInput;
  readonly #lessons: Lesson[];
  readonly #outcomes = new Map<string, Outcomes>();
  readonly #rejectedNames = new Map<string, { year: number; decision: Decision }>();
  readonly #activities = new Map<string, ActivityRecord>();

  constructor(input: SuggestionInput, reader: NameReader, names: Names) {
    this.#input = input;
    this.#names = names;
    this.#lessons = input.teaching.map((year) => lessonOf(year, input));
    const known = new Map<string, KnownName>();
    for (const lesson of this.#lessons) {
      this.#learnNames(lesson, known);
      this.#learnOutcomes(lesson, reader);
      this.#learnActivities(lesson);
      this.#learnRejections(lesson);
    }
    const stems = [
      ...input.outputs.map(({ name }) => names.stems(name)),
      ...[...known.values()].map((one) => one.stems),
    ];
    this.known = new NameIndex(
      stems,
      [...known.values()].filter(({ tagged }) => tagged.size > 0).map((item) => ({ stems: item.stems, item })),
    );
  }

  /** Earlier years, newest first. */
  #earlier(): Lesson[] {
    return this.#lessons.filter(({ year }) => year < this.#input.year);
  }

  outcomes(rule: string): Outcomes {
    return this.#outcomes.get(rule) ?? { agreed: 0, rejected: 0, passed: 0 };
  }

  activity(code: string): ActivityRecord | null {
    return this.#activities.get(code) ?? null;
  }

  /** What the newest earlier year that knows a code says about it. */
  sameCode(node: string) {
    for (const lesson of this.#earlier()) {
      const tag = lesson.tagged.covering(node);
      const name = lesson.names.get(node) ?? null;
      if (tag) return { year: lesson.year, name, tag, passedOver: false };
      if (lesson.tagged.hasBelow(node)) return null;
      if (name !== null) return { year: lesson.year, name, tag: null, passedOver: lesson.workedThrough };
    }
    return null;
  }

  /** The rejection of the node, or of an output of the same name, the newest first. */
  rejection(node: string, stems: readonly string[]) {
    return this.#rejectedNames.get(`node ${node}`) ?? this.#rejectedNames.get(stems.join(" ")) ?? null;
  }

  /** The level at which the tags of an activity sat in the newest earlier year that has some. */
  levelOfActivity(activity: string): number | null {
    for (const { tagged } of this.#earlier()) {
      const level = mostCommon(
        tagged
          .nodes()
          .filter(({ node }) => activityOf(node) === activity)
          .map(({ node }) => levelOf(node)),
      );
      if (level !== null) return level;
    }
    return null;
  }

  /** The level at which most tags of the theme sat in the newest earlier year that was worked through. */
  usualLevel(): number | null {
    const lesson = this.#earlier().find(({ tagged }) => tagged.size >= WORKED_THROUGH);
    return lesson ? mostCommon(lesson.tagged.nodes().map(({ node }) => levelOf(node))) : null;
  }

  #learnNames(lesson: Lesson, known: Map<string, KnownName>): void {
    const isCurrent = lesson.year === this.#input.year;
    for (const [node, name] of lesson.names) {
      if (isClassName(node, name, this.#input)) continue;
      const stems = this.#names.stems(name);
      const key = stems.join(" ");
      const tag = lesson.tagged.covering(node);
      const [intervention] = tag?.interventions ?? [];
      // What this year leaves untagged is still open; an output with a tagged part is neither one nor the other.
      if (intervention === undefined && (isCurrent || lesson.tagged.hasBelow(node))) continue;
      const entry = known.get(key) ?? { name, node, year: lesson.year, stems, tagged: new Map(), untagged: 0 };
      known.set(key, entry);
      if (intervention === undefined) entry.untagged++;
      else {
        if (entry.tagged.size === 0) Object.assign(entry, { name, node, year: lesson.year });
        entry.tagged.set(intervention, (entry.tagged.get(intervention) ?? 0) + 1);
      }
    }
  }

  #learnOutcomes({ year, leaves, tagged, workedThrough, decisions }: Lesson, reader: NameReader): void {
    const decided = new Map(decisions.map((decision) => [decision.node, decision.outcome]));
    const isCurrent = year === this.#input.year;
    for (const { node, name, program, themes } of leaves) {
      const isAgreed = tagged.covering(node) !== null || tagged.hasBelow(node) || decided.get(node) === "accepted";
      const isRejected = !isAgreed && decided.get(node) === "rejected";
      if (!isAgreed && !isRejected && (isCurrent || !workedThrough)) continue;
      const rules = new Set(reader.read(name, program.slice(0, 3)).hits.map(({ id }) => id));
      if (isMarked(themes, this.#input.marks)) rules.add(MARK_RULE);
      for (const rule of rules) {
        const counts = this.#outcomes.get(rule) ?? { agreed: 0, rejected: 0, passed: 0 };
        this.#outcomes.set(rule, counts);
        counts[isAgreed ? "agreed" : isRejected ? "rejected" : "passed"]++;
      }
    }
  }

  #learnActivities({ year, tagged, leaves }: Lesson): void {
    const listed = new Map<string, { all: number; tagged: number }>();
    for (const { node } of leaves) {
      const counts = listed.get(activityOf(node)) ?? { all: 0, tagged: 0 };
      listed.set(activityOf(node), counts);
      counts.all++;
      if (tagged.covering(node) !== null) counts.tagged++;
    }
    const byActivity = new Map<string, string[]>();
    for (const { node, interventions } of tagged.nodes()) {
      const found = byActivity.get(activityOf(node)) ?? [];
      byActivity.set(activityOf(node), [...found, ...interventions.slice(0, 1)]);
    }
    for (const [activity, interventions] of byActivity) {
      // Years come newest first: what is known of a newer one stays.
      if (this.#activities.has(activity)) continue;
      const counts = listed.get(activity);
      const tags = Math.max(counts?.tagged ?? 0, interventions.length);
      this.#activities.set(activity, {
        year,
        tagged: tags,
        listed: counts ? Math.max(counts.all, tags) : null,
        intervention: mostCommon(interventions) ?? "",
      });
    }
  }

  #learnRejections({ year, decisions, names, tagged }: Lesson): void {
    // The newest decision about an output counts, and an agreed tag more than any.
    for (const decision of new Map(decisions.map((one) => [one.node, one])).values()) {
      if (decision.outcome !== "rejected" || tagged.covering(decision.node) !== null) continue;
      const name = decision.name ?? names.get(decision.node) ?? null;
      const keys = [`node ${decision.node}`, ...(name === null ? [] : [this.#names.stems(name).join(" ")])];
      for (const key of keys) if (!this.#rejectedNames.has(key)) this.#rejectedNames.set(key, { year, decision });
    }
  }
}

/** Whether an output is named after its class only: `QEA Bantuan Masyarakat` says nothing about what it is for. */
export function isClassName(node: string, name: string, { className }: Pick<SuggestionInput, "className">): boolean {
  const [, output] = node.split(".");
  if (levelOf(node) !== 2 || output === undefined) return false;
  return className(output)?.trim().toLowerCase() === name.trim().toLowerCase();
}

function lessonOf({ year, outputs, agreed, decisions }: TeachingYear, input: SuggestionInput): Lesson {
  const tagged = new TaggedYear(agreed);
  const parents = new Set(
    outputs.filter(({ node }) => levelOf(node) <= 3).flatMap(({ node }) => upwards(node).slice(1)),
  );
  return {
    year,
    tagged,
    names: new Map(outputs.map(({ node, name }) => [node, name])),
    leaves: outputs.filter(({ node }) => levelOf(node) <= 3 && !parents.has(node)),
    workedThrough: year < input.year && tagged.size >= WORKED_THROUGH,
    decisions,
  };
}

/** The value that occurs most often; of several the smallest. */
function mostCommon<Value extends string | number>(values: readonly Value[]): Value | null {
  const counts = new Map<Value, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const sorted = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return sorted[0]?.[0] ?? null;
}
