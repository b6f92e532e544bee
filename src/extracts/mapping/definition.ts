import type { CodeField } from "../../coa/index.ts";
import type { AmountStyle, AmountUnit, DateStyle } from "../formats/index.ts";

/** What a mapped table can become. */
export const MAPPING_KINDS = ["realization", "budget", "satkers", "outputs", "achievements"] as const;

export type MappingKind = (typeof MAPPING_KINDS)[number];

/** How a column of amounts or dates is written; `auto`: decided from the whole column, each time a file is read. */
export type ColumnFormat = AmountStyle | DateStyle | "auto";

/** A column of the file, by its name. */
export interface ColumnSource {
  column: string;
  /** For amounts and dates. */
  format?: ColumnFormat;
  /** Rupiah per printed unit; null as long as nobody said what "in thousands" of a heading means. */
  unit?: AmountUnit | null;
  /** Digits shorter than the code get back the zeros that a spreadsheet dropped. */
  pad?: boolean;
}

/** The same text in every row, such as a fiscal year that the file states nowhere. */
export interface FixedSource {
  value: string;
}

/**
 * A piece of a code, or several that stand in one cell: `program_segment` is ministry, unit and program (`0240503`),
 * `output_segment` activity and output (`2080QEA`), `node` activity.output[.ro[.component]], `fund_segment` all of the fund.
 */
export type PieceName = CodeField | "program_segment" | "output_segment" | "fund_segment" | "node";

/** A code whose pieces stand in several columns. */
export interface ComposedSource {
  compose: Partial<Record<PieceName, ColumnSource | FixedSource>>;
}

export type FieldSource = ColumnSource | FixedSource | ComposedSource;

/** Rows that count: those whose cell is (or is not) one of the values; letter case and outer spaces do not matter. */
export interface RowFilter {
  column: string;
  is?: string[];
  is_not?: string[];
}

/** How a table that no layout knows becomes lines. Plain data: it is stored, sent and edited as JSON. */
export interface MappingDefinition {
  kind: MappingKind;
  /** Worksheet by name; null for the first visible one with data. */
  sheet: string | null;
  header: {
    /** Rows that the header takes. */
    rows: 1 | 2;
    /** The names of all columns in order; a file with the same ones is read by this mapping without being asked. */
    columns: string[];
  };
  /** By field of the plain layout of the kind. */
  fields: Record<string, FieldSource>;
  filters: RowFilter[];
}

/** A mapping of the store, or one that is being tried out (version null). */
export interface NamedMapping {
  name: string;
  version: number | null;
  definition: MappingDefinition;
}

/** How an extract names what read it: `mapping:sikd@3`. */
export function layoutIdOf({ name, version }: Pick<NamedMapping, "name" | "version">): string {
  return version === null ? `mapping:${name}` : `mapping:${name}@${version}`;
}

/** A source that stands for one text, with the field or the piece of a code that it fills. */
export interface SimpleSource {
  field: string;
  piece: PieceName | null;
  source: ColumnSource | FixedSource;
}

/** Every source of a definition. */
export function simpleSources({ fields }: MappingDefinition): SimpleSource[] {
  return Object.entries(fields).flatMap(([field, source]): SimpleSource[] =>
    "compose" in source
      ? Object.entries(source.compose).map(([piece, part]) => ({ field, piece: piece as PieceName, source: part }))
      : [{ field, piece: null, source }],
  );
}

/** The columns that a mapping cannot do without. */
export function neededColumns(definition: MappingDefinition): string[] {
  const named = simpleSources(definition).flatMap(({ source }) => ("column" in source ? [source.column] : []));
  return [...new Set([...named, ...definition.filters.map(({ column }) => column)])];
}
