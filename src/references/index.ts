export { ensureReferences } from "./ensure.ts";
export { loadReferences, type ReferenceList, type References, type Satker } from "./references.ts";
export { type ReferenceHit, searchReferences } from "./search.ts";
