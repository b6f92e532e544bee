export { CodeBook, type CodeEntry } from "./code-book.ts";
export { type CodeColumns, codeColumns } from "./code-columns.ts";
export {
  CompletesExtract,
  type CompletionMark,
  type Corrections,
  completionMark,
  MARK_DIGITS,
  readCorrections,
  sameCells,
} from "./corrections.ts";
export {
  AMOUNT_STYLES,
  type AmountUnit,
  type ColumnReport,
  DATE_STYLES,
  describeColumn,
} from "./formats/index.ts";
export { type KnownLayout, LAYOUTS } from "./layouts/index.ts";
export { themeCodes } from "./layouts/krisna/theme-codes.ts";
export { tagRowReader } from "./layouts/tags.ts";
export {
  type ColumnFormat,
  type ColumnSource,
  columnNames,
  compositionOf,
  type FieldSource,
  type FixedSource,
  fieldsOf,
  layoutIdOf,
  MAPPING_KINDS,
  type MappingDefinition,
  type MappingFault,
  type MappingKind,
  type MappingNote,
  type MappingProposal,
  mappingFaults,
  type NamedMapping,
  PIECE_NAMES,
  type PieceName,
  type ProposalHints,
  type ProposedField,
  proposeMapping,
  type RowFilter,
  SAMPLE_ROWS,
  type TargetField,
} from "./mapping/index.ts";
export { amountAt, dateText, hasTexts, type Payments, textAt, toPayments } from "./payments.ts";
export { type CheckedPayments, readPayments } from "./read-payments.ts";
export { CsvParser, parseCsv, type TableRow, UnreadableFile } from "./readers/csv-parser.ts";
export { closeSource, hashFile, openSource, type Source } from "./readers/source.ts";
export type { TableHints } from "./recognise.ts";
export { RejectSpool } from "./reject-spool.ts";
export { type CheckedBatch, type CheckedRows, checkRows } from "./rows.ts";
export { NO_SCOPE, parseScope, type ScopeOption } from "./scope.ts";
export { fileProblem, firstRows, headOf, openTable, readRows, type Table } from "./table.ts";
export type {
  AchievementLine,
  BudgetLine,
  ExtractKind,
  FileFacts,
  Heading,
  Layout,
  LayoutContext,
  Lines,
  OutputLine,
  RealizationLine,
  Reject,
  ReportLayout,
  ReportReader,
  RowLayout,
  SatkerLine,
  StatedTotal,
  StatementLine,
  TagLine,
} from "./types.ts";
