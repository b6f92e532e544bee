/** Saved mappings: how tables that no layout knows are read, by name and version. */
export { findMapping, latestMappings, listMappings, type StoredMapping, saveMapping } from "./queries.ts";
