import type { TableRow } from "../readers/csv-parser.ts";
import type { MappingDefinition } from "./definition.ts";

/** A name as it is compared: small letters, single spaces. */
export function normalName(name: string): string {
  return name.trim().toLowerCase();
}

/** The text of a header cell on one line, without the byte order mark of some programs. */
function printed(cell: string): string {
  return cell
    .replace(/^\ufeff/, "")
    .replace(/\s+/g, " ")
    .trim();
}

/**
 * The names of the columns of a header. Of two rows the upper one groups: `Pagu` over `Awal` and `Revisi` gives `Pagu / Awal`
 * and `Pagu / Revisi`. A name that stands twice gets a number, so that every column can be named.
 */
export function columnNames(rows: readonly TableRow[]): string[] {
  const [upper = [], lower = []] = rows.map(({ cells }) => cells.map(printed));
  const names = rows.length < 2 ? upper : joined(upper, lower);
  const seen = new Map<string, number>();
  return names.map((name) => {
    if (name === "") return "";
    const times = (seen.get(normalName(name)) ?? 0) + 1;
    seen.set(normalName(name), times);
    return times === 1 ? name : `${name} (${times})`;
  });
}

function joined(upper: readonly string[], lower: readonly string[]): string[] {
  let group = "";
  return Array.from({ length: Math.max(upper.length, lower.length) }, (_, index) => {
    const above = upper[index] ?? "";
    const below = lower[index] ?? "";
    // A name with nothing below it groups nothing.
    if (above !== "" || below === "") group = below === "" ? "" : above;
    if (below === "") return above;
    return group === "" ? below : `${group} / ${below}`;
  });
}

/** Whether two headers have the same columns in the same order; blank ones at the end do not count. */
export function sameColumns(a: readonly string[], b: readonly string[]): boolean {
  return signature(a) === signature(b);
}

function signature(names: readonly string[]): string {
  const last = names.findLastIndex((name) => name !== "");
  return JSON.stringify(names.slice(0, last + 1).map(normalName));
}

/** A header among the first rows of a file. */
export interface FoundHeader {
  /** Position of its last row among the first rows. */
  at: number;
  columns: string[];
}

/** Every place among the first rows where a header of so many rows could stand. */
export function* headersOf(head: readonly TableRow[], rows: 1 | 2): Generator<FoundHeader> {
  for (let at = rows - 1; at < head.length; at++) {
    yield { at, columns: columnNames(head.slice(at - rows + 1, at + 1)) };
  }
}

/** The header that is exactly the one of a mapping; null when the file has another. */
export function exactHeader(head: readonly TableRow[], { header }: MappingDefinition): FoundHeader | null {
  for (const found of headersOf(head, header.rows)) if (sameColumns(found.columns, header.columns)) return found;
  return null;
}

/** The header that has most of the columns a mapping needs, the first of equal ones, and what it lacks. */
export function nearestHeader(
  head: readonly TableRow[],
  rows: 1 | 2,
  needed: readonly string[],
): FoundHeader & { missing: string[] } {
  let nearest = { at: 0, columns: [] as string[], missing: [...needed] };
  for (const found of headersOf(head, rows)) {
    const names = new Set(found.columns.map(normalName));
    const missing = needed.filter((name) => !names.has(normalName(name)));
    if (missing.length < nearest.missing.length) nearest = { ...found, missing };
  }
  return nearest;
}
