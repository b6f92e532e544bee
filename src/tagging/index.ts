export { ClosestTag, type Match, type Part, type TaggedNode, type TagShare } from "./closest-tag.ts";
export { loadAgreedTags } from "./queries.ts";
