import { indonesianStem } from "./indonesian-stem.ts";
import { type Word, wordsOf } from "./words.ts";

/** Words and stems of names, each name and each word worked out once: names come back from year to year. */
export class Names {
  readonly #words = new Map<string, readonly Word[]>();
  readonly #stems = new Map<string, readonly string[]>();
  readonly #stemOfWord = new Map<string, string>();

  words(name: string): readonly Word[] {
    const known = this.#words.get(name);
    if (known) return known;
    const words = wordsOf(name);
    this.#words.set(name, words);
    return words;
  }

  /** A name as the set of its stems; equal for names that differ in affixes, order of equal words or punctuation only. */
  stems(name: string): readonly string[] {
    const known = this.#stems.get(name);
    if (known) return known;
    const stems = [...new Set(this.words(name).map(({ text }) => this.#stem(text)))].sort();
    this.#stems.set(name, stems);
    return stems;
  }

  #stem(word: string): string {
    const known = this.#stemOfWord.get(word);
    if (known !== undefined) return known;
    const stem = indonesianStem(word);
    this.#stemOfWord.set(word, stem);
    return stem;
  }
}
