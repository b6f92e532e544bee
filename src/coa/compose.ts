import { countLetters, firstLetter, fits } from "./characters.ts";
import { checkPart } from "./check.ts";
import type { CodeError, ShortField } from "./code.ts";
import { LEDGER_KINDS, type SegmentId, STRUCTURES, type StructureId, structureFor } from "./structures.ts";

/** What stands for each character of a code that its source does not state. Only composed codes carry it. */
export const UNKNOWN_SIGN = "?";

/**
 * The pieces of a ledger code that a source states by itself, in printed order. `program` is its own two characters and
 * `output` its own three; `fund` is source 1 + method 1 + register 8.
 */
export type CodeField =
  | "satker"
  | "kppn"
  | "account"
  | "ministry"
  | "unit"
  | "program"
  | "activity"
  | "output"
  | "fund_source"
  | "fund_method"
  | "fund_register"
  | "bank"
  | "authority"
  | "location"
  | "budget_type"
  | "inter_entity"
  | "reserve"
  | "ro"
  | "component"
  | "subcomponent"
  | "item";

/** What a source says about a code; null or absent is what it does not say. An empty text is a fault, not a null. */
export type KnownSegments = Readonly<Partial<Record<CodeField, string | null>>>;

/** A ledger code of which some pieces may be unknown. */
export interface ComposedCode {
  /** 12 or 16 segments with dots, each unknown character a `?`: `006018.???.511138.?????WA.2882QAB.A000000001.…`. */
  canonical: string;
  structure: StructureId;
  /** Every piece; null where it is unknown. */
  known: Readonly<Record<CodeField, string | null>>;
}

/** What is wrong with one piece: a rule of the catalogue, at a 0-based offset of the piece's own text. */
export interface ComposeError extends CodeError {
  field: CodeField;
  /** The piece as given, "" when a required one is missing. */
  text: string;
}

export type ComposeResult = { ok: true; code: ComposedCode } | { ok: false; errors: ComposeError[] };

/** Without these a line has no place: satkers make cells, accounts tell expenditure, activity and output the tree. */
export const REQUIRED_FIELDS: readonly CodeField[] = ["satker", "account", "activity", "output"];

interface Piece {
  field: CodeField;
  segment: SegmentId;
  /** Offset and end inside the segment. */
  from: number;
  to: number;
}

const INSIDE: Partial<Record<SegmentId, readonly (readonly [field: CodeField, width: number])[]>> = {
  program: [
    ["ministry", 3],
    ["unit", 2],
    ["program", 2],
  ],
  output: [
    ["activity", 4],
    ["output", 3],
  ],
  fund: [
    ["fund_source", 1],
    ["fund_method", 1],
    ["fund_register", 8],
  ],
};

/** Segments that are one piece carry the same name. */
const PIECES: readonly Piece[] = STRUCTURES["bas-2013"].segments.flatMap(({ id, width }): Piece[] => {
  let from = 0;
  const pieces = INSIDE[id] ?? [[id as CodeField, width] as const];
  return pieces.map(([field, length]) => {
    const piece = { field, segment: id, from, to: from + length };
    from += length;
    return piece;
  });
});

/** Every piece of a code in printed order. */
export const CODE_FIELDS: readonly CodeField[] = PIECES.map(({ field }) => field);

const DETAIL: readonly CodeField[] = ["ro", "component", "subcomponent", "item"];
const FORMS: Readonly<Record<StructureId, ReadonlyMap<CodeField, { shape: string; example: string }>>> = {
  "bas-2013": formsOf("bas-2013"),
  "rspp-2021": formsOf("rspp-2021"),
};

function formsOf(structure: StructureId): ReadonlyMap<CodeField, { shape: string; example: string }> {
  const segments = new Map(STRUCTURES[structure].segments.map((segment) => [segment.id, segment]));
  return new Map(
    PIECES.map(({ field, segment, from, to }) => {
      const { shape = "", example = "" } = segments.get(segment) ?? {};
      return [field, { shape: shape.slice(from, to), example: example.slice(from, to) }];
    }),
  );
}

/**
 * Composes the code of a line from the pieces its source states. It has 16 segments when any of RO, komponen, subkomponen
 * and item is known, else 12; a code of which all is known is the ordinary one.
 *
 * @param known pieces as in printed codes: full width, capital letters
 * @param fiscalYear year of the line, which decides the structure
 * @returns the code, or an error per faulty piece: COA-002 empty, or a required piece unknown (REQUIRED_FIELDS);
 * COA-003 width; COA-004 character; COA-007 a piece of the redesigned structure in a year before it
 */
export function composeCode(known: KnownSegments, fiscalYear: number): ComposeResult {
  const structure = structureFor(fiscalYear).id;
  const given = CODE_FIELDS.filter((field) => (known[field] ?? null) !== null).length;
  const errors = CODE_FIELDS.flatMap((field) => faults(field, known[field] ?? null, structure, fiscalYear, given));
  if (errors.length > 0) return { ok: false, errors };
  const all = {} as Record<CodeField, string | null>;
  for (const field of CODE_FIELDS) all[field] = known[field] ?? null;
  return { ok: true, code: { canonical: print(all), structure, known: all } };
}

function faults(
  field: CodeField,
  text: string | null,
  structure: StructureId,
  year: number,
  given: number,
): ComposeError[] {
  const required = REQUIRED_FIELDS.includes(field);
  if (text === null && !required) return [];
  const found = text ?? "";
  const form = FORMS[structure].get(field) ?? { shape: "", example: "" };
  const segment = nameOf(field);
  const later = FORMS["rspp-2021"].get(field)?.shape ?? "";
  if (structure === "bas-2013" && countLetters(found) >= 2 && !fits(found, form.shape) && fits(found, later)) {
    const params = { structure: "rspp-2021", year };
    return [{ field, text: found, segment, position: firstLetter(found), code: "COA-007", params }];
  }
  return checkPart({ text: found, start: 0 }, { id: segment, ...form }, given).map((error) => ({
    ...error,
    field,
    text: found,
  }));
}

/** Sentences speak of segments; inside the fund they name the whole. */
function nameOf(field: CodeField): SegmentId | ShortField {
  return field === "fund_method" || field === "fund_register" ? "fund" : field;
}

function print(known: Readonly<Record<CodeField, string | null>>): string {
  const kind = DETAIL.some((field) => known[field] !== null) ? "ledger-16" : "ledger-12";
  const ids = STRUCTURES["bas-2013"].segments.slice(0, LEDGER_KINDS[kind].segments).map(({ id }) => id);
  const texts = new Map<SegmentId, string>();
  for (const { field, segment, from, to } of PIECES) {
    texts.set(segment, (texts.get(segment) ?? "") + (known[field] ?? UNKNOWN_SIGN.repeat(to - from)));
  }
  return ids.map((id) => texts.get(id) ?? "").join(".");
}

/**
 * The inverse of composeCode: the pieces of a canonical code with or without unknown ones. Users' codes do not come this
 * way: parseCode and parseLedgerCode refuse `?`.
 *
 * @returns null for a text that composeCode does not give in that year
 */
export function decomposeCode(canonical: string, fiscalYear: number): ComposedCode | null {
  const parts = canonical.split(".");
  const known: Partial<Record<CodeField, string | null>> = {};
  const segments = STRUCTURES["bas-2013"].segments;
  for (const { field, segment, from, to } of PIECES) {
    const text = parts[segments.findIndex(({ id }) => id === segment)]?.slice(from, to) ?? null;
    known[field] = text === null || text === UNKNOWN_SIGN.repeat(to - from) ? null : text;
  }
  const composed = composeCode(known, fiscalYear);
  return composed.ok && composed.code.canonical === canonical ? composed.code : null;
}
