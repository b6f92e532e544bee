import type { CodeField, KnownSegments } from "../../coa/index.ts";
import type { PieceName } from "./definition.ts";

/** Pieces that stand together in one cell, with their widths. */
const TOGETHER: Partial<Record<PieceName, readonly (readonly [CodeField, number])[]>> = {
  program_segment: [
    ["ministry", 3],
    ["unit", 2],
    ["program", 2],
  ],
  output_segment: [
    ["activity", 4],
    ["output", 3],
  ],
  fund_segment: [
    ["fund_source", 1],
    ["fund_method", 1],
    ["fund_register", 8],
  ],
};

const NODE: readonly CodeField[] = ["activity", "output", "ro", "component"];

/**
 * The pieces of a code that a cell holds. Blank cells state nothing; in cells that hold several, marks between them do not
 * matter (`024.05.03` is `0240503`), and what is left over or missing stays with the last piece, where it is refused.
 */
export function piecesOf(name: PieceName, text: string): KnownSegments {
  const body = text.trim().toUpperCase();
  if (body === "") return {};
  if (name === "node") {
    const parts = body.split(".");
    const known = Object.fromEntries(NODE.map((field, index) => [field, parts[index] ?? null]));
    return parts.length > NODE.length ? { ...known, component: parts.slice(NODE.length - 1).join(".") } : known;
  }
  const together = TOGETHER[name];
  if (!together) return { [name]: body };
  const bare = body.replace(/[.\-/ ]/g, "");
  let from = 0;
  return Object.fromEntries(
    together.map(([field, width], index) => {
      const part = index === together.length - 1 ? bare.slice(from) : bare.slice(from, from + width);
      from += width;
      return [field, part];
    }),
  );
}

/** The piece names whose cell may be at fault for a field of a code. */
export function namesFor(field: CodeField): PieceName[] {
  const groups = (Object.entries(TOGETHER) as [PieceName, readonly (readonly [CodeField, number])[]][])
    .filter(([, parts]) => parts.some(([part]) => part === field))
    .map(([name]) => name);
  return [field, ...groups, ...(NODE.includes(field) ? (["node"] as const) : [])];
}
