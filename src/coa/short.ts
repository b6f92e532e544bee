import { fits } from "./characters.ts";
import { checkPart, type Form, type Mark, settle } from "./check.ts";
import type { CodeError, Reading, ShortField } from "./code.ts";
import type { Part } from "./parts.ts";
import type { StructureId } from "./structures.ts";

interface Field {
  /** Shapes from the narrowest to the usual one; the last is what an error asks for. */
  shapes: readonly string[];
  example: string;
  /** The shape before the redesign, where it differs. */
  before?: string;
}

// People write the subkomponen with or without its leading zero (A, 0A) and items from one digit on.
const FIELDS: Readonly<Record<ShortField, Field>> = {
  ministry: { shapes: ["999"], example: "024" },
  unit: { shapes: ["99"], example: "03" },
  program: { shapes: ["XX"], example: "DG", before: "99" },
  activity: { shapes: ["9999"], example: "2080" },
  output: { shapes: ["XXX"], example: "QEA", before: "999" },
  fund_source: { shapes: ["99"], example: "01" },
  ro: { shapes: ["XXX"], example: "001", before: "999" },
  component: { shapes: ["999"], example: "051" },
  subcomponent: { shapes: ["X", "XX"], example: "0A" },
  account: { shapes: ["999999"], example: "521211" },
  item: { shapes: ["9", "99", "999", "9999", "99999", "999999"], example: "000001" },
};

type Notation = readonly ShortField[];

const BELOW_ACTIVITY: readonly Notation[] = [
  ["output"],
  ["output", "ro"],
  ["output", "ro", "component"],
  ["output", "ro", "component", "subcomponent"],
  ["output", "ro", "component", "account"],
  ["output", "ro", "component", "subcomponent", "account"],
  ["output", "ro", "component", "account", "item"],
  ["output", "ro", "component", "subcomponent", "account", "item"],
];

const DOWN_TO_ACTIVITY: readonly Notation[] = [
  ["activity"],
  ["program", "activity"],
  ["ministry", "unit", "program", "activity"],
];

/** Every printed short notation of the field, as the fields it states. No text fits two of them. */
const NOTATIONS: readonly Notation[] = [
  ["ministry"],
  ["ministry", "unit"],
  ["ministry", "unit", "program"],
  ["ministry", "unit", "program", "activity", "output", "fund_source"],
  ...DOWN_TO_ACTIVITY,
  ...DOWN_TO_ACTIVITY.flatMap((head) => BELOW_ACTIVITY.map((tail) => [...head, ...tail])),
];

/** Keys without dots, as reconciliations print them: by length, the widths that follow each other. */
const UNDOTTED: Readonly<Record<number, Notation>> = {
  3: ["ministry"],
  4: ["activity"],
  5: ["ministry", "unit"],
  10: ["activity", "output", "ro"],
  13: ["activity", "output", "ro", "component"],
};
const PROGRAM_KEY: Notation = ["ministry", "unit", "program"];
const OUTPUT_KEY: Notation = ["activity", "output"];
const KEY_LENGTH = 7;

/** The longest text without separators that a short notation has. */
export const LONGEST_KEY = 13;

function shapesOf(field: ShortField, structure: StructureId): readonly string[] {
  const { shapes, before } = FIELDS[field];
  return structure === "bas-2013" && before ? [before] : shapes;
}

function formOf(field: ShortField, structure: StructureId, text: string): Form {
  const shapes = shapesOf(field, structure);
  const shape = shapes.find((candidate) => candidate.length === text.length) ?? shapes.at(-1) ?? "";
  return { id: field, shape, example: FIELDS[field].example };
}

function stands(part: Part, field: ShortField | undefined): boolean {
  return field !== undefined && shapesOf(field, "rspp-2021").some((shape) => fits(part.text, shape));
}

/** Reads parts that fit a short notation exactly (in either structure); null when none fits. */
export function readShort(parts: readonly Part[], fiscalYear: number | null): Reading | null {
  const notation = NOTATIONS.find((n) => n.length === parts.length && parts.every((part, i) => stands(part, n[i])));
  return notation ? read(parts, notation, fiscalYear) : null;
}

/** Reads parts of which all but one fit one notation, so that the one can be named; null when that is not clear. */
export function readFaultyShort(parts: readonly Part[], fiscalYear: number | null): Reading | null {
  if (parts.length < 2) return null;
  const near = NOTATIONS.filter((n) => n.length === parts.length && isNear(parts, n));
  return near.length === 1 && near[0] ? read(parts, near[0], fiscalYear) : null;
}

/** One part does not fit, and that one is empty or at most a character too short or long. */
function isNear(parts: readonly Part[], notation: Notation): boolean {
  const faulty = parts.flatMap((part, i) => (stands(part, notation[i]) ? [] : [{ part, field: notation[i] }]));
  const [fault] = faulty;
  if (faulty.length !== 1 || !fault?.field) return false;
  const width = FIELDS[fault.field].shapes.at(-1)?.length ?? 0;
  return fault.part.text === "" || Math.abs(fault.part.text.length - width) <= 1;
}

/**
 * Reads a key without dots such as `2080QEA` or `02403DG`.
 *
 * Seven characters may be a program or an output: ministries are 001 … 152 and 999, activities 1001 … 6933, and
 * program letters come last while an output begins with its letter. Digits alone that begin with 1 stay ambiguous.
 *
 * @param nodeOnly a node of the budget tree is expected, so that seven characters can only be an output
 */
export function readKey(part: Part, fiscalYear: number | null, nodeOnly: boolean): Reading | null {
  const seven = part.text.length === KEY_LENGTH;
  const notation = seven ? (nodeOnly ? OUTPUT_KEY : sevenCharacters(part.text)) : UNDOTTED[part.text.length];
  return notation ? readSlices(part, notation, fiscalYear) : null;
}

function sevenCharacters(text: string): Notation | null {
  const program = /^(?:[01]\d{4}|999\d\d)[A-Z\d]{2}$/.test(text);
  const output = /^[1-9]\d{3}[A-Z\d]{3}$/.test(text) && !text.startsWith("999");
  if (program && output) return /^\d+$/.test(text) ? null : PROGRAM_KEY;
  if (program) return PROGRAM_KEY;
  return output ? OUTPUT_KEY : null;
}

function readSlices(part: Part, notation: Notation, fiscalYear: number | null): Reading | null {
  let offset = 0;
  const parts = notation.map((field) => {
    const width = FIELDS[field].shapes[0]?.length ?? 0;
    const slice = { text: part.text.slice(offset, offset + width), start: part.start + offset };
    offset += width;
    return slice;
  });
  const whole = parts.every((slice, i) => stands(slice, notation[i]));
  return whole ? read(parts, notation, fiscalYear) : null;
}

function read(parts: readonly Part[], notation: Notation, fiscalYear: number | null): Reading {
  const marks = parts.flatMap((part, i) => markOf(part, notation[i]));
  const { structure, checked, errors } = settle((id) => errorsOf(parts, notation, id), marks, fiscalYear);
  const reading: Reading = { structure, kind: "short", segments: {}, positions: {}, errors };
  parts.forEach((part, i) => {
    const field = notation[i];
    if (!field || !shapesOf(field, checked).some((shape) => fits(part.text, shape))) return;
    reading.segments[field] = part.text;
    reading.positions[field] = part.start;
  });
  return reading;
}

function errorsOf(parts: readonly Part[], notation: Notation, structure: StructureId): CodeError[] {
  const count = parts.filter(({ text }) => text !== "").length;
  return parts.flatMap((part, i) => {
    const field = notation[i];
    return field ? checkPart(part, formOf(field, structure, part.text), count) : [];
  });
}

function markOf(part: Part, field: ShortField | undefined): Mark[] {
  if (part.text === "" || (field !== "program" && field !== "output")) return [];
  return [{ segment: field, text: part.text, position: part.start }];
}
