import { themeCodes } from "../extracts/index.ts";

/**
 * Whether the theme marks of an output name a theme: its code inside `kdtema` (`003008`, `003;008`), or the theme by its own
 * code where a list writes words.
 */
export function isMarked(themes: string | null, theme: string, krisnaCode: string | null): boolean {
  if (themes === null) return false;
  const codes = themeCodes(themes);
  if (codes !== null) return krisnaCode !== null && codes.includes(krisnaCode);
  const words = themes.toLowerCase().split(/[\s,;|/+&]+/);
  return words.includes(theme.toLowerCase()) || (krisnaCode !== null && words.includes(krisnaCode));
}
