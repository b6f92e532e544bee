export { asOf } from "./as-of.ts";
export {
  type ChunkName,
  type CodePart,
  expenditureTotals,
  type Ministries,
  type PartChunk,
  SAFE_MAGNITUDE,
  YearColumns,
} from "./columns/index.ts";
export {
  type ExtractState,
  type ExtractSummary,
  extractRow,
  getExtract,
  listExtracts,
} from "./extracts.ts";
export { importFile } from "./import.ts";
export { ledgerHash } from "./ledger-hash.ts";
export {
  REASON_COLUMNS,
  type RejectedRow,
  type RejectSurvey,
  rejectCells,
  rejectHeader,
  rejectPages,
  rejectsCsv,
  SUMMARY_COLUMNS,
  summaryCsv,
  summaryRows,
  surveyRejects,
} from "./rejects.ts";
export { revertExtract } from "./revert.ts";
export type {
  Changes,
  ControlTotal,
  ImportOptions,
  ImportProgress,
  ImportResult,
  ImportStatus,
  Scope,
} from "./types.ts";
export { LISTED_REJECTS } from "./types.ts";
export { type Finding, type Verification, verifyStore } from "./verify.ts";
