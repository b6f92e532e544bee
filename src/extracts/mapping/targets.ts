import { type CodeField, REQUIRED_FIELDS } from "../../coa/index.ts";
import { achievements } from "../layouts/achievements.ts";
import { budget } from "../layouts/budget.ts";
import { outputs } from "../layouts/outputs.ts";
import { realization } from "../layouts/realization.ts";
import { satkers } from "../layouts/satkers.ts";
import type { RowLayout } from "../types.ts";
import type { MappingKind, PieceName } from "./definition.ts";

/** What the text of a field is: a `code` of the ledger, a `node` of the budget tree (`2080.QEA.003`), rupiah, … */
export type FieldType = "code" | "node" | "amount" | "decimal" | "date" | "month" | "text" | "number";

/** A field of a kind that a column can fill. */
export interface TargetField {
  name: string;
  type: FieldType;
  /** Without a source for it no row can be read. */
  required: boolean;
  /** Often the same for a whole file and stated outside of its rows. */
  often?: "fixed";
  /** Characters of a code of fixed width, for the zeros that spreadsheets drop. */
  width?: number;
}

const field = (name: string, type: FieldType, required: boolean, width?: number): TargetField => ({
  name,
  type,
  required,
  ...(width !== undefined && { width }),
});

const months = Array.from({ length: 12 }, (_, index) => `plan_${String(index + 1).padStart(2, "0")}`);

/** The fields of every kind, in the order people think of them; `layout` reads the rows once the fields are filled. */
export const TARGETS = {
  realization: {
    layout: realization,
    fields: [
      field("code", "code", true),
      field("date", "date", true),
      field("amount", "amount", true),
      field("document", "text", false),
      field("description", "text", false),
    ],
  },
  budget: {
    layout: budget,
    fields: [
      field("code", "code", true),
      { ...field("fiscal_year", "number", true), often: "fixed" },
      { ...field("revision", "number", true), often: "fixed" },
      field("revision_date", "date", false),
      field("amount", "amount", true),
      field("blocked", "amount", false),
      ...months.map((month) => field(month, "amount", false)),
    ],
  },
  satkers: {
    layout: satkers,
    fields: [
      field("code", "text", true, 6),
      field("name", "text", true),
      field("ministry", "text", true, 3),
      field("unit", "text", false, 2),
      field("location", "text", false, 4),
      field("authority", "text", false, 1),
      field("kppn", "text", false, 3),
    ],
  },
  outputs: {
    layout: outputs,
    fields: [
      { ...field("fiscal_year", "number", true), often: "fixed" },
      field("ministry", "text", true, 3),
      field("unit", "text", true, 2),
      field("program", "text", true),
      field("activity", "text", true, 4),
      field("output", "text", true),
      field("ro", "text", false, 3),
      field("component", "text", false, 3),
      field("name", "text", true),
      field("themes", "text", false),
      field("target", "text", false),
      field("unit_of_measure", "text", false),
    ],
  },
  achievements: {
    layout: achievements,
    fields: [
      { ...field("fiscal_year", "number", true), often: "fixed" },
      { ...field("month", "month", true), often: "fixed" },
      field("satker", "text", true, 6),
      field("code", "node", true),
      field("indicator", "text", false),
      field("target", "decimal", false),
      field("achieved", "decimal", true),
      field("unit", "text", false),
      field("district", "text", false, 4),
    ],
  },
} as const satisfies { [Kind in MappingKind]: { layout: RowLayout<Kind>; fields: readonly TargetField[] } };

export function fieldsOf(kind: MappingKind): readonly TargetField[] {
  return TARGETS[kind].fields;
}

/** Pieces of a code in printed order, with their width where it is fixed; the first of several that stand in one cell. */
export const PIECES: readonly { name: PieceName; width: number | null }[] = [
  { name: "satker", width: 6 },
  { name: "kppn", width: 3 },
  { name: "account", width: 6 },
  { name: "program_segment", width: 7 },
  { name: "ministry", width: 3 },
  { name: "unit", width: 2 },
  { name: "program", width: 2 },
  { name: "output_segment", width: 7 },
  { name: "node", width: null },
  { name: "activity", width: 4 },
  { name: "output", width: 3 },
  { name: "fund_segment", width: 10 },
  { name: "fund_source", width: 1 },
  { name: "fund_method", width: 1 },
  { name: "fund_register", width: 8 },
  { name: "bank", width: 5 },
  { name: "authority", width: 1 },
  { name: "location", width: 4 },
  { name: "budget_type", width: 1 },
  { name: "inter_entity", width: 6 },
  { name: "reserve", width: 6 },
  { name: "ro", width: 3 },
  { name: "component", width: 3 },
  { name: "subcomponent", width: 2 },
  { name: "item", width: 6 },
];

export const PIECE_NAMES: readonly PieceName[] = PIECES.map(({ name }) => name);

/** The levels of a node of the budget tree, from the widest to the closest. */
export const NODE_LEVELS = ["activity", "output", "ro", "component"] as const;

const NODE_PIECES: ReadonlySet<PieceName> = new Set(["output_segment", "node", ...NODE_LEVELS]);

/** Of which pieces a field can be composed, and which of them it cannot do without. */
export interface Composition {
  type: "code" | "node";
  pieces: readonly PieceName[];
  required: readonly CodeField[];
}

/** How the code of a kind can be composed of several columns; null for a kind that has none. */
export function compositionOf(kind: MappingKind): Composition | null {
  const type = fieldsOf(kind).find(({ name }) => name === "code")?.type;
  if (type === "code") return { type, pieces: PIECE_NAMES, required: REQUIRED_FIELDS };
  if (type !== "node") return null;
  return { type, pieces: PIECE_NAMES.filter((name) => NODE_PIECES.has(name)), required: ["activity"] };
}
