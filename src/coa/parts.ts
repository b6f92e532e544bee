import { upperCase } from "./characters.ts";

/** One piece of a code between separators. */
export interface Part {
  /** Upper-cased text; empty where two separators follow each other. */
  text: string;
  /** Offset of its first character in the input. */
  start: number;
}

const SPACE = /^\s$/;

function isMark(character: string): boolean {
  return character === "." || character === "-" || character === ",";
}

/**
 * Cuts a text at its separators: one of `.`, `-`, `,` with any spaces around it, or spaces alone.
 *
 * @param text what is left of the input after trimming
 * @param offset where `text` starts in the input
 */
export function cut(text: string, offset: number): Part[] {
  const parts: Part[] = [];
  let start = 0;
  let at = 0;
  while (at < text.length) {
    if (!isSeparator(text.charAt(at))) {
      at++;
      continue;
    }
    parts.push({ text: upperCase(text.slice(start, at)), start: offset + start });
    at = skipSeparator(text, at);
    start = at;
  }
  parts.push({ text: upperCase(text.slice(start)), start: offset + start });
  return parts;
}

function isSeparator(character: string): boolean {
  return isMark(character) || SPACE.test(character);
}

function skipSeparator(text: string, from: number): number {
  let at = skipSpaces(text, from);
  if (isMark(text.charAt(at))) at = skipSpaces(text, at + 1);
  return at;
}

function skipSpaces(text: string, from: number): number {
  let at = from;
  while (at < text.length && SPACE.test(text.charAt(at))) at++;
  return at;
}
