import { dateText, isoDateText, type NumberKind } from "./dates.ts";
import { plainNumber } from "./numbers.ts";
import type { Texts } from "./text-table.ts";
import { resolveEscapes } from "./texts.ts";
import type { Workbook } from "./workbook.ts";

/** What the XML of a cell says; null for what is absent. */
export interface CellContent {
  /** `t`: `n` when absent. */
  type: string | null;
  /** `s`: index of the cell's style. */
  style: string | null;
  /** `v`: number, index of a shared string, cached value of a formula … */
  value: string | null;
  /** `f`: the formula, without `=`. */
  formula: string | null;
  /** `is`: the text of an inline string. */
  inline: string | null;
}

/** What a cell needs of its workbook. */
export type CellContext = Pick<Workbook, "strings" | "styles" | "date1904">;

/** A cell that contradicts its workbook: an unknown type, a text or a style that is not there. */
export class InvalidCell extends Error {}

const INDEX = /^\d{1,9}$/;
const NUMBER_CHARACTERS = /^[\d.eE+-]+$/;

/**
 * The text of a cell as a person reads it, in the plain form that the layouts expect.
 *
 * A formula that was never calculated has no value; its own text (`=B2*2`) stands for it, so that it is refused as an
 * amount and not taken for an empty cell.
 *
 * @throws InvalidCell
 */
export function cellText(cell: CellContent, workbook: CellContext): string {
  const { type, value } = cell;
  if (type === "inlineStr" && cell.inline !== null) return cell.inline;
  if (value === null || (value === "" && type !== "str")) return cell.formula === null ? "" : `=${cell.formula}`;
  switch (type) {
    case null:
    case "n":
      return numberText(value.trim(), kindOf(cell.style, workbook.styles), workbook.date1904);
    case "s":
      return sharedString(value.trim(), workbook.strings);
    case "str":
    case "inlineStr":
      return resolveEscapes(value);
    case "b":
      return truthText(value.trim());
    case "e":
      return value;
    case "d":
      return isoDateText(value.trim());
    default:
      throw new InvalidCell(`t="${type}"`);
  }
}

function numberText(literal: string, kind: NumberKind, date1904: boolean): string {
  if (kind === "number" || !NUMBER_CHARACTERS.test(literal)) return unmistakable(plainNumber(literal));
  return dateText(Number(literal), kind, date1904) ?? unmistakable(plainNumber(literal));
}

/** A number cell with three decimals: as text its decimal point looks like a point between thousands. */
const LIKE_THOUSANDS = /^-?[1-9]\d{0,2}\.\d{3}$/;

/** `1.234` of a number cell as `1.2340`, the same number, which nobody takes for 1234. */
function unmistakable(plain: string): string {
  return LIKE_THOUSANDS.test(plain) ? `${plain}0` : plain;
}

function kindOf(style: string | null, styles: NumberKind[] | null): NumberKind {
  if (styles === null) return "number";
  const index = Number(style ?? 0);
  const kind = styles[index] ?? (index === 0 ? "number" : undefined);
  if (kind === undefined) throw new InvalidCell(`s="${style}"`);
  return kind;
}

function sharedString(value: string, strings: Texts): string {
  const text = INDEX.test(value) ? strings.at(Number(value)) : undefined;
  if (text === undefined) throw new InvalidCell(`sharedStrings[${value}]`);
  return text;
}

function truthText(value: string): string {
  if (value === "1" || value === "true") return "TRUE";
  if (value === "0" || value === "false") return "FALSE";
  throw new InvalidCell(`t="b" ${value}`);
}
