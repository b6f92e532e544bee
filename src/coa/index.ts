/** The code: structures, parse, format, describe. Pure. */
export {
  type CodeError,
  type CodeKind,
  type CodeWarning,
  codeProblem,
  formatCode,
  type ParsedCode,
  type ShortField,
} from "./code.ts";
export {
  CODE_FIELDS,
  type CodeField,
  type ComposedCode,
  type ComposeError,
  type ComposeResult,
  composeCode,
  decomposeCode,
  type KnownSegments,
  REQUIRED_FIELDS,
  UNKNOWN_SIGN,
} from "./compose.ts";
export { type Description, describeCode, type LedgerSegments, type ShortSegments } from "./describe.ts";
export { type CodeDocument, codeDocument, type ExplainedError } from "./document.ts";
export {
  CODE_LENGTH_12,
  CODE_PLACES,
  type LedgerCode,
  type LedgerCodeResult,
  ministryOf,
  nodeOf,
  parseLedgerCode,
  satkerOf,
  sliceLedgerCode,
} from "./ledger-code.ts";
export type { ActivityOwner, CodeNames, Named, ReferenceList } from "./names.ts";
export { type BudgetNode, type NodeLevel, type NodeResult, parseNode } from "./node.ts";
export { MAX_CODE_LENGTH, type ParseOptions, parseCode } from "./parse.ts";
export {
  LEDGER_KINDS,
  type LedgerKind,
  RSPP_FIRST_YEAR,
  type Segment,
  type SegmentId,
  STRUCTURES,
  type Structure,
  type StructureId,
  segmentsOf,
  structureFor,
} from "./structures.ts";
export { parseWrittenRo, type WrittenRo, type WrittenRoResult } from "./written-ro.ts";
