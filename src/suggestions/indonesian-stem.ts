import { INDONESIAN_ROOTS } from "./indonesian-roots.ts";

/**
 * Stems of Indonesian words: affixes are taken off in the order of Nazief and Adriani (particles, possessives, the suffix,
 * then up to three prefixes with the sound changes of me- and pe-), each step checked against root words. A word of which no
 * root is known loses what the measure of Tala (2003) allows: at least two syllables stay.
 */

const PARTICLE = /(?:lah|kah|tah|pun)$/;
const POSSESSIVE = /(?:ku|mu|nya)$/;
const SUFFIXES = ["kan", "an", "i"];
const MAX_PREFIXES = 3;
const VOWELS = /[aiueo]/g;

/** Shorter words carry no affix: `asi`, `kb`, `ibu`. */
const SHORTEST = 5;

/** A prefix with the suffixes it never stands with (Nazief and Adriani, table of forbidden confixes). */
const FORBIDDEN: Readonly<Record<string, readonly string[]>> = {
  be: ["i"],
  di: ["an"],
  ke: ["i", "kan"],
  me: ["an"],
  se: ["i", "kan"],
  te: ["an"],
};

/** The stem of a word in lower case. `isRoot` says which words stand for themselves. */
export function indonesianStem(word: string, isRoot: (word: string) => boolean = isKnownRoot): string {
  if (word.length < SHORTEST || !/^[a-z]+$/.test(word) || isRoot(word)) return word;
  for (const base of inflections(word)) {
    const found = rootOf(base, isRoot);
    if (found !== null) return found;
  }
  return longestStrip(word);
}

export function isKnownRoot(word: string): boolean {
  return INDONESIAN_ROOTS.has(word);
}

/** The word, and the word without particle and possessive. */
function inflections(word: string): string[] {
  const forms = [word];
  const bare = word.replace(PARTICLE, "");
  if (bare !== word && syllables(bare) >= 2) forms.push(bare);
  const owned = bare.replace(POSSESSIVE, "");
  if (owned !== bare && syllables(owned) >= 2) forms.push(owned);
  return forms;
}

/** A root inside a word: without its suffix first, so that `pengawasan` is `awas` and not a `kawasan`; else with it (`bergizi`). */
function rootOf(word: string, isRoot: (word: string) => boolean): string | null {
  if (isRoot(word)) return word;
  for (const suffix of [...SUFFIXES, ""]) {
    if (!word.endsWith(suffix)) continue;
    const base = word.slice(0, word.length - suffix.length);
    if (base.length < 3) continue;
    if (isRoot(base)) return base;
    if (FORBIDDEN[base.slice(0, 2)]?.includes(suffix)) continue;
    const found = withoutPrefixes(base, isRoot, MAX_PREFIXES);
    if (found !== null) return found;
  }
  return null;
}

function withoutPrefixes(word: string, isRoot: (word: string) => boolean, left: number): string | null {
  if (left === 0) return null;
  const bases = prefixBases(word);
  for (const base of bases) if (isRoot(base)) return base;
  for (const base of bases) {
    const found = withoutPrefixes(base, isRoot, left - 1);
    if (found !== null) return found;
  }
  return null;
}

/** What may be left of a word when its first prefix goes; the likeliest first, with the sound that the prefix took away. */
function prefixBases(word: string): string[] {
  const rest = (length: number) => word.slice(length);
  if (/^(?:di|ke|se)/.test(word)) return [rest(2)];
  if (/^ter/.test(word)) return [rest(3), rest(2)];
  if (/^be[rl]/.test(word)) return [rest(3), rest(2)];
  if (/^be/.test(word)) return [rest(2)];
  if (/^(?:me|pe)/.test(word)) return nasalBases(word);
  return [];
}

function nasalBases(word: string): string[] {
  const base = word.slice(2);
  const before = (length: number, ...sounds: string[]) => sounds.map((sound) => sound + base.slice(length));
  const vowelAfter = (length: number) => /^[aiueo]/.test(base.slice(length));
  if (/^ny[aiueo]/.test(base)) return before(2, "s", "ny");
  if (/^nge/.test(base)) return [base.slice(3), base.slice(2), `k${base.slice(2)}`];
  if (/^ng/.test(base)) return vowelAfter(2) ? before(2, "", "k") : before(2, "");
  if (/^n/.test(base)) return vowelAfter(1) ? before(1, "t", "n") : before(1, "");
  if (/^m/.test(base)) return vowelAfter(1) ? before(1, "p", "m") : before(1, "");
  if (word.startsWith("per")) return [word.slice(3), word.slice(2)];
  if (word.startsWith("pel")) return [word.slice(3), word.slice(2)];
  return [base];
}

/** Prefixes that are believed without a known root, and the suffix some of them need to be believed. */
const BELIEVED = /^(?:me[mn]|pe[mnr]|ber|ter|ke(?=.*an$)|di(?=.*kan$))/;
/** Shorter words only look as if they had a prefix: `dinamo`, `kelapa`, `perak`. */
const SHORTEST_PREFIXED = 8;

/** No root is known: the suffix and two prefixes go while two syllables stay. */
function longestStrip(word: string): string {
  const possible = (stem: string) => syllables(stem) >= 2 && stem.length >= 4;
  const owned = word.replace(/nya$/, "");
  const bare = withoutPrefix(withoutPrefix(possible(owned) ? owned : word));
  const suffix = ["kan", "an"].find((ending) => bare.endsWith(ending) && possible(bare.slice(0, -ending.length)));
  return suffix === undefined ? bare : bare.slice(0, -suffix.length);
}

function withoutPrefix(word: string): string {
  const [base] = word.length >= SHORTEST_PREFIXED && BELIEVED.test(word) ? prefixBases(word) : [];
  return base !== undefined && syllables(base) >= 2 && base.length >= 4 ? base : word;
}

function syllables(word: string): number {
  return word.match(VOWELS)?.length ?? 0;
}
