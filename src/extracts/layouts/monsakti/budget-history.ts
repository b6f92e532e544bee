/** `KODE_STS_HISTORY`: B is the DIPA of DG Budget, C a revision by the satker itself (POK); two digits count them. */
const HISTORY = /^([BC])(\d{2})$/;

/** POK revisions are numbered after the hundred numbers that DIPA revisions may have. */
const FIRST_POK = 100;

/**
 * The number of a revision, higher for later: B00 is 0 (the original DIPA), B01 is 1; C01, a POK revision, is 101 and so
 * comes after every B of its satker, as the highest history is the one in force.
 *
 * @returns null for a text that is no history
 */
export function revisionOf(history: string): number | null {
  const [, kind, number] = HISTORY.exec(history.trim().toUpperCase()) ?? [];
  if (number === undefined) return null;
  return (kind === "C" ? FIRST_POK : 0) + Number(number);
}
