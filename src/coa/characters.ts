/** Character classes of codes. ASCII only: `ı`, `ſ` or `０` look like code characters and are not. */

const ZERO = 48;
const NINE = 57;
const CAPITAL_A = 65;
const CAPITAL_Z = 90;
const SMALL_A = 97;
const SMALL_Z = 122;

export function isDigit(character: number): boolean {
  return character >= ZERO && character <= NINE;
}

export function isCapital(character: number): boolean {
  return character >= CAPITAL_A && character <= CAPITAL_Z;
}

function isSmall(character: number): boolean {
  return character >= SMALL_A && character <= SMALL_Z;
}

/** Whether one character fits one sign of a shape (`9` digit, `X` digit or capital letter). */
function fitsSign(character: number, sign: string | undefined): boolean {
  return isDigit(character) || (sign === "X" && isCapital(character));
}

/** Whether a text fits a shape in width and alphabet. */
export function fits(text: string, shape: string): boolean {
  return text.length === shape.length && misfits(text, shape).length === 0;
}

/**
 * Offsets of the characters that a shape forbids. Where the width is right each character is held against its own
 * sign; where it is wrong, characters may have shifted, so only what the shape allows nowhere is counted.
 */
export function misfits(text: string, shape: string): number[] {
  const offsets: number[] = [];
  const aligned = text.length === shape.length;
  const widest = shape.includes("X") ? "X" : "9";
  for (let offset = 0; offset < text.length; offset++) {
    if (fitsSign(text.charCodeAt(offset), aligned ? shape[offset] : widest)) continue;
    offsets.push(offset);
    if ((text.codePointAt(offset) ?? 0) > 0xffff) offset++; // one character in two halves is one fault
  }
  return offsets;
}

/** What a shape allows at an offset, in signs that need no translation. */
export function allowedAt(text: string, shape: string, offset: number): string {
  const sign = text.length === shape.length ? shape[offset] : shape.includes("X") ? "X" : "9";
  return sign === "X" ? "A–Z, 0–9" : "0–9";
}

/** Number of capital letters in a text. */
export function countLetters(text: string): number {
  let count = 0;
  for (let offset = 0; offset < text.length; offset++) if (isCapital(text.charCodeAt(offset))) count++;
  return count;
}

/** Offset of the first capital letter, or -1. */
export function firstLetter(text: string): number {
  return text.search(/[A-Z]/);
}

/** Upper case of the letters a–z only, so that offsets stay what they were. */
export function upperCase(text: string): string {
  return text.replace(/[a-z]+/g, (letters) => letters.toUpperCase());
}

/** Offset of the first letter a–z, or -1. */
export function firstSmall(text: string): number {
  for (let offset = 0; offset < text.length; offset++) if (isSmall(text.charCodeAt(offset))) return offset;
  return -1;
}

/** A text as a sentence can show it: control characters, odd spaces and half surrogates as `U+200B`. */
export function shown(text: string): string {
  return text.replace(
    /[\p{C}\p{Z}]/gu,
    (character) => `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`,
  );
}

/** The whole character at an offset, as a sentence can show it. */
export function shownAt(text: string, offset: number): string {
  return shown(String.fromCodePoint(text.codePointAt(offset) ?? 0));
}
