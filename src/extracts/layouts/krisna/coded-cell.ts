/** A cell that holds a code, perhaps with its name behind it. */
export interface CodedCell {
  code: string;
  name: string | null;
}

/** A code, then its name: `024 - KEMENTERIAN KESEHATAN`, `2080. Pembinaan`, `[QEA] Bantuan`. */
const WITH_NAME = /^\[?([0-9A-Z]+(?:\.[0-9A-Z]+)*)\]?(?:\s*[-–—:]\s*|\.?\s+)(\S.*)$/i;

/**
 * Reads a cell of a code. Signs inside the code are dropped, and so are the codes of the levels above where it repeats
 * them (`2080.QEA.003` is RO 003 of 2080.QEA); leading zeros that a number cell dropped come back.
 *
 * @param above codes of the levels above, joined from any level down
 * @param width of the code
 */
export function codedCell(text: string, width: number, above: readonly string[]): CodedCell {
  const trimmed = text.trim();
  const match = /^[0-9A-Z.\s]+$/.test(trimmed) && !/\s/.test(trimmed) ? null : WITH_NAME.exec(trimmed);
  const printed = (match?.[1] ?? trimmed).toUpperCase().replace(/[.\s]/g, "");
  const prefix = above
    .map((_, from) => above.slice(from).join(""))
    .find((codes) => {
      return codes !== "" && printed.length === codes.length + width && printed.startsWith(codes);
    });
  const own = prefix === undefined ? printed : printed.slice(prefix.length);
  return { code: /^\d+$/.test(own) ? own.padStart(width, "0") : own, name: match?.[2] ?? null };
}
