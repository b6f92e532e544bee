export { codeNames } from "./code-names.ts";
export { ensureReferences } from "./ensure.ts";
export { loadReferences } from "./load-references.ts";
export { type ReferenceData, type ReferenceList, References, type Satker } from "./references.ts";
export { type ReferenceHit, searchReferences } from "./search.ts";
export { codeOfSpelling, loadThemes, type Theme, themesInField } from "./themes.ts";
export { listsVersion } from "./version.ts";
