import type { KeywordLanguage, Phrase, Term } from "./keyword-term.ts";
import { type Reading, Vocabulary } from "./vocabulary.ts";
import type { Word } from "./words.ts";

/** A row of a keyword list, read. */
export interface MatchableTerm {
  /** Names the row. */
  id: string;
  term: Term;
  language: KeywordLanguage;
}

/** Where a keyword stands in a name. */
export interface TermMatch {
  id: string;
  /** Places of the words that it takes, ascending. */
  places: number[];
  /** Those words as the name writes them. */
  words: string[];
  /** 1 when every word is written right; less for errors and cut words. */
  quality: number;
}

interface PhraseMatch {
  places: number[];
  quality: number;
}

/** Finds the keywords of lists in names. Built once for a list; a name costs what its words cost. */
export class KeywordMatcher {
  readonly #vocabulary: Vocabulary;
  /** Terms by every first word of their first part. */
  readonly #byForm = new Map<string, Set<MatchableTerm>>();

  constructor(terms: readonly MatchableTerm[], isCommon: (word: string) => boolean) {
    this.#vocabulary = new Vocabulary(terms, isCommon);
    for (const term of terms) {
      for (const phrase of term.term.parts[0] ?? []) {
        const [first] = phrase;
        if (first) this.#byForm.set(first.form, (this.#byForm.get(first.form) ?? new Set()).add(term));
      }
    }
  }

  /** All keywords in the words of a name, in the order of their ids. */
  match(words: readonly Word[]): TermMatch[] {
    const readings = words.map((word) => this.#vocabulary.readings(word));
    const candidates = new Set<MatchableTerm>();
    for (const reading of readings.flat())
      for (const term of this.#byForm.get(reading.form) ?? []) candidates.add(term);
    const found: TermMatch[] = [];
    for (const { id, term } of candidates) {
      const match = matchTerm(term, readings);
      if (match) found.push({ id, ...match, words: match.places.map((place) => textAt(words, place)) });
    }
    return found.sort((a, b) => (a.id < b.id ? -1 : 1));
  }
}

function textAt(words: readonly Word[], place: number): string {
  return words[place]?.text ?? "";
}

function matchTerm({ parts }: Term, readings: readonly (readonly Reading[])[]): PhraseMatch | null {
  const places = new Set<number>();
  let quality = 1;
  for (const ways of parts) {
    const best = bestOf(ways.map((phrase) => matchPhrase(phrase, readings)));
    if (!best) return null;
    for (const place of best.places) places.add(place);
    quality *= best.quality;
  }
  return { places: [...places].sort((a, b) => a - b), quality };
}

function bestOf(matches: readonly (PhraseMatch | null)[]): PhraseMatch | null {
  let best: PhraseMatch | null = null;
  for (const match of matches) {
    if (!match) continue;
    const longer = best && match.quality === best.quality && match.places.length > best.places.length;
    if (!best || match.quality > best.quality || longer) best = match;
  }
  return best;
}

function matchPhrase(phrase: Phrase, readings: readonly (readonly Reading[])[]): PhraseMatch | null {
  let best: PhraseMatch | null = null;
  for (let start = 0; start + phrase.length <= readings.length; start++) {
    let quality = 1;
    for (const [index, word] of phrase.entries()) {
      const reading = readings[start + index]?.find(({ form }) => form === word.form);
      quality *= reading?.quality ?? 0;
    }
    if (quality > (best?.quality ?? 0)) best = { places: phrase.map((_, index) => start + index), quality };
  }
  return best;
}
