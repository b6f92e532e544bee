import type { TextKey, TextParams } from "../../i18n/index.ts";
import type { MappingKind, PieceName } from "./definition.ts";
import { amountPart, type ColumnSample, codePart, datePart, decimalPart, monthPart, partOf } from "./sample.ts";
import { nameMatch } from "./synonyms.ts";
import type { FieldType, TargetField } from "./targets.ts";

/** A sentence about a proposal. */
export interface MappingNote {
  text: TextKey;
  params: TextParams;
}

/** A column that may fill a field, how surely, and why. */
export interface Candidate {
  sample: ColumnSample;
  /** 0 … 1. */
  confidence: number;
  reasons: MappingNote[];
}

/** Parts of the confidence that the name and the cells of a column give. */
const NAME_WEIGHT = 0.6;
const CONTENT_WEIGHT = 0.4;
/** A name that its cells contradict is hardly worth a proposal. */
const CONTRADICTED = 0.3;
/** What is less sure than this is not proposed. */
export const LEAST_CONFIDENCE = 0.4;

/** Codes of 62 characters are not mistaken for anything else, whatever the column is called. */
const UNMISTAKABLE = 0.85;
/** The only column of dates is probably the date. */
const ONLY_ONE = 0.45;

/** The form of the cells of a piece of a code; shorter digits may have lost their zeros. */
const PIECE_FORMS: Partial<Record<PieceName, RegExp>> = {
  satker: /^\d{4,6}$/,
  kppn: /^\d{1,3}$/,
  account: /^\d{6}$/,
  program_segment: /^\d{3}[. ]?\d{2}[. ]?[0-9A-Z]{2}$/i,
  ministry: /^\d{1,3}$/,
  unit: /^\d{1,2}$/,
  program: /^[0-9A-Z]{2}$/i,
  output_segment: /^\d{4}[. ]?[0-9A-Z]{3}$/i,
  node: /^\d{4}\.[0-9A-Z]{3}(\.[0-9A-Z]{3}){1,2}$/i,
  activity: /^\d{4}$/,
  output: /^[0-9A-Z]{3}$/i,
  fund_segment: /^[0-9A-Z]{10}$/i,
  fund_source: /^[A-Z0-9]$/i,
  authority: /^\d$/,
  location: /^\d{3,4}$/,
  budget_type: /^\d$/,
  bank: /^\d{5}$/,
  ro: /^(?:\d{1,3}|[0-9A-Z]{3})$/i,
  component: /^(?:\d{1,3}|[0-9A-Z]{3})$/i,
  subcomponent: /^[0-9A-Z]{1,2}$/i,
  item: /^\d{1,6}$/,
};

/** The best column for a piece of a code. */
export function pieceCandidate(
  kind: MappingKind,
  piece: PieceName,
  samples: readonly ColumnSample[],
): Candidate | null {
  const form = PIECE_FORMS[piece];
  return best(samples, (sample) => {
    const content = form ? partOf(sample, form) : 0;
    const name = nameMatch(kind, piece, sample.column);
    // Several pieces share names such as "output"; the form of the cells tells them apart.
    return name > 0 && content >= 0.5 ? judged(sample, piece, name, content) : null;
  });
}

/** The best column for a field. */
export function fieldCandidate(
  kind: MappingKind,
  { name: field, type, width }: TargetField,
  samples: readonly ColumnSample[],
): Candidate | null {
  const content = contentOf(type, width);
  const named = best(samples, (sample) => {
    const name = nameMatch(kind, field, sample.column);
    return name > 0 ? judged(sample, field, name, content(sample)) : null;
  });
  if (named && named.confidence >= LEAST_CONFIDENCE) return named;
  const telling = samples.filter((sample) => content(sample) >= 0.9);
  const [only] = telling;
  if (!only) return null;
  const reason = { text: "mapping.reason.content", params: cellsOf(only, content(only)) } as const;
  if (type === "code") return { sample: only, confidence: UNMISTAKABLE, reasons: [reason] };
  return type === "date" && telling.length === 1 ? { sample: only, confidence: ONLY_ONE, reasons: [reason] } : null;
}

const NODE = /^#?\d{4}(?:\.[0-9A-Z]{3}){0,3}$/i;

function contentOf(type: FieldType, width: number | undefined): (sample: ColumnSample) => number {
  switch (type) {
    case "code":
      return codePart;
    case "node":
      return (sample) => partOf(sample, NODE);
    case "amount":
      return amountPart;
    case "decimal":
      return decimalPart;
    case "month":
      return monthPart;
    case "date":
      return datePart;
    case "number":
      return (sample) => partOf(sample, /^\d{1,4}$/);
    case "text":
      return (sample) => partOf(sample, width === undefined ? /\S/ : new RegExp(`^[0-9A-Z]{1,${width}}$`, "i"));
  }
}

function judged(sample: ColumnSample, field: string, name: number, content: number): Candidate {
  const reasons: MappingNote[] = [{ text: "mapping.reason.name", params: { column: sample.column, field } }];
  if (sample.filled === 0) return { sample, confidence: name * NAME_WEIGHT, reasons };
  reasons.push({ text: "mapping.reason.content", params: cellsOf(sample, content) });
  const agrees = content >= 0.5;
  const confidence = agrees ? name * NAME_WEIGHT + content * CONTENT_WEIGHT : name * CONTRADICTED;
  return { sample, confidence: Math.round(confidence * 100) / 100, reasons };
}

function cellsOf({ filled, examples }: ColumnSample, part: number): TextParams {
  return { fits: Math.round(part * filled), cells: filled, example: examples[0] ?? "" };
}

function best(samples: readonly ColumnSample[], judge: (sample: ColumnSample) => Candidate | null): Candidate | null {
  let found: Candidate | null = null;
  for (const sample of samples) {
    const candidate = judge(sample);
    if (candidate && candidate.confidence > (found?.confidence ?? 0)) found = candidate;
  }
  return found;
}
