import { isCapital, isDigit } from "./characters.ts";
import type { CodeError, CodeWarning, ParsedCode } from "./code.ts";
import { parseCode } from "./parse.ts";
import {
  LEDGER_KINDS,
  type LedgerKind,
  type SegmentId,
  STRUCTURES,
  type StructureId,
  segmentsOf,
  structureFor,
} from "./structures.ts";

/** What a ledger line needs of its code. Every field is text of fixed width. */
export interface LedgerCode {
  /** With dots, 73 or 91 characters. */
  canonical: string;
  satker: string;
  kppn: string;
  account: string;
  /** Ministry 3 + unit 2 + program 2. */
  program: string;
  /** Activity 4 + output 3. */
  output: string;
  fund: string;
  authority: string;
  location: string;
  /** The last four are null in a code of 12 segments. */
  ro: string | null;
  component: string | null;
  subcomponent: string | null;
  item: string | null;
}

export type LedgerCodeResult =
  | { ok: true; code: LedgerCode; warnings: CodeWarning[] }
  | { ok: false; errors: CodeError[]; warnings: CodeWarning[] };

const DIGIT = 1;
const LETTER = 2;
const DOT = 4;

/** Class of every ASCII character; characters beyond have none. */
const CLASSES = Uint8Array.from({ length: 128 }, (_, character) => {
  if (isDigit(character)) return DIGIT;
  if (isCapital(character)) return LETTER;
  return character === 46 ? DOT : 0;
});

/** The classes allowed at each offset of a canonical code. */
function maskOf(structure: StructureId, kind: LedgerKind): Uint8Array {
  const shapes = segmentsOf(structure, kind).map(({ shape }) => shape);
  return Uint8Array.from(
    [...shapes.join(".")].map((sign) => (sign === "." ? DOT : sign === "9" ? DIGIT : DIGIT | LETTER)),
  );
}

const MASKS_12: Readonly<Record<StructureId, Uint8Array>> = {
  "bas-2013": maskOf("bas-2013", "ledger-12"),
  "rspp-2021": maskOf("rspp-2021", "ledger-12"),
};
const MASKS_16: Readonly<Record<StructureId, Uint8Array>> = {
  "bas-2013": maskOf("bas-2013", "ledger-16"),
  "rspp-2021": maskOf("rspp-2021", "ledger-16"),
};
const UNDOTTED_12 = LEDGER_KINDS["ledger-12"].characters;
/** Characters of a canonical code of 12 segments. */
export const CODE_LENGTH_12 = MASKS_12["rspp-2021"].length;
const LENGTH_16 = MASKS_16["rspp-2021"].length;

function matches(text: string, structure: StructureId): boolean {
  if (text.length !== CODE_LENGTH_12 && text.length !== LENGTH_16) return false;
  const mask = (text.length === CODE_LENGTH_12 ? MASKS_12 : MASKS_16)[structure];
  for (let offset = 0; offset < mask.length; offset++) {
    if (((CLASSES[text.charCodeAt(offset)] ?? 0) & (mask[offset] ?? 0)) === 0) return false;
  }
  return true;
}

// Both structures have the same widths, so one set of offsets serves both.
const WIDTHS = STRUCTURES["bas-2013"].segments.map(({ width }) => width);

/** A code without dots with its dots; any other text as it is. */
function dotted(text: string): string {
  const kind = text.length === UNDOTTED_12 ? "ledger-12" : "ledger-16";
  if (text.length !== LEDGER_KINDS[kind].characters) return text;
  let canonical = "";
  let offset = 0;
  for (const width of WIDTHS) {
    if (offset === text.length) break;
    if (offset > 0) canonical += ".";
    canonical += text.slice(offset, offset + width);
    offset += width;
  }
  return canonical;
}

function startOf(id: SegmentId): number {
  return STRUCTURES["bas-2013"].segments.find((segment) => segment.id === id)?.position ?? 0;
}

const SATKER = startOf("satker");
const KPPN = startOf("kppn");
const ACCOUNT = startOf("account");
const PROGRAM = startOf("program");
const OUTPUT = startOf("output");
const FUND = startOf("fund");
const AUTHORITY = startOf("authority");
const LOCATION = startOf("location");
const RO = startOf("ro");
const COMPONENT = startOf("component");
const SUBCOMPONENT = startOf("subcomponent");
const ITEM = startOf("item");

/**
 * Reads the code of a ledger line. A canonical code takes the short way (about half a microsecond, without dots
 * about one); any other text goes through parseCode, with the same result.
 *
 * @param fiscalYear year of the line, which decides the structure
 * @returns the code with its warnings (COA-101), or the errors of parseCode, or COA-009 for a short notation
 */
export function parseLedgerCode(input: string, fiscalYear: number): LedgerCodeResult {
  const structure = structureFor(fiscalYear).id;
  const text = dotted(input);
  if (matches(text, structure)) return { ok: true, code: sliceLedgerCode(text), warnings: [] };
  const parsed = parseCode(input, { fiscalYear });
  const { canonical, errors, warnings } = parsed;
  if (canonical === null || parsed.structure === null) return { ok: false, errors, warnings };
  if (parsed.kind === "short") return { ok: false, errors: [tooShort(parsed)], warnings };
  return { ok: true, code: sliceLedgerCode(canonical), warnings };
}

/** The satker of a canonical code. */
export function satkerOf(canonical: string): string {
  return canonical.slice(SATKER, SATKER + 6);
}

/** The ministry of a canonical code. */
export function ministryOf(canonical: string): string {
  return canonical.slice(PROGRAM, PROGRAM + 3);
}

/** Where parts of a canonical code stand: start and width. Of the fund only its source. */
export const CODE_PLACES = {
  satker: [SATKER, 6],
  account: [ACCOUNT, 6],
  program: [PROGRAM, 7],
  output: [OUTPUT, 7],
  fund: [FUND, 1],
  authority: [AUTHORITY, 1],
  location: [LOCATION, 4],
} as const;

/** The node of the budget tree that a canonical code ends at: `2080.QEA` or `2080.QEA.003.051`. */
export function nodeOf(canonical: string): string {
  const output = `${canonical.slice(OUTPUT, OUTPUT + 4)}.${canonical.slice(OUTPUT + 4, OUTPUT + 7)}`;
  // RO and komponen follow each other, with their dot.
  return canonical.length === LENGTH_16 ? `${output}.${canonical.slice(RO, COMPONENT + 3)}` : output;
}

/** Cuts a canonical code of 73 or 91 characters into its segments; both structures have the same widths. */
export function sliceLedgerCode(text: string): LedgerCode {
  const detailed = text.length === LENGTH_16;
  return {
    canonical: text,
    satker: text.slice(SATKER, SATKER + 6),
    kppn: text.slice(KPPN, KPPN + 3),
    account: text.slice(ACCOUNT, ACCOUNT + 6),
    program: text.slice(PROGRAM, PROGRAM + 7),
    output: text.slice(OUTPUT, OUTPUT + 7),
    fund: text.slice(FUND, FUND + 10),
    authority: text.slice(AUTHORITY, AUTHORITY + 1),
    location: text.slice(LOCATION, LOCATION + 4),
    ro: detailed ? text.slice(RO, RO + 3) : null,
    component: detailed ? text.slice(COMPONENT, COMPONENT + 3) : null,
    subcomponent: detailed ? text.slice(SUBCOMPONENT, SUBCOMPONENT + 2) : null,
    item: detailed ? text.slice(ITEM, ITEM + 6) : null,
  };
}

function tooShort({ canonical, input }: ParsedCode): CodeError {
  const position = input.length - input.trimStart().length;
  return { segment: null, position, code: "COA-009", params: { part: canonical ?? "" } };
}
