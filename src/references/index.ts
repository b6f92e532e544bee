export { codeNames } from "./code-names.ts";
export { ensureReferences } from "./ensure.ts";
export { loadReferences, type ReferenceData, type ReferenceList, References, type Satker } from "./references.ts";
export { type ReferenceHit, searchReferences } from "./search.ts";
export { codeOfSpelling, loadThemes, type Theme, themesInField } from "./themes.ts";
export { listsVersion } from "./version.ts";
