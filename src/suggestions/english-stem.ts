/**
 * Stems of English words: the endings of number, tense and agent, and the commonest endings of nouns, in the manner of Porter's
 * first and fourth steps. Enough for the names and keywords of outputs; not a stemmer of literature.
 */

const VOWEL = /[aeiouy]/;

/** Endings in the order in which they are tried, with what takes their place. */
const NOUN_ENDINGS: readonly (readonly [string, string])[] = [
  ["ification", "ify"],
  ["ization", "ize"],
  ["isation", "ize"],
  ["ation", ""],
  ["ment", ""],
  ["ness", ""],
  ["ance", ""],
  ["ence", ""],
  ["ion", ""],
];

const SHORTEST_STEM = 4;

/** The stem of a word in lower case. */
export function englishStem(word: string): string {
  if (word.length < SHORTEST_STEM || !/^[a-z]+$/.test(word)) return word;
  return withoutEnd(withoutTense(withoutPlural(word)));
}

function withoutPlural(word: string): string {
  if (word.endsWith("sses")) return word.slice(0, -2);
  if (word.endsWith("ies")) return `${word.slice(0, -3)}y`;
  return word.endsWith("s") && !/(?:ss|us|is)$/.test(word) ? word.slice(0, -1) : word;
}

function withoutTense(word: string): string {
  for (const ending of ["ing", "ed"]) {
    const base = word.slice(0, -ending.length);
    if (!word.endsWith(ending) || base.length < 3 || !VOWEL.test(base)) continue;
    return /([^aeiouylsz])\1$/.test(base) ? base.slice(0, -1) : base;
  }
  return word;
}

function withoutEnd(word: string): string {
  for (const [ending, instead] of NOUN_ENDINGS) {
    const base = word.slice(0, word.length - ending.length);
    if (word.endsWith(ending) && base.length >= SHORTEST_STEM) return withoutEnd(base + instead);
  }
  return trimmed(word);
}

/** `vaccine` and `vaccination` meet without their silent e; y and i are one. */
function trimmed(word: string): string {
  const bare = word.replace(/e$/, "").replace(/y$/, "i");
  return bare.length >= 3 ? bare : word;
}
