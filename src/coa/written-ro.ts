import { upperCase } from "./characters.ts";
import type { CodeError } from "./code.ts";
import type { BudgetNode } from "./node.ts";
import { parseCode } from "./parse.ts";

/** An RO as a source wrote it; ministry, unit and program where it wrote them too. */
export interface WrittenRo {
  node: BudgetNode;
  ministry: string | null;
  unit: string | null;
  program: string | null;
}

export type WrittenRoResult = { ok: true; ro: WrittenRo } | { ok: false; errors: CodeError[] };

/** Where the pieces of an RO end when it is written without a sign between some or all of them. */
const ENDS: Readonly<Record<number, readonly number[]>> = {
  10: [4, 7, 10],
  12: [2, 6, 9, 12],
  17: [3, 5, 7, 11, 14, 17],
};

/**
 * Reads the code of an RO in any way it is written: `2080.QEA.003`, `2080QEA003`, `2080QEA.003`, `DG.2080.QEA.003`,
 * `024.03.DG.2080.QEA.003`, `02403DG2080QEA003`, with dots, dashes, commas, slashes or spaces.
 *
 * @param fiscalYear decides the structure; without it the code itself does
 * @returns the RO, or the errors of parseCode; COA-006 for any other code: an RO number alone, an output, a komponen
 */
export function parseWrittenRo(text: string, fiscalYear?: number): WrittenRoResult {
  const parsed = parseCode(dotted(text), fiscalYear === undefined ? {} : { fiscalYear });
  const { activity, output, ro, ministry = null, unit = null, program = null, ...deeper } = parsed.segments;
  if (!parsed.valid) return { ok: false, errors: parsed.errors };
  const isRo = parsed.kind === "short" && Object.keys(deeper).length === 0;
  if (!isRo || activity === undefined || output === undefined || ro === undefined) {
    const position = text.length - text.trimStart().length;
    return { ok: false, errors: [{ segment: null, position, code: "COA-006", params: {} }] };
  }
  const code = `${activity}.${output}.${ro}`;
  return {
    ok: true,
    ro: { node: { activity, output, ro, component: null, level: "ro", code }, ministry, unit, program },
  };
}

/** The text with a dot at the end of every piece, when all its signs stand at ends; otherwise as it is. */
function dotted(text: string): string {
  const parts = upperCase(text.trim())
    .split(/[.,\-/\s]+/)
    .filter((part) => part !== "");
  const joined = parts.join("");
  const ends = ENDS[joined.length];
  if (!ends) return text;
  let end = 0;
  for (const part of parts) {
    end += part.length;
    if (!ends.includes(end)) return text;
  }
  return ends.map((to, index) => joined.slice(index === 0 ? 0 : ends[index - 1], to)).join(".");
}
