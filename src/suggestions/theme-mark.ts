import { themeCodes } from "../extracts/index.ts";

/**
 * Whether the theme marks of an output name a theme: one of its codes inside `kdtema` (`003008`, `003;008`), or the theme in
 * words.
 *
 * @param marks how sources write the theme, in lower case: its own code, `008` …
 */
export function isMarked(themes: string | null, marks: readonly string[]): boolean {
  if (themes === null) return false;
  const named = themeCodes(themes) ?? themes.toLowerCase().split(/[\s,;|/+&]+/);
  return named.some((mark) => marks.includes(mark));
}
