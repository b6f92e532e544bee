import type { Problem, RuleId } from "../rules.ts";
import { type LedgerKind, type SegmentId, STRUCTURES, type StructureId } from "./structures.ts";

/** What a short notation can state. `program` is its own two characters there, `output` its own three. */
export type ShortField =
  | "ministry"
  | "unit"
  | "program"
  | "activity"
  | "output"
  | "fund_source"
  | "ro"
  | "component"
  | "subcomponent"
  | "account"
  | "item";

export type CodeKind = LedgerKind | "short";

/** One thing wrong with a code. */
export interface CodeError {
  /** Segment (contract id) or field of a short notation; null when the whole text is meant. */
  segment: SegmentId | ShortField | null;
  /** 0-based offset in the input as given, in UTF-16 units. */
  position: number;
  code: RuleId;
  params: Record<string, string | number>;
}

/** Something that does not stop the code from being used. */
export type CodeWarning = CodeError;

/** What parseCode found. Never contains anything that did not hold: `segments` has only parts of the right form. */
export interface ParsedCode {
  input: string;
  valid: boolean;
  /** Null when the text does not tell (a short code without program and output, or an unrecognised text). */
  structure: StructureId | null;
  kind: CodeKind | null;
  /** The code with dots; null when invalid. */
  canonical: string | null;
  /** The code without separators; null when invalid. */
  digits: string | null;
  segments: Partial<Record<SegmentId | ShortField, string>>;
  /** Where each of `segments` starts in the input. */
  positions: Partial<Record<SegmentId | ShortField, number>>;
  /** The year the code was read for, or null. */
  fiscalYear: number | null;
  errors: CodeError[];
  warnings: CodeWarning[];
}

/** A text read as one kind of code; the inner half of a ParsedCode. */
export interface Reading extends Pick<ParsedCode, "structure" | "segments" | "positions" | "errors"> {
  kind: CodeKind;
}

const SHORT_ORDER: readonly ShortField[] = [
  "ministry",
  "unit",
  "program",
  "activity",
  "output",
  "fund_source",
  "ro",
  "component",
  "subcomponent",
  "account",
  "item",
];

const LEDGER_ORDER = STRUCTURES["rspp-2021"].segments.map(({ id }) => id);

/** The segments of a code in printed order. */
export function partsOf(code: Pick<ParsedCode, "kind" | "segments">): string[] {
  const order = code.kind === "short" ? SHORT_ORDER : LEDGER_ORDER;
  return order.flatMap((id) => code.segments[id] ?? []);
}

/** The canonical text of a valid code: its segments with dots. Null for an invalid one. */
export function formatCode(code: Pick<ParsedCode, "valid" | "kind" | "segments">): string | null {
  return code.valid ? partsOf(code).join(".") : null;
}

/** The problem of an error or warning, as `explain` and the import checks take it. */
export function codeProblem(error: CodeError, input: string, column: string | null = null): Problem {
  return { rule: error.code, column, value: input, params: { ...error.params, segment: error.segment ?? "" } };
}
