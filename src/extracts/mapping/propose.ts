import type { TableRow } from "../readers/csv-parser.ts";
import { type Candidate, fieldCandidate, LEAST_CONFIDENCE, type MappingNote, pieceCandidate } from "./candidates.ts";
import {
  type ColumnSource,
  type ComposedSource,
  type FieldSource,
  MAPPING_KINDS,
  type MappingDefinition,
  type MappingKind,
  type PieceName,
} from "./definition.ts";
import { findHeader, type HeaderChoice } from "./find-header.ts";
import { piecesOf } from "./pieces.ts";
import { type ColumnSample, SAMPLE_ROWS, sampleColumns } from "./sample.ts";
import { plainName, unitHint } from "./synonyms.ts";
import { compositionOf, fieldsOf, PIECES, type TargetField } from "./targets.ts";

/** What a column was proposed for. */
export interface ProposedField {
  field: string;
  /** The piece of a composed code. */
  piece: PieceName | null;
  /** Null for a fixed value. */
  column: string | null;
  /** 0 … 1. */
  confidence: number;
  reasons: MappingNote[];
}

/** A mapping proposed from the header and the first rows. Nothing of it is certain until somebody has looked at it. */
export interface MappingProposal {
  definition: MappingDefinition;
  /** Of the field that is least sure of those the kind cannot do without; 0 when one is missing. */
  confidence: number;
  /** Row of the header that a person sees; the last one of two. */
  headerRow: number;
  fields: ProposedField[];
  /** What only a person can say; each must be answered before the mapping can be used. */
  questions: MappingNote[];
  /** What is worth a look. */
  notes: MappingNote[];
  columns: { column: string; examples: string[]; field: string | null }[];
}

export interface ProposalHints {
  /** The kind the file is known to be. */
  kind: MappingKind | null;
  sheet: string | null;
}

/**
 * Proposes how to read a table.
 *
 * @param head the first rows that are not blank
 * @param rows the first rows of the file, enough of them to see what its columns hold
 */
export function proposeMapping(
  head: readonly TableRow[],
  rows: readonly TableRow[],
  { kind, sheet }: ProposalHints,
): MappingProposal {
  const header = findHeader(head);
  const headerRow = head[header.at]?.row ?? 1;
  const below = rows.filter(({ row }) => row > headerRow).slice(0, SAMPLE_ROWS);
  const samples = sampleColumns(header.columns, below).filter(({ column }) => column !== "");
  const kinds = kind === null ? MAPPING_KINDS : [kind];
  const [best] = kinds.map((one) => fillKind(one, samples)).sort((a, b) => b.score - a.score);
  if (!best) throw new Error("no kind to propose");
  const titles = head.slice(0, header.at + 1 - header.rows);
  return complete(best, { header, headerRow, sheet, samples, titles });
}

/** What of a kind the columns of a file fill. */
interface Filling {
  kind: MappingKind;
  score: number;
  fields: Record<string, FieldSource>;
  proposed: ProposedField[];
}

function fillKind(kind: MappingKind, samples: readonly ColumnSample[]): Filling {
  const targets = fieldsOf(kind);
  const taken = new Set<string>();
  const proposed: ProposedField[] = [];
  const fields: Record<string, FieldSource> = {};
  // The surest first, so that a column goes to the field it fits best.
  const open = new Set(targets);
  for (;;) {
    const free = samples.filter(({ column }) => !taken.has(column));
    const [next] = [...open]
      .map((target) => ({ target, candidate: fieldCandidate(kind, target, free) }))
      .filter((one): one is { target: TargetField; candidate: Candidate } => isSure(one.candidate))
      .sort((a, b) => b.candidate.confidence - a.candidate.confidence);
    if (!next) break;
    open.delete(next.target);
    const { sample, confidence, reasons } = next.candidate;
    taken.add(sample.column);
    fields[next.target.name] = sourceOf(next.target, sample);
    proposed.push({ field: next.target.name, piece: null, column: sample.column, confidence, reasons });
  }
  if (!fields.code) composeCode(kind, samples, taken, fields, proposed);
  return { kind, score: scoreOf(kind, proposed), fields, proposed };
}

/** What a field weighs that is often stated outside of the rows. */
const FIXED_WEIGHT = 0.3;

/** How much of what a kind needs the file has, 0 … 1: half a kind is worth less than the whole of another. */
function scoreOf(kind: MappingKind, proposed: readonly ProposedField[]): number {
  const required = fieldsOf(kind).filter(({ required: needed }) => needed);
  const weights = required.map(({ often }) => (often === "fixed" ? FIXED_WEIGHT : 1));
  const found = required.map(({ name }, index) => confidenceOf(kind, name, proposed) * (weights[index] ?? 1));
  const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);
  return sum(found) / sum(weights);
}

function isSure(candidate: Candidate | null): boolean {
  return candidate !== null && candidate.confidence >= LEAST_CONFIDENCE;
}

function sourceOf({ type, width }: TargetField, sample: ColumnSample): ColumnSource {
  const { column } = sample;
  if (type === "amount") return { column, format: "auto", unit: 1 };
  if (type === "date") return { column, format: "auto" };
  return needsZeros(sample, width ?? null) ? { column, pad: true } : { column };
}

/** Pieces of codes that may begin with a zero; an account of five digits lacks another digit. */
const BEGINS_WITH_ZERO: ReadonlySet<PieceName> = new Set<PieceName>([
  "satker",
  "kppn",
  "ministry",
  "unit",
  "location",
  "ro",
  "component",
  "item",
]);

/** Whether digits of a code are shorter than it somewhere, and never longer. */
function needsZeros({ texts }: ColumnSample, width: number | null): boolean {
  const digits = texts.filter((text) => /^\d+$/.test(text));
  if (width === null || digits.length === 0) return false;
  return digits.some((text) => text.length < width) && digits.every((text) => text.length <= width);
}

/** Fills the code with its pieces, when those without which it has no place are all there. */
function composeCode(
  kind: MappingKind,
  samples: readonly ColumnSample[],
  taken: ReadonlySet<string>,
  fields: Record<string, FieldSource>,
  proposed: ProposedField[],
): void {
  const composition = compositionOf(kind);
  if (!composition) return;
  const free = samples.filter(({ column }) => !taken.has(column));
  const used = new Set<string>();
  const stated = new Set<string>();
  const compose: ComposedSource["compose"] = {};
  const pieces: ProposedField[] = [];
  for (const { name, width } of PIECES) {
    if (!composition.pieces.includes(name)) continue;
    const candidate = pieceCandidate(
      kind,
      name,
      free.filter(({ column }) => !used.has(column)),
    );
    const gives = Object.keys(piecesOf(name, "0.0.0.0"));
    if (!candidate || !isSure(candidate) || gives.every((piece) => stated.has(piece))) continue;
    for (const piece of gives) stated.add(piece);
    const { sample, confidence, reasons } = candidate;
    used.add(sample.column);
    compose[name] =
      BEGINS_WITH_ZERO.has(name) && needsZeros(sample, width)
        ? { column: sample.column, pad: true }
        : { column: sample.column };
    pieces.push({ field: "code", piece: name, column: sample.column, confidence, reasons });
  }
  if (pieces.length === 0) return;
  fields.code = { compose };
  proposed.push(...pieces);
}

/** How sure a required field is; a composed code only as sure as the pieces it cannot do without. */
function confidenceOf(kind: MappingKind, field: string, proposed: readonly ProposedField[]): number {
  const own = proposed.filter((one) => one.field === field);
  if (own.length === 0) return 0;
  if (own.every(({ piece }) => piece === null)) return own[0]?.confidence ?? 0;
  const needed = (compositionOf(kind)?.required ?? []).map((piece) => {
    const giving = own.filter(({ piece: name }) => name !== null && piece in piecesOf(name, "0.0.0.0"));
    return Math.max(0, ...giving.map(({ confidence }) => confidence));
  });
  return Math.min(...needed);
}

interface Surroundings {
  header: HeaderChoice;
  headerRow: number;
  sheet: string | null;
  samples: readonly ColumnSample[];
  titles: readonly TableRow[];
}

function complete({ kind, fields: filled, proposed: sure }: Filling, around: Surroundings): MappingProposal {
  const { header, headerRow, sheet, samples, titles } = around;
  const fields = inOrder(kind, filled);
  const proposed = [...sure];
  fiscalYearOfTitles(kind, fields, proposed, titles);
  const questions = [...missingQuestions(kind, fields, proposed), ...unitQuestions(kind, fields, titles)];
  const required = fieldsOf(kind).filter((target) => target.required);
  return {
    definition: {
      kind,
      sheet,
      header: { rows: header.rows, columns: header.columns },
      fields,
      filters: [],
    },
    confidence: Math.min(...required.map(({ name }) => confidenceOf(kind, name, proposed))),
    headerRow,
    fields: proposed,
    questions,
    notes: statusNotes(samples, proposed),
    columns: samples.map(({ column, examples }) => ({
      column,
      examples,
      field: proposed.find((one) => one.column === column)?.field ?? null,
    })),
  };
}

function inOrder(kind: MappingKind, fields: Readonly<Record<string, FieldSource>>): Record<string, FieldSource> {
  return Object.fromEntries(
    fieldsOf(kind).flatMap(({ name }) => {
      const source = fields[name];
      return source ? [[name, source] as const] : [];
    }),
  );
}

/** How sure a year is that stands in a title. */
const OF_TITLE = 0.7;

/** `Tahun Anggaran 2021` above the table is the fiscal year of its rows, where no column states it. */
function fiscalYearOfTitles(
  kind: MappingKind,
  fields: Record<string, FieldSource>,
  proposed: ProposedField[],
  titles: readonly TableRow[],
): void {
  if (fields.fiscal_year || !fieldsOf(kind).some(({ name }) => name === "fiscal_year")) return;
  const years = titles.flatMap(({ cells }) =>
    [...cells.join(" ").matchAll(/\b(?:tahun anggaran|tahun|t\.?a\.?|fiscal year|fy)\s*:?\s*(20\d\d)\b/gi)].map(
      ([, year]) => year,
    ),
  );
  const [year] = years;
  if (year === undefined || years.some((other) => other !== year)) return;
  fields.fiscal_year = { value: year };
  const reasons: MappingNote[] = [{ text: "mapping.reason.title", params: { value: year } }];
  proposed.push({ field: "fiscal_year", piece: null, column: null, confidence: OF_TITLE, reasons });
}

function missingQuestions(
  kind: MappingKind,
  fields: Readonly<Record<string, FieldSource>>,
  proposed: readonly ProposedField[],
): MappingNote[] {
  return fieldsOf(kind)
    .filter(({ name, required }) => required && (!fields[name] || confidenceOf(kind, name, proposed) === 0))
    .map(({ name }) => ({ text: "mapping.question.missing", params: { field: name } }));
}

/** A heading that speaks of thousands or millions is asked about: it may speak of other columns, or of nothing any more. */
function unitQuestions(
  kind: MappingKind,
  fields: Record<string, FieldSource>,
  titles: readonly TableRow[],
): MappingNote[] {
  const above = titles.map(({ cells }) => cells.join(" ")).join(" ");
  return fieldsOf(kind).flatMap(({ name, type }): MappingNote[] => {
    const source = fields[name];
    if (type !== "amount" || !source || !("column" in source)) return [];
    const hint = unitHint(source.column) ?? unitHint(above);
    if (!hint) return [];
    fields[name] = { ...source, unit: null };
    return [{ text: "mapping.question.unit", params: { column: source.column, words: hint.words, unit: hint.unit } }];
  });
}

/** Columns that tell which rows count. */
function statusNotes(samples: readonly ColumnSample[], proposed: readonly ProposedField[]): MappingNote[] {
  return samples
    .filter(({ column }) => /\b(status|state|keterangan status|sts)\b/.test(plainName(column)))
    .filter(({ column, distinct }) => distinct !== null && !proposed.some((one) => one.column === column))
    .map(({ column, distinct }) => ({
      text: "mapping.note.status",
      params: { column, values: [...(distinct ?? [])].map(([value, cells]) => `${value} (${cells})`).join(", ") },
    }));
}
