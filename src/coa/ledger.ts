import { type Alignment, align, type Step } from "./align.ts";
import { fits, shown } from "./characters.ts";
import { checkPart, type Mark, missing, settle } from "./check.ts";
import type { CodeError, Reading } from "./code.ts";
import type { Part } from "./parts.ts";
import { ACTIVITY_END, LEDGER_KINDS, type LedgerKind, STRUCTURES, segmentsOf, UNIT_END } from "./structures.ts";

const KINDS: readonly LedgerKind[] = ["ledger-12", "ledger-16"];

/**
 * Reads printed parts as a ledger code, or returns null when hardly anything fits one.
 *
 * @param end offset in the input where the code ends
 */
export function readLedger(parts: readonly Part[], end: number, fiscalYear: number | null): Reading | null {
  const exact = byPosition(parts);
  if (exact) return read(exact.steps, exact.kind, fiscalYear);
  const twelve = align(parts, segmentsOf("rspp-2021", "ledger-12"), end);
  const sixteen = align(parts, segmentsOf("rspp-2021", "ledger-16"), end);
  const kind: LedgerKind = twelve.cost < sixteen.cost ? "ledger-12" : "ledger-16";
  const best: Alignment = kind === "ledger-12" ? twelve : sixteen;
  if (best.fitting * 2 < parts.length) return null;
  return read(best.steps, kind, fiscalYear);
}

/** The plain case: 12 or 16 parts, each as wide as its segment. */
function byPosition(parts: readonly Part[]): { steps: Step[]; kind: LedgerKind } | null {
  const kind = KINDS.find((k) => LEDGER_KINDS[k].segments === parts.length);
  if (!kind) return null;
  const steps = segmentsOf("rspp-2021", kind).flatMap((segment, i): Step[] => {
    const part = parts[i];
    return part?.text.length === segment.width ? [{ part, segment }] : [];
  });
  return steps.length === parts.length ? { steps, kind } : null;
}

/** Reads a text of 62 or 76 characters without separators by its widths. */
export function readUndotted(part: Part, fiscalYear: number | null): Reading | null {
  const kind = KINDS.find((k) => LEDGER_KINDS[k].characters === part.text.length);
  if (!kind) return null;
  let offset = 0;
  const steps: Step[] = segmentsOf("rspp-2021", kind).map((segment) => {
    const text = part.text.slice(offset, offset + segment.width);
    const step = { part: { text, start: part.start + offset }, segment };
    offset += segment.width;
    return step;
  });
  return read(steps, kind, fiscalYear);
}

function read(steps: readonly Step[], kind: LedgerKind, fiscalYear: number | null): Reading {
  const { structure, checked, errors } = settle(
    (id) => errorsOf(steps, STRUCTURES[id].segments),
    steps.flatMap(markOf),
    fiscalYear,
  );
  const reading: Reading = { structure, kind, segments: {}, positions: {}, errors };
  const forms = new Map(STRUCTURES[checked].segments.map((segment) => [segment.id, segment.shape]));
  for (const { part, segment } of steps) {
    if (!part || !segment || !fits(part.text, forms.get(segment.id) ?? "")) continue;
    reading.segments[segment.id] = part.text;
    reading.positions[segment.id] = part.start;
  }
  return reading;
}

function errorsOf(steps: readonly Step[], segments: (typeof STRUCTURES)["bas-2013"]["segments"]): CodeError[] {
  const count = steps.filter(({ part }) => part !== null && part.text !== "").length;
  return steps.flatMap((step) => {
    if (step.part === null) return [missing(step.segment.id, step.position, count)];
    if (step.segment === null) return [extra(step.part)];
    const { id } = step.segment;
    const form = segments.find((segment) => segment.id === id);
    return form ? checkPart(step.part, form, count) : [];
  });
}

function extra(part: Part): CodeError {
  return { segment: null, position: part.start, code: "COA-008", params: { part: shown(part.text) } };
}

function markOf({ part, segment }: Step): Mark[] {
  if (!part || !segment || part.text.length !== segment.width) return [];
  if (segment.id !== "program" && segment.id !== "output") return [];
  const from = segment.id === "program" ? UNIT_END : ACTIVITY_END;
  return [{ segment: segment.id, text: part.text.slice(from), position: part.start + from }];
}
