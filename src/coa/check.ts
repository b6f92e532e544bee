import { allowedAt, countLetters, firstLetter, misfits, shown, shownAt } from "./characters.ts";
import type { CodeError, ShortField } from "./code.ts";
import type { Part } from "./parts.ts";
import { type SegmentId, type StructureId, structureFor } from "./structures.ts";

/** What a part must look like. */
export interface Form {
  id: SegmentId | ShortField;
  shape: string;
  example: string;
}

/** The faults of one part: COA-002 empty, COA-003 width, COA-004 character. */
export function checkPart(part: Part, form: Form, count: number): CodeError[] {
  const { text, start } = part;
  const { id, shape, example } = form;
  if (text === "") return [missing(id, start, count)];
  const errors: CodeError[] = [];
  if (text.length !== shape.length) {
    const params = { part: shown(text), found: text.length, expected: shape.length, example: exampleFor(text, form) };
    errors.push({ segment: id, position: start, code: "COA-003", params });
  }
  for (const offset of misfits(text, shape)) {
    const params = { character: shownAt(text, offset), allowed: allowedAt(text, shape, offset), example };
    errors.push({ segment: id, position: start + offset, code: "COA-004", params });
  }
  return errors;
}

/** The part with its leading zeros back where a code that begins with digits lost them, else an example. */
function exampleFor(text: string, { shape, example }: Form): string {
  if (!/^\d/.test(text)) return example;
  const padded = text.padStart(shape.length, "0");
  return padded.length === shape.length && misfits(padded, shape).length === 0 ? padded : example;
}

/** A segment that is not there; `count` is the number of segments that are. */
export function missing(segment: SegmentId | ShortField, position: number, count: number): CodeError {
  return { segment, position, code: "COA-002", params: { found: count } };
}

/** The characters of program (2) and output (3), where letters tell the structures apart. */
export interface Mark {
  segment: "program" | "output";
  text: string;
  position: number;
}

/** The outcome of settle; `structure` is null when neither program nor output is there to tell. */
export interface Settled {
  structure: StructureId | null;
  /** The structure the code was checked in. */
  checked: StructureId;
  errors: CodeError[];
}

/**
 * Decides the structure of a code and the errors that follow. Without a year, letters in program or output mean
 * `rspp-2021`. For a year before it letters are errors: COA-007 when the code is a sound code of the redesign
 * (both program characters or most of the output are letters), else COA-004 at each letter, which is then a slip.
 *
 * @param check the errors of the code when read in one structure
 */
export function settle(
  check: (structure: StructureId) => CodeError[],
  marks: readonly Mark[],
  fiscalYear: number | null,
): Settled {
  const lettered = marks.find(({ text }) => firstLetter(text) >= 0);
  if (fiscalYear === null) {
    // What cannot be told is checked against the wider alphabet.
    const checked = lettered || marks.length === 0 ? "rspp-2021" : "bas-2013";
    return { structure: marks.length > 0 ? checked : null, checked, errors: check(checked) };
  }
  const structure = structureFor(fiscalYear).id;
  const redesigned = marks.some(({ text }) => countLetters(text) >= 2);
  if (structure === "bas-2013" && lettered && redesigned && check("rspp-2021").length === 0) {
    const position = lettered.position + firstLetter(lettered.text);
    const params = { structure: "rspp-2021", year: fiscalYear };
    const error: CodeError = { segment: lettered.segment, position, code: "COA-007", params };
    return { structure: "rspp-2021", checked: "rspp-2021", errors: [error] };
  }
  return { structure, checked: structure, errors: check(structure) };
}
