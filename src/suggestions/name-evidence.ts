import { KeywordMatcher, type TermMatch } from "./keyword-matcher.ts";
import { parseTerm } from "./keyword-term.ts";
import type { Names } from "./names.ts";
import type { Keyword } from "./types.ts";

/** A keyword that counts for a name. */
export interface NameHit {
  keyword: Keyword;
  /** Its row in the list, the id under which outcomes are counted. */
  id: string;
  words: string[];
  places: number[];
  quality: number;
}

/** What the keyword lists say about a name. */
export interface NameEvidence {
  /** Keywords and theme words that speak for it, each with words that no stronger one of its intervention has taken. */
  hits: NameHit[];
  /** Exclusions that took something back, with how many keywords they met and how much is left of those. */
  exclusions: { keyword: Keyword; words: string[]; id: string }[];
}

const NOTHING: NameEvidence = { hits: [], exclusions: [] };

/** Applies the keyword lists of a theme to names. */
export class NameReader {
  readonly #matcher: KeywordMatcher;
  readonly #names: Names;
  readonly #read = new Map<string, NameEvidence>();
  readonly #keywords = new Map<string, Keyword>();
  readonly #ministries: readonly Keyword[];

  /** `isCommon` says which words stand in many names and are therefore no typing errors. */
  constructor(keywords: readonly Keyword[], names: Names, isCommon: (word: string) => boolean) {
    this.#names = names;
    this.#ministries = keywords.filter(({ kind }) => kind === "ministry");
    const terms = keywords
      .filter(({ kind }) => kind !== "ministry")
      .flatMap((keyword) => {
        const term = parseTerm(keyword.term, keyword.language);
        if (typeof term === "string") return [];
        const id = keywordId(keyword);
        this.#keywords.set(id, keyword);
        return [{ id, term, language: keyword.language }];
      });
    this.#matcher = new KeywordMatcher(terms, isCommon);
  }

  /** The row of a leading ministry; null for others. */
  ministryRow(ministry: string): Keyword | null {
    return this.#ministries.find(({ term }) => term === ministry) ?? null;
  }

  get listsMinistries(): boolean {
    return this.#ministries.length > 0;
  }

  /** What the lists say about a name in a ministry; a name that comes back is read once. */
  read(name: string, ministry: string): NameEvidence {
    const key = `${ministry} ${name}`;
    const known = this.#read.get(key);
    if (known) return known;
    const evidence = this.#evidence(name, ministry);
    this.#read.set(key, evidence);
    return evidence;
  }

  #evidence(name: string, ministry: string): NameEvidence {
    const matches = this.#matcher.match(this.#names.words(name)).flatMap((match): NameHit[] => {
      const keyword = this.#keywords.get(match.id);
      return keyword && countsIn(keyword, ministry) ? [hitOf(match, keyword)] : [];
    });
    const positive = matches.filter(({ keyword }) => keyword.kind !== "exclusion");
    if (positive.length === 0) return NOTHING;
    const { kept, exclusions } = withoutExcluded(
      positive,
      // A word that is only guessed at (`tamb.`) takes nothing back.
      matches.filter(({ keyword, quality }) => keyword.kind === "exclusion" && quality === 1),
    );
    return { hits: ownWords(kept), exclusions };
  }
}

/** Names a row of a keyword list. */
export function keywordId({ kind, intervention, language, term }: Omit<Keyword, "theme">): string {
  return [kind, intervention ?? "", language, term].join("|");
}

function hitOf(match: TermMatch, keyword: Keyword): NameHit {
  return { keyword, id: match.id, words: match.words, places: match.places, quality: match.quality };
}

function countsIn({ ministries }: Keyword, ministry: string): boolean {
  if (ministries.length === 0) return true;
  const without = ministries.filter((code) => code.startsWith("!"));
  if (without.includes(`!${ministry}`)) return false;
  return without.length === ministries.length || ministries.includes(ministry);
}

/**
 * An exclusion takes back the keywords with which it shares words (`air minum dalam kemasan` those of `air minum`). One that
 * shares words with none (`kapal`) takes back all keywords in its reach. Below 100 percent it weakens them.
 */
function withoutExcluded(positive: readonly NameHit[], exclusions: readonly NameHit[]) {
  let kept = [...positive];
  const used: NameEvidence["exclusions"] = [];
  for (const exclusion of exclusions) {
    const { intervention, weight } = exclusion.keyword;
    const inReach = kept.filter(({ keyword }) => intervention === null || keyword.intervention === intervention);
    const shared = inReach.filter(({ places }) => places.some((place) => exclusion.places.includes(place)));
    const met = new Set(shared.length > 0 ? shared : inReach);
    if (met.size === 0) continue;
    used.push({ keyword: exclusion.keyword, words: exclusion.words, id: exclusion.id });
    kept = kept.flatMap((hit) => {
      if (!met.has(hit)) return [hit];
      return weight >= 100 ? [] : [{ ...hit, quality: (hit.quality * (100 - weight)) / 100 }];
    });
  }
  return { kept, exclusions: used };
}

/** Within an intervention a word counts once: `makanan tambahan` adds nothing to `pemberian makanan tambahan`. */
function ownWords(hits: readonly NameHit[]): NameHit[] {
  const strength = (hit: NameHit) => hit.keyword.weight * hit.quality;
  const sorted = [...hits].sort(
    (a, b) => strength(b) - strength(a) || b.places.length - a.places.length || (a.id < b.id ? -1 : 1),
  );
  const taken = new Map<string, Set<number>>();
  return sorted.filter(({ keyword, places }) => {
    const own = taken.get(keyword.intervention ?? "") ?? new Set<number>();
    taken.set(keyword.intervention ?? "", own);
    const adds = places.some((place) => !own.has(place));
    for (const place of places) own.add(place);
    return adds;
  });
}
