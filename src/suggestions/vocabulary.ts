import { isKnownRoot } from "./indonesian-stem.ts";
import { type KeywordLanguage, stemOf, type Term } from "./keyword-term.ts";
import type { Word } from "./words.ts";

/** How sure it is that a word of a name is the word of a keyword. */
export interface Reading {
  /** Stem in the keyword's language, or the word itself for `=word`. */
  form: string;
  /** 1 as it stands; less for a typing error or a word that was cut. */
  quality: number;
  how: "exact" | "typo" | "cut";
}

const TYPO_QUALITY = 0.85;
const CUT_QUALITY = 0.8;

/** A word must be this long before a letter may differ: `gizi` and `gigi` are two words. */
const SHORTEST_SWAP = 7;
const SHORTEST_MISSING = 6;
const SHORTEST_TWO_ERRORS = 11;
const SHORTEST_CUT = 3;
/** A cut that nothing marks must leave so much of the word: `kontra` is not `kontrasepsi`. */
const LEFT_OF_CUT = 0.65;
const SHORTEST_UNMARKED_CUT = 5;

/**
 * The words of all keywords, and which of them a word of a name may be. Words that are written wrong or cut off are read as
 * the keyword they can only be; a word that stands for itself is never read as another.
 */
export class Vocabulary {
  readonly #stems: Readonly<Record<KeywordLanguage, Set<string>>> = { id: new Set(), en: new Set() };
  readonly #exact = new Set<string>();
  /** Written words of the keywords by their first letter, with their stem. */
  readonly #written = new Map<string, Map<string, Set<string>>>();
  readonly #readings = new Map<string, readonly Reading[]>();
  readonly #isRoot: (word: string) => boolean;
  readonly #isCommon: (word: string) => boolean;

  /** `isCommon` says which words stand in many names: they are no errors. */
  constructor(terms: Iterable<{ term: Term; language: KeywordLanguage }>, isCommon: (word: string) => boolean) {
    this.#isCommon = isCommon;
    for (const { term, language } of terms) for (const way of term.parts.flat()) this.#add(way, language);
    this.#isRoot = (word) => isKnownRoot(word) || this.#stems.id.has(word);
  }

  #add(way: readonly { text: string; form: string; exact: boolean }[], language: KeywordLanguage): void {
    for (const { text, form, exact } of way) {
      if (exact) this.#exact.add(form);
      else {
        this.#stems[language].add(form);
        const letter = text.slice(0, 1);
        const words = this.#written.get(letter) ?? new Map<string, Set<string>>();
        words.set(text, (words.get(text) ?? new Set()).add(form));
        this.#written.set(letter, words);
      }
    }
  }

  /** What a word may be, the surest first; each stem once. */
  readings(word: Word): readonly Reading[] {
    const key = word.cut ? `${word.text}.` : word.text;
    const known = this.#readings.get(key);
    if (known) return known;
    const found = this.#read(word);
    this.#readings.set(key, found);
    return found;
  }

  #read({ text, cut }: Word): Reading[] {
    const forms = new Set<string>();
    if (this.#exact.has(text)) forms.add(text);
    for (const language of ["id", "en"] as const) {
      const stem = stemOf(text, language, this.#isRoot);
      if (this.#stems[language].has(stem)) forms.add(stem);
    }
    // A word of a name may meet an exact word and stems of both languages.
    if (forms.size > 0) return [...forms].map((form) => ({ form, quality: 1, how: "exact" }));
    if (!/^[a-z]+$/.test(text)) return [];
    if (this.#isRoot(stemOf(text, "id", this.#isRoot))) return [];
    if (cut && text.length >= SHORTEST_CUT) return this.#cut(text, 0);
    if (this.#isCommon(text)) return [];
    const typos = this.#typos(text);
    return typos.length > 0 || text.length < SHORTEST_UNMARKED_CUT ? typos : this.#cut(text, LEFT_OF_CUT);
  }

  /** Keywords that begin with a word of which at least a part is left. */
  #cut(text: string, least: number): Reading[] {
    const forms = new Set<string>();
    for (const [word, stems] of this.#written.get(text.slice(0, 1)) ?? []) {
      const isCut = word.length > text.length && word.startsWith(text) && text.length >= least * word.length;
      if (isCut) for (const stem of stems) forms.add(stem);
    }
    return [...forms].map((form) => ({ form, quality: CUT_QUALITY, how: "cut" }));
  }

  #typos(text: string): Reading[] {
    if (text.length < SHORTEST_MISSING) return [];
    const forms = new Set<string>();
    for (const [word, stems] of this.#written.get(text.slice(0, 1)) ?? []) {
      if (isTypo(text, word)) for (const stem of stems) forms.add(stem);
    }
    return [...forms].map((form) => ({ form, quality: TYPO_QUALITY, how: "typo" }));
  }
}

/** One letter missing, too many or exchanged with its neighbour; another letter or two errors only in longer words. */
function isTypo(written: string, meant: string): boolean {
  const length = Math.min(written.length, meant.length);
  if (length < SHORTEST_MISSING - 1 || Math.abs(written.length - meant.length) > 2) return false;
  const distance = editDistance(written, meant);
  if (distance === 2) return length >= SHORTEST_TWO_ERRORS;
  if (distance !== 1) return false;
  if (written.length !== meant.length) return length >= SHORTEST_MISSING - 1;
  return length >= SHORTEST_SWAP || isTransposed(written, meant);
}

function isTransposed(a: string, b: string): boolean {
  const at = [...a].findIndex((letter, index) => letter !== b[index]);
  return a[at] === b[at + 1] && a[at + 1] === b[at];
}

/** Letters put in, left out, changed or exchanged with their neighbour (Damerau, each place once). */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const cost = a[row - 1] === b[column - 1] ? 0 : 1;
      let best = Math.min((above[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, (above[column - 1] ?? 0) + cost);
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1])
        best = Math.min(best, (before[column - 2] ?? 0) + 1);
      current.push(best);
    }
    before = above;
    above = current;
  }
  return above[b.length] ?? 0;
}
