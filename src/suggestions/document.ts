import { isTextKey, LANGUAGES, type Language, translator } from "../i18n/index.ts";
import type { Theme } from "../references/index.ts";
import type { SuggestionList } from "./queries.ts";
import type { Keyword, Reason, Suggestion } from "./types.ts";

/** A reason as JSON carries it: the rule, what it found, and the sentence in both languages. */
export interface ReasonDocument {
  rule: Reason["rule"];
  effect: Reason["effect"];
  /** What raises: how far it speaks for the theme by itself; what lowers: the factor; what explains: 0. */
  points: number;
  intervention: string | null;
  facts: Reason["facts"];
  text: string;
  texts: Record<Language, string>;
}

export type SuggestionDocument = Omit<Suggestion, "reasons"> & { reasons: ReasonDocument[] };

/** The document that the contract prints; `limit` cuts it after the best. */
export function suggestionsDocument(list: SuggestionList, language: Language, limit: number | null = null) {
  const { theme, year, suggestions } = list;
  return {
    theme: theme.code,
    year,
    suggestions: suggestions.slice(0, limit ?? undefined).map((one) => suggestionDocument(one, theme, language)),
  };
}

function suggestionDocument(suggestion: Suggestion, theme: Theme, language: Language): SuggestionDocument {
  const { code, name, class: kind, intervention, score } = suggestion;
  const reasons = suggestion.reasons.map((reason): ReasonDocument => {
    const texts = Object.fromEntries(LANGUAGES.map((one) => [one, reasonText(reason, theme, one)]));
    return { ...reason, text: texts[language] ?? "", texts: texts as Record<Language, string> };
  });
  return { code, name, class: kind, intervention, score, reasons };
}

/** The sentence of a reason in one language. */
export function reasonText({ rule, intervention, facts }: Reason, theme: Theme, language: Language): string {
  const t = translator(language);
  const key = `suggest.reason.${rule}`;
  if (!isTextKey(key)) throw new Error(`reason ${rule} has no text`);
  const named = theme.interventions.find(({ code }) => code === intervention);
  const name = named ? (language === "en" ? named.nameEn : named.nameId) : (intervention ?? "");
  const { agreed, rejected, passed } = facts;
  const hasOutcomes = agreed !== undefined && [agreed, rejected, passed].some((count) => count !== 0);
  return t(key, { ...facts, intervention: name }) + (hasOutcomes ? t("suggest.outcomes", facts) : "");
}

/** A keyword as JSON and files carry it. */
export function keywordDocument({ theme, intervention, kind, language, term, weight, ministries, note }: Keyword) {
  return { theme, intervention, kind, language, term, weight, ministries, note };
}
