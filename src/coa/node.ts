import type { CodeError } from "./code.ts";
import { parseCode } from "./parse.ts";

export type NodeLevel = "activity" | "output" | "ro" | "component";

/** A node of the budget tree: what a tag points at. Codes are each level's own (`2080`, `QEA`, `003`, `051`). */
export interface BudgetNode {
  activity: string;
  output: string | null;
  ro: string | null;
  component: string | null;
  level: NodeLevel;
  /** With dots: `2080.QEA.003`. */
  code: string;
}

export type NodeResult = { ok: true; node: BudgetNode } | { ok: false; errors: CodeError[] };

const NODE_FIELDS: readonly string[] = ["activity", "output", "ro", "component"];

/**
 * Reads a node code `activity[.output[.ro[.component]]]`, also without dots (`2080QEA`).
 *
 * @returns the node, or the errors of parseCode; COA-006 for a code that is none (`024.03`, a full ledger code)
 */
export function parseNode(text: string): NodeResult {
  const parsed = parseCode(text, { nodeOnly: true });
  const { activity, output = null, ro = null, component = null } = parsed.segments;
  if (!parsed.valid) return { ok: false, errors: parsed.errors };
  const isNode = Object.keys(parsed.segments).every((field) => NODE_FIELDS.includes(field));
  if (!isNode || activity === undefined || parsed.canonical === null) {
    const position = text.length - text.trimStart().length;
    return { ok: false, errors: [{ segment: null, position, code: "COA-006", params: {} }] };
  }
  const level = component !== null ? "component" : ro !== null ? "ro" : output !== null ? "output" : "activity";
  return { ok: true, node: { activity, output, ro, component, level, code: parsed.canonical } };
}
