/**
 * The words of a name as they are compared: lower case, without accents and punctuation, one spelling of words that budget
 * writers spell in several ways, and without the little words that carry no meaning.
 */

/** A word of a name. */
export interface Word {
  /** As it stands in the name, in lower case. */
  text: string;
  /** It may go on: `imunis.`, a word before `…`, or the last word of a name that fills its field. */
  cut: boolean;
}

const LITTLE_WORDS = new Set(
  "dan atau di ke dari untuk bagi pada dengan oleh dalam yang serta para guna melalui secara terhadap antara sebagai tentang atas per dll dsb the of and or in on for to by with at from as".split(
    " ",
  ),
);

/** Spellings of one word; the right side is how keyword lists write it. */
const SPELLINGS: Readonly<Record<string, string>> = {
  aktifitas: "aktivitas",
  antropometry: "antropometri",
  beryodium: "beriodium",
  diarhoea: "diarrhoea",
  diarrhea: "diarrhoea",
  fortificated: "fortified",
  iodisasi: "iodium",
  iodized: "iodised",
  kab: "kabupaten",
  kec: "kecamatan",
  kel: "kelurahan",
  konselling: "konseling",
  paska: "pasca",
  posyandhu: "posyandu",
  praktek: "praktik",
  propinsi: "provinsi",
  prov: "provinsi",
  pkm: "puskesmas",
  rembug: "rembuk",
  resiko: "risiko",
  seribu: "1000",
  stanting: "stunting",
  stunning: "stunting",
  sulplementasi: "suplementasi",
  supplementasi: "suplementasi",
  yodium: "iodium",
  zinc: "zink",
};

/** Fields of the applications cut long names; the last word of one may be a part only. */
const CUT_FIELD = 45;

/** Dotted abbreviations: `M.P. ASI`, `a.n.`. */
const DOTTED = /\b(?:[a-z]\.){2,}/g;
/** Thousands in a number: `1.000 HPK`. */
const THOUSANDS = /\b(\d{1,3})[.,](\d{3})\b/g;
const ACCENTS = /[\u0300-\u036f]/g;
const WORDS = /[a-z0-9]+(?:…|\.(?!\S)|\.{2,})?/g;

/** The words of a text, little words left out. */
export function wordsOf(text: string): Word[] {
  const plain = text
    .normalize("NFKD")
    .replace(ACCENTS, "")
    .replaceAll("...", "…")
    .toLowerCase()
    .replace(/['’`]/g, "")
    .replace(THOUSANDS, "$1$2")
    .replace(DOTTED, (dotted) => dotted.replaceAll(".", ""));
  const words: Word[] = [];
  for (const [found] of plain.matchAll(WORDS)) {
    const bare = found.replace(/[.…]+$/, "");
    if (LITTLE_WORDS.has(bare)) continue;
    const text = SPELLINGS[bare] ?? bare;
    // `anak-anak` is one child.
    if (words.at(-1)?.text !== text) words.push({ text, cut: found !== bare });
  }
  const last = words.at(-1);
  if (last && plain.length >= CUT_FIELD) last.cut = true;
  return words;
}
