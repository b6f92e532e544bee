import { englishStem } from "./english-stem.ts";
import { indonesianStem, isKnownRoot } from "./indonesian-stem.ts";
import { wordsOf } from "./words.ts";

/**
 * What a keyword asks of a name. `tablet tambah darah` are words that follow each other; `|` separates ways to say the same;
 * `&` asks for several things anywhere in the name; `=tahanan` is the word as it stands, not its stem (`ketahanan`).
 */
export interface Term {
  /** All of them must be in the name. */
  parts: Phrase[][];
}

/** Words that follow each other in a name, little words left out. */
export type Phrase = TermWord[];

/** A word of a keyword. */
export interface TermWord {
  /** As the list writes it. */
  text: string;
  /** What a name's word is compared with: the stem, or the word itself. */
  form: string;
  exact: boolean;
}

export type KeywordLanguage = "id" | "en";

/** What cannot be a keyword, and why. */
export type TermProblem = "empty" | "too-short" | "too-long";

const MOST_CHARACTERS = 300;
const FEWEST_CHARACTERS = 2;

/** Reads a keyword. A part without a word, and a keyword of one letter, would match almost anything and are refused. */
export function parseTerm(text: string, language: KeywordLanguage): Term | TermProblem {
  if (text.trim() === "") return "empty";
  if (text.length > MOST_CHARACTERS) return "too-long";
  const parts = text.split("&").map((part) => part.split("|").map((phrase) => phraseOf(phrase, language)));
  if (parts.some((ways) => ways.some((phrase) => phrase.length === 0))) return "empty";
  const tooShort = (phrase: Phrase) => phrase.reduce((sum, word) => sum + word.text.length, 0) < FEWEST_CHARACTERS;
  if (parts.some((ways) => ways.some(tooShort))) return "too-short";
  return { parts };
}

function phraseOf(text: string, language: KeywordLanguage): Phrase {
  const exact = new Set(
    [...text.matchAll(/=(\S+)/g)].flatMap(([, marked = ""]) => wordsOf(marked).map((word) => word.text)),
  );
  return wordsOf(text).map((word) => ({
    text: word.text,
    form: exact.has(word.text) ? word.text : stemOf(word.text, language),
    exact: exact.has(word.text),
  }));
}

/** Stem of a word in the language of a keyword; `isRoot` adds roots to those that are known (Indonesian only). */
export function stemOf(
  word: string,
  language: KeywordLanguage,
  isRoot: (candidate: string) => boolean = isKnownRoot,
): string {
  return language === "en" ? englishStem(word) : indonesianStem(word, isRoot);
}

/** One spelling for equal keywords: what tells two rows of a list apart. */
export function canonicalTerm(text: string): string {
  return text
    .toLowerCase()
    .replace(/\s*([&|])\s*/g, " $1 ")
    .replace(/\s+/g, " ")
    .trim();
}
