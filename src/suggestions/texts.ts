import type { Translate } from "../i18n/index.ts";
import type { Db } from "../store/index.ts";
import { suggestionsOf } from "./queries.ts";

/** What the suggestions say about the outputs of a year, by code: intervention and score. */
export async function suggestionTexts(db: Db, theme: string, year: number, t: Translate): Promise<Map<string, string>> {
  const { suggestions } = await suggestionsOf(db, theme, year, t);
  return new Map(suggestions.map(({ code, intervention, score }) => [code, `${intervention} (${score.toFixed(2)})`]));
}
