const WIDTH = 3;
const SEPARATORS = /[\s,;|/+&-]+/;

/**
 * The theme codes of a `kdtema` field: three digits each, one after the other (`003008`) or separated (`003; 008`). Leading
 * zeros that a number cell dropped come back (`8`, `6008`), as only they can be missing. `000` is no theme.
 *
 * @returns the codes in order, each once; null for a text that holds none
 */
export function themeCodes(text: string): string[] | null {
  const parts = text
    .trim()
    .split(SEPARATORS)
    .filter((part) => part !== "");
  if (!parts.every((part) => /^\d+$/.test(part))) return null;
  const codes = parts.flatMap((part) => {
    const full = part.padStart(Math.ceil(part.length / WIDTH) * WIDTH, "0");
    return full.match(/\d{3}/g) ?? [];
  });
  return [...new Set(codes)].filter((code) => code !== "000");
}
