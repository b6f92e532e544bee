import type { RuleId } from "../../../rules.ts";

/** SP2D number: year 2, KPPN 3, serial 10 digits. */
const SP2D = /^\d{15}$/;

/** Cells of an SP2D that does not exist yet. */
const NO_NUMBER = /^[-0\s]*$/;

export function isNoNumber(text: string): boolean {
  return NO_NUMBER.test(text);
}

/**
 * What an SP2D number says against the rest of its row: DOC-001 it is none, DOC-002 another treasury office paid, DOC-003
 * it is of another year.
 */
export function numberWarnings(number: string, kppn: string, fiscalYear: number): readonly RuleId[] {
  if (!SP2D.test(number)) return ["DOC-001"];
  const warnings: RuleId[] = [];
  if (!number.startsWith(kppn, 2)) warnings.push("DOC-002");
  if (Number(number.slice(0, 2)) !== fiscalYear % 100) warnings.push("DOC-003");
  return warnings;
}
