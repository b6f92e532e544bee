/**
 * The two structures of the chart of accounts (Bagan Akun Standar) as data.
 * Legal basis PMK 214/PMK.05/2013; from fiscal year 2021 the budget redesign (RSPP) kept the widths and widened the
 * alphabets of program, output and RO.
 */

export type StructureId = "bas-2013" | "rspp-2021";

/** The twelve segments of a ledger code, then the four that detail documents add. */
export type SegmentId =
  | "satker"
  | "kppn"
  | "account"
  | "program"
  | "output"
  | "fund"
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

export interface Segment {
  readonly id: SegmentId;
  readonly width: number;
  /** Where the segment starts in the canonical text with dots. */
  readonly position: number;
  /** One sign per character: `9` takes a digit, `X` a digit or a capital letter. */
  readonly shape: string;
  /** A code of the right form, for the cure of a wrong width. */
  readonly example: string;
}

export interface Structure {
  readonly id: StructureId;
  /** All sixteen; the first twelve are the ledger code. */
  readonly segments: readonly Segment[];
}

/** First fiscal year of `rspp-2021`. */
export const RSPP_FIRST_YEAR = 2021;

/** How many segments and characters (without dots) each ledger code has. */
export const LEDGER_KINDS = {
  "ledger-12": { segments: 12, characters: 62 },
  "ledger-16": { segments: 16, characters: 76 },
} as const;

export type LedgerKind = keyof typeof LEDGER_KINDS;

/** Where the parts inside program and output are cut: ministry 3 + unit 2 + program 2; activity 4 + output 3. */
export const MINISTRY_END = 3;
export const UNIT_END = 5;
export const ACTIVITY_END = 4;

type Plan = readonly (readonly [id: SegmentId, shape: string, example: string])[];

// Register numbers of loans and grants carry letters (2GPSPL9A), so the whole fund segment may.
const PLAN_BAS_2013: Plan = [
  ["satker", "999999", "636722"],
  ["kppn", "999", "015"],
  ["account", "999999", "524111"],
  ["program", "9999999", "0240508"],
  ["output", "9999999", "2080001"],
  ["fund", "XXXXXXXXXX", "A000000001"],
  ["bank", "99999", "00000"],
  ["authority", "9", "1"],
  ["location", "9999", "0151"],
  ["budget_type", "9", "2"],
  ["inter_entity", "999999", "000000"],
  ["reserve", "999999", "000000"],
  ["ro", "999", "001"],
  ["component", "999", "051"],
  ["subcomponent", "XX", "0A"],
  ["item", "999999", "000001"],
];

// RO with a letter (7457.EBD.Z24) occur since the redesign.
const RSPP_CHANGES: Partial<Record<SegmentId, readonly [shape: string, example: string]>> = {
  program: ["99999XX", "02405DG"],
  output: ["9999XXX", "2080QEA"],
  ro: ["XXX", "001"],
};

function build(id: StructureId, plan: Plan): Structure {
  let position = 0;
  const segments = plan.map(([segment, shape, example]) => {
    const built: Segment = { id: segment, width: shape.length, position, shape, example };
    position += shape.length + 1;
    return built;
  });
  return { id, segments };
}

export const STRUCTURES: Readonly<Record<StructureId, Structure>> = {
  "bas-2013": build("bas-2013", PLAN_BAS_2013),
  "rspp-2021": build(
    "rspp-2021",
    PLAN_BAS_2013.map(([id, shape, example]) => [id, ...(RSPP_CHANGES[id] ?? ([shape, example] as const))]),
  ),
};

/** The structure in use in a fiscal year. */
export function structureFor(fiscalYear: number): Structure {
  return STRUCTURES[fiscalYear < RSPP_FIRST_YEAR ? "bas-2013" : "rspp-2021"];
}

/** The segments of a ledger code of one kind, in printed order. */
export function segmentsOf(structure: StructureId, kind: LedgerKind): readonly Segment[] {
  return STRUCTURES[structure].segments.slice(0, LEDGER_KINDS[kind].segments);
}
