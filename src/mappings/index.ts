/** Saved mappings: how tables that no layout knows are read, by name and version. */
export { proposeForFile } from "./files.ts";
export { type MappingPreview, PREVIEWED_ROWS, type PreviewRow, previewMapping } from "./preview.ts";
export { findMapping, latestMappings, listMappings, type StoredMapping, saveMapping } from "./queries.ts";
