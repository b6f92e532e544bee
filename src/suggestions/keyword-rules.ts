import type { TextKey, TextParams } from "../i18n/index.ts";
import { parseTerm } from "./keyword-term.ts";
import { KEYWORD_KINDS, type Keyword, type KeywordKind } from "./types.ts";

/** A keyword as somebody writes it; an absent field has its usual value. */
export interface WrittenKeyword {
  theme: string;
  kind: string;
  intervention: string;
  language: string;
  term: string;
  /** Percent; empty: 80. */
  weight: string;
  /** Codes separated by spaces or commas. */
  ministries: string;
  note: string;
}

/** Why a row is no keyword: the sentence and its places. */
export interface KeywordFault {
  field: keyof WrittenKeyword;
  text: TextKey;
  params: TextParams;
}

const USUAL_WEIGHT = 80;
const LONGEST_NOTE = 500;

/** Reads a written keyword against the interventions of its theme; null for a theme that is unknown. */
export function readKeyword(
  written: WrittenKeyword,
  interventionsOf: (theme: string) => ReadonlySet<string> | null,
): { keyword: Keyword } | { fault: KeywordFault } {
  const fault = (field: KeywordFault["field"], text: TextKey, params: TextParams = {}) => ({
    fault: { field, text, params },
  });
  const theme = written.theme.trim();
  const known = interventionsOf(theme);
  if (known === null) return fault("theme", "reconcile.unknownTheme", { theme });
  const kind = (written.kind.trim() || "keyword") as KeywordKind;
  if (!KEYWORD_KINDS.includes(kind)) return fault("kind", "keyword.noKind", { kind, kinds: KEYWORD_KINDS.join(", ") });
  const intervention = written.intervention.trim();
  if (intervention === "" && (kind === "keyword" || kind === "ministry"))
    return fault("intervention", "keyword.needsIntervention", { kind });
  if (intervention !== "" && !known.has(intervention))
    return fault("intervention", "keyword.noIntervention", { theme, intervention });
  const language = written.language.trim() || "id";
  if (language !== "id" && language !== "en") return fault("language", "keyword.noLanguage", { language });
  const term = written.term.replace(/\s+/g, " ").trim();
  if (kind === "ministry" && !/^\d{3}$/.test(term)) return fault("term", "keyword.noMinistry", { term });
  const parsed = parseTerm(term, language);
  if (typeof parsed === "string") return fault("term", `keyword.term.${parsed}`, { term });
  const weight = written.weight.trim() === "" ? USUAL_WEIGHT : Number(written.weight);
  if (!Number.isInteger(weight) || weight < 1 || weight > 100)
    return fault("weight", "keyword.noWeight", { weight: written.weight });
  const ministries = written.ministries.split(/[\s,;]+/).filter((code) => code !== "");
  const wrong = ministries.find((code) => !/^!?\d{3}$/.test(code));
  if (wrong !== undefined) return fault("ministries", "keyword.noMinistry", { term: wrong });
  const note = written.note.trim();
  if (note.length > LONGEST_NOTE) return fault("note", "keyword.longNote", { most: LONGEST_NOTE });
  return {
    keyword: {
      theme,
      kind,
      intervention: intervention === "" ? null : intervention,
      language,
      term,
      weight,
      ministries,
      note: note === "" ? null : note,
    },
  };
}
