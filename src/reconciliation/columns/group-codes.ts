import type { CodePart, Ministries, PartChunk, YearColumns } from "../../ledger/index.ts";
import type { TagOutcome, TagPart, TagRules } from "../tag-rules.ts";
import type { Dimension, ReconciliationRequest } from "../types.ts";
import { Combinations, Numbering } from "./combinations.ts";
import { type CodeDimension, isExpenditure, keyRule } from "./line-keys.ts";

/** Groups that every theme has beside its rows. */
export const UNTAGGED = 0;
export const NEEDS_RO = 1;
export const FILTERED_OUT = 2;
const FIRST_ROW = 3;

const OUTSIDE = -1;

/** The codes of a chunk and the group of each; below 0 where the code counts for none, or for several (`splits`). */
export interface GroupedChunk {
  fiscalYear: number;
  ministry: string;
  chunk: number;
  groups: Int32Array;
  splits: Split[];
}

/** A code whose amounts are shared out, each with its rounding. */
export interface Split {
  slot: number;
  parts: { part: TagPart; group: number }[];
  /** Whether what the parts leave is money that the theme does not touch. */
  hasRest: boolean;
}

export interface GroupedCodes {
  chunks: GroupedChunk[];
  /** How many groups there are, those of the theme included. */
  count: number;
  /** The groups that are rows. */
  rows: number[];
  /** Key of a row for a dimension of the request that is not the month. */
  key(group: number, dimension: Dimension): string | null;
}

interface Question {
  request: ReconciliationRequest;
  cohorts: ReadonlyMap<string, string>;
  rules: TagRules | null;
}

/** The codes of a chunk as they were read. */
interface CodeChunk extends GroupedChunk {
  parts: Map<CodePart, PartChunk>;
  /** Number of the combination of line keys of each code, `OUTSIDE` where a filter leaves it out. */
  lines: Int32Array;
}

/** Puts every code of the years into its group. */
export async function groupCodes(years: ReadonlyMap<number, YearColumns>, question: Question): Promise<GroupedCodes> {
  const { request, cohorts } = question;
  const filters = Object.entries(request.where) as [Dimension, string[]][];
  const lineFilters = filters.filter((filter): filter is [CodeDimension, string[]] => isCodeDimension(filter[0]));
  const lineDimensions = request.by.filter(isCodeDimension);
  const needed = [...lineDimensions, ...lineFilters.map(([dimension]) => dimension)];
  const parts = new Set<CodePart>(["account"]);
  for (const dimension of needed) {
    const { part } = keyRule(dimension, cohorts);
    if (part !== "ministry") parts.add(part);
  }
  if (question.rules) parts.add("node");
  const chunks = await readChunks(years, parts, request.where.ministry ?? null);
  keep(chunks, "account", (account) => isExpenditure(account));
  for (const [dimension, wanted] of lineFilters) {
    const rule = keyRule(dimension, cohorts);
    const values = new Set(wanted);
    keep(chunks, rule.part, (part) => {
      const key = part === null ? null : rule.key(part);
      return key !== null && values.has(key);
    });
  }
  const levels: Level[] = [];
  for (const dimension of lineDimensions) levels.push(numberLines(chunks, dimension, cohorts, levels.at(-1) ?? null));
  return new Grouping(question, levels).group(chunks);
}

function isCodeDimension(dimension: Dimension): dimension is CodeDimension {
  return dimension !== "month" && dimension !== "class" && dimension !== "intervention";
}

async function readChunks(
  years: ReadonlyMap<number, YearColumns>,
  parts: ReadonlySet<CodePart>,
  ministries: Ministries,
): Promise<CodeChunk[]> {
  const chunks: CodeChunk[] = [];
  for (const [fiscalYear, columns] of years) {
    const byName = new Map<string, CodeChunk>();
    for (const part of parts) {
      for (const read of await columns.part(part, ministries)) {
        const { ministry, chunk, positions } = read;
        const name = `${ministry} ${chunk}`;
        const known = byName.get(name);
        if (known) known.parts.set(part, read);
        else {
          const lines = new Int32Array(positions.length);
          const groups = new Int32Array(positions.length);
          byName.set(name, { fiscalYear, ministry, chunk, parts: new Map([[part, read]]), lines, groups, splits: [] });
        }
      }
    }
    chunks.push(...byName.values());
  }
  return chunks;
}

function partOf(chunk: CodeChunk, part: CodePart): PartChunk {
  const read = chunk.parts.get(part);
  if (!read) throw new Error(`${part} of chunk ${chunk.ministry} ${chunk.chunk} of ${chunk.fiscalYear} is missing`);
  return read;
}

/** Leaves out the codes of which a part does not fit. */
function keep(
  chunks: readonly CodeChunk[],
  part: CodePart | "ministry",
  fits: (value: string | null) => boolean,
): void {
  for (const chunk of chunks) {
    const { lines } = chunk;
    if (part === "ministry") {
      if (!fits(chunk.ministry)) lines.fill(OUTSIDE);
      continue;
    }
    const { values, positions } = partOf(chunk, part);
    const fitting = values.map(fits);
    if (fitting.every(Boolean)) continue;
    for (let slot = 0; slot < lines.length; slot++) {
      if (!fitting[positions[slot] as number]) lines[slot] = OUTSIDE;
    }
  }
}

/** One dimension of the lines: its keys, and its combinations with the dimensions before it. */
interface Level {
  dimension: CodeDimension;
  keys: Numbering;
  combinations: Combinations;
}

/** Refines the numbers of lines by one more dimension. */
function numberLines(
  chunks: readonly CodeChunk[],
  dimension: CodeDimension,
  cohorts: ReadonlyMap<string, string>,
  before: Level | null,
): Level {
  const rule = keyRule(dimension, cohorts);
  const keys = new Numbering();
  const numberOf = (part: string | null) => keys.of(part === null ? null : rule.key(part));
  // All keys first: the table of combinations wants to know how many there are.
  const numbers = chunks.map((chunk) => {
    const { part } = rule;
    return part === "ministry" ? [numberOf(chunk.ministry)] : partOf(chunk, part).values.map(numberOf);
  });
  const combinations = new Combinations(before?.combinations.count ?? 1, keys.count);
  for (const [index, chunk] of chunks.entries()) {
    const positions = rule.part === "ministry" ? null : partOf(chunk, rule.part).positions;
    combinations.refine(chunk.lines, numbers[index] ?? [], positions);
  }
  return { dimension, keys, combinations };
}

/** Turns numbers of lines into groups, by what the theme says about their nodes. */
class Grouping {
  readonly #question: Question;
  readonly #levels: readonly Level[];
  /** Numbers of what is told apart about tags; without class and intervention there is one. */
  readonly #tags = new Numbering();
  readonly #tagOf = new Map<Tag, number>();
  readonly #rows: Combinations;

  constructor(question: Question, levels: readonly Level[]) {
    this.#question = question;
    this.#levels = levels;
    const { by } = question.request;
    const tellsTags = by.includes("class") || by.includes("intervention");
    this.#rows = new Combinations(tellsTags ? Number.POSITIVE_INFINITY : 1, levels.at(-1)?.combinations.count ?? 1);
  }

  group(chunks: readonly CodeChunk[]): GroupedCodes {
    const { rules } = this.#question;
    for (const chunk of chunks) {
      if (rules) this.#groupByTheme(chunk, rules);
      else this.#groupLines(chunk);
    }
    return {
      chunks: [...chunks],
      count: FIRST_ROW + this.#rows.count,
      rows: Array.from({ length: this.#rows.count }, (_, row) => FIRST_ROW + row),
      key: (group, dimension) => this.#key(group - FIRST_ROW, dimension),
    };
  }

  #groupLines({ lines, groups }: CodeChunk): void {
    const tag = this.#tag(NO_TAG);
    for (let slot = 0; slot < lines.length; slot++) {
      const line = lines[slot] as number;
      groups[slot] = line < 0 ? OUTSIDE : FIRST_ROW + this.#rows.of(tag, line);
    }
  }

  #groupByTheme(chunk: CodeChunk, rules: TagRules): void {
    const { values, positions } = partOf(chunk, "node");
    const outcomes = values.map((node) => rules.of(chunk.fiscalYear, node));
    const { lines, groups } = chunk;
    for (let slot = 0; slot < lines.length; slot++) {
      const line = lines[slot] as number;
      groups[slot] = line < 0 ? OUTSIDE : this.#groupOf(chunk, slot, line, outcomes[positions[slot] as number]);
    }
  }

  #groupOf(chunk: CodeChunk, slot: number, line: number, outcome: TagOutcome | undefined): number {
    if (outcome?.kind === "needs-ro") return NEEDS_RO;
    if (outcome?.kind !== "tagged") return UNTAGGED;
    const [first] = outcome.parts;
    // One part that takes everything needs no rounding.
    if (first && outcome.parts.length === 1 && first.before === 0 && first.upTo === first.denominator)
      return this.#groupOfPart(line, first);
    chunk.splits.push({
      slot,
      parts: outcome.parts.map((part) => ({ part, group: this.#groupOfPart(line, part) })),
      hasRest: outcome.whole.upTo !== outcome.whole.denominator,
    });
    return OUTSIDE;
  }

  #groupOfPart(line: number, part: TagPart): number {
    const { where } = this.#question.request;
    const fits = passes(part.class, where.class) && passes(part.intervention, where.intervention);
    return fits ? FIRST_ROW + this.#rows.of(this.#tag(part), line) : FILTERED_OUT;
  }

  #tag(tag: Tag): number {
    let number = this.#tagOf.get(tag);
    if (number === undefined) {
      const { by } = this.#question.request;
      const told = [by.includes("class") ? tag.class : null, by.includes("intervention") ? tag.intervention : null];
      number = this.#tags.of(JSON.stringify(told));
      this.#tagOf.set(tag, number);
    }
    return number;
  }

  #key(row: number, dimension: Dimension): string | null {
    if (dimension === "class" || dimension === "intervention") {
      const told = JSON.parse(this.#tags.key(this.#rows.first(row)) ?? "[]") as (string | null)[];
      return told[dimension === "class" ? 0 : 1] ?? null;
    }
    let line = this.#rows.second(row);
    for (const level of this.#levels.toReversed()) {
      if (level.dimension === dimension) return level.keys.key(level.combinations.second(line));
      line = level.combinations.first(line);
    }
    throw new Error(`${dimension} was not asked for`);
  }
}

type Tag = Pick<TagPart, "class" | "intervention">;

const NO_TAG: Tag = { class: null, intervention: null };

function passes(value: string | null, wanted: readonly string[] | undefined): boolean {
  return wanted === undefined || (value !== null && wanted.includes(value));
}
