export { codeNames } from "./code-names.ts";
export { ensureReferences } from "./ensure.ts";
export { loadReferences, type ReferenceList, type References, type Satker } from "./references.ts";
export { type ReferenceHit, searchReferences } from "./search.ts";
export { loadThemes, type Theme } from "./themes.ts";
