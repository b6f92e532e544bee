/** Height of a line of the body font, in points. */
export const POINTS_PER_LINE = 13.5;

/** Bold text is wider than the regular text that is measured here. */
export const BOLD = 1.1;

/** Widths of Arial in digits, the unit of column widths; what is not named here is as wide as a small letter. */
const WIDTHS: readonly (readonly [RegExp, number])[] = [
  [/[ijl.,:;|!'\u0060]/, 0.45],
  [/[ ftrI()[\]/-]/, 0.58],
  [/[mwMW%@]/, 1.6],
  [/[A-Z&]/, 1.22],
];
const SMALL_LETTER = 1;

const known = new Map<string, number>();

function charWidth(char: string): number {
  let width = known.get(char);
  if (width === undefined) {
    width = WIDTHS.find(([chars]) => chars.test(char))?.[1] ?? SMALL_LETTER;
    known.set(char, width);
  }
  return width;
}

/** Width of a text in digits of the body font. */
export function textWidth(text: string): number {
  let width = 0;
  for (const char of text) width += charWidth(char);
  return width;
}

/** Lines that a wrapped text needs in a column of a width, on the safe side. */
export function linesOf(text: string, width: number): number {
  return text.split("\n").reduce((sum, part) => sum + linesOfParagraph(part, width - 1), 0);
}

function linesOfParagraph(text: string, width: number): number {
  const space = charWidth(" ");
  let lines = 1;
  let used = 0;
  for (const word of text.split(" ")) {
    const needed = textWidth(word);
    if (used > 0 && used + space + needed > width) {
      lines++;
      used = 0;
    }
    used += (used > 0 ? space : 0) + needed;
    while (used > width) {
      lines++;
      used -= width;
    }
  }
  return lines;
}
