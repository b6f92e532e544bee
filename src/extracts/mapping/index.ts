export type { MappingNote } from "./candidates.ts";
export { type MappingFault, mappingFaults } from "./check.ts";
export {
  type ColumnFormat,
  type ColumnSource,
  type ComposedSource,
  type FieldSource,
  type FixedSource,
  layoutIdOf,
  MAPPING_KINDS,
  type MappingDefinition,
  type MappingKind,
  type NamedMapping,
  neededColumns,
  type PieceName,
  type RowFilter,
  simpleSources,
} from "./definition.ts";
export { columnNames, exactHeader, headersOf, nearestHeader, normalName, sameColumns } from "./header.ts";
export { mappingLayout } from "./layout.ts";
export { type MappingProposal, type ProposalHints, type ProposedField, proposeMapping } from "./propose.ts";
export { SAMPLE_ROWS } from "./sample.ts";
export { type Composition, compositionOf, fieldsOf, PIECE_NAMES, PIECES, type TargetField } from "./targets.ts";
