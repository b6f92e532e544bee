export { ClosestTag, type Match, type Part, type TaggedNode, type TagShare } from "./closest-tag.ts";
export { type ExportedTag, exportTags } from "./export-tags.ts";
export { type PostedTags, postTags, type TagOrigin } from "./post-tags.ts";
export { loadAgreedTags } from "./queries.ts";
export { revertTags } from "./revert-tags.ts";
