import fc from "fast-check";
import { LEDGER_KINDS, type LedgerKind, type StructureId, segmentsOf } from "../../src/coa/index.ts";

const DIGITS = "0123456789".split("");
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ".split("");

/** Texts of a shape: `9` a digit, `X` a digit or a capital letter. */
export function ofShape(shape: string): fc.Arbitrary<string> {
  const signs = [...shape].map((sign) => fc.constantFrom(...DIGITS, ...(sign === "X" ? LETTERS : [])));
  return fc.tuple(...signs).map((characters) => characters.join(""));
}

export const structures = fc.constantFrom<StructureId>("bas-2013", "rspp-2021");
export const kinds = fc.constantFrom<LedgerKind>("ledger-12", "ledger-16");

/** A year of a structure. */
export function yearOf(structure: StructureId): fc.Arbitrary<number> {
  return structure === "bas-2013" ? fc.integer({ min: 2013, max: 2020 }) : fc.integer({ min: 2021, max: 2030 });
}

export interface Sample {
  structure: StructureId;
  kind: LedgerKind;
  year: number;
  parts: string[];
}

/** A valid ledger code with a year in which it is valid. */
export const ledgerCodes: fc.Arbitrary<Sample> = fc.tuple(structures, kinds).chain(([structure, kind]) =>
  fc.record({
    structure: fc.constant(structure),
    kind: fc.constant(kind),
    year: yearOf(structure),
    parts: fc.tuple(...segmentsOf(structure, kind).map(({ shape }) => ofShape(shape))),
  }),
);

/** Where each part of a code with dots starts. */
export function startsOf(parts: readonly string[]): number[] {
  return parts.map((_, i) => parts.slice(0, i).reduce((sum, part) => sum + part.length + 1, 0));
}

export function segmentIds(kind: LedgerKind): string[] {
  return segmentsOf("rspp-2021", kind).map(({ id }) => id);
}

export const characterCounts = LEDGER_KINDS;

/** Anything a person or program could paste: any code points, lone surrogates, or code-like rubbish. */
export const anyText = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 100 }).map((units) => String.fromCharCode(...units)),
  fc.string({ unit: fc.constantFrom(..."0123456789ABXZabz.-, #\t\u00a0\u200b\u0131\u017f\uff10"), maxLength: 120 }),
);
