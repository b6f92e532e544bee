export { ClosestTag, type Match, type Part, type TaggedNode, type TagShare } from "./closest-tag.ts";
export { loadAgreedTags, loadThemes, type Theme } from "./queries.ts";
