import { en } from "./en/index.ts";
import { id } from "./id/index.ts";

/** Languages of everything a user reads. Indonesian is the source and the default. */
export type Language = "id" | "en";
export const LANGUAGES: readonly Language[] = ["id", "en"];
export const DEFAULT_LANGUAGE: Language = "id";

export type TextKey = keyof typeof id;
export type TextParams = Record<string, string | number | bigint>;

/** A function that gives the text of a key in one language, with `{name}` places filled in. */
export type Translate = ((key: TextKey, params?: TextParams) => string) & {
  readonly language: Language;
  /** The text with its places unfilled, for documentation. */
  raw(key: TextKey): string;
};

const CATALOGUES: Record<Language, Record<TextKey, string>> = { id, en };

/** The translator of a language. A place without a value is an error of the program, not of the user. */
export function translator(language: Language): Translate {
  const catalogue = CATALOGUES[language];
  const translate = (key: TextKey, params: TextParams = {}): string => fill(catalogue[key], params, key);
  return Object.assign(translate, { language, raw: (key: TextKey) => catalogue[key] });
}

/** Whether a text is a key of the catalogues; for keys that are built from data such as rule ids. */
export function isTextKey(key: string): key is TextKey {
  return Object.hasOwn(id, key);
}

export function isLanguage(text: string): text is Language {
  return (LANGUAGES as readonly string[]).includes(text);
}

function fill(template: string, params: TextParams, key: string): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name];
    if (value === undefined) throw new Error(`text ${key} lacks a value for {${name}}`);
    return String(value);
  });
}

const LOCALES: Record<Language, string> = { id: "id-ID", en: "en-GB" };

/** Making a formatter takes far longer than using one, so each is made once, when it is needed. */
const numbers = new Map<Language, Intl.NumberFormat>();

/** A number with the thousands separators of the language: `1.234.567` or `1,234,567`. */
export function formatNumber(value: number | bigint, language: Language): string {
  let format = numbers.get(language);
  if (!format) {
    format = new Intl.NumberFormat(LOCALES[language]);
    numbers.set(language, format);
  }
  return format.format(value);
}

/** A ratio as a percentage with one decimal: `94,6%` or `94.6%`. */
export function formatPercent(value: number, language: Language): string {
  const options = { style: "percent", minimumFractionDigits: 1, maximumFractionDigits: 1 } as const;
  return new Intl.NumberFormat(LOCALES[language], options).format(value);
}

/** Rupiah for people: `Rp 1.234.567`. */
export function formatRupiah(value: bigint, language: Language): string {
  return `${value < 0n ? "-" : ""}Rp ${formatNumber(value < 0n ? -value : value, language)}`;
}

/** A month for people: `April 2019`. */
export function formatMonth(month: string, language: Language): string {
  const date = new Date(`${month}-01T00:00:00Z`);
  return new Intl.DateTimeFormat(LOCALES[language], { month: "long", year: "numeric", timeZone: "UTC" }).format(date);
}
