export {
  type MoveDocument,
  moveDocument,
  type ReportDocument,
  reportDocument,
  type SummaryDocument,
  summaryDocument,
} from "./change-document.ts";
export { type ChangeReport, changeReports, recordedReport, reportOfKind, type StoredReport } from "./change-report.ts";
export { type ChangeSummary, type ChangeSums, type Group, newLines, noChanges } from "./change-sums.ts";
export { type ChangeColumn, changeColumns, changedLines, changesCsv, stateOf } from "./change-table.ts";
export { changedCodes } from "./changed-codes.ts";
export type { ChangedLine, LineView, MoveView } from "./changed-lines.ts";
export { type Comparison, compareExtracts } from "./compare.ts";
export { groupLines, keepPrevious, type RecordedChanges, recordChanges, type TouchedCode } from "./record-changes.ts";
export { storedSummary } from "./stored-summary.ts";
