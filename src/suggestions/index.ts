export { type Accepted, acceptSuggestions } from "./accept.ts";
export { type DecisionRequest, decide } from "./decide.ts";
export {
  keywordDocument,
  type ReasonDocument,
  reasonText,
  type SuggestionDocument,
  suggestionsDocument,
} from "./document.ts";
export {
  type Editor,
  type KeywordChange,
  type KeywordChanges,
  keywordHistory,
  putKeywords,
  removeKeyword,
} from "./edit-keywords.ts";
export type { WrittenKeyword } from "./keyword-rules.ts";
export { KEYWORD_COLUMNS, keywordsOfText } from "./keyword-table.ts";
export { activeKeywords, findTheme, type SuggestionList, suggestionsOf } from "./queries.ts";
export { suggest } from "./suggest.ts";
export { suggestionTexts } from "./texts.ts";
export { KEYWORD_KINDS, type Keyword, type Suggestion, type SuggestionInput } from "./types.ts";
