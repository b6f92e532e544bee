export {
  type Agreement,
  listAgreements,
  type RecordedAgreement,
  recordAgreement,
  type StatedAgreement,
} from "./agreements.ts";
export { ClosestTag, type Match, type Part, type TaggedNode, type TagShare } from "./closest-tag.ts";
export { type CopiedTag, type Counterpart, copyForward } from "./copy-forward.ts";
export {
  allocateCodes,
  type CrossProgramCode,
  compareMarks,
  listCrossProgramCodes,
  type MarkComparison,
  marksAsProposals,
  NO_MARK,
  type ReferenceRow,
  referenceTable,
} from "./cross-program-codes.ts";
export { type ExportedTag, exportTags } from "./export-tags.ts";
export { TAG_ACTIONS, TAG_STATUSES, type TagAction, type TagStatus, TRANSITIONS } from "./life.ts";
export { ALL_TAGS, listTags, type TagFilter, type TagStep, tagHistory } from "./list-tags.ts";
export { type FileOrigin, type PostedTags, postTags } from "./post-tags.ts";
export { type Actor, type Proposal, type ProposalFields, proposeTags, type TagResult } from "./propose-tags.ts";
export { agreedShares, loadAgreedTags } from "./queries.ts";
export { revertTags } from "./revert-tags.ts";
export { rewindTags } from "./rewind-tags.ts";
export { TAG_ORIGINS, type TagOrigin, type TagRow } from "./tag.ts";
export { type Step, takeSteps } from "./take-steps.ts";
export {
  importWorksheet,
  WORKSHEET_COLUMNS,
  type WorksheetRow,
  worksheetRows,
} from "./worksheet.ts";
